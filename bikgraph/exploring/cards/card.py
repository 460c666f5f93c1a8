"""A card: what is known of one thing, on a screen. Its parts are plain text; here they become lines, or HTML."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

from bikgraph.exploring.cards.footnotes import Footnotes, cited, slug_of
from bikgraph.plain_text import one_line
from bikgraph.tables.table import Source

WIDTH = 100
# What fits a screen; a card grows beyond it only if each section is down to its least, and never beyond MOST.
HEIGHT, MOST = 40, 58
# Where the rows begin, right of the headings.
_COLUMN = 18
_NO_BREAK = "\u00a0"
# More documents than these are counted behind what a register says of a thing, of which one states it.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Row:
    """One line of a section, and the sources that state it; long text goes on below, indented."""

    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its rows; `left_out` counts the rows that gave way, and `command` prints them all.

    `least` rows stay where a card is too long for a screen.
    """

    heading: str
    rows: tuple[Row, ...]
    left_out: int = 0
    command: str = ""
    least: int = 2

    def more(self) -> str:
        """The sentence that counts the rows that gave way."""
        return f"… and {self.left_out} more: {self.command}"

    def cut(self, most: int) -> Section:
        """The section with at most this many of its rows."""
        if len(self.rows) <= most:
            return self
        return replace(self, rows=self.rows[:most], left_out=self.left_out + len(self.rows) - most)


@dataclass(frozen=True)
class Card:
    """What is known of one thing, on a screen: print it, or let a notebook show it.

    `name` and `slug` name the thing, `kind` says what it is and where; `names` are its others, each with its language.
    `stated` are the sources of the thing's own record: each of them states it, or where `one_of`, one of them does.
    `fresh` says how new it all is; `commands` go on from here. Sections that have nothing are left out.
    """

    name: str
    slug: str
    kind: str
    names: tuple[str, ...] = ()
    stated: tuple[Source, ...] = ()
    one_of: bool = False
    sections: tuple[Section, ...] = ()
    fresh: str = ""
    commands: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.render()

    def render(self, width: int = WIDTH, height: int = HEIGHT) -> str:
        """The card as text in lines of at most `width` columns, about `height` of them, ending in a newline.

        Where it is longer, documents with long addresses are named by their slugs, and the longest sections give way,
        row by row, and say how many are left out. Only a word that is longer than a line is not broken.
        """
        card = self
        briefly = len(self.lines(width)) > height
        while len(lines := card.lines(width, briefly=briefly)) > height:
            spare = [one for one in card.sections if len(one.rows) > one.least]
            if not spare and len(lines) > MOST:
                spare = [one for one in card.sections if len(one.rows) > 1]
            if not spare:
                break
            longest = max(spare, key=lambda section: len(section.rows) - section.least)
            shorter = longest.cut(len(longest.rows) - 1)
            card = replace(card, sections=tuple(shorter if one is longest else one for one in card.sections))
        return "\n".join(lines) + "\n"

    def lines(self, width: int = WIDTH, *, briefly: bool = False) -> list[str]:
        """All that the card holds, in lines of at most `width` columns; `briefly`, a footnote takes one of them."""
        notes = Footnotes()
        documents = {(source.title, source.address) for source in self.stated}
        by, marks = "", ""
        if self.one_of and len(documents) > _MOST_NAMED:
            by = f" · stated by one of {len(documents)} documents"
        elif self.stated:
            by, marks = f" · stated by{' one of' if self.one_of else ''}", notes.marks(self.stated)
        lines = _wrapped(f"{self.name}  ({self.slug})", width, indent=0)
        lines += _wrapped(self.kind + by, width, marks, indent=0)
        if self.names:
            lines += _wrapped(f"Also: {'; '.join(self.names)}", width, indent=0)
        lines.append("")
        for section in self.sections:
            lines += _column(
                section.heading, [_wrapped(row.text, width, notes.marks(row.sources)) for row in section.rows]
            )
            if section.left_out:
                lines.append(f"{'':{_COLUMN}}{section.more()}")
        cites = [cited(source, width - 7, briefly=briefly) for source in notes.documents]
        if cites:
            by_slug = any(cite.endswith(slug_of(source)) for cite, source in zip(cites, notes.documents, strict=True))
            lines.append("Sources (their addresses: bikgraph show and the slug)" if by_slug else "Sources")
        for number, cite in enumerate(cites, 1):
            lines += _wrapped(f"[{number}] {cite}", width, indent=2)
        commands = " · ".join(command.replace(" ", _NO_BREAK) for command in self.commands)
        return [
            *lines,
            *_column("How fresh", [_wrapped(self.fresh, width)] if self.fresh else []),
            *_column("Go on with", [_wrapped("", width, commands)] if commands else []),
        ]

    def _repr_html_(self) -> str:
        from bikgraph.exploring.cards.html import as_html  # only a notebook needs it

        return as_html(self)


def _column(heading: str, rows: list[list[str]]) -> list[str]:
    """The lines of rows, each begun right of the heading."""
    lines = [line for row in rows for line in row]
    return [f"{heading:{_COLUMN}}{line[_COLUMN:]}" if not at else line for at, line in enumerate(lines)]


def _wrapped(text: str, width: int, marks: str = "", *, indent: int = _COLUMN) -> list[str]:
    """Text in lines of at most `width` columns; a footnote's mark is kept on one line."""
    whole = " ".join(part for part in (one_line(text), marks.replace(" §", _NO_BREAK + "§")) if part)
    lines = textwrap.wrap(
        whole,
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_NO_BREAK, " ") for line in lines]
