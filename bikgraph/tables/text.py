"""A table as lines of text for a terminal, its columns aligned by the room that the characters take."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bikgraph.plain_text import one_line
from bikgraph.tables.cells import shown_in_line
from bikgraph.tables.result_format import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bikgraph.tables.table import Table

# No column is cut below this many columns of the terminal.
_LEAST = 8


def write(table: Table, width: int | None) -> str:
    """The table with its notes; the widest columns are cut until its lines fit `width`."""
    rows = [[one_line(column) for column in table.columns]]
    rows += [[shown_in_line(term, table.language) for term in row] for row in table.terms]
    widths = [max(room(row[at]) for row in rows) for at in range(len(table.columns))]
    if width is not None:
        widths = _fit(widths, width)
    lines = ["  ".join(_padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * wide for wide in widths))
    return "\n".join(lines) + "\n" + "".join(f"\n{one_line(note)}\n" for note in table.notes)


def room(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese, Japanese and Korean characters two, combining marks none.

    >>> room("Zoë"), room("Zoe\u0308"), room("日本")
    (3, 3, 4)
    """
    return len(text) if text.isascii() else sum(map(_room, text))


def _room(character: str) -> int:
    # Python's own tables: a library of widths takes longer to import than a question to answer.
    if unicodedata.category(character) in ("Mn", "Me") or character in "\u200c\u200d":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _padded(cell: str, wide: int) -> str:
    cut = _cut(cell, wide)
    return cut + " " * (wide - room(cut))


def _cut(cell: str, wide: int) -> str:
    if room(cell) <= wide:
        return cell
    taken = 0
    for at, character in enumerate(cell):
        taken += _room(character)
        if taken > wide - 1:
            return f"{cell[:at]}…"
    return cell


def _fit(widths: Sequence[int], width: int) -> list[int]:
    """Widths that fit a terminal, the widest columns cut first."""
    fitted = list(widths)
    while sum(fitted) + 2 * (len(fitted) - 1) > width and max(fitted, default=0) > _LEAST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


FORMAT = ResultFormat("table", (".txt",), "text/plain; charset=utf-8", write, for_people=True)
