"""Asking a saved question: its parameters become terms, its query runs, and labels are added.

A parameter is a line `VALUES ?country { UNDEF }` that is filled with RDF terms, never with text. The query gives IRIs
and codes; labels are added here, by one rule, ten times cheaper than in SPARQL (docs/decisions/0006).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions

from bikgraph.errors import RequestError
from bikgraph.lookup import label_of, solutions
from bikgraph.namespaces import GRAPH, curie
from bikgraph.questions.notes import notes
from bikgraph.questions.parameters import TYPES, quoted, resolve, resolve_several
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

_CURIE_COLUMNS = ("relation", "predicate")
Terms = Iterable[NamedNode | Literal]
# What runs a SELECT query: the store itself, or a process with a time limit.
RunQuery = Callable[[str], QuerySolutions]


def ask(
    store: Store,
    question: Question,
    given: Mapping[str, str],
    language: str = "en",
    *,
    sources: bool = False,
    run_query: RunQuery | None = None,
) -> Table:
    """The question's rows for the parameters `given`, as people write them.

    `run_query` runs the filled query elsewhere than in `store`, and may raise when it takes too long. Raises
    RequestError for an unknown parameter, a value that means nothing, or one that is missing.
    """
    bound = bind(store, question, given)
    columns = [*question.columns, *(["source"] if sources and "source" not in question.columns else [])]
    table = run(store, question, bound, columns, language, run_query)
    table.notes = notes(store, question.base, bound, table)
    return table


def check_names(question: Question, given: Iterable[str]) -> None:
    """Raise RequestError if a parameter is unknown, or a required one is not `given`."""
    given = list(given)
    for name in given:
        if name not in question.parameters:
            takes = f"Its parameters: {', '.join(question.parameters)}." if question.parameters else "It takes none."
            raise RequestError(f"The question {question.name} has no parameter {quoted(name)}. {takes}")
    for parameter in question.parameters.values():
        if parameter.required and parameter.name not in given:
            parameter_type = TYPES[parameter.type]
            example = parameter_type.several_example if parameter.several else parameter_type.example
            raise RequestError(
                f"The question {question.name} needs --{parameter.name}, such as --{parameter.name} {example}."
            )


def bind(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, list[NamedNode | Literal]]:
    """The terms for each variable of the question's parameters; the default edition is filled in."""
    check_names(question, given)
    bound: dict[str, list[NamedNode | Literal]] = {}
    for name, text in given.items():
        parameter = question.parameters[name]
        bound[parameter.variable] = (resolve_several if parameter.several else resolve)(
            store, name, parameter.type, text
        )
    if question.default_edition == "latest" and "edition" not in given and bound:
        edition = latest_edition(store, question.about, bound.get("country", ()), bound.get("indicator", ()))
        if edition is not None:
            bound[question.parameters["edition"].variable] = [edition]
    return bound


def latest_edition(store: Store, cls: str, countries: Terms, indicators: Terms = ()) -> NamedNode | None:
    """The latest edition with records of class `cls`, of several countries the one that most have records in.

    `indicators` narrows the records to answers to them. It is found outside the question, which may give no row for it.
    """
    asked = {name: list(terms) for name, terms in (("country", countries), ("indicator", indicators))}
    name = "_of_countries" if asked["country"] else "_of_indicators" if asked["indicator"] else ""
    bound: dict[str, Terms] = {"class": [NamedNode(cls)], **{name: terms for name, terms in asked.items() if terms}}
    row = next(solutions(store, filled(_query(f"latest_edition{name}"), bound)), None)
    return None if row is None else cast("NamedNode", row["edition"])


@cache
def _query(name: str) -> str:
    return Path(__file__).with_name(f"{name}.rq").read_text("utf-8")


def fill(question: Question, bound: Mapping[str, Terms]) -> str:
    """The question's SPARQL with its parameter lines filled."""
    return filled(question.sparql, bound)


def filled(sparql: str, bound: Mapping[str, Terms]) -> str:
    """A query whose lines `VALUES ?x { UNDEF }` have the terms that are bound to `x`."""
    for variable, terms in bound.items():
        line = f"VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}"
        sparql = re.sub(values_line(variable), lambda _, line=line: line, sparql)  # type: ignore[misc]
    return sparql


def values_line(variable: str) -> str:
    """The pattern of the line that a parameter with this variable fills."""
    return rf"VALUES\s+\?{re.escape(variable)}\s*\{{\s*UNDEF\s*\}}"


def run(
    store: Store,
    question: Question,
    bound: Mapping[str, Terms],
    columns: list[str],
    language: str,
    run_query: RunQuery | None = None,
) -> Table:
    """Run the filled query and add labels; rows that differ only in what `columns` leaves out are one row."""
    query = fill(question, bound)
    found = run_query(query) if run_query is not None else cast("QuerySolutions", store.query(query))
    variables = {variable.value for variable in found.variables}
    labels: dict[NamedNode, Literal | None] = {}
    rows: dict[tuple[Any, ...], None] = {}
    for solution in found:
        row: list[Any] = []
        for column in columns:
            if column in variables:
                row.append(_shown(column, solution[column]))
                continue
            node = solution[label_variable(column, variables)]
            if isinstance(node, NamedNode) and node not in labels:
                labels[node] = label_of(store, node, language)
            row.append(labels.get(node) if isinstance(node, NamedNode) else None)
        rows.setdefault(tuple(row))
    return Table(columns, list(rows), language, question.name)


def label_variable(column: str, variables: Container[str]) -> str:
    """The variable whose thing a label column names: `?answerNode`, if there is one, for a column `answer` of codes."""
    name = column.removesuffix("Label")
    return f"{name}Node" if f"{name}Node" in variables else name


def _shown(column: str, term: Any) -> Any:
    if isinstance(term, NamedNode):
        if column in _CURIE_COLUMNS:
            return Literal(curie(term.value))
        if column == "graph":
            return Literal(term.value.removeprefix(GRAPH).removeprefix("links-"))
    return term
