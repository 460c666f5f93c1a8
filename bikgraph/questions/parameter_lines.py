"""The parameter lines of a query, `VALUES ?country { UNDEF }`, which the program fills with RDF terms, never text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

Terms = Iterable[NamedNode | Literal]


def filled(sparql: str, bound: Mapping[str, Terms]) -> str:
    """A query whose lines `VALUES ?x { UNDEF }` have the terms that are bound to `x`."""
    for variable, terms in bound.items():
        line = f"VALUES ?{variable} {{ {' '.join(str(term) for term in terms)} }}"
        sparql = re.sub(values_line(variable), lambda _, line=line: line, sparql)  # type: ignore[misc]
    return sparql


def without_unfilled(sparql: str) -> str:
    """A query without its parameter lines that are not filled: some engines give no rows where a line stays UNDEF."""
    return re.sub(r"[ \t]*VALUES\s+\?\w+\s*\{\s*UNDEF\s*\}[ \t]*\n?", "", sparql)


def values_line(variable: str) -> str:
    """The pattern of the line that a parameter with this variable fills."""
    return rf"VALUES\s+\?{re.escape(variable)}\s*\{{\s*UNDEF\s*\}}"
