"""The queries of the pictures: standard SPARQL, whose parameters are lines `VALUES ?country { UNDEF }`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bikgraph.lookup import solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import QuerySolutions, Store

    from bikgraph.lookup import Term


def rows(store: Store, name: str, parameters: Mapping[str, Iterable[Term]]) -> QuerySolutions:
    """The rows of the query `name` with these terms for its parameters; a parameter without a term takes anything.

    Raises KeyError if the query has no such line.
    """
    query = _query(name)
    for variable, terms in parameters.items():
        line = f"VALUES ?{variable} {{ UNDEF }}"
        if line not in query:
            raise KeyError(variable)
        filled = " ".join(str(term) for term in terms)
        query = query.replace(line, f"VALUES ?{variable} {{ {filled or 'UNDEF'} }}")
    return solutions(store, query)


@cache
def _query(name: str) -> str:
    return files("bikgraph.pictures.queries").joinpath(f"{name}.rq").read_text("utf-8")
