"""SPARQL 1.1 results as JSON (https://www.w3.org/TR/sparql11-results-json/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from bikgraph.namespaces import XSD

if TYPE_CHECKING:
    from bikgraph.lookup import Term
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


def write(table: Table, _: Layout) -> str:
    """The rows as bindings; a variable that a row does not bind is left out of it."""
    bindings = [
        {column: _binding(term) for column, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.terms
    ]
    results = {"head": {"vars": table.columns}, "results": {"bindings": bindings}}
    return json.dumps(results, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
