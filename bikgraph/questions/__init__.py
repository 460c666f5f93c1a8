"""The saved questions: their files, their parameters, their answers, and what can be wrong in them.

What `bikgraph ask` does without is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bikgraph.questions.ask import ask
from bikgraph.questions.binding import Bound, bind, check_names, fill
from bikgraph.questions.column_meanings import Meanings, column_meanings, meaning_of
from bikgraph.questions.memory import Memory
from bikgraph.questions.parameters import TYPES, ParameterType, resolve, resolve_several
from bikgraph.questions.question import (
    Loaded,
    Parameter,
    Question,
    find_question,
    load_all,
    load_question,
    parsed_headers,
    stored_question,
)

if TYPE_CHECKING:
    from bikgraph.questions.catalogue import describe_questions
    from bikgraph.questions.expectations import unmet
    from bikgraph.questions.faults import check, declared_terms, faults_of
    from bikgraph.questions.standalone import standalone_query

__all__ = [
    "TYPES",
    "Bound",
    "Loaded",
    "Meanings",
    "Memory",
    "Parameter",
    "ParameterType",
    "Question",
    "ask",
    "bind",
    "check",
    "check_names",
    "column_meanings",
    "declared_terms",
    "describe_questions",
    "faults_of",
    "fill",
    "find_question",
    "load_all",
    "load_question",
    "meaning_of",
    "parsed_headers",
    "resolve",
    "resolve_several",
    "standalone_query",
    "stored_question",
    "unmet",
]
_HOMES = {
    "check": "faults",
    "declared_terms": "faults",
    "describe_questions": "catalogue",
    "faults_of": "faults",
    "standalone_query": "standalone",
    "unmet": "expectations",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
