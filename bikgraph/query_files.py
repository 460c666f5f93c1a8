"""Queries that stand in files beside the code that needs them, and the lines in them that are filled with terms.

A parameter is a line `VALUES ?country { UNDEF }`, which the program fills with RDF terms, never with text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from bikgraph.lookup import Term, solutions
from bikgraph.namespaces import XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

Row = Mapping[str, Any]
Terms = Iterable[Term]


@cache
def query_text(module: str, name: str) -> str:
    """The text of a query's file `name`, from the folder of the module whose `__file__` is given."""
    return (Path(module).parent / name).read_text("utf-8")


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


def rows(store: Store, module: str, name: str, **values: Terms) -> list[Row]:
    """The rows of queries/<name>.rq beside a module, its lines filled with `values`, the terms for each variable.

    IRIs are nodes, whole numbers and truth values Python's, all else is text.
    """
    answer = solutions(store, filled(query_text(module, f"queries/{name}.rq"), values))
    names = [variable.value for variable in answer.variables]
    return [{name: _plain(solution[name]) for name in names} for solution in answer]


def _plain(term: Any) -> Any:
    if not isinstance(term, Literal):
        return term
    if term.datatype.value == XSD + "integer":
        return int(term.value)
    return term.value == "true" if term.datatype.value == XSD + "boolean" else term.value
