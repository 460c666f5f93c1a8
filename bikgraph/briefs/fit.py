"""Two printed pages: rows give way, the least important of the part that takes most beyond its share, until all fits.

No format is asked how it breaks its lines. A column holds so many letters, a row so many lines, by an estimate that is
on the safe side of all of them; tests print every country and count the pages.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Brief

if TYPE_CHECKING:
    from bikgraph.briefs.content import Part, Row

# Letters on a line as wide as the page, and lines on two pages.
LETTERS, LINES = 118, 138
# A heading with the room around it, the head of a table, and the room that a row's border takes.
_HEADING, _HEAD, _BORDER = 2.0, 1.3, 0.3
_LEAST = 2


def lines_of(part: Part) -> float:
    """About how many lines a part takes in print."""
    table = _HEAD + sum(_row_lines(row, part.widths) for row in part.rows()) if part.entries else 0.0
    return _HEADING + _lines(part.lead, 1.0) + table + (1.2 if part.left_out else 0.0)


def _row_lines(row: Row, widths: tuple[float, ...]) -> float:
    # Each item brings its sources' numbers and the mark between it and the next.
    texts = ["   ".join(f"{item.text}{' 00' * len(item.sources)}" for item in cell) for cell in row.cells]
    return max(_lines(text, width) for text, width in zip(texts, widths, strict=True)) + _BORDER


def _lines(text: str, width: float) -> int:
    # A narrow column loses more to words that do not fit the end of a line.
    return max(1, ceil(len(text) * (1.06 if width > 0.6 else 1.15) / (LETTERS * width - 2)))


def fitted(brief: Brief, lines: float = LINES) -> Brief:
    """The brief with as many entries as fit on two pages."""
    parts = list(brief.parts)
    sizes = [lines_of(part) for part in parts]
    room = lines - _HEADING * 2 - _lines(brief.lead, 1.0)
    while sum(sizes) > room:
        may = [at for at, part in enumerate(parts) if len(part.entries) > _LEAST]
        if not may:
            break
        at = max(may, key=lambda at: sizes[at] - parts[at].share * room)
        # Of those that matter least the last one goes.
        least = min(reversed(parts[at].entries), key=lambda entry: entry.weight)
        parts[at] = parts[at].without(least)
        sizes[at] = lines_of(parts[at])
    return replace(brief, parts=tuple(parts))
