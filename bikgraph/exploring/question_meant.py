"""Which saved question somebody means who asks in Python: its name, or plain words, as on the command line."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.exploring.things import called
from bikgraph.questions import Question, find_question
from bikgraph.questions.parameters import quoted

if TYPE_CHECKING:
    from bikgraph.knowledge_graph import KnowledgeGraph


class Meant(NamedTuple):
    """The saved question, what it is asked with, and the sentence that says how plain words were understood."""

    question: Question
    given: dict[str, str]
    remark: str = ""


def as_written(parameters: Mapping[str, object]) -> dict[str, str]:
    """The parameters as the command line has them: lists joined by commas, None left out, `from_` as `from`.

    >>> as_written({"from_": 2018, "country": ["FR", "DE"], "edition": None})
    {'from': '2018', 'country': 'FR,DE'}
    """
    return {name.removesuffix("_"): _text(value) for name, value in parameters.items() if value is not None}


def question_meant(graph: KnowledgeGraph, question: object, given: Mapping[str, str]) -> Meant:
    """The question that a name or plain words mean; what is `given` beside words wins over what the words name.

    Raises RequestError for an unknown name, which says so if it is that of a thing, and NotUnderstood, with the nearest
    questions, for words that are not clear.
    """
    if not isinstance(question, str) or not question.strip():
        raise RequestError(
            "Ask a saved question by its name, such as 'ministries', or in words: 'ministries of Belgium'."
        )
    if graph.project.question_file(question) is not None:
        return Meant(find_question(graph.project, question, graph.release.questions), dict(given))
    if len(called(graph.store, question, lambda: graph.index)) == 1:
        how = f"graph.card({_quoted(question)}) has what is known of it."
        raise RequestError(f"{quoted(question)} names a thing, and no question: {how}")
    if len(question.split()) == 1:
        return Meant(find_question(graph.project, question, graph.release.questions), dict(given))
    understood = graph.understand(question)
    saved = graph.questions[understood.question]
    # `countries` is another name of `country`: what is given by either takes the place of what the words name.
    names = {parameter.name for name in given if (parameter := saved.parameter(name)) is not None}
    merged = {name: value for name, value in understood.given.items() if name not in names} | dict(given)
    unused = f" Not used: {', '.join(understood.unused)}." if understood.unused else ""
    return Meant(saved, merged, f"Understood as: {call(saved.name, merged)}{'.' if unused else ''}{unused}")


def call(question: str, given: Mapping[str, str]) -> str:
    """A question as it is asked in Python.

    >>> call("edition-diff", {"country": "BE", "from": "2018"})
    'graph.ask("edition-diff", country="BE", from_="2018")'
    """
    named = [f"{name}_" if keyword.iskeyword(name) else name for name in given]
    arguments = (f"{name}={_quoted(value)}" for name, value in zip(named, given.values(), strict=True))
    return f"graph.ask({', '.join([_quoted(question), *arguments])})"


def _text(value: object) -> str:
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        parts = [str(part) for part in value]
        return ",".join(sorted(parts) if isinstance(value, (set, frozenset)) else parts)
    return str(value)


def _quoted(text: str) -> str:
    return f'"{text}"' if not set(text) & set('"\\') and text.isprintable() else repr(text)
