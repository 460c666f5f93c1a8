"""The footnotes of a card: each document has one number, its sections stand in the marks."""

from __future__ import annotations

from bikgraph.lookup import show
from bikgraph.plain_text import one_line
from bikgraph.tables.table import Source

# A title is not cut to fewer columns.
_LEAST_TITLE = 24


class Footnotes:
    """The documents that a card cites, each with one number, in the order in which they are first named."""

    def __init__(self) -> None:
        self.documents: list[Source] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, source: Source) -> int:
        """The number of the source's document."""
        key = (source.title, source.address)
        if key not in self._numbers:
            self.documents.append(source)
            self._numbers[key] = len(self.documents)
        return self._numbers[key]

    def marks(self, sources: tuple[Source, ...]) -> str:
        """The marks of sources behind a text, such as `[1 §2.2, §3.P4] [2]`."""
        sections: dict[int, dict[str, None]] = {}
        for source in sources:
            there = sections.setdefault(self.number(source), {})
            if source.section:
                there[f"§{source.section}"] = None
        return " ".join(f"[{number}{' ' if there else ''}{', '.join(there)}]" for number, there in sections.items())


def cited(source: Source, room: int | None = None, *, briefly: bool = False) -> str:
    """A document as a footnote has it: title, what weakens it, address.

    A long title is cut where the whole fits into `room` columns then; an address never is. Where it does not fit, and
    the card is to be brief, the slug stands for the address.
    """
    title, address = one_line(source.title), one_line(source.address)
    flags = f" ({', '.join(source.flags)})" if source.flags else ""
    behind = flags + (f", {address}" if address else "")
    if room is None or len(title) + len(behind) <= room:
        return title + behind
    if briefly and room - len(behind) < _LEAST_TITLE:
        behind = f"{flags}, {slug_of(source)}"
    left = room - len(behind)
    return (title if not _LEAST_TITLE <= left < len(title) else f"{title[: left - 1].rstrip()}…") + behind


def slug_of(source: Source) -> str:
    """The slug by which `bikgraph show` knows a source."""
    return show(source.node.value)
