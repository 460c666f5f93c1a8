"""Excel workbooks, read back by openpyxl: types, head, filter, links, and the sheet about the rows."""

from __future__ import annotations

import datetime
import io
import sys
from typing import Any

import openpyxl
import pytest
from pyoxigraph import Literal

from bikgraph.errors import RequestError
from bikgraph.tables import SOURCE_COLUMNS, Layout, Table
from bikgraph.tables.xlsx import MOST_CHARACTERS
from tests.tables.rows import MAP, kinds, with_sources


def book(table: Table, layout: Layout | None = None) -> Any:
    """The workbook of a table."""
    return openpyxl.load_workbook(io.BytesIO(table.to_bytes("xlsx", layout)))


def test_cells_have_types_and_links() -> None:
    """Numbers, days and truth values are Excel's own; a text that begins like a formula stays a text."""
    sheet = book(kinds())["Rows"]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

    assert (cells["count"].value, cells["share"].value, cells["year"].value) == (3, 0.5, 2018)
    assert cells["complete"].value is True
    assert cells["day"].value == datetime.datetime(2026, 11, 20)  # noqa: DTZ001
    assert (cells["formula"].value, cells["formula"].data_type) == ("=1+1", "s")
    assert (cells["broken"].value, cells["nothing"].value) == ("many", "NaN")
    assert (cells["actor"].value, cells["actor"].hyperlink.target) == (
        "be-star",
        "https://w3id.org/bikgraph/id/be-star",
    )
    assert cells["address"].hyperlink.target == "https://example.org/a?b=1&c=2"
    assert [cell.value for cell in sheet[3]] == ["be-b-bico", *[None] * 10]


def test_the_head_stays_and_filters() -> None:
    """The head is frozen and has a filter; without heads there is neither."""
    sheet = book(kinds())["Rows"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:K3")

    bare = book(kinds(), Layout(headers=False, columns=("count",)))["Rows"]
    assert (bare.freeze_panes, bare.auto_filter.ref, bare["A1"].value) == (None, None, 3)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "{=1}", "mailto:a@b", "12"])
def test_texts_stay_texts(text: str) -> None:
    """Nothing in the data is run, followed or counted by a spreadsheet."""
    cell = book(Table(["x"], [[Literal(text)]]))["Rows"]["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_the_second_sheet_tells_what_the_rows_are() -> None:
    """Question, parameters, base, columns, codes and sources stand on a sheet of their own."""
    lines = [tuple(value for value in row if value) for row in book(kinds())["About"].iter_rows(values_only=True)]

    assert lines[:6] == [
        ("Question",),
        ("Which kinds of <terms> are there?",),
        ("country", "Belgium"),
        ("rows", "2"),
        ("Base",),
        ("Base: 2 of 30 countries with data.",),
    ]
    assert ("actor", "The actor") in lines
    assert lines[-2:] == [("Codes",), ("count: 3", "three", "More than two.")]
    for shown in (True, False):
        told = [value for row in book(with_sources(shown=shown))["About"].iter_rows(values_only=True) for value in row]
        assert any(str(value).startswith(f"[1] {MAP.title}") for value in told)


def test_sources_have_rows() -> None:
    """A workbook has a row for each source, the day as a day, the address as a link."""
    sheet = book(with_sources())["Rows"]

    assert [cell.value for cell in sheet[1]] == ["name", "year", *SOURCE_COLUMNS]
    assert sheet.max_row == 6
    assert sheet["E2"].hyperlink.target == MAP.address
    assert sheet["G2"].value == datetime.datetime(2026, 11, 20)  # noqa: DTZ001


def test_the_same_table_gives_the_same_bytes() -> None:
    """No hour and no name of a machine is in a workbook."""
    assert kinds().to_bytes("xlsx") == kinds().to_bytes("xlsx")


def test_what_excel_cannot_hold_is_refused_and_not_cut() -> None:
    """A text longer than a cell is refused by row and column; whole numbers that Excel would round are texts."""
    with pytest.raises(RequestError, match=r"row 1, x has 32,768\. Write \.csv"):
        Table(["x"], [[Literal("a" * (MOST_CHARACTERS + 1))]]).to_bytes("xlsx")

    assert book(Table(["x"], [[Literal(12345678901234567)]]))["Rows"]["A2"].value == "12345678901234567"


@pytest.mark.parametrize(("format", "module"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch, format: str, module: str) -> None:
    """Without the extra the error gives the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(RequestError, match=rf"needs {module}, .* pip install 'bikgraph\[files\]'"):
        kinds().to_bytes(format)


def test_a_workbook_is_no_text() -> None:
    """Rendering as text says how to write a file."""
    with pytest.raises(RequestError, match=r"save\('rows\.xlsx'\)"):
        kinds().render("xlsx")
