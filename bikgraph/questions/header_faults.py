"""What can be wrong in the header of a question: its fields, its parameters, and what refers to them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from string import Formatter
from typing import Any

from bikgraph.namespaces import BIK, SHAPES, curie, expand
from bikgraph.nearest import did_you_mean
from bikgraph.questions.parameters import TYPES
from bikgraph.questions.question_file import Fault, Header

REQUIRED = ("summary", "question", "about", "defaultEdition", "columns")
FIELDS: dict[str, type] = {
    "summary": str,
    "question": str,
    "description": str,
    "about": str,
    "defaultEdition": str,
    "params": dict,
    "columns": list,
    "countryColumn": str,
    "base": str,
    "facts": str,
    "fewer": str,
    "instead": list,
    "undated": str,
    "asks": list,
    "expect": list,
}
DEFAULT_EDITIONS = ("latest", "all", "none")
COUNTRY_COLUMNS = ("own", "added")
_KINDS = {str: "a text", dict: "a mapping (name: value)", list: "a list ([a, b])", bool: "true or false"}
_PARAMETER_FIELDS = {"type": str, "required": bool, "several": bool, "variable": str}
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_INSTEAD = re.compile(r"[a-z0-9-]+(?: --[a-z_]+ [^\s-]\S*)*")
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# What a header may not call a parameter: names of the command's own options, and of the arguments of
# `KnowledgeGraph.ask`.
TAKEN = frozenset(
    [
        "columns",
        "excel",
        "fail_empty",
        "form",
        "format",
        "help",
        "ids",
        "lang",
        "no_headers",
        "output",
        "project",
        "question",
        "self",
        "sources",
        "timeout",
    ]
)


def header_faults(header: Header, declared: Collection[str] | None) -> Iterator[Fault]:
    """What is wrong in a header; `declared` are the IRIs that the ontology declares (None: terms are not looked at)."""
    data = header.data
    if not isinstance(data, dict):
        yield Fault(header.place(), "question-header", "The header is no mapping. Write its lines as #+ field: value.")
        return
    for name, place in header.repeated:
        yield Fault(place, "question-duplicate-field", f"{name} stands twice. Keep one.", name)
    for name in data:
        if name not in FIELDS:
            message = f"A question has no field {name}.{did_you_mean(str(name), FIELDS)} Fields: {', '.join(FIELDS)}."
            yield Fault(header.place(str(name)), "question-unknown-field", message, str(name))
    for name in REQUIRED:
        if name not in data:
            yield Fault(header.place(), "question-missing-field", f"The field {name} is missing.", name)
    wrong = [name for name, kind in FIELDS.items() if name in data and not _is(data[name], kind)]
    wrong += ["columns"] if data.get("columns") == [] else []
    for name in wrong:
        message = f"{name} is {_KINDS[FIELDS[name]]}{', and not empty' if FIELDS[name] is not dict else ''}."
        yield Fault(header.place(name), "question-field-type", message, _shown(data[name]))
    right = {name: value for name, value in data.items() if name in FIELDS and name not in wrong}
    params = right.get("params", {})
    yield from _parameters(header, params)
    yield from _edition(header, right, params)
    yield from _about(header, right, declared)
    yield from _columns(header, right)
    yield from _country_column(header, right, params)
    yield from _templates(header, right, params)
    yield from _expect(header, right, params)


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and (not isinstance(value, str) or bool(value.strip()))


def _shown(value: Any) -> str:
    return str(value)[:60]


def _parameters(header: Header, params: dict[Any, Any]) -> Iterator[Fault]:
    variables: dict[str, str] = {}
    for name, spec in params.items():
        at = ("params", str(name))
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in TAKEN:
            message = (
                f"A parameter cannot be called {name}: a name has lower-case letters, digits and _, "
                f"and is none of {', '.join(sorted(TAKEN))}."
            )
            yield Fault(header.place(*at), "question-parameter-name", message, str(name))
        if not isinstance(spec, dict):
            message = f"The parameter {name} has no type. Write: {name}: {{type: country}}."
            yield Fault(header.place(*at), "question-parameter", message, _shown(spec))
            continue
        for field, value in spec.items():
            kind = _PARAMETER_FIELDS.get(field)
            if kind is None:
                hint = did_you_mean(str(field), _PARAMETER_FIELDS)
                message = f"A parameter has no field {field}.{hint} Fields: {', '.join(_PARAMETER_FIELDS)}."
                yield Fault(header.place(*at, str(field)), "question-unknown-field", message, str(field))
            elif not _is(value, kind):
                message = f"{field} of {name} is {_KINDS[kind]}."
                yield Fault(header.place(*at, field), "question-field-type", message, _shown(value))
        kind_name = spec.get("type")
        if "type" not in spec:
            message = f"The parameter {name} has no type. Types: {', '.join(TYPES)}."
            yield Fault(header.place(*at), "question-missing-field", message, str(name))
        elif isinstance(kind_name, str) and kind_name not in TYPES:
            message = f"There is no type {kind_name}.{did_you_mean(kind_name, TYPES)} Types: {', '.join(TYPES)}."
            yield Fault(header.place(*at, "type"), "question-parameter-type", message, kind_name)
        variable = spec.get("variable", name)
        if isinstance(variable, str) and not _VARIABLE.fullmatch(variable):
            message = f"{variable} is no name of a variable: letters, digits and _, without the question mark."
            yield Fault(header.place(*at, "variable"), "question-variable", message, variable)
        elif isinstance(variable, str) and variable in variables:
            message = f"The parameters {variables[variable]} and {name} fill one variable, ?{variable}."
            yield Fault(header.place(*at), "question-variable", message, variable)
        elif isinstance(variable, str):
            variables[variable] = str(name)


def _edition(header: Header, right: dict[str, Any], params: dict[Any, Any]) -> Iterator[Fault]:
    chosen = right.get("defaultEdition")
    if chosen is None:
        return
    if chosen not in DEFAULT_EDITIONS:
        message = f"defaultEdition is one of {', '.join(DEFAULT_EDITIONS)}.{did_you_mean(chosen, DEFAULT_EDITIONS)}"
        yield Fault(header.place("defaultEdition"), "question-default-edition", message, chosen)
    edition = params.get("edition")
    if chosen == "latest" and not (isinstance(edition, dict) and edition.get("type") == "edition"):
        message = "The latest edition is filled in for a parameter edition: {type: edition}, which is missing."
        yield Fault(header.place("defaultEdition"), "question-default-edition", message, chosen)


def _about(header: Header, right: dict[str, Any], declared: Collection[str] | None) -> Iterator[Fault]:
    about = right.get("about")
    if about is None:
        return
    iri = expand(about)
    if iri is None or re.search(r'[\s<>"{}|\\^`]', iri):
        message = (
            "about is the class of record asked for, such as bik:Agreement: a CURIE with a known prefix, or an IRI."
        )
        yield Fault(header.place("about"), "question-about", message, about)
    elif (fault := undeclared(iri, declared)) is not None:
        yield Fault(header.place("about"), "question-unknown-term", fault, about)


def undeclared(iri: str, declared: Collection[str] | None) -> str | None:
    """What to say of an IRI in the namespaces of the ontology that it does not declare; None for any other."""
    if declared is None or iri in declared or not iri.startswith((BIK, SHAPES)):
        return None
    # Classes begin with a capital letter and properties do not: of two that differ in that alone, the like one is
    # offered.
    is_class = iri.rpartition("#")[2][:1].isupper()
    candidates = sorted(
        (known for known in declared if known.startswith((BIK, SHAPES))),
        key=lambda known: (known.rpartition("#")[2][:1].isupper() != is_class, known),
    )
    near = did_you_mean(curie(iri), map(curie, candidates))
    return f"The ontology declares no {curie(iri)}.{near}"


def _columns(header: Header, right: dict[str, Any]) -> Iterator[Fault]:
    columns = right.get("columns", [])
    for index, column in enumerate(columns):
        if not isinstance(column, str) or not _VARIABLE.fullmatch(column):
            message = "A column is called by a variable of the query, without the question mark."
            yield Fault(header.place("columns", index), "question-columns", message, _shown(column))
        elif column in columns[:index]:
            message = f"The column {column} stands twice. Keep one."
            yield Fault(header.place("columns", index), "question-columns", message, column)
    base = right.get("base")
    if base is not None and base not in columns:
        message = (
            f"base names a column of the question.{did_you_mean(base, [c for c in columns if isinstance(c, str)])}"
        )
        yield Fault(header.place("base"), "question-base", message, base)


def _country_column(header: Header, right: dict[str, Any], params: dict[Any, Any]) -> Iterator[Fault]:
    chosen, columns = right.get("countryColumn"), right.get("columns", [])
    at = header.place("countryColumn")
    country = params.get("country")
    takes_country = isinstance(country, dict) and country.get("type") == "country"
    if chosen is not None and chosen not in COUNTRY_COLUMNS:
        hint = did_you_mean(chosen, COUNTRY_COLUMNS)
        message = f"countryColumn is own (country is among the columns) or added (it is put before them).{hint}"
        yield Fault(at, "question-country-column", message, chosen)
    elif chosen == "own" and "country" not in columns:
        message = "countryColumn: own is for a question with country among its columns. Write countryColumn: added."
        yield Fault(at, "question-country-column", message, chosen)
    elif chosen == "added" and "country" in columns:
        message = "country is among the columns already. Write countryColumn: own."
        yield Fault(at, "question-country-column", message, chosen)
    if chosen in COUNTRY_COLUMNS and not takes_country:
        message = "A question whose rows belong to countries takes one: country: {type: country, several: true}."
        yield Fault(at, "question-country-column", message, chosen)
    for index, name in enumerate(right.get("instead", [])):
        if not isinstance(name, str) or not _INSTEAD.fullmatch(name):
            message = "instead lists questions, such as responsibilities or responsibilities --role coordinator."
            yield Fault(header.place("instead", index), "question-field-type", message, _shown(name))


def _templates(header: Header, right: dict[str, Any], params: dict[Any, Any]) -> Iterator[Fault]:
    names = {name for name in params if isinstance(name, str)}
    if "question" in right:
        yield from _marks(header, ("question",), right["question"], names)
    marks = _marks_of(params) if params else set()
    for index, phrase in enumerate(right.get("asks", [])):
        if not isinstance(phrase, str) or not phrase.strip():
            message = "A phrase of asks is a text. Put it in quotes."
            yield Fault(header.place("asks", index), "question-field-type", message, _shown(phrase))
        else:
            yield from _marks(header, ("asks", index), phrase, marks)


def _marks_of(params: dict[Any, Any]) -> set[str]:
    """What the phrases of `asks` may have in braces, by the types of the parameters."""
    marks = set()
    for name, spec in params.items():
        parameter_type = TYPES.get(str(spec.get("type"))) if isinstance(spec, dict) else None
        if parameter_type is None:
            continue
        if name not in ("from", "to"):
            marks.add(parameter_type.mark)
        if spec.get("several") or name in ("from", "to") or parameter_type.name == "year":
            marks.add(parameter_type.several_mark)
    return marks - {""}


def _marks(header: Header, at: tuple[str | int, ...], text: str, accepted: Collection[str]) -> Iterator[Fault]:
    takes = (
        f"Accepted here: {', '.join(f'{{{name}}}' for name in sorted(accepted))}." if accepted else "None is accepted."
    )
    try:
        fields = [field for _, field, *_ in Formatter().parse(text) if field is not None]
    except ValueError as error:
        yield Fault(header.place(*at), "question-marks", f"The braces do not fit together: {error}. {takes}", text[:60])
        return
    for field in fields:
        if field not in accepted:
            message = f"{{{field}}} stands for no parameter of the question.{did_you_mean(field, accepted)} {takes}"
            yield Fault(header.place(*at), "question-marks", message, field)


def _expect(header: Header, right: dict[str, Any], params: dict[Any, Any]) -> Iterator[Fault]:
    for index, entry in enumerate(right.get("expect", [])):
        at = ("expect", index)
        if not isinstance(entry, dict) or set(entry) != {"params", "rows"} or not isinstance(entry["params"], dict):
            message = "An entry of expect has params and rows: {params: {country: BE}, rows: 9}."
            yield Fault(header.place(*at), "question-expect", message, _shown(entry))
            continue
        rows = entry["rows"]
        if not isinstance(rows, int) or isinstance(rows, bool) or rows < 0:
            message = "rows is a whole number from 0."
            yield Fault(header.place(*at, "rows"), "question-expect", message, _shown(rows))
        for name, value in entry["params"].items():
            if name not in params:
                message = f"The question has no parameter {name}.{did_you_mean(str(name), [str(p) for p in params])}"
                yield Fault(header.place(*at, "params", str(name)), "question-expect", message, str(name))
            elif isinstance(value, bool) or not isinstance(value, (str, int)):
                message = f'{name} is a text or a number. YAML reads a bare NO as false: write {name}: "NO".'
                yield Fault(header.place(*at, "params", name), "question-expect", message, _shown(value))
        for name, spec in params.items():
            if isinstance(spec, dict) and spec.get("required") is True and name not in entry["params"]:
                yield Fault(header.place(*at), "question-expect", f"The parameter {name} must be given.", str(name))
