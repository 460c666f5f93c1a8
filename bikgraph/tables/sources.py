"""The sources of a table's rows as rows of their own, with six columns at the end, and as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import Node, Term
from bikgraph.namespaces import XSD

if TYPE_CHECKING:
    from bikgraph.tables.table import Table

SOURCE_MEANINGS = {
    "source": "The section or page that states the row, a row for each",
    "sourceTitle": "The title of the source",
    "sourceAddress": "Where the source stands on the web",
    "sourceSection": "The section or page of the source",
    "sourceRetrieved": "The day on which the page was fetched",
    "sourceFlags": "copy: not the page itself, but a copy of it; unverified: the page was not seen; excerpt: only a "
    "part of it was seen; only-source: the row has no other source",
}
SOURCE_COLUMNS = tuple(SOURCE_MEANINGS)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Source(NamedTuple):
    """A source of a row, as footnotes and the columns of `--sources` tell it; what is not known is empty.

    `node` is the section or page; `retrieved` the day on which the page was fetched, as YYYY-MM-DD; `flags` are among
    `copy` (not the page itself, but a copy of it), `unverified` (the page was not seen), `excerpt` (only a part of it
    was seen) and `only-source` (the row has no other source).
    """

    node: Node
    title: str = ""
    address: str = ""
    section: str = ""
    retrieved: str = ""
    flags: tuple[str, ...] = ()


def with_source_rows(table: Table) -> Table:
    """The table with each row repeated for each of its sources, and SOURCE_COLUMNS that it has not at its end.

    A row without a source stands once, those columns empty. In a table that has a column `source` of its own, a row
    has the source that its own column names, if that is among its sources.
    """
    added = [column for column in SOURCE_COLUMNS if column not in table.columns]
    rows: list[tuple[Any, ...]] = []
    sources_of_each: list[list[Source]] = []
    for row, sources in zip(table.terms, sources_of_rows(table), strict=True):
        if not sources:
            rows.append((*row, *(None for _ in added)))
            sources_of_each.append([])
        for source in sources:
            cells = dict(zip(SOURCE_COLUMNS, _cells(source), strict=True))
            rows.append((*row, *(cells[column] for column in added)))
            sources_of_each.append([source])
    expanded = table.with_rows([*table.columns, *added], rows)
    expanded.sources = sources_of_each
    expanded.has_source_rows = True
    return expanded


def sources_of_rows(table: Table) -> list[list[Source]]:
    """The sources of each row, none where they are not known; of those, the one that a row's own column names."""
    if table.sources is None:
        return [[] for _ in table.terms]
    if "source" not in table.columns or table.has_source_rows:
        return table.sources
    at = table.columns.index("source")
    return [
        [source for source in sources if source.node == row[at]] or sources
        for row, sources in zip(table.terms, table.sources, strict=True)
    ]


def as_data(source: Source, name: str | None) -> dict[str, Any]:
    """A source as an object of JSON, `name` in place of its node; what is not known is None."""
    return {
        "source": name,
        "title": source.title or None,
        "address": source.address or None,
        "section": source.section or None,
        "retrieved": source.retrieved or None,
        "flags": list(source.flags),
    }


def _cells(source: Source) -> tuple[Term | None, ...]:
    retrieved = source.retrieved
    day = Literal(retrieved, datatype=NamedNode(XSD + "date")) if _DAY.fullmatch(retrieved) else _text(retrieved)
    texts = (source.title, source.address, source.section)
    return source.node, *map(_text, texts), day, _text(" ".join(source.flags))


def _text(words: str) -> Literal | None:
    return Literal(words) if words else None
