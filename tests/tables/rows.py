"""A small table with every kind of term, and one whose rows have sources, for the tests of formats."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode

from bikgraph.namespaces import ID, XSD
from bikgraph.tables import About, CodeMeaning, ColumnMeaning, Source, Table

MAP = Source(
    NamedNode(ID + "profile-be-2020-section-2-2"),
    "BIK Policy Map 2020: Belgium",
    "https://example.org/be.pdf?a=1&b=2",
    "2.2",
    "2026-11-20",
    ("unverified",),
)
PAGE = Source(NamedNode(ID + "page-1"), "A | page", "https://example.org/page", "page 4")
COPY = Source(NamedNode(ID + "copy-1"), flags=("copy", "only-source"))


def literal(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


def kinds() -> Table:
    """A row of every kind of term, and one that lacks all but the first."""
    terms: dict[str, Any] = {
        "actor": NamedNode(ID + "be-star"),
        "actorLabel": Literal("Star", language="en"),
        "count": Literal(3),
        "share": literal("0.5", "decimal"),
        "complete": Literal(True),  # noqa: FBT003
        "year": literal("2018", "gYear"),
        "day": literal("2026-11-20", "date"),
        "address": Literal("https://example.org/a?b=1&c=2"),
        "formula": Literal("=1+1"),
        "broken": literal("many", "integer"),
        "nothing": literal("NaN", "double"),
    }
    table = Table(list(terms), [[*terms.values()], [NamedNode(ID + "be-b-bico"), *[None] * (len(terms) - 1)]])
    table.name = "kinds"
    table.notes = ["Base: 2 of 30 countries with data."]
    table.about = About(
        "Which kinds of <terms> are there?",
        (("country", "Belgium"),),
        (
            ColumnMeaning("actor", "The actor"),
            ColumnMeaning("count", "How many", (CodeMeaning("3", "three", "More than two."),)),
        ),
    )
    return table


def with_sources(*, shown: bool = True) -> Table:
    """Four rows: one of a page that was not seen, one of two pages, one of a copy alone, one without a source."""
    names = ["first", "second", "third", "fourth"]
    table = Table(["name", "year"], [[Literal(name), Literal(2018 + at)] for at, name in enumerate(names)])
    table.sources = [[MAP], [PAGE, MAP], [COPY], []]
    table.shows_sources = shown
    return table
