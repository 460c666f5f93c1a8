"""A table as lines of text: columns aligned by the room that the characters take, or drawn to a terminal's width."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bikgraph.plain_text import one_line
from bikgraph.tables.cells import shown_in_line
from bikgraph.tables.footnotes import as_lines, footnotes

if TYPE_CHECKING:
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


def write(table: Table, layout: Layout) -> str:
    """The table with its notes and footnotes; where a width is given, its cells are wrapped to fit it."""
    notes = footnotes(table)
    heads = [one_line(column) for column in table.columns]
    rows = [[shown_in_line(term, table.language, layout.ids) for term in row] for row in table.terms]
    below = [one_line(note) for note in table.notes], [one_line(line) for line in as_lines(notes)]
    if layout.width is not None:
        # rich takes as long to import as a question to answer: only a terminal pays.
        from bikgraph.tables.terminal import drawn

        return drawn(heads, rows, notes.marks, below, layout)
    if any(notes.marks):
        heads = [*heads, ""]
        rows = [[*row, mark] for row, mark in zip(rows, notes.marks, strict=True)]
    widths = [max(room(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in ([heads, *rows] if layout.headers else rows)]
    if layout.headers:
        lines.insert(1, "  ".join("─" * wide for wide in widths[: len(table.columns)]))
    paragraphs = [*below[0], *(["\n".join(below[1])] if below[1] else [])]
    return "\n".join(lines) + "\n" + "".join(f"\n{paragraph}\n" for paragraph in paragraphs)


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
    return cell + " " * (wide - room(cell))
