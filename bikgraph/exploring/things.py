"""What a user means by a slug, CURIE, IRI or whole label, and of what kind and country a thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import Node, Term, instances, is_a, is_described, node_of, show, triples, value, values
from bikgraph.namespaces import ALT_LABEL, BIK, DCT, ID, LABEL, NOTATION, OWL, RDF_TYPE, RDFS
from bikgraph.nearest import fold
from bikgraph.questions.parameters import quoted
from bikgraph.search import can_index, read, search_names, things_called, words_of
from bikgraph.search import things_beginning as begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from bikgraph.search import Index

# Classes that say less about a thing than any other one that it has.
_GENERAL = {"Record", "Code", "Organisation", "Actor", "PublicOrganisation", "Source", "RecordSet", "Territory"}


def thing(store: Store, text: str, index: Callable[[], Index]) -> NamedNode:
    """The thing that a slug, CURIE, IRI, whole label or a country's code names; a country wins over its namesakes.

    `index` opens the index of the release where a name is looked up. Raises RequestError that offers the nearest
    things if there is none, or all candidates if there are several.
    """
    if not isinstance(text, str) or not text.strip():
        raise RequestError("Name a thing by its slug, CURIE, IRI or whole name, such as be-star or Germany.")
    found = called(store, text, index)
    if len(found) == 1:
        return found[0]
    if (slug := _withdrawn(store, text.strip())) is not None:
        why = " ".join(note.value for note in values(store, slug, RDFS + "comment"))
        raise RequestError(f"The record {show(slug.value)} was withdrawn, and nothing took its place. {why}".strip())
    if found:
        listed = ", ".join(show(node.value) for node in found)
        raise RequestError(f"Several things are called {quoted(text)}: {listed}. Name one by its slug.")
    near = [hit.iri for hit in search_names(index(), read(text), terms=True)[:3]] if can_index() else []
    hint = f" Did you mean {' or '.join(show(iri) for iri in near)}?" if near else " Search with: bikgraph find WORDS"
    raise RequestError(f"There is no thing {quoted(text)} in the graph.{hint}")


def called(store: Store, text: str, index: Callable[[], Index]) -> list[NamedNode]:
    """The things that a text names exactly, by slug, CURIE, IRI, whole label or a country's code, sorted by IRI.

    A country wins over all else of its name, such as a document that is called "Belgium". The slug that a record had
    before names the record that took its place.
    """
    text = text.strip()
    for node in (node_of(text), node_of(ID + text)):
        if node is not None and is_described(store, node):
            return [node] if not _is_replaced(store, node) else _successors(store, node)
    wanted = fold(text)
    if not wanted:
        return []
    for country in instances(store, BIK + "Country"):
        codes = [code.value for key in (NOTATION, BIK + "otherCode") for code in values(store, country, key)]
        if wanted in map(fold, codes):
            return [country]
    found = [NamedNode(iri) for iri in _with_name(store, text, index)]
    return [node for node in found if is_a(store, node, BIK + "Country")] or found


def _is_replaced(store: Store, node: NamedNode) -> bool:
    """Whether a node is nothing but the slug that a record had before (see `bikgraph.reading.replaced`)."""
    return value(store, node, OWL + "deprecated") is not None and value(store, node, RDF_TYPE) is None


def _successors(store: Store, node: NamedNode) -> list[NamedNode]:
    return [new for new in values(store, node, DCT + "isReplacedBy") if isinstance(new, NamedNode)]


def _withdrawn(store: Store, text: str) -> NamedNode | None:
    """The slug of a record that was withdrawn, which the text names; None if it names none."""
    nodes = (node for node in (node_of(text), node_of(ID + text)) if node is not None)
    return next((node for node in nodes if _is_replaced(store, node)), None)


def _with_name(store: Store, text: str, index: Callable[[], Index]) -> list[str]:
    """The IRIs of the things with this whole name; without an index every name is read from the store."""
    if can_index():
        return sorted(things_called(index(), " ".join(words_of(text))))
    wanted = fold(text)
    named = (row for predicate in (LABEL, ALT_LABEL) for row in triples(store, None, predicate))
    return sorted({node.value for node, _, name in named if fold(name.value) == wanted})


def kind_of(store: Store, node: Node) -> str:
    """What kind of thing it is, in a word: the notation of its kind, else its most telling class."""
    kinds = sorted(
        code.value
        for kind in values(store, node, BIK + "kind")
        if not isinstance(kind, Literal)
        for code in values(store, kind, NOTATION)
    )
    if kinds:
        return ", ".join(kinds)
    iris = [cls.value for cls in values(store, node, RDF_TYPE)]
    classes = {iri.removeprefix(BIK) for iri in iris if iri.startswith(BIK)}
    telling = sorted(classes - _GENERAL) or sorted(classes) or sorted(show(iri) for iri in iris)
    return telling[0] if telling else ""


def country_of(store: Store, node: Node) -> Term | None:
    """The code of the country that a thing belongs to, or None."""
    for country in values(store, node, BIK + "country"):
        code = None if isinstance(country, Literal) else value(store, country, NOTATION)
        if code is not None:
            return code
    return None


def things_beginning(index: Index, beginning: str, most: int) -> list[tuple[str, str]]:
    """At most `most` things whose slug, else of which a name, begins so: the slug of each, and a name of it."""
    return [(iri.removeprefix(ID), name) for iri, name in begin(index, beginning, most)]


def languages_of(store: Store) -> list[str]:
    """The languages in which countries have names, in order."""
    labels = (found for node in instances(store, BIK + "Country") for found in values(store, node, LABEL))
    return sorted({found.language for found in labels if isinstance(found, Literal) and found.language})
