"""What a question is asked with: the values that people write become terms, and the default edition is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.query_files import filled
from bikgraph.questions.default_edition import Holdings, holdings
from bikgraph.questions.memory import Memory
from bikgraph.questions.parameter_type import ALL, TYPES, quoted

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

COUNTRY_COLUMNS = ("country", "countryLabel")


class Bound(NamedTuple):
    """What a question is asked with: terms by variable, the values as they were written, and the default edition.

    `holdings` are the editions to choose from, if the edition was chosen and not named.
    """

    terms: dict[str, list[NamedNode | Literal]]
    given: dict[str, str]
    holdings: Holdings | None = None

    def named(self, question: Question, name: str) -> Sequence[NamedNode]:
        """The things that a parameter of the question names; none if it was not given."""
        parameter = question.parameters.get(name)
        found = self.terms.get(parameter.variable, ()) if parameter is not None else ()
        return [term for term in found if isinstance(term, NamedNode)]


def columns_of(question: Question, bound: Bound) -> list[str]:
    """The columns of the answer: those of the header, after the country's unless exactly one country is named."""
    if question.country_column == "added" and len(bound.named(question, "country")) != 1:
        return [*COUNTRY_COLUMNS, *question.columns]
    return question.columns


def check_names(question: Question, given: Iterable[str]) -> None:
    """Raise RequestError if a parameter is unknown or given twice, or a required one is not `given`."""
    names = []
    for name in given:
        parameter = question.parameter(name)
        if parameter is None:
            takes = f"Its parameters: {', '.join(question.parameters)}." if question.parameters else "It takes none."
            raise RequestError(f"The question {question.name} has no parameter {quoted(name)}. {takes}")
        if parameter.name in names:
            raise RequestError(f"--{name} is another name of --{parameter.name}. Give one of them.")
        names.append(parameter.name)
    for parameter in question.parameters.values():
        if parameter.required and parameter.name not in names:
            parameter_type = TYPES[parameter.type]
            example = parameter_type.several_example if parameter.several else parameter_type.example
            raise RequestError(
                f"The question {question.name} needs --{parameter.name}, such as --{parameter.name} {example}."
            )


def bind(store: Store, question: Question, given: Mapping[str, str], memory: Memory | None = None) -> Bound:
    """The terms for each variable of the question's parameters; the default edition is filled in.

    An unfilled line stands for `all` things of a class, where several may be named, and for `all` editions.
    """
    check_names(question, given)
    memory = memory or Memory(store)
    terms: dict[str, list[NamedNode | Literal]] = {}
    written: dict[str, str] = {}
    for name, text in given.items():
        parameter = question.parameter(name)
        if parameter is None:  # check_names has refused it
            continue
        written[parameter.name] = text
        parameter_type = TYPES[parameter.type]
        takes_all = parameter.several or parameter.type == "edition"
        if takes_all and not parameter.required and parameter_type.cls and text.strip().lower() == ALL:
            continue
        resolve = parameter_type.resolve_several if parameter.several else parameter_type.resolve
        terms[parameter.variable] = memory.resolved(
            parameter.type, parameter.several, text, partial(resolve, store, parameter.name, text, memory)
        )
    bound = Bound(terms, written)
    if question.default_edition != "latest" or "edition" in written:
        return bound
    choice = holdings(
        store, question.about, bound.named(question, "country"), bound.named(question, "indicator"), memory
    )
    if choice.editions:
        terms[question.parameters["edition"].variable] = [choice.editions[0].edition]
    return Bound(terms, written, choice)


def fill(question: Question, bound: Bound) -> str:
    """The question's SPARQL with its parameter lines filled."""
    return filled(question.sparql, bound.terms)
