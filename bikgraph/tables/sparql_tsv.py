"""SPARQL 1.1 results as TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


def write(table: Table, _: Layout) -> str:
    """The rows as terms in Turtle's spelling, so that IRIs, texts, languages and datatypes are told apart."""
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in table.terms]
    return "\n".join(lines) + "\n"
