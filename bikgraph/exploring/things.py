"""Things by name: what a user means by a slug, CURIE, IRI or label, and the search through all labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import label_of, show
from bikgraph.namespaces import ALT_LABEL, BIK, ID, LABEL, NOTATION, RDF_TYPE, expand
from bikgraph.nearest import fold
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = DefaultGraph()
_LABEL, _ALT, _TYPE, _NOTATION = (NamedNode(iri) for iri in (LABEL, ALT_LABEL, RDF_TYPE, NOTATION))
_KIND, _COUNTRY = NamedNode(BIK + "kind"), NamedNode(BIK + "country")
# Classes that say less about a thing than any other one that it has.
_GENERAL = {"Record", "Code", "Organisation", "Actor", "PublicOrganisation", "Source", "RecordSet", "Territory"}
LEAST_SCORE = 60.0


def thing(store: Store, text: str) -> NamedNode:
    """The thing that a slug, CURIE, IRI or whole label names.

    Raises RequestError that offers the nearest things if there is none, or all candidates if there are several.
    """
    for iri in (expand(text), ID + text, f"{ID}country-{text.lower()}"):
        if iri is not None and not set(iri) & set(' <>"{}|\\^`') and _is_described(store, NamedNode(iri)):
            return NamedNode(iri)
    wanted = fold(text)
    found = {node for node, literal in labelled(store) if fold(literal.value) == wanted}
    if len(found) == 1:
        return found.pop()
    if found:
        listed = ", ".join(sorted(show(node.value) for node in found))
        raise RequestError(f"Several things are called {text!r}: {listed}. Name one by its slug.")
    near = [row[2].value for row in search(store, text, most=3).terms]
    hint = f" Did you mean {' or '.join(show(iri) for iri in near)}?" if near else " Search with: bikgraph find WORDS"
    raise RequestError(f"There is no thing {text!r} in the graph.{hint}")


def labelled(store: Store) -> Iterator[tuple[NamedNode, Literal]]:
    """Every thing with each of its labels and other labels."""
    for predicate in (_LABEL, _ALT):
        for quad in store.quads_for_pattern(None, predicate, None, _DEFAULT):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject, quad.object


def search(store: Store, words: str, language: str = "en", most: int = 10) -> Table:
    """Things whose labels in any language resemble `words`, best first: match, kind, thing, thingLabel, country.

    Typing errors are forgiven: names are compared without case and accents by rapidfuzz's weighted ratio.
    """
    from rapidfuzz import fuzz, process

    entries = list(labelled(store))
    folded = [fold(literal.value) for _, literal in entries]
    wanted = fold(words)
    hits = process.extract(wanted, folded, scorer=fuzz.WRatio, limit=most * 20, score_cutoff=LEAST_SCORE)
    best: dict[NamedNode, tuple[float, Literal]] = {}
    for name, score, index in hits:
        node, literal = entries[index]
        # WRatio rates every text that contains the words alike: of those, the one with least around them is meant.
        rank = score - 10 * (1 - min(len(wanted), len(name)) / max(len(wanted), len(name), 1))
        if node not in best or rank > best[node][0]:
            best[node] = (rank, literal)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], not item[0].value.startswith(ID), item[0].value))[
        :most
    ]
    rows = [
        (literal, Literal(kind_of(store, node)), node, label_of(store, node, language), country_of(store, node))
        for node, (_, literal) in ordered
    ]
    return Table(["match", "kind", "thing", "thingLabel", "country"], rows, language, "find")


def kind_of(store: Store, node: NamedNode) -> str:
    """What kind of thing it is, in a word: the notation of its kind, else its most telling class."""
    kinds = sorted(
        q.object.value
        for k in store.quads_for_pattern(node, _KIND, None, _DEFAULT)
        for q in store.quads_for_pattern(k.object, _NOTATION, None, _DEFAULT)
    )
    if kinds:
        return ", ".join(kinds)
    classes = {
        q.object.value.removeprefix(BIK)
        for q in store.quads_for_pattern(node, _TYPE, None, _DEFAULT)
        if q.object.value.startswith(BIK)
    }
    telling = sorted(classes - _GENERAL) or sorted(classes)
    if telling:
        return str(telling[0])
    others = sorted(show(q.object.value) for q in store.quads_for_pattern(node, _TYPE, None, _DEFAULT))
    return str(others[0]) if others else ""


def country_of(store: Store, node: NamedNode) -> Any:
    """The code of the country that a thing belongs to, or None."""
    for quad in store.quads_for_pattern(node, _COUNTRY, None, _DEFAULT):
        for notation in store.quads_for_pattern(quad.object, _NOTATION, None, _DEFAULT):
            return notation.object
    return None


def _is_described(store: Store, node: NamedNode) -> bool:
    return next(store.quads_for_pattern(node, None, None, _DEFAULT), None) is not None
