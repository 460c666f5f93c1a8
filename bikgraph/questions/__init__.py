"""The saved questions: their files, their parameters, their answers, and what can be wrong in them."""

from bikgraph.questions.ask import ask, bind, check_names, fill
from bikgraph.questions.catalogue import describe_questions
from bikgraph.questions.expectations import unmet
from bikgraph.questions.faults import check, declared_terms, faults_of
from bikgraph.questions.parameters import TYPES, ParameterType, resolve, resolve_several
from bikgraph.questions.question import (
    Loaded,
    Parameter,
    Question,
    find_question,
    load_all,
    load_question,
    parsed_headers,
)
from bikgraph.questions.standalone import standalone

__all__ = [
    "TYPES",
    "Loaded",
    "Parameter",
    "ParameterType",
    "Question",
    "ask",
    "bind",
    "check",
    "check_names",
    "declared_terms",
    "describe_questions",
    "faults_of",
    "fill",
    "find_question",
    "load_all",
    "load_question",
    "parsed_headers",
    "resolve",
    "resolve_several",
    "standalone",
    "unmet",
]
