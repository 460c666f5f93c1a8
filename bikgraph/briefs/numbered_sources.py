"""The sources of a brief, numbered: those that its rows name in the order in which they are met, then the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Brief, Source

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from bikgraph.briefs.facts import Facts
    from bikgraph.query_files import Row


def with_sources(brief: Brief, facts: Facts) -> Brief:
    """The brief with all sources of the country numbered."""
    rows = {row["source"]: row for row in facts.rows("sources")}
    met = dict.fromkeys(
        source
        for part in brief.parts
        for row in part.rows()
        for cell in row.cells
        for item in cell
        for source in item.sources
    )
    rest = sorted(rows.keys() - met, key=lambda source: (facts.name(rows[source]["document"]), source.value))
    numbers = {source: at for at, source in enumerate([*met, *rest], 1)}
    sources = tuple(_source(facts, node, number, rows.get(node)) for node, number in numbers.items())
    return replace(brief, sources=sources, numbers=numbers)


def _source(facts: Facts, node: NamedNode, number: int, row: Row | None) -> Source:
    if row is None:  # named by a row of another country's records alone
        return Source(number, facts.name(node), "", "", "", ())
    document = row["document"]
    flags = [
        words
        for words, holds in (
            ("read in a copy", row["copy"] is True),
            ("unverified: nobody could confirm its address", row["unverified"] is True),
        )
        if holds
    ]
    # Whether the whole page was read is told in words alone: an excerpt, an introduction.
    note = (row["note"] or "").rstrip(".")
    flags += [note] if note else []
    section = facts.name(node) if node != document else ""
    title = facts.name(document)
    if row["edition"] is not None:
        title = f"{title}, {facts.name(row['edition'])}"
    return Source(number, title, section, row["address"] or "", row["retrieved"] or "", tuple(flags))
