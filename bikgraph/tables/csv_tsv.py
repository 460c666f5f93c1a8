"""SPARQL 1.1 results as CSV and TSV (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.tables.cells import plain
from bikgraph.tables.result_format import ResultFormat

if TYPE_CHECKING:
    from bikgraph.tables.table import Table


def write_csv(table: Table, _: int | None = None) -> str:
    """The rows as values without markup; lines end in CR LF."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([plain(term) for term in row] for row in table.terms)
    return out.getvalue()


def write_tsv(table: Table, _: int | None = None) -> str:
    """The rows as terms in Turtle's spelling, so that IRIs, texts, languages and datatypes are told apart."""
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in table.terms]
    return "\n".join(lines) + "\n"


CSV = ResultFormat("csv", (".csv",), "text/csv; charset=utf-8", write_csv)
TSV = ResultFormat("tsv", (".tsv",), "text/tab-separated-values; charset=utf-8", write_tsv)
