"""Stage 6a: the saved questions. A `.rq` file is standard SPARQL under a header of `#+` lines (queries/README.md).

A parameter is a line `VALUES ?country { UNDEF }` that is filled with RDF terms, never with text. The query gives IRIs and
codes; labels are added here, by one rule, ten times cheaper than in SPARQL (docs/decisions/0006).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.labels import label_of
from bikgraph.namespaces import BIK, GRAPH, curie, expand
from bikgraph.parameters import resolve
from bikgraph.results import Table

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

_CURIE_COLUMNS = ("relation", "predicate")


class Parameter(NamedTuple):
    """A parameter of a question: what it takes, whether it must be given, and the variable that it fills."""

    name: str
    type: str
    required: bool
    variable: str


class Question(NamedTuple):
    """A saved question as its file states it."""

    name: str
    summary: str
    question: str
    description: str
    about: str
    default_edition: str
    parameters: dict[str, Parameter]
    columns: list[str]
    expect: list[dict[str, Any]]
    sparql: str


def load_question(path: Path, parsed: Mapping[str, Any] | None = None) -> Question:
    """Read one `.rq` file. Raises RequestError if its header is no YAML or lacks a field.

    `parsed` has headers that a build has parsed (`parsed_headers`); one is used if the file is still the same.
    """
    text = path.read_text("utf-8")
    known = (parsed or {}).get(path.stem)
    try:
        data = known["header"] if known is not None and known["text"] == text else _header(text)
        parameters = {name: Parameter(name, spec["type"], bool(spec.get("required")), spec.get("variable", name)) for name, spec in (data.get("params") or {}).items()}
        return Question(
            path.stem,
            data["summary"],
            data["question"],
            (data.get("description") or "").strip(),
            expand(data["about"]) or data["about"],
            data["defaultEdition"],
            parameters,
            data["columns"],
            data.get("expect") or [],
            text,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RequestError(f"The header of {path.name} cannot be read ({error}). queries/README.md lists its fields.") from error


def parsed_headers(files: Mapping[str, Path]) -> dict[str, Any]:
    """The headers of `.rq` files with the text that each was parsed from: a release keeps them, for YAML is slow to import."""
    texts = {name: path.read_text("utf-8") for name, path in files.items()}
    return {name: {"text": text, "header": _header(text)} for name, text in texts.items()}


def _header(text: str) -> Any:
    import yaml

    header = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        return yaml.load(header, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def ask(store: Store, question: Question, given: Mapping[str, str], language: str = "en", *, sources: bool = False) -> Table:
    """The question's rows for the parameters `given`, as people write them.

    Raises RequestError for an unknown parameter, a value that means nothing, or one that is missing.
    """
    bound = bind(store, question, given)
    columns = [*question.columns, *(["source"] if sources and "source" not in question.columns else [])]
    return run(store, question, bound, columns, language)


def check_names(question: Question, given: Iterable[str]) -> None:
    """Raise RequestError if a parameter is unknown, or a required one is not `given`."""
    given = list(given)
    for name in given:
        if name not in question.parameters:
            raise RequestError(f"The question {question.name} has no parameter {name!r}. Its parameters: {', '.join(question.parameters)}.")
    for parameter in question.parameters.values():
        if parameter.required and parameter.name not in given:
            example = {"country": "BE", "actor": "be-child-focus"}.get(parameter.type, "…")
            raise RequestError(f"The question {question.name} needs --{parameter.name}, such as --{parameter.name} {example}.")


def bind(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, list[NamedNode]]:
    """The terms for each variable of the question's parameters; the default edition is filled in."""
    check_names(question, given)
    bound: dict[str, list[NamedNode]] = {}
    for name, text in given.items():
        parameter = question.parameters[name]
        bound[parameter.variable] = resolve(store, name, parameter.type, text)
    if question.default_edition == "latest" and "edition" not in given and "country" in bound:
        edition = latest_edition(store, question.about, bound["country"][0])
        if edition is not None:
            bound[question.parameters["edition"].variable] = [edition]
    return bound


def latest_edition(store: Store, cls: str, country: NamedNode) -> NamedNode | None:
    """The country's latest edition with records of class `cls`; found outside the question, which may give no row for it."""
    query = f"SELECT DISTINCT ?edition ?year WHERE {{ ?record <{BIK}country> {country} ; a <{cls}> ; <{BIK}edition> ?edition . ?edition <{BIK}year> ?year }} ORDER BY DESC(?year) LIMIT 1"
    return next((row["edition"] for row in store.query(query)), None)


def fill(question: Question, bound: Mapping[str, Iterable[NamedNode]]) -> str:
    """The question's SPARQL with its parameter lines filled."""
    text = question.sparql
    for variable, terms in bound.items():
        line = f"VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}"
        text = re.sub(rf"VALUES\s+\?{re.escape(variable)}\s*\{{\s*UNDEF\s*\}}", line.replace("\\", r"\\"), text)
    return text


def run(store: Store, question: Question, bound: Mapping[str, Iterable[NamedNode]], columns: list[str], language: str) -> Table:
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
            node = solution[column.removesuffix("Label")]
            if isinstance(node, NamedNode) and node not in labels:
                labels[node] = label_of(store, node, language)
            row.append(labels.get(node))
        rows.setdefault(tuple(row))
    return Table(columns, list(rows), language, question.name)


def _shown(column: str, term: Any) -> Any:
    if isinstance(term, NamedNode):
        if column in _CURIE_COLUMNS:
            return Literal(curie(term.value))
        if column == "graph":
            return Literal(term.value.removeprefix(GRAPH).removeprefix("links-"))
    return term
