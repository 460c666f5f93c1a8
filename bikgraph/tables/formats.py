"""The result formats: a new one is a file that writes it, and a row here."""

from __future__ import annotations

from bikgraph.endings import choose_format
from bikgraph.tables.result_format import ResultFormat

_UTF8 = "; charset=utf-8"

# Of an ending that several have, the first is the one that a file is.
RESULT_FORMATS: dict[str, ResultFormat] = {
    format.name: format
    for format in (
        ResultFormat("table", (".txt",), f"text/plain{_UTF8}", "text", ids="short", for_people=True, has_heads=True),
        ResultFormat("csv", (".csv",), f"text/csv{_UTF8}", "csv_tsv.write_csv", source_rows=True, has_heads=True),
        ResultFormat(
            "tsv",
            (".tsv",),
            f"text/tab-separated-values{_UTF8}",
            "csv_tsv.write_tsv",
            source_rows=True,
            has_heads=True,
        ),
        ResultFormat("json", (".json",), "application/json", "json_lines.write_list"),
        ResultFormat("jsonl", (".jsonl", ".ndjson"), "application/jsonl", "json_lines.write_lines"),
        ResultFormat(
            "markdown",
            (".md", ".markdown"),
            f"text/markdown{_UTF8}",
            "markdown",
            ids="short",
            for_people=True,
            has_heads=True,
        ),
        ResultFormat(
            "html", (".html", ".htm"), f"text/html{_UTF8}", "html", ids="short", for_people=True, has_heads=True
        ),
        ResultFormat(
            "xlsx",
            (".xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            ids="short",
            source_rows=True,
            has_heads=True,
            binary=True,
            needs="xlsxwriter",
        ),
        ResultFormat(
            "parquet",
            (".parquet",),
            "application/vnd.apache.parquet",
            "parquet",
            source_rows=True,
            binary=True,
            needs="pyarrow",
        ),
        # A file that ends in .json is a plain list of rows, but for `bikgraph sparql`, unless --format says otherwise.
        ResultFormat(
            "sparql-json",
            (".srj", ".json"),
            "application/sparql-results+json",
            "sparql_json",
            source_rows=True,
            needs_iris=True,
        ),
        # Its files end as plain TSV's do: --format tells them apart.
        ResultFormat(
            "sparql-tsv",
            (".tsv",),
            f"text/tab-separated-values{_UTF8}",
            "sparql_tsv",
            source_rows=True,
            needs_iris=True,
        ),
    )
}
FORMATS = tuple(RESULT_FORMATS)
DEFAULT_FORMAT = "table"


def table_format(asked: str | None, output: str | None) -> str:
    """The name of the format to write rows in: the one asked for, else by the ending of `output`, else `table`.

    Raises RequestError for an unknown format, and for one that the file's ending contradicts.

    >>> table_format(None, "rows.csv.gz"), table_format("tsv", None), table_format(None, "rows")
    ('csv', 'tsv', 'table')
    """
    return choose_format(
        {name: format.endings for name, format in RESULT_FORMATS.items()}, asked, output, DEFAULT_FORMAT
    )
