"""Things by name: what a user means by a slug, CURIE, IRI or label, and the search through all labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import Node, Term, instances, is_a, is_described, label_of, node_of, show, triples, value, values
from bikgraph.namespaces import ALT_LABEL, BIK, ID, LABEL, NOTATION, RDF_TYPE
from bikgraph.nearest import fold
from bikgraph.questions.parameters import quoted
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

# Classes that say less about a thing than any other one that it has.
_GENERAL = {"Record", "Code", "Organisation", "Actor", "PublicOrganisation", "Source", "RecordSet", "Territory"}
LEAST_SCORE = 60.0
# Longer than any name: what stands behind is not compared.
_MOST_COMPARED = 300


def thing(store: Store, text: str) -> NamedNode:
    """The thing that a slug, CURIE, IRI, whole label or a country's code names; a country wins over its namesakes.

    Raises RequestError that offers the nearest things if there is none, or all candidates if there are several.
    """
    if not text.strip():
        raise RequestError("Name a thing by its slug, CURIE, IRI or whole name, such as be-star or Germany.")
    found = called(store, text)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(show(node.value) for node in found)
        raise RequestError(f"Several things are called {quoted(text)}: {listed}. Name one by its slug.")
    names = _folded(store)
    near = [node.value for node, _ in _ranked(names, text, most=3)]
    hint = f" Did you mean {' or '.join(show(iri) for iri in near)}?" if near else " Search with: bikgraph find WORDS"
    raise RequestError(f"There is no thing {quoted(text)} in the graph.{hint}")


def called(store: Store, text: str) -> list[NamedNode]:
    """The things that a text names exactly, by slug, CURIE, IRI, whole label or a country's code, sorted by IRI.

    A country wins over all else of its name, such as a document that is called "Belgium".
    """
    text = text.strip()
    for node in (node_of(text), node_of(ID + text)):
        if node is not None and is_described(store, node):
            return [node]
    wanted = fold(text)
    if not wanted:
        return []
    for country in instances(store, BIK + "Country"):
        codes = [code.value for key in (NOTATION, BIK + "otherCode") for code in values(store, country, key)]
        if wanted in map(fold, codes):
            return [country]
    found = sorted({node for node, _, name in _folded(store) if name == wanted}, key=lambda node: node.value)
    return [node for node in found if is_a(store, node, BIK + "Country")] or found


def _folded(store: Store) -> list[tuple[NamedNode, Literal, str]]:
    return [(node, literal, fold(literal.value)) for node, literal in labelled(store)]


def labelled(store: Store) -> Iterator[tuple[NamedNode, Literal]]:
    """Every thing with each of its labels and other labels."""
    for predicate in (LABEL, ALT_LABEL):
        for node, _, name in triples(store, None, predicate):
            if isinstance(node, NamedNode) and isinstance(name, Literal):
                yield node, name


def search(store: Store, words: str, language: str = "en", most: int = 10) -> Table:
    """Things whose labels in any language resemble `words`, best first: match, kind, thing, thingLabel, country.

    Typing errors are forgiven: names are compared without case and accents by rapidfuzz's weighted ratio.
    """
    ordered = _ranked(_folded(store), words, most)
    rows = [
        (literal, Literal(kind_of(store, node)), node, label_of(store, node, language), country_of(store, node))
        for node, literal in ordered
    ]
    return Table(["match", "kind", "thing", "thingLabel", "country"], rows, language, "find")


def _ranked(names: list[tuple[NamedNode, Literal, str]], words: str, most: int) -> list[tuple[NamedNode, Literal]]:
    """At most `most` things with the name of each that resembles `words` most, best first."""
    from rapidfuzz import fuzz, process

    wanted = fold(words[:_MOST_COMPARED])
    hits = process.extract(
        wanted, [name for _, _, name in names], scorer=fuzz.WRatio, limit=most * 20, score_cutoff=LEAST_SCORE
    )
    best: dict[NamedNode, tuple[float, Literal]] = {}
    for name, score, index in hits:
        node, literal, _ = names[index]
        # WRatio rates every text that contains the words alike: of those, the one with least around them is meant.
        rank = score - 10 * (1 - min(len(wanted), len(name)) / max(len(wanted), len(name), 1))
        if node not in best or rank > best[node][0]:
            best[node] = (rank, literal)
    ordered = sorted(best.items(), key=lambda item: (-item[1][0], not item[0].value.startswith(ID), item[0].value))
    return [(node, literal) for node, (_, literal) in ordered[:most]]


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
