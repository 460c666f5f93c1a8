"""The card of a thing, put together out of a release's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from bikgraph.exploring.cards.card import Card, Row, Section
from bikgraph.exploring.cards.kinds import COUNTRY_COMMANDS, SECTIONS, counted
from bikgraph.exploring.cards.listing import named, rows_of
from bikgraph.lookup import document_of, is_a, label_of, name_of, show, text, values
from bikgraph.namespaces import ALT_LABEL, BIK, LABEL, NOTATION, RDF_TYPE
from bikgraph.questions.source_credits import sources_of

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.exploring.cards.listing import Listing
    from bikgraph.tables.table import Source

# Classes that say less about a thing than any other that it has.
_GENERAL = {
    BIK + name for name in ("Record", "Code", "Organisation", "Actor", "PublicOrganisation", "Source", "RecordSet")
}


def card(store: Store, thing: NamedNode, language: str = "en") -> Card:
    """The card of a thing that the graph describes; labels are in `language`, English where there is none."""
    slug = show(thing.value)
    code = text(store, thing, NOTATION) if is_a(store, thing, BIK + "Country") else ""
    command = f"bikgraph show {slug} --all"
    found = (listing.section(store, thing, language, command=command, code=code) for listing in _listings(store, thing))
    # A country's name is no news: its card cites what is told of it.
    sections = [section for section in found if section is not None]
    if not sections:
        row = Row("Nothing but its name, what kind of thing it is, and who states it.")
        sections = [Section("Told of it", (row,))]
    stated = () if code else _stated(store, thing, language)
    return Card(
        name=_name(store, thing, language),
        slug=slug,
        kind=_kind(store, thing, language),
        names=tuple(_names(store, thing, language, 3 if code else 6)),
        stated=stated,
        one_of=len(stated) > 1 and not is_a(store, thing, BIK + "Record"),
        sections=tuple(sections),
        fresh=_fresh(store, thing),
        commands=(command, *(line.format(code=code) for line in COUNTRY_COMMANDS if code)),
    )


def _listings(store: Store, thing: NamedNode) -> tuple[Listing, ...]:
    return next(listings for cls, listings in SECTIONS if not cls or is_a(store, thing, cls))


def _name(store: Store, thing: NamedNode, language: str) -> str:
    """Its label; a record without one is called by what it says: who, in which role, for what."""
    if label_of(store, thing, language) is not None:
        return name_of(store, thing, language)
    said = [
        name_of(store, found, language)
        for key in ("actor", "member", "role", "function", "consortium", "indicator", "answer")
        for found in values(store, thing, BIK + key)
        if not isinstance(found, Literal | BlankNode)
    ]
    return ", ".join(said) or name_of(store, thing, language)


def _kind(store: Store, thing: NamedNode, language: str) -> str:
    """What kind of thing it is, by its kinds or its most telling classes, and in which country."""
    kinds = sorted(
        {name_of(store, kind, language) for kind in values(store, thing, BIK + "kind") if isinstance(kind, NamedNode)}
    )
    if not kinds:
        classes = {cls for cls in values(store, thing, RDF_TYPE) if isinstance(cls, NamedNode)}
        own = {cls for cls in classes if cls.value.startswith(BIK)} or classes
        telling = {cls for cls in own if cls.value not in _GENERAL} or own
        kinds = sorted(name_of(store, cls, language) for cls in telling)
    countries = sorted(
        name_of(store, country, language)
        for country in values(store, thing, BIK + "country")
        if isinstance(country, NamedNode)
    )
    if is_a(store, thing, BIK + "Country"):
        counts = ", ".join(counted(named(store, [row])) for row in rows_of(store, "country-counts", thing))
        countries = [text(store, thing, NOTATION), counts]
    return " · ".join(part for part in (", ".join(kinds), *countries) if part)


def _names(store: Store, thing: NamedNode, language: str, most: int) -> list[str]:
    """Its other names and its labels in other languages; of a thing with many, the first few and how many more."""
    label = label_of(store, thing, language)
    shown = {label.value} if label is not None else set()
    names = []
    for predicate in (ALT_LABEL, LABEL):
        literals = [name for name in values(store, thing, predicate) if isinstance(name, Literal)]
        for name in sorted(literals, key=lambda name: (name.language or "", name.value)):
            if name.value not in shown:
                shown.add(name.value)
                names.append(f"{name.value} ({name.language})" if name.language not in (None, "en") else name.value)
    more = len(names) - most
    return [*names[:most], *([f"and {more} more"] if more > 0 else [])]


def _stated(store: Store, thing: NamedNode, language: str) -> tuple[Source, ...]:
    """The sources of the thing's own record; a section's is the document that it stands in."""
    nodes = [node for node in values(store, thing, BIK + "source") if not isinstance(node, Literal)]
    if is_a(store, thing, BIK + "Section"):
        nodes = [document_of(store, thing)]
    return tuple(sources_of(store, sorted(nodes, key=str), language).values())


def _fresh(store: Store, thing: NamedNode) -> str:
    """How new what is told is; empty where neither a year nor a day of reading is known."""
    rows = list(rows_of(store, "fresh", thing))
    years, days = ({row[name].value for row in rows if name in row} for name in ("year", "day"))
    read = f"on {min(days)}" if len(days) == 1 else f"from {min(days)} to {max(days)}" if days else ""
    parts = [f"Newest year told: {max(years)}." if years else "", f"Sources read {read}." if read else ""]
    return " ".join(part for part in parts if part)
