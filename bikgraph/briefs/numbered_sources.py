"""The sources of a brief, numbered: those that its rows name in the order in which they are met, then the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Brief, Source
from bikgraph.plain_text import one_line
from bikgraph.questions.source_credits import sources_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from bikgraph.briefs.facts import Facts
    from bikgraph.query_files import Row

_FLAGS = {
    "copy": "read in a copy",
    "unverified": "unverified: nobody could confirm its address",
    "excerpt": "read in excerpts",
}


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
    found = sources_of(facts.graph.store, [node], facts.language)[node]
    title = one_line(found.title)
    flags = [_FLAGS.get(flag, flag) for flag in found.flags]
    section = ""
    # A source without a row is named by another country's records alone.
    if row is not None:
        edition = facts.name(row["edition"]) if row["edition"] is not None else ""
        title += f", {edition}" if edition not in title else ""
        flags += [row["note"].rstrip(".")] if row["note"] else []
        section = facts.name(node) if node != row["document"] else ""
    # Sections that the form numbers are cited by number and title.
    if section and found.section[:1].isdigit():
        section = f"{found.section} {section}"
    return Source(number, title, section, found.address, found.retrieved, tuple(map(one_line, flags)))
