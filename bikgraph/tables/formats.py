"""The result formats: a new one is a file that declares it, and a line here."""

from __future__ import annotations

from bikgraph.endings import choose_format
from bikgraph.tables import csv_tsv, html, json_lines, markdown, parquet, sparql_json, sparql_tsv, text, xlsx
from bikgraph.tables.result_format import ResultFormat

# Of an ending that several have, the first is the one that a file is.
RESULT_FORMATS: dict[str, ResultFormat] = {
    format.name: format
    for format in (
        text.FORMAT,
        csv_tsv.CSV,
        csv_tsv.TSV,
        json_lines.LIST,
        json_lines.LINES,
        markdown.FORMAT,
        html.FORMAT,
        xlsx.FORMAT,
        parquet.FORMAT,
        sparql_json.FORMAT,
        sparql_tsv.FORMAT,
    )
}
FORMATS = tuple(RESULT_FORMATS)
DEFAULT_FORMAT = text.FORMAT.name


def table_format(asked: str | None, output: str | None) -> str:
    """The name of the format to write rows in: the one asked for, else by the ending of `output`, else `table`.

    Raises RequestError for an unknown format, and for one that the file's ending contradicts.

    >>> table_format(None, "rows.csv.gz"), table_format("tsv", None), table_format(None, "rows")
    ('csv', 'tsv', 'table')
    """
    return choose_format(
        {name: format.endings for name, format in RESULT_FORMATS.items()}, asked, output, DEFAULT_FORMAT
    )
