"""The legend of a map: its classes, how many countries are in each, and which; and the room that is left to the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.measure import fit
from bikgraph.pictures.shades import Shade
from bikgraph.pictures.sheet import GREY, MARGIN, SMALLEST, Pen, Sheet, leading

NATURAL = 10.3  # inches that the map is high on a page without a size
_GAP, _LEAST = 0.3, 2.7
_SAMPLE = 0.0625  # inches of a sample's width a point of the letters
_LETTERS = (12.0, 11.0, 10.0, 9.0, 8.0, SMALLEST)


class _Entry(NamedTuple):
    key: str
    label: list[str]
    number: str
    codes: list[str]
    height: float


class MapLegend:
    """Where map and legend stand below the title: beside each other, or the legend below, on an upright page.

    `map` is the height of the map and `body` that of both together, in inches.
    """

    def __init__(
        self,
        sheet: Sheet,
        shades: Sequence[Shade],
        values: Mapping[str, str],
        others: Mapping[str, str],
        aspect: float,
    ) -> None:
        """A legend of these classes, for a map whose width is `aspect` of its height; `others` are not on the map."""
        self._shades, self._values, self._others = shades, values, others
        room = sheet.room
        self.is_below = sheet.size is not None and sheet.size.is_upright
        if self.is_below and room is not None:
            self._inches, self._letters = (sheet.inner - _GAP) / 2, 9.0
            self._columns = _dealt(self._entries(), 2)
            tall = max(sum(entry.height for entry in column) for column in self._columns)
            self.map = min(room - tall - 0.2, sheet.inner / aspect)
            self._corner, self.body = (MARGIN, sheet.top + self.map + 0.2), room
            return
        self.map = NATURAL if room is None else min(room, (sheet.inner - _LEAST - _GAP) / aspect)
        left = MARGIN + self.map * aspect + 0.35
        self._inches, self._corner = sheet.width - MARGIN - left, (left, sheet.top)
        for letters in _LETTERS:
            self._letters = letters
            self._columns = [self._entries()]
            tall = sum(entry.height for entry in self._columns[0])
            if room is None or tall <= room:
                break
        self.body = max(self.map, tall) if room is None else room

    def draw(self, pen: Pen, sample: Callable[[float, float, float, float, str], None]) -> None:
        """Draw the classes from top to bottom; `sample` draws the box of a class: corner, width, height, key."""
        x, letters = self._corner[0], self._letters
        wide, high = letters * _SAMPLE, letters * _SAMPLE * 0.67
        for column in self._columns:
            y = self._corner[1]
            for entry in column:
                after = x + wide + 0.15 if entry.key else x
                if entry.key:
                    sample(x, y, wide, high, entry.key)
                pen.write(after, y, entry.label, size=letters, bold=True)
                below = y + leading(letters) * len(entry.label)
                if entry.number:
                    pen.write(after, below, [entry.number], size=letters)
                    below += leading(letters)
                pen.write(after, below, entry.codes, size=self._small, color=GREY)
                y += entry.height
            x += self._inches + _GAP

    @property
    def _small(self) -> float:
        return max(self._letters * 0.8, SMALLEST)

    def _entries(self) -> list[_Entry]:
        entries = [self._entry(shade) for shade in self._shades]
        lines = [
            line
            for shade in self._shades
            if (named := self._named(shade.key))
            for line in fit(f"{isolate(shade.label)}: {', '.join(named)}", self._inches, self._small)
        ]
        if lines:
            height = leading(self._letters) + leading(self._small) * len(lines) + 0.1
            entries.append(_Entry("", ["Not on the map"], "", lines, height))
        return entries

    def _named(self, key: str) -> list[str]:
        """The countries of a class that have no boundaries here."""
        codes = [code for code in sorted(self._others) if self._values[code] == key]
        return [f"{isolate(self._others[code])} ({code})" if self._others[code] else code for code in codes]

    def _entry(self, shade: Shade) -> _Entry:
        codes = sorted(code for code, key in self._values.items() if key == shade.key)
        letters, small = self._letters, self._small
        inches = self._inches - letters * _SAMPLE - 0.15
        label = fit(shade.label, inches, letters, bold=True) or [shade.key]
        listed = fit(" ".join(codes), inches, small)
        text = leading(letters) * (len(label) + 1) + leading(small) * len(listed)
        number = f"{len(codes)} {'country' if len(codes) == 1 else 'countries'}"
        return _Entry(shade.key, label, number, listed, max(letters * _SAMPLE * 0.67, text) + letters * 0.016)


def _dealt(entries: Sequence[_Entry], number: int) -> list[list[_Entry]]:
    """The entries in columns, about equally high, in their order."""
    half = sum(entry.height for entry in entries) / number
    columns: list[list[_Entry]] = [[] for _ in range(number)]
    before = 0.0
    for entry in entries:
        columns[min(int((before + entry.height / 2) / half), number - 1)].append(entry)
        before += entry.height
    return columns
