"""The rows as CSV (SPARQL 1.1's, which is RFC 4180's) and as plain TSV: values without markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.tables.cells import plain

if TYPE_CHECKING:
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table

# Excel takes a file that begins with it for UTF-8, and any other for the computer's old code page.
_EXCELS_MARK = "\ufeff"


def write_csv(table: Table, layout: Layout) -> str:
    """The rows, values divided by commas; lines end in CR LF (https://www.w3.org/TR/sparql11-results-csv-tsv/)."""
    return (_EXCELS_MARK if layout.excel else "") + _separated(table, layout, ",", "\r\n")


def write_tsv(table: Table, layout: Layout) -> str:
    """The rows, values divided by tabs; one that holds a tab, a quote or a line's end stands in quotes, as in CSV."""
    return _separated(table, layout, "\t", "\n")


def _separated(table: Table, layout: Layout, delimiter: str, end: str) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    if layout.headers:
        writer.writerow(table.columns)
    writer.writerows([plain(term, layout.ids) for term in row] for row in table.terms)
    return out.getvalue()
