"""A table drawn for a terminal: fitted to its width by wrapping, never cut.

Where the columns have no room beside one another, those of slugs that stand beside their labels are left out, and it is
said; where that is not enough, each row becomes a paragraph with a line a column. rich measures, wraps and colours;
its own tables take many times as long (docs/decisions/0020).
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text

from bikgraph.tables.layout import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bikgraph.tables.layout import Layout

_GAP = "  "
# A column keeps room for its longest word, up to this: longer ones, such as addresses, are broken.
_LONGEST_WORD = 32
# What a longer text needs at the least: less is one word a line.
_LEAST_TEXT = 12
# A name of a column may be broken, where its cells are narrow: counts need little room.
_LEAST_HEAD = 8


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
    return "".join(f"{line.rstrip()}\n" for line in _Terminal(layout).lines(heads, rows, marks, below))


class _Terminal:
    """A terminal of a width, with colours or without."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._width = layout.width or 80
        self._console = Console(width=self._width)
        self._styles = {name: Style.parse(name) for name in ("bold", "cyan", "dim")}

    def lines(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        marks: Sequence[str],
        below: tuple[Iterable[str], Iterable[str]],
    ) -> Iterator[str]:
        mark_room = max(map(cell_len, marks), default=0)
        room = self._width - (mark_room + len(_GAP) if mark_room else 0)
        natural = [max(map(cell_len, column)) for column in zip(heads, *rows, strict=True)]
        kept, left_out = list(range(len(heads))), []
        if _together(natural) > room and not self._layout.keeps_columns:
            left_out = [at for at in kept if heads[at] + LABEL in heads]
            kept = [at for at in kept if at not in left_out]
        heads_kept = [heads[at] for at in kept]
        rows_kept = [[row[at] for at in kept] for row in rows]
        least = [_least_room(heads[at], [row[at] for row in rows]) for at in kept]
        if _together(least) > room:
            yield from self._paragraphs(heads_kept, rows_kept, marks)
        else:
            yield from self._table(heads_kept, rows_kept, marks, _fitted([natural[at] for at in kept], least, room))
        for note in below[0]:
            yield ""
            yield from self._wrapped(note, self._width)
        footnotes = list(below[1])
        if footnotes:
            yield ""
        for footnote in footnotes:
            yield from (self._styled(line, "dim") for line in self._wrapped(footnote, self._width))
        if left_out:
            yield ""
            names = ", ".join(heads[at] for at in left_out)
            sentence = f"Left out to fit {self._width} columns: {names}. All: --ids short"
            yield from (self._styled(line, "dim") for line in self._wrapped(sentence, self._width))

    def _table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], marks: Sequence[str], widths: Sequence[int]
    ) -> Iterator[str]:
        if self._layout.headers:
            for line in self._beside(heads, widths):
                yield self._styled(line.rstrip(), "bold")
            yield _GAP.join("─" * width for width in widths)
        for row, mark in zip(rows, marks, strict=True):
            for number, line in enumerate(self._beside(row, widths)):
                yield f"{line}{_GAP}{self._styled(mark, 'cyan')}" if mark and not number else line

    def _paragraphs(self, heads: Sequence[str], rows: Sequence[Sequence[str]], marks: Sequence[str]) -> Iterator[str]:
        """A line for each column that a row has, its name before it; above it, where the two have no room."""
        longest = max(map(cell_len, heads), default=0) if self._layout.headers else 0
        beside = longest + len(_GAP) + _LEAST_TEXT <= self._width
        indent = longest + len(_GAP) if beside and longest else 0
        for number, (row, mark) in enumerate(zip(rows, marks, strict=True)):
            if number:
                yield ""
            for head, cell in zip(heads, row, strict=True):
                if not cell:
                    continue
                if longest and not beside:
                    yield from (self._styled(line, "bold") for line in self._wrapped(head, self._width))
                name = self._styled(head, "bold") + " " * (indent - cell_len(head)) if indent else ""
                for line in self._wrapped(cell, self._width - indent):
                    yield f"{name}{line}"
                    name = " " * indent
            if mark:
                yield " " * indent + self._styled(mark, "cyan")

    def _beside(self, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        """The lines of cells that stand beside one another, each wrapped to its column."""
        wrapped = [self._wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        for parts in zip_longest(*wrapped, fillvalue=""):
            yield _GAP.join(part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True))

    def _wrapped(self, text: str, width: int) -> list[str]:
        if cell_len(text) <= width:
            return [text]
        return [line.plain.rstrip() for line in Text(text).wrap(self._console, width, overflow="fold")]

    def _styled(self, text: str, style: str) -> str:
        return self._styles[style].render(text, color_system=ColorSystem.STANDARD) if self._layout.colour else text


def _together(widths: Sequence[int]) -> int:
    """The room that columns of these widths take."""
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _least_room(head: str, cells: Sequence[str]) -> int:
    """The least room in which a column can be read: its longest word, or a few words of a longer text."""
    longest_word = max((cell_len(word) for cell in cells for word in cell.split()), default=1)
    longest = max(map(cell_len, cells), default=0)
    return max(min(longest_word, _LONGEST_WORD), min(longest, _LEAST_TEXT), min(cell_len(head), _LEAST_HEAD), 1)


def _fitted(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths of columns that fit, the widest made narrower first, none below its least."""
    widths = [max(min(width, room), low) for width, low in zip(natural, least, strict=True)]
    while _together(widths) > room:
        # Some column is wider than its least: all of these together fit.
        at = max((at for at, low in enumerate(least) if widths[at] > low), key=lambda at: widths[at])
        widths[at] -= 1
    return widths
