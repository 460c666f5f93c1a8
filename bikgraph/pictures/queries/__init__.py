"""The queries of the pictures: standard SPARQL, whose parameters are lines `VALUES ?country { UNDEF }`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bikgraph.lookup import solutions
from bikgraph.query_files import Terms, filled, query_text, values_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QuerySolutions, Store


def rows(store: Store, name: str, parameters: Mapping[str, Terms]) -> QuerySolutions:
    """The rows of the query `name` with these terms for its parameters; a parameter without a term takes anything.

    Raises KeyError if the query has no such line.
    """
    query = query_text(__file__, f"{name}.rq")
    bound = {variable: list(terms) for variable, terms in parameters.items()}
    for variable in bound:
        if not re.search(values_line(variable), query):
            raise KeyError(variable)
    return solutions(store, filled(query, {variable: terms for variable, terms in bound.items() if terms}))
