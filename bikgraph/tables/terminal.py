"""A table drawn for a terminal by rich: fitted to its width by wrapping, never cut.

Where the columns have no room beside one another, those of slugs that stand beside their labels are left out, and it is
said; where that is not enough, each row becomes a paragraph with a line a column.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Drawing
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.box import Box

    from bikgraph.tables.layout import Layout

_LABEL = "Label"
_GAP = 2
# A column keeps room for its longest word, up to this: longer ones, such as addresses, are broken.
_LONGEST_WORD = 32
# Paragraphs take less room than columns of one word a line.
_LEAST_TEXT = 12


def drawn(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    marks: Sequence[str],
    below: tuple[Iterable[str], Iterable[str]],
    layout: Layout,
) -> str:
    """The rows as text of at most `layout.width` columns; `below` has the notes and the footnotes.

    `marks` stand at the rows' ends. Escape sequences for colours are in it only if `layout.colour`.
    """
    width = layout.width or 80
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=layout.colour,
        color_system="standard" if layout.colour else None,
        no_color=not layout.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    mark_room = max(map(cell_len, marks), default=0)
    room = width - (mark_room + _GAP if mark_room else 0)
    kept, left_out = list(range(len(heads))), []
    if _natural(heads, rows, kept) > room and not layout.keeps_columns:
        left_out = [at for at in kept if heads[at] + _LABEL in heads]
        kept = [at for at in kept if at not in left_out]
    chosen_heads = [heads[at] for at in kept]
    chosen = [[row[at] for at in kept] for row in rows]
    if kept and _least(chosen_heads, chosen) > room:
        _paragraphs(console, chosen_heads, chosen, marks, headers=layout.headers)
    else:
        _table(console, chosen_heads, chosen, marks, headers=layout.headers)
    for note in below[0]:
        console.print(Text(f"\n{note}"), overflow="fold")
    footnotes = list(below[1])
    if footnotes:
        console.print(Text("\n" + "\n".join(footnotes), style="dim"), overflow="fold")
    if left_out:
        names = ", ".join(heads[at] for at in left_out)
        console.print(Text(f"\nLeft out to fit {width} columns: {names}. All: --ids short", style="dim"))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _natural(heads: Sequence[str], rows: Sequence[Sequence[str]], kept: Sequence[int]) -> int:
    """The room that a table takes without wrapping."""
    return sum(max(cell_len(row[at]) for row in [heads, *rows]) for at in kept) + _GAP * (len(kept) - 1)


def _least(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The least room in which the table can be read: its longest words, or a few words of a longer text."""
    return sum(map(_least_room, zip(heads, *rows, strict=True))) + _GAP * (len(heads) - 1)


def _least_room(column: Sequence[str]) -> int:
    longest_word = max((cell_len(word) for cell in column for word in cell.split()), default=1)
    return max(min(longest_word, _LONGEST_WORD), min(max(map(cell_len, column)), _LEAST_TEXT), 1)


def _table(
    console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]], marks: Sequence[str], *, headers: bool
) -> None:
    table = Drawing(box=_line_below_heads(), show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    table.show_header = headers
    for at, head in enumerate(heads):
        least = _least_room([head, *(row[at] for row in rows)])
        table.add_column(Text(head, style="bold"), min_width=least, overflow="fold")
    has_marks = any(marks)
    if has_marks:
        table.add_column("", no_wrap=True)
    for number, row in enumerate(rows):
        table.add_row(*map(Text, row), *([Text(marks[number], style="cyan")] if has_marks else []))
    console.print(table)


def _line_below_heads() -> Box:
    from rich.box import Box

    # Eight lines: top, heads, line below the heads, rows, line between rows, line above the foot, foot, bottom.
    return Box("    \n    \n ── \n    \n    \n    \n    \n    \n")


def _paragraphs(
    console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]], marks: Sequence[str], *, headers: bool
) -> None:
    for number, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        grid = Drawing.grid(padding=(0, _GAP, 0, 0))
        if headers:
            grid.add_column(style="bold", overflow="fold")
        grid.add_column(overflow="fold")
        for head, cell in zip(heads, row, strict=True):
            if cell:
                grid.add_row(*([Text(head)] if headers else []), Text(cell))
        if mark:
            grid.add_row(*([Text("")] if headers else []), Text(mark, style="cyan"))
        if number:
            console.print()
        console.print(grid)
