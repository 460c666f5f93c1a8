"""Stage 6a: the saved questions. A `.rq` file is standard SPARQL under a header of `#+` lines (queries/README.md).

A parameter is a line `VALUES ?country { UNDEF }` that is filled with RDF terms, never with text. The query gives IRIs and
codes; labels are added here, by one rule, ten times cheaper than in SPARQL (docs/decisions/0006).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import label_of
from bikgraph.namespaces import BIK, GRAPH, curie
from bikgraph.questions.notes import notes
from bikgraph.questions.parameters import resolve, resolve_several
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

_CURIE_COLUMNS = ("relation", "predicate")


def ask(
    store: Store, question: Question, given: Mapping[str, str], language: str = "en", *, sources: bool = False
) -> Table:
    """The question's rows for the parameters `given`, as people write them.

    Raises RequestError for an unknown parameter, a value that means nothing, or one that is missing.
    """
    bound = bind(store, question, given)
    columns = [*question.columns, *(["source"] if sources and "source" not in question.columns else [])]
    table = run(store, question, bound, columns, language)
    table.notes = notes(store, question.base, bound, table)
    return table


def check_names(question: Question, given: Iterable[str]) -> None:
    """Raise RequestError if a parameter is unknown, or a required one is not `given`."""
    given = list(given)
    for name in given:
        if name not in question.parameters:
            raise RequestError(
                f"The question {question.name} has no parameter {name!r}. Its parameters: {', '.join(question.parameters)}."
            )
    for parameter in question.parameters.values():
        if parameter.required and parameter.name not in given:
            example = (
                "FR,DE"
                if parameter.several
                else {"country": "BE", "actor": "be-child-focus", "edition": "2020", "indicator": "coverage"}.get(
                    parameter.type, "…"
                )
            )
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


def latest_edition(
    store: Store, cls: str, countries: Iterable[NamedNode | Literal], indicators: Iterable[NamedNode | Literal] = ()
) -> NamedNode | None:
    """The latest edition with records of class `cls` of the countries, of several the one that most of them have records in.

    `indicators` narrows the records to answers to them. It is found outside the question, which may give no row for it.
    """
    chosen = "".join(
        f"VALUES ?{name} {{ {' '.join(map(str, terms))} }} ?record <{BIK}{name}> ?{name} . "
        for name, terms in (("country", list(countries)), ("indicator", list(indicators)))
        if terms
    )
    counted = "COUNT(DISTINCT ?country)" if "?country" in chosen else "1"
    query = (
        f"SELECT ?edition (MAX(?y) AS ?year) ({'MAX' if counted == '1' else ''}({counted}) AS ?countries) "
        f"WHERE {{ {chosen} ?record a <{cls}> ; <{BIK}edition> ?edition . ?edition <{BIK}year> ?y }} GROUP BY ?edition ORDER BY DESC(?countries) DESC(?year) LIMIT 1"
    )
    return next((row["edition"] for row in store.query(query)), None)


def one_question(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None
) -> tuple[NamedNode, NamedNode]:
    """The question, and its edition, that a code shared by several editions means: that of `edition`, else the latest with answers.

    Raises RequestError that lists the editions with such a question.
    """
    query = (
        f"SELECT ?indicator ?edition ?year (COUNT(?record) AS ?answers) WHERE {{ VALUES ?indicator {{ {' '.join(map(str, indicators))} }} "
        f"?indicator <{BIK}inEdition> ?edition . ?edition <{BIK}year> ?year OPTIONAL {{ ?record <{BIK}indicator> ?indicator }} }} "
        "GROUP BY ?indicator ?edition ?year ORDER BY ?year"
    )
    rows = list(store.query(query))
    fitting = [
        row for row in rows if (row["edition"] == edition if edition is not None else row["answers"].value != "0")
    ]
    if not fitting:
        years = ", ".join(row["year"].value for row in rows)
        raise RequestError(
            f"{'That edition does not ask this question' if edition is not None else 'No answer to this question is known'}. Editions that ask it: {years}."
        )
    return fitting[-1]["indicator"], fitting[-1]["edition"]


def fill(question: Question, bound: Mapping[str, Iterable[NamedNode | Literal]]) -> str:
    """The question's SPARQL with its parameter lines filled."""
    text = question.sparql
    for variable, terms in bound.items():
        line = f"VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}"
        text = re.sub(rf"VALUES\s+\?{re.escape(variable)}\s*\{{\s*UNDEF\s*\}}", line.replace("\\", r"\\"), text)
    return text


def run(
    store: Store,
    question: Question,
    bound: Mapping[str, Iterable[NamedNode | Literal]],
    columns: list[str],
    language: str,
) -> Table:
    """Run the filled query and add labels; rows that differ only in what `columns` leaves out are one row."""
    solutions: Any = store.query(fill(question, bound))
    variables = {variable.value for variable in solutions.variables}
    labels: dict[NamedNode, Literal | None] = {}
    rows: dict[tuple[Any, ...], None] = {}
    for solution in solutions:
        row: list[Any] = []
        for column in columns:
            if column in variables:
                row.append(_shown(column, solution[column]))
                continue
            node = solution[label_variable(column, variables)]
            if isinstance(node, NamedNode) and node not in labels:
                labels[node] = label_of(store, node, language)
            row.append(labels.get(node))
        rows.setdefault(tuple(row))
    return Table(columns, list(rows), language, question.name)


def label_variable(column: str, variables: Container[str]) -> str:
    """The variable whose thing a label column names: `?answerNode` where there is one, for a column `answer` that shows a code."""
    name = column.removesuffix("Label")
    return f"{name}Node" if f"{name}Node" in variables else name


def _shown(column: str, term: Any) -> Any:
    if isinstance(term, NamedNode):
        if column in _CURIE_COLUMNS:
            return Literal(curie(term.value))
        if column == "graph":
            return Literal(term.value.removeprefix(GRAPH).removeprefix("links-"))
    return term
