"""Queries that stand in files beside the code that needs them: filled with terms, run, and their rows made plain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import solutions
from bikgraph.namespaces import XSD

if TYPE_CHECKING:
    from pyoxigraph import Store

Row = Mapping[str, Any]


def rows(store: Store, package: str, name: str, **values: Iterable[NamedNode]) -> list[Row]:
    """The rows of queries/<name>.rq of a package: IRIs as nodes, whole numbers and truth values as Python's, else text.

    `values` are the terms that a variable may stand for: they fill the query's line `VALUES ?name { UNDEF }`.
    """
    query = _query(package, name)
    for variable, terms in values.items():
        filled = " ".join(map(str, terms))
        query = query.replace(f"VALUES ?{variable} {{ UNDEF }}", f"VALUES ?{variable} {{ {filled} }}")
    answer = solutions(store, query)
    names = [variable.value for variable in answer.variables]
    return [{name: _plain(solution[name]) for name in names} for solution in answer]


@cache
def _query(package: str, name: str) -> str:
    return files(package).joinpath("queries", f"{name}.rq").read_text("utf-8")


def _plain(term: Any) -> Any:
    if not isinstance(term, Literal):
        return term
    if term.datatype.value == XSD + "integer":
        return int(term.value)
    return term.value == "true" if term.datatype.value == XSD + "boolean" else term.value
