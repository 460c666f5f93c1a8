"""Result formats: one registry, chosen by name or by a file's ending, never at odds with each other."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.tables import FORMATS, RESULT_FORMATS, Table, table_format

HOSTILE = "a\x1b[31m|b\x00\u202ec\u2028d\u200be\x85"


def table(*cells: str) -> Table:
    """A table with one column and these texts."""
    return Table(["x"], [[Literal(cell)] for cell in cells])


TEXTS = [name for name, format in RESULT_FORMATS.items() if not format.binary]


def test_an_ending_tells_one_format() -> None:
    """An ending names one format; SPARQL's own JSON and TSV, whose files may end so too, have to be asked for."""
    endings = [ending for format in RESULT_FORMATS.values() for ending in format.endings]

    assert sorted(ending for ending in endings if endings.count(ending) > 1) == [".json", ".json", ".tsv", ".tsv"]
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)
    assert FORMATS == (
        "table", "csv", "tsv", "json", "jsonl", "markdown", "html", "xlsx", "parquet", "sparql-json", "sparql-tsv",
    )  # fmt: skip
    assert all("/" in format.media_type for format in RESULT_FORMATS.values())


@pytest.mark.parametrize(
    ("file", "format"),
    [
        ("a.csv", "csv"), ("a.TSV", "tsv"), ("a.json", "json"), ("a.srj", "sparql-json"), ("a.md", "markdown"),
        ("a.jsonl", "jsonl"), ("a.html", "html"), ("a.XLSX", "xlsx"), ("a.parquet", "parquet"),
        ("a.csv.gz", "csv"), ("a.JSON.GZ", "json"), ("a.gz", "table"),
        ("a.txt", "table"), ("a", "table"), ("-", "table"), (None, "table"), (".csv", "csv"),
    ],
)  # fmt: skip
def test_the_ending_decides(file: str | None, format: str) -> None:
    """Without a format asked for, a file's ending names it; a file without one is a table."""
    assert table_format(None, file) == format


@pytest.mark.parametrize(
    ("asked", "file"),
    [("table", "a.csv"), ("json", "a.csv"), ("csv", "a.json"), ("tsv", "b.txt"), ("sparql-json", "c.csv")],
)
def test_an_ending_that_contradicts_is_refused(asked: str, file: str) -> None:
    """A file that is not what its ending says is refused, and the sentence says how to name it."""
    with pytest.raises(RequestError, match="or leave --format out") as raised:
        table_format(asked, file)

    assert f"Name it {file[0]}{RESULT_FORMATS[asked].endings[0]}" in str(raised.value)


@pytest.mark.parametrize("file", ["rows.ods", "rows.dat", "rows.dat.gz", "rows.csv.zip"])
def test_an_ending_of_no_format_is_refused(file: str) -> None:
    """A file that would not be what its ending says is not written; the sentence lists the endings that there are."""
    with pytest.raises(RequestError, match=r"names no format\. Endings: .*\.csv \(csv\)"):
        table_format(None, file)


def test_a_format_asked_for_holds_where_the_ending_says_nothing() -> None:
    """Standard output and endings of no format take any format that there is."""
    assert [table_format("csv", file) for file in ("rows", "rows.dat", "-", None, "rows.csv")] == ["csv"] * 5
    with pytest.raises(RequestError, match="There is no format 'xml'"):
        table_format("xml", None)


def test_an_unknown_format_is_refused_in_words() -> None:
    """Rendering names the formats that there are."""
    with pytest.raises(RequestError, match="Formats: table, csv, tsv, json, jsonl, markdown"):
        table("a").render("xml")


def test_a_file_is_no_other_kind_than_its_ending_says() -> None:
    """An ending that readers know, though no format here has it, is not given to a format that it does not mean."""
    for asked, file in (("csv", "a.ttl"), ("json", "a.pdf"), ("csv", "a.ods.gz")):
        with pytest.raises(RequestError, match=f"is no {asked}. Name it a.{asked}"):
            table_format(asked, file)
    assert table_format("sparql-json", "a.json") == "sparql-json"
    assert table_format("sparql-tsv", "a.tsv.gz") == "sparql-tsv"


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_formats_for_people_show_hidden_characters(format: str) -> None:
    """What would drive a terminal, turn a line or hide stands as its code point, in cells, heads and notes."""
    answer = Table(["x\u200e"], [[Literal(HOSTILE)], [NamedNode("https://example.org/\u202e")]])
    answer.notes = [f"Base: {HOSTILE}."]
    written = answer.render(format).replace("\\", "")

    assert written.count("<U+001B>[31m") == 2
    assert {character for character in written if ord(character) < 32} == {"\n"}
    assert not set("\x85\u202e\u2028\u200b\u200e") & set(written)
    assert len(written.splitlines()) == len(table("a", "b").render(format).splitlines()) + 2


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "sparql-json", "sparql-tsv"])
def test_formats_for_programs_keep_every_character(format: str) -> None:
    """Data that are read by programs are the data, without notes."""
    answer = table(HOSTILE)
    answer.notes = ["Base: all."]
    written = answer.render(format)

    assert "Base" not in written
    if format == "csv":
        assert list(csv.reader(io.StringIO(written, newline=""))) == [["x"], [HOSTILE]]
    elif format == "tsv":
        assert list(csv.reader(io.StringIO(written, newline=""), "excel-tab")) == [["x"], [HOSTILE]]
    elif format == "json":
        assert json.loads(written) == [{"x": HOSTILE}]
    elif format == "jsonl":
        assert json.loads(written) == {"x": HOSTILE}
    elif format == "sparql-json":
        assert json.loads(written)["results"]["bindings"][0]["x"]["value"] == HOSTILE
    else:
        assert HOSTILE.replace("\x1b", "") in written.replace("\x1b", "") or "\\u" in written


def test_joiners_of_ordinary_words_stay() -> None:
    """Persian and Hindi words keep the joiners that they are spelt with."""
    words = "می\u200cخواهم क्\u200dष"

    assert words in table(words).render("table")
    assert words in table(words).render("markdown")


def test_markdown_cells_are_escaped() -> None:
    """What Markdown would read as markup stays text: bars, backslashes, tags, links, emphasis."""
    assert table("a|b\\ <i> [x](y) *c* `d` _e_").render("markdown").splitlines()[2] == (
        "| a\\|b\\\\ \\<i\\> \\[x\\](y) \\*c\\* \\`d\\` \\_e\\_ |"
    )


def test_an_empty_table_has_its_heads() -> None:
    """Every format can write no rows, and names the columns where its rows would not."""
    for format in TEXTS:
        written = Table(["x"], []).render(format)
        assert written == {"json": "[]\n", "jsonl": ""}.get(format, written)
        assert "x" in written or format in ("json", "jsonl")
        assert format == "jsonl" or Table([], []).render(format).endswith("\n")
    for format in set(FORMATS) - set(TEXTS):
        assert Table(["x"], []).to_bytes(format)
        assert Table([], []).to_bytes(format)
