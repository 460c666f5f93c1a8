"""The terminal's table: its columns stand under one another whatever script the cells are in."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from bikgraph.tables import Table
from bikgraph.tables.text import room

CELLS = ["abc", "日本語の名前", "한국어", "Zoe\u0308", "नमस्ते", "ｆｕｌｌ", "Ελλάδα", "עברית"]


def test_columns_stand_under_one_another() -> None:
    """The second column begins at the same place of the terminal in every line."""
    text = Table(["first", "second"], [[Literal(cell), Literal("|")] for cell in CELLS]).render("table")
    lines = text.splitlines()[2:]

    assert len({room(line[: line.index("|")]) for line in lines}) == 1


@pytest.mark.parametrize("width", [20, 21, 22, 23])
def test_lines_fit_the_terminal(width: int) -> None:
    """Wide characters are wrapped by the room that they take, combining marks stay with their letters, none is lost."""
    rows = [[Literal(cell * 5), Literal(cell * 7)] for cell in CELLS]
    text = Table(["first", "second"], rows).render("table", width)
    lines = text.splitlines()

    assert max(map(room, lines)) <= width
    assert "…" not in text
    assert not any(line.lstrip().startswith("\u0308") for line in lines)
    for cell in CELLS:
        assert text.count(cell[0]) >= 12 * cell.count(cell[0])
