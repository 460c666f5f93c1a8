"""Columns, heads and names: what a reader may ask of a table's form, in every format that can give it."""

from __future__ import annotations

import pytest

from bikgraph.errors import RequestError
from bikgraph.tables import FORMATS, RESULT_FORMATS, Layout, check_layout
from tests.tables.rows import kinds


def test_columns_are_chosen_in_order() -> None:
    """Only the columns named, in the order named."""
    text = kinds().render("csv", layout=Layout(columns=("count", "actorLabel")))

    assert text.splitlines() == ["count,actorLabel", "3,Star", ","]


def test_an_unknown_column_is_answered_with_the_nearest() -> None:
    """A misspelt column names the one that was meant, and all."""
    with pytest.raises(RequestError, match=r"no column 'actorlable'\. Did you mean actorLabel\? Columns: actor, act"):
        kinds().render("csv", layout=Layout(columns=("actorlable",)))
    with pytest.raises(RequestError, match="--columns takes names"):
        kinds().render("csv", layout=Layout(columns=()))


@pytest.mark.parametrize(
    ("format", "ids", "cell"),
    [
        ("csv", None, "https://w3id.org/bikgraph/id/be-star"),
        ("csv", "short", "be-star"),
        ("tsv", "short", "be-star"),
        ("jsonl", None, '"https://w3id.org/bikgraph/id/be-star"'),
        ("jsonl", "short", '"be-star"'),
        ("table", None, "be-star "),
        ("table", "full", "https://w3id.org/bikgraph/id/be-star"),
        ("markdown", "full", "https://w3id.org/bikgraph/id/be-star"),
        ("html", None, ">be-star<"),
        ("html", "full", ">https://w3id.org/bikgraph/id/be-star<"),
    ],
)
def test_ids_are_named_as_asked(format: str, ids: str | None, cell: str) -> None:
    """Programs get whole IRIs and people slugs, unless asked otherwise."""
    layout = Layout(ids=ids)  # type: ignore[arg-type]
    text = kinds().render(format, layout=layout).replace("\\", "")

    assert cell in text


@pytest.mark.parametrize("format", [name for name in FORMATS if not RESULT_FORMATS[name].binary])
def test_no_ids_leave_labels(format: str) -> None:
    """--ids none leaves out what stands beside its label, in every format."""
    text = kinds().render(format, layout=Layout(ids="none"))

    assert "be-star" not in text
    assert "Star" in text
    assert "actorLabel" in text


@pytest.mark.parametrize("format", FORMATS)
def test_heads_can_be_left_out_where_there_are_any(format: str) -> None:
    """--no-headers leaves the names of the columns out; a format that needs them says so."""
    layout = Layout(headers=False)
    if not RESULT_FORMATS[format].has_heads:
        with pytest.raises(RequestError, match=f"The format {format} has no line of heads"):
            check_layout(RESULT_FORMATS[format], layout)
    elif not RESULT_FORMATS[format].binary:
        text = kinds().render(format, layout=layout)
        assert "actorLabel" not in text
        assert "Star" in text


def test_excel_marks_csv_alone() -> None:
    """Excel's mark is of CSV; other formats refuse it."""
    assert kinds().to_bytes("csv", Layout(excel=True)).startswith(b"\xef\xbb\xbfactor,")
    assert kinds().to_bytes("csv").startswith(b"actor,")
    with pytest.raises(RequestError, match="--excel marks CSV"):
        kinds().render("tsv", layout=Layout(excel=True))


def test_sparql_formats_need_iris() -> None:
    """SPARQL's own formats have no slugs."""
    for format in ("sparql-json", "sparql-tsv"):
        with pytest.raises(RequestError, match="has whole IRIs"):
            kinds().render(format, layout=Layout(ids="short"))
