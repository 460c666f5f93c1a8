"""What can be wrong in the query of a question: its syntax and form, its parameter lines, its columns and its terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pyoxigraph import QuerySolutions, Store

from bikgraph.namespaces import PREFIXES
from bikgraph.places import START, Place
from bikgraph.query_files import values_line
from bikgraph.questions.binding import COUNTRY_COLUMNS
from bikgraph.questions.header_faults import undeclared
from bikgraph.questions.query_text import Token, Unreadable, form, is_update, service_clause, tokens
from bikgraph.questions.question_file import Fault, Header
from bikgraph.questions.rows import label_variable

_PLACE = re.compile(r"\bat (\d+):(\d+): ")
_MOST_SAID = 160


def query_faults(text: str, header: Header | None, declared: Collection[str] | None) -> Iterator[Fault]:
    """What is wrong in the query of a file, by itself and against its `header`, if that is sound.

    `declared` are the IRIs that the ontology declares (None: terms are not looked at).
    """
    sequence = list(tokens(text))
    if not sequence:
        yield Fault(Place(text.count("\n") + 1, 1), "question-no-query", "There is no query below the header.")
        return
    about_form = list(_form_faults(text, sequence))
    yield from about_form
    prefixes, terms = _prefixes(sequence)
    about_prefixes = list(_prefix_faults(terms, prefixes))
    yield from about_prefixes
    yield from _term_faults(terms, prefixes, declared)
    if header is not None:
        yield from _line_faults(text, sequence, header)
    if about_form or about_prefixes:
        return
    projected, fault = _projected(text)
    if fault is not None:
        yield fault
    elif header is not None:
        yield from _column_faults(sequence, projected, header)


def _form_faults(text: str, sequence: Sequence[Token]) -> Iterator[Fault]:
    if is_update(text):
        start = next(token.place for token in sequence if token.is_word(form(text)))
        yield Fault(start, "question-update", "This is an update. A question is a SELECT query: it only reads.")
        return
    if form(text) != "SELECT":
        start = next((token.place for token in sequence if token.is_word(form(text) or "SELECT")), sequence[0].place)
        yield Fault(start, "question-form", "A question is a SELECT query: it gives rows.", form(text))
        return
    try:
        clause = service_clause(text)
    except Unreadable as error:
        place = error.token.place if error.token is not None else START
        message = f"With the word SERVICE, a query has to be readable as SPARQL 1.1, and this is not: {error}."
        yield Fault(place, "question-service", message)
        return
    if clause is not None:
        message = "SERVICE asks another server, which a question must not. Link data with data/links/ instead."
        yield Fault(clause.place, "question-service", message)


def _prefixes(sequence: Sequence[Token]) -> tuple[dict[str, str], list[Token]]:
    """The namespaces of the prefixes that the query declares, and its names and IRIs outside those declarations."""
    prefixes: dict[str, str] = {}
    terms = []
    at = 0
    while at < len(sequence):
        token = sequence[at]
        if token.is_word("PREFIX") and at + 2 < len(sequence):
            prefixes[sequence[at + 1].text.removesuffix(":")] = sequence[at + 2].text[1:-1]
            at += 3
            continue
        if token.kind in ("name", "iri"):
            terms.append(token)
        at += 1
    return prefixes, terms


def _prefix_faults(terms: Sequence[Token], prefixes: Collection[str]) -> Iterator[Fault]:
    for token in terms:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix != "_" and prefix not in prefixes:
            known = PREFIXES.get(prefix)
            line = f"PREFIX {prefix}: <{known or '…'}>"
            message = f"The prefix {prefix}: is not declared. Write above SELECT: {line}"
            yield Fault(token.place, "question-prefix", message, token.text)


def _term_faults(terms: Sequence[Token], prefixes: dict[str, str], declared: Collection[str] | None) -> Iterator[Fault]:
    for token in terms:
        if token.kind == "iri":
            iri = token.text[1:-1]
        else:
            prefix, _, local = token.text.partition(":")
            iri = prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
        message = undeclared(iri, declared)
        if message is not None:
            yield Fault(token.place, "question-unknown-term", message, token.text)


def _variables(header: Header) -> dict[str, str]:
    """By variable, the parameter that fills it; of a header that is sound as far as parameters go."""
    params = header.data.get("params") if isinstance(header.data, dict) else None
    found = {}
    for name, spec in params.items() if isinstance(params, dict) else ():
        if isinstance(spec, dict):
            found[str(spec.get("variable", name))] = str(name)
    return found


def _line_faults(text: str, sequence: Sequence[Token], header: Header) -> Iterator[Fault]:
    variables = _variables(header)
    lines: dict[str, int] = {}
    for at, token in enumerate(sequence[:-4]):
        if not (token.is_word("VALUES") and sequence[at + 1].kind == "variable"):
            continue
        if [sequence[at + step].text.upper() for step in (2, 3, 4)] != ["{", "UNDEF", "}"]:
            continue
        variable = sequence[at + 1].text[1:]
        lines[variable] = lines.get(variable, 0) + 1
        if variable not in variables:
            message = f"No parameter of the header fills ?{variable}. Declare it under params, or remove the line."
            yield Fault(token.place, "question-values-line", message, variable)
        elif lines[variable] > len(re.findall(values_line(variable), text)):
            message = f"Write this line as VALUES ?{variable} {{ UNDEF }}: the program fills it as it stands."
            yield Fault(token.place, "question-values-line", message, variable)
    for variable, name in variables.items():
        if variable not in lines:
            message = f"The query has no line VALUES ?{variable} {{ UNDEF }}, which the parameter {name} fills."
            yield Fault(header.place("params", name), "question-values-line", message, name)


def _projected(text: str) -> tuple[list[str], Fault | None]:
    """The variables that the query gives, or what Oxigraph says against it: it is asked of an empty store."""
    try:
        solutions = Store().query(text)
    except SyntaxError as error:
        message = str(error.msg or error)
        match = _PLACE.search(message)
        place = Place(int(match.group(1)), int(match.group(2))) if match is not None else START
        said = " ".join(message[match.end() :].split()) if match is not None else message
        cut = said if len(said) <= _MOST_SAID else said[:_MOST_SAID] + " …"
        return [], Fault(place, "question-syntax", f"The query has a syntax error here: {cut}.")
    except (ValueError, RuntimeError, OSError) as error:
        return [], Fault(START, "question-syntax", f"The query cannot be run: {error}.")
    if not isinstance(solutions, QuerySolutions):
        return [], Fault(START, "question-form", "A question is a SELECT query: it gives rows.")
    return [variable.value for variable in solutions.variables], None


def _column_faults(sequence: Sequence[Token], projected: Sequence[str], header: Header) -> Iterator[Fault]:
    data: Any = header.data if isinstance(header.data, dict) else {}
    columns: Any = data.get("columns")
    if data.get("countryColumn") == "added" and isinstance(columns, list):
        columns = [*columns, *COUNTRY_COLUMNS]  # behind the others, so that an index is a place in the header
    depth = 0
    bound = set()
    for before, token in zip([None, *sequence], sequence, strict=False):
        depth += (token.text == "{") - (token.text == "}")
        if token.kind == "variable" and (depth or (before is not None and before.is_word("AS"))):
            bound.add(token.text[1:])
    for index, column in enumerate(columns if isinstance(columns, list) else ()):
        if not isinstance(column, str):
            continue
        variable = column if column in projected else label_variable(column, projected)
        place = header.place("columns", index)
        if variable not in projected:
            wanted = f"?{column}"
            if column.endswith("Label"):
                wanted = f"?{column.removesuffix('Label')} (or ?{column.removesuffix('Label')}Node)"
            message = f"The query does not give {wanted}. Add it to SELECT."
            yield Fault(place, "question-columns", message, column)
        elif variable not in bound:
            yield Fault(place, "question-columns", f"Nothing in the query binds ?{variable}.", column)
    if "source" not in projected or "source" not in bound:
        start = next((token.place for token in sequence if token.is_word("SELECT")), START)
        message = (
            "The query does not give ?source: the section or page that states each row. Add it as the last variable."
        )
        yield Fault(start, "question-source", message)
