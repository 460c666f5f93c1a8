"""The sources of rows: footnotes for people, rows in files, lists in JSON, marks where they are not shown."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.namespaces import ID
from bikgraph.tables import SOURCE_COLUMNS, Layout, Table
from tests.tables.rows import COPY, MAP, PAGE, with_sources

FIRST = (
    "[1] BIK Policy Map 2020: Belgium, section 2.2, https://example.org/be.pdf?a=1&b=2, "
    "retrieved 2026-11-20 (unverified)"
)


def test_footnotes_below_a_table() -> None:
    """Each row ends in the numbers of its sources, which stand below, each once; a row without one is counted."""
    lines = with_sources().render("table").splitlines()

    assert lines[:6] == [
        "name    year",
        "──────  ────",
        "first   2018  [1]",
        "second  2019  [1, 2]",
        "third   2020  [3]",
        "fourth  2021",
    ]
    assert lines[7:] == [
        FIRST,
        "[2] A | page, page 4, https://example.org/page",
        "[3] copy-1 (copy, only source)",
        "1 of 4 rows, those without a number, have no source of their own.",
    ]


def test_footnotes_of_a_terminal() -> None:
    """A table drawn for a terminal has the same footnotes."""
    text = with_sources().render("table", 200)

    assert FIRST in text
    assert "second  2019  [1, 2]" in text


def test_footnotes_in_markdown() -> None:
    """Markdown has the numbers at the rows' ends and the footnotes below, escaped, addresses as links."""
    text = with_sources().render("markdown")

    assert "| second | 2019 \\[1, 2\\] |" in text
    assert "\n\\[2\\] A \\| page, page 4, [https://example.org/page](<https://example.org/page>)\n" in text


def test_footnotes_in_html() -> None:
    """HTML has the footnotes as a numbered list with links; what could be markup is escaped."""
    addresses: list[str | None] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "a":
                addresses.append(dict(attrs)["href"])

    text = with_sources().render("html")
    Links().feed(text)

    assert addresses == [MAP.address, PAGE.address]
    assert "2019&nbsp;<sup>[1, 2]</sup>" in text
    assert "<li>BIK Policy Map 2020: Belgium, section 2.2, <a" in text


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_a_row_for_each_source_in_files(format: str) -> None:
    """Files for programs repeat a row for each of its sources, with six columns at the end, flags by spaces."""
    rows = list(csv.DictReader(io.StringIO(with_sources().render(format)), delimiter="," if format == "csv" else "\t"))

    assert list(rows[0]) == ["name", "year", *SOURCE_COLUMNS]
    assert [row["name"] for row in rows] == ["first", "second", "second", "third", "fourth"]
    assert [rows[0][column] for column in SOURCE_COLUMNS] == [
        MAP.node.value, MAP.title, MAP.address, "2.2", "2026-11-20", "unverified",
    ]  # fmt: skip
    assert rows[3]["sourceFlags"] == "copy only-source"
    assert not any(rows[4][column] for column in SOURCE_COLUMNS)


def test_a_list_in_json() -> None:
    """JSON has an object a row, with a list of its sources; what is not known of one is null."""
    rows = json.loads(with_sources().render("json"))

    assert [len(row["sources"]) for row in rows] == [1, 2, 1, 0]
    assert rows[2]["sources"] == [
        {"source": COPY.node.value, "title": None, "address": None, "section": None, "retrieved": None,
         "flags": ["copy", "only-source"]}
    ]  # fmt: skip
    assert rows == with_sources().to_dicts()
    short = json.loads(with_sources().render("json", layout=Layout(ids="short")))
    assert short[2]["sources"][0]["source"] == "copy-1"


def test_sparql_json_has_source_rows() -> None:
    """SPARQL's JSON has the columns of the sources as variables."""
    data = json.loads(with_sources().render("sparql-json"))

    assert data["head"]["vars"] == ["name", "year", *SOURCE_COLUMNS]
    assert len(data["results"]["bindings"]) == 5
    assert set(data["results"]["bindings"][-1]) == {"name", "year"}


def test_a_column_source_of_its_own_stays() -> None:
    """A table with a column `source` keeps it in its place and has the rest of that source behind."""
    table = Table(["source", "name"], [[PAGE.node, Literal("x")], [None, Literal("y")]])
    table.sources, table.shows_sources = [[MAP, PAGE], [COPY]], True
    rows = list(csv.reader(io.StringIO(table.render("csv"))))

    assert rows[0] == ["source", "name", *SOURCE_COLUMNS[1:]]
    assert [row[:4] for row in rows[1:]] == [[PAGE.node.value, "x", PAGE.title, PAGE.address], ["", "y", "", ""]]


def test_columns_of_sources_can_be_named() -> None:
    """--columns may name columns of the sources, also where they are not shown: then each source has its row."""
    for shown in (True, False):
        for format in ("csv", "table", "json"):
            text = with_sources(shown=shown).render(format, layout=Layout(columns=("sourceTitle", "name")))
            assert "†" not in text
            assert "[1]" not in text
            if format == "csv":
                assert text.splitlines()[:2] == ["sourceTitle,name", f"{MAP.title},first"]
            if format == "json":
                assert json.loads(text)[1] == {"sourceTitle": "A | page", "name": "second"}
    with pytest.raises(RequestError, match="There is no column 'sourceTitle'"):
        Table(["name"], []).render("csv", layout=Layout(columns=("sourceTitle",)))


def test_chosen_columns_keep_the_sources_that_are_asked_for() -> None:
    """Sources that are shown stand behind the columns that are chosen."""
    rows = with_sources().render("csv", layout=Layout(columns=("year",))).splitlines()

    assert rows[0] == ",".join(["year", *SOURCE_COLUMNS])
    assert rows[1].startswith("2018,https://")
    assert "2019  [1, 2]" in with_sources().render("table", layout=Layout(columns=("year",)))


@pytest.mark.parametrize("format", ["table", "markdown", "html"])
def test_rows_of_weak_sources_are_marked(format: str) -> None:
    """Where sources are not shown, a row that rests on unseen pages or copies alone has a dagger, explained below."""
    text = with_sources(shown=False).render(format)
    marked = [line for line in text.splitlines() if "†" in line]

    assert len(marked) == 3
    assert "2 of 4 rows rest only on pages that were not seen, or on copies of them" in marked[-1]
    assert "first" in "".join(marked[:2])
    assert "third" in "".join(marked[:2])


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "sparql-json", "sparql-tsv"])
def test_programs_get_no_marks(format: str) -> None:
    """Formats for programs are the same whether sources are known or not, until they are asked for."""
    bare = with_sources(shown=False)
    bare.sources = None

    assert with_sources(shown=False).render(format) == bare.render(format)


def test_no_sources_are_said() -> None:
    """A table that shall show its sources and has none says so; files have the columns, empty."""
    table = with_sources()
    table.sources = None

    assert table.render("table").endswith("\nNo source is known for these rows.\n")
    assert table.render("csv").splitlines()[1] == "first,2018,,,,,,"


def test_pandas_has_source_rows() -> None:
    """A data frame of a table that shows its sources has a row for each."""
    frame = with_sources().to_pandas()

    assert list(frame.columns) == ["name", "year", *SOURCE_COLUMNS]
    assert len(frame) == 5
    assert frame["source"][0] == ID + NamedNode(MAP.node.value).value.removeprefix(ID)
