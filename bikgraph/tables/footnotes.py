"""The sources of rows for people: numbered footnotes, or a mark at rows that rest on weak sources alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bikgraph.lookup import show
from bikgraph.tables.sources import Source, sources_of_rows

if TYPE_CHECKING:
    from bikgraph.tables.table import Table

WEAK = frozenset({"copy", "unverified"})
DAGGER = "†"
_ONLY = "only-source"


class Footnotes(NamedTuple):
    """What a table for people says of its sources.

    `marks` has a mark for each row, such as `[1, 2]`, or none; `sources` are those of the footnotes, the first with
    the number 1; `remarks` are sentences below them.
    """

    marks: list[str]
    sources: list[Source]
    remarks: list[str]


def footnotes(table: Table) -> Footnotes:
    """The footnotes of a table that shows its sources, else the marks of rows that rest on weak sources alone."""
    if table.shows_sources:
        return _numbered(table)
    if table.sources is None or table.has_source_rows:
        return Footnotes([""] * len(table.terms), [], [])
    weak = [bool(sources) and all(WEAK & set(source.flags) for source in sources) for sources in sources_of_rows(table)]
    remarks = []
    if any(weak):
        rests = f"{weak.count(True)} of {len(weak)} rows" if len(weak) > 1 else "The row"
        remarks.append(
            f"{DAGGER} {rests} rest{'s' if weak.count(True) == 1 else ''} only on pages that were not seen, or on "
            "copies of them. --sources (in Python sources=True) names them."
        )
    return Footnotes([DAGGER if is_weak else "" for is_weak in weak], [], remarks)


def cited(table: Table) -> list[str]:
    """A line for each source of a table, as its footnotes have them, whether it shows them or not."""
    return as_lines(_numbered(table)) if table.sources is not None else []


def _numbered(table: Table) -> Footnotes:
    if not table.terms:
        return Footnotes([], [], [])
    numbers: dict[Source, int] = {}
    by_itself: dict[Source, bool] = {}
    marks = []
    rows = sources_of_rows(table)
    for sources in rows:
        cited = []
        for source in sources:
            # Whether it is the row's only source is of the row, the rest of the source.
            bare = source._replace(flags=tuple(flag for flag in source.flags if flag != _ONLY))
            cited.append(numbers.setdefault(bare, len(numbers) + 1))
            by_itself[bare] = by_itself.get(bare, True) and _ONLY in source.flags
        marks.append(f"[{', '.join(map(str, sorted(set(cited))))}]" if cited else "")
    told = [source._replace(flags=(*source.flags, _ONLY)) if by_itself[source] else source for source in numbers]
    without = sum(not sources for sources in rows)
    remarks = []
    if without == len(rows):
        remarks.append("No source is known for these rows.")
    elif without:
        remarks.append(f"{without} of {len(rows)} rows, those without a number, have no source of their own.")
    return Footnotes(marks, told, remarks)


def name_of(source: Source) -> str:
    """What a footnote calls a source: its title, else its slug."""
    return source.title or show(source.node.value)


def details(source: Source) -> tuple[str, str]:
    """What stands before and behind the address in a footnote: the section, and the day and the flags.

    >>> from pyoxigraph import NamedNode
    >>> details(Source(NamedNode("http://x.example/"), section="2.2", retrieved="2026-11-20", flags=("copy",)))
    ('section 2.2', 'retrieved 2026-11-20 (copy)')
    """
    section = f"section {source.section}" if source.section[:1].isdigit() else source.section
    day = f"retrieved {source.retrieved}" if source.retrieved else ""
    flags = f"({', '.join(flag.replace('-', ' ') for flag in source.flags)})" if source.flags else ""
    return section, f"{day} {flags}".strip()


def as_lines(notes: Footnotes) -> list[str]:
    """The footnotes as lines of text: number, title, section, address, day and flags; then the remarks."""
    lines = []
    for number, source in enumerate(notes.sources, 1):
        section, rest = details(source)
        separator = " " if rest.startswith("(") else ", "
        words = ", ".join(part for part in (name_of(source), section, source.address) if part)
        lines.append(f"[{number}] {words}" + (f"{separator}{rest}" if rest else ""))
    return [*lines, *notes.remarks]
