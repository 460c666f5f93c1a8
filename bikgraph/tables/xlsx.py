"""The rows as an Excel workbook: typed columns, a head that stays, a filter, links, and a sheet about them."""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

from bikgraph.errors import RequestError
from bikgraph.tables.cells import date_of, file_value, plain, web_address
from bikgraph.tables.footnotes import cited
from bikgraph.tables.sources import SOURCE_MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bikgraph.lookup import Term
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table

# Excel's own limits (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS, MOST_LINKS, LONGEST_LINK = 1_048_576, 16_384, 32_767, 65_530, 2_079
# Beyond 15 digits Excel rounds a whole number: such a one is a text.
_EXACT = 10**15
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that there was not
_WIDEST = 60


def write(table: Table, layout: Layout) -> bytes:
    """A workbook with the sheets Rows and About; the same table gives the same bytes.

    Raises RequestError for what Excel cannot hold.
    """
    # Only a workbook pays for the import.
    import xlsxwriter

    out = io.BytesIO()
    # A text that begins like a formula, or like an address, stays the text that it is.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": table.name, "created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
    sheet = book.add_worksheet("Rows")
    _check(table, layout)
    cells = _Cells(sheet, book.add_format({"num_format": "yyyy-mm-dd"}), layout)
    first = 0
    if layout.headers:
        for at, column in enumerate(table.columns):
            sheet.write_string(0, at, column, head)
        sheet.freeze_panes(1, 0)
        if table.columns:
            sheet.autofilter(0, 0, len(table.terms), len(table.columns) - 1)
        first = 1
    for number, row in enumerate(table.terms, first):
        for at, term in enumerate(row):
            cells.write(number, at, term)
    for at, column in enumerate(table.columns):
        longest = max((len(plain(row[at], layout.ids)) for row in table.terms), default=0)
        sheet.set_column(at, at, min(max(longest, len(column) + 3), _WIDEST) + 1)
    about = book.add_worksheet("About")
    about.set_column(0, 1, 28)
    about.set_column(2, 3, 60)
    for number, line in enumerate(_about(table)):
        for at, text in enumerate(line):
            if text:
                about.write_string(number, at, text[:MOST_CHARACTERS], *([head] if len(line) == 1 else []))
    book.close()
    return out.getvalue()


class _Cells:
    """Writes terms into cells of a sheet, each as what it is: number, truth value, day, link or text."""

    def __init__(self, sheet: Any, day: Any, layout: Layout) -> None:
        self._sheet, self._day, self._layout = sheet, day, layout
        self._links = 0

    def write(self, row: int, column: int, term: Term | None) -> None:
        value = file_value(term, self._layout.ids)
        day = date_of(term)
        address = web_address(term)
        if value is None:
            return
        if day is not None and day >= _FIRST_DAY:
            self._sheet.write_datetime(row, column, day, self._day)
        elif isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, float) or (isinstance(value, int) and abs(value) < _EXACT):
            self._sheet.write_number(row, column, value)
        elif address and len(address) <= LONGEST_LINK and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(row, column, address, string=str(value))
        else:
            self._sheet.write_string(row, column, str(value))


def _check(table: Table, layout: Layout) -> None:
    if len(table.terms) >= MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        raise RequestError(
            f"An Excel sheet holds {MOST_ROWS - 1:,} rows and {MOST_COLUMNS:,} columns; here are "
            f"{len(table.terms):,} and {len(table.columns):,}. Write .csv or .parquet."
        )
    for number, row in enumerate(table.terms, 1):
        for column, term in zip(table.columns, row, strict=True):
            length = len(plain(term, layout.ids))
            if length > MOST_CHARACTERS:
                raise RequestError(
                    f"An Excel cell holds {MOST_CHARACTERS:,} characters; row {number}, {column} has {length:,}. "
                    "Write .csv or .parquet, or leave the column out with --columns."
                )


def _about(table: Table) -> Iterator[Sequence[str]]:
    """The lines of the sheet About: question, parameters, base, columns with their codes, sources."""
    about = table.about
    yield ("Question",)
    yield ("", about.question if about is not None and about.question else table.name)
    if about is not None:
        for name, value in about.parameters:
            yield "", name, value
    yield "", "rows", str(len(table.terms))
    if table.notes:
        yield ("Base",)
        yield from (("", note) for note in table.notes)
    yield ("Columns",)
    meanings = {} if about is None else {meaning.column: meaning for meaning in about.columns}
    for column in table.columns:
        own = meanings[column].meaning if column in meanings else ""
        told = own or (SOURCE_MEANINGS.get(column, "") if table.has_source_rows else "")
        yield ("", column, told) if told else ("", column)
    coded = [meanings[column] for column in table.columns if column in meanings and meanings[column].codes]
    if coded:
        yield ("Codes",)
        for meaning in coded:
            yield from (("", f"{meaning.column}: {code.code}", code.label, code.definition) for code in meaning.codes)
    lines = cited(table)
    if lines:
        yield ("Sources",)
        yield from (("", line) for line in lines)
