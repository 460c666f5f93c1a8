"""How wide words are, and the lines that fit a width: in inches, by the letters' own widths in DejaVu Sans.

A twentieth is added: hinting widens the words of a PNG by up to that (measured at 100 dots an inch), and an .svg may be
shown in another font, though the usual sans-serif is narrower than DejaVu Sans.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from bikgraph.pictures.lettering import dejavu, shorten, wrap

_SPARE = 1.05


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in inches of one line of text of `size` points."""
    return sum(_advance(letter, bold) for letter in text) * size / 72 * _SPARE


def fit(text: str, inches: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The text in lines of at most `inches`; with `most`, in that many lines, the last with an ellipsis if cut."""
    if not text.strip() or inches <= 0:
        return []
    # No letter is narrower than a quarter of the size, so that more than so many cannot fit.
    letters = min(max(int(inches * 72 / size * 4), 1), len(text) * 2)
    lines = wrap(text, letters)
    while letters > 1 and (widest := max(width(line, size, bold=bold) for line in lines)) > inches:
        letters = max(min(letters - 1, int(letters * inches / widest) + 2), 1)
        lines = wrap(text, letters)
    if most is None or len(lines) <= most:
        return lines
    kept = lines[: most - 1]
    rest = text[_length(text, kept) :].lstrip()
    while letters > 1 and width(shorten(rest, letters), size, bold=bold) > inches:
        letters -= 1
    return [*kept, shorten(rest, letters)]


def _length(text: str, lines: list[str]) -> int:
    """Where in the text these first lines of it end; spaces and marks of direction aside."""
    wanted = sum(not _is_skipped(letter) for line in lines for letter in line)
    for place, letter in enumerate(text):
        if wanted == 0:
            return place
        wanted -= not _is_skipped(letter)
    return len(text)


def _is_skipped(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf"


@cache
def _advance(letter: str, bold: bool) -> float:
    """The width of a letter as a part of the size; of one that the font has not, the size itself."""
    if unicodedata.category(letter) in {"Cf", "Mn"}:
        return 0.0
    font = _font(bold)
    if ord(letter) not in font.get_charmap():
        return 1.0
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536 / 100


@cache
def _font(bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(dejavu(bold=bold)))
    font.set_size(100, 72)
    return font
