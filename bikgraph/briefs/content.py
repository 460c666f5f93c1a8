"""What a brief says, in no format: parts with entries in columns, a picture, and numbered sources.

The parts are gathered from the graph, made to fit two pages, and only then are their sources numbered; the writer of a
format shows what is here and adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pyoxigraph import NamedNode


class Item(NamedTuple):
    """A statement on one line, with the sources that state it."""

    text: str
    sources: tuple[NamedNode, ...] = ()


class Entry(NamedTuple):
    """A row that may give way to others: `weight` says how much it matters, more is more."""

    cells: tuple[Item, ...]
    weight: float = 0.0


class Row(NamedTuple):
    """A row as it is shown: the first cells have one item each, the last has one or more."""

    cells: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True)
class Part:
    """A part of a brief: what it rests on, and a table if there is anything to show.

    `widths` are the columns' parts of the line and sum up to 1. Where `grouped`, entries that follow each other and
    have the same first cell share a row. `more` is the command that shows what has given way, `noun` its name.
    """

    title: str
    lead: str
    heads: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    entries: tuple[Entry, ...] = ()
    grouped: bool = False
    noun: tuple[str, str] = ("row", "rows")
    more: str = ""
    left_out: int = 0
    share: float = 0.1

    def rows(self) -> list[Row]:
        """The entries as rows."""
        shown: list[Row] = []
        for entry in self.entries:
            first, last = tuple((item,) for item in entry.cells[:-1]), (entry.cells[-1],)
            if self.grouped and shown and shown[-1].cells[:-1] == first:
                shown[-1] = Row((*first, shown[-1].cells[-1] + last))
            else:
                shown.append(Row((*first, last)))
        return shown

    def without(self, entry: Entry) -> Part:
        """The part after `entry` has given way."""
        at = self.entries.index(entry)
        return replace(self, entries=self.entries[:at] + self.entries[at + 1 :], left_out=self.left_out + 1)

    def rest(self) -> str:
        """How many entries have given way, in words; empty if none has."""
        if not self.left_out:
            return ""
        kept = "… and " if self.entries else ""
        return f"{kept}{self.left_out} more {self.noun[self.left_out != 1]}"


class Source(NamedTuple):
    """A numbered source; `section` is the part of the page meant, `flags` say in words how far it can be trusted."""

    number: int
    title: str
    section: str
    address: str
    retrieved: str
    flags: tuple[str, ...]


class Picture(NamedTuple):
    """A picture as the bytes of an .svg or .png file, with what it shows in words."""

    image: bytes
    media_type: str
    title: str
    alternative: str


@dataclass(frozen=True)
class Brief:
    """A brief on one country: two pages of parts, then its sources, then its picture.

    `address` is the country's page; `day` the newest day, as YYYY-MM-DD, on which any page of the release was read.
    Where there is no picture, `no_picture` says why.
    """

    title: str
    lead: str
    address: str
    day: str
    parts: tuple[Part, ...]
    sources: tuple[Source, ...] = ()
    numbers: Mapping[NamedNode, int] = field(default_factory=dict)
    picture: Picture | None = None
    no_picture: str = ""

    def notes(self, item: Item) -> Sequence[int]:
        """The numbers of an item's sources, each once, in order."""
        return sorted({self.numbers[source] for source in item.sources if source in self.numbers})
