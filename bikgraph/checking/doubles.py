"""Likely doubles: two actors of one country, or a country's and an international one, with nearly the same name."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import combinations, product

from pyoxigraph import NamedNode, Store, Triple
from rapidfuzz import fuzz

from bikgraph.findings import Finding
from bikgraph.lookup import names_of, terms, values
from bikgraph.namespaces import BIK, ID, OWL
from bikgraph.nearest import fold
from bikgraph.places import START, Places

# Names are compared word by word, in any order. 93 keeps "Ministry of Health" and "Ministry of Wealth" together and
# "Ministry of the Interior" and "Ministry of Justice" apart; acronyms and other short names have to be equal.
LEAST_RATIO = 93.0
_SHORT = 5
_LISTED = NamedNode(BIK + "registersActor")
_DIFFERENT = NamedNode(OWL + "differentFrom")
_INTERNATIONAL = NamedNode(ID + "register-int")


def doubles(
    store: Store, told: Iterable[Triple], file: str, places: Places, not_doubles: Container[frozenset[str]] = ()
) -> list[Finding]:
    """A warning for each pair of likely doubles among the actors that `told` lists and the international bodies.

    `store` holds `told` and the international register. A pair of `not_doubles` (slugs), and one of which a source
    states that the two differ (`differentFrom`), is left in peace.
    """
    own = sorted({terms(triple)[2].value for triple in told if triple.predicate == _LISTED})
    if not own:
        return []
    shared = sorted({body.value for body in values(store, _INTERNATIONAL, _LISTED)} - set(own))
    names = {iri: _names(store, iri) for iri in (*own, *shared)}
    found = []
    for one, other in (*combinations(own, 2), *product(shared, own)):
        alike = _alike(names[one], names[other])
        slugs = one.removeprefix(ID), other.removeprefix(ID)
        if alike is None or frozenset(slugs) in not_doubles or _told_apart(store, one, other):
            continue
        line, column = places.get((other,), START)
        message = (
            f"{slugs[1]} ({alike[1]}) may be the same body as {slugs[0]} ({alike[0]}). Join them under one slug, or "
            f"write notDouble: {slugs[0]} if the two are two."
        )
        found.append(Finding(file, line, column, "warning", "likely-double", message, slugs[1]))
    return found


def _alike(one: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    for (folded, name), (folded_other, name_other) in product(one, other):
        if folded == folded_other or (
            min(len(folded), len(folded_other)) > _SHORT and fuzz.token_sort_ratio(folded, folded_other) >= LEAST_RATIO
        ):
            return name, name_other
    return None


def _names(store: Store, iri: str) -> list[tuple[str, str]]:
    return sorted({(fold(name), name) for name in names_of(store, NamedNode(iri))})


def _told_apart(store: Store, one: str, other: str) -> bool:
    pairs = ((NamedNode(one), NamedNode(other)), (NamedNode(other), NamedNode(one)))
    return any(other in values(store, node, _DIFFERENT) for node, other in pairs)
