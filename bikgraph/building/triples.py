"""Triples as sorted lines, and triples put into a store for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import cast

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse, serialize

from bikgraph.lookup import DEFAULT, in_graph
from bikgraph.namespaces import ID, RDF_TYPE


def parse_lines(lines: bytes) -> list[Triple]:
    """The triples of N-Triples."""
    return [quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES)]


def to_lines(triples: Iterable[Triple]) -> bytes:
    """Triples as sorted N-Triples, each once: the same triples give the same bytes."""
    data = cast("bytes", serialize(triples, format=RdfFormat.N_TRIPLES))
    return b"".join(sorted(set(data.splitlines(keepends=True))))


def add_new(store: Store, triples: Iterable[Triple]) -> list[Triple]:
    """Add to the default graph those of `triples` that it lacks, and return them."""
    added = []
    for triple in triples:
        quad = in_graph(triple)
        if quad not in store:
            store.add(quad)
            added.append(triple)
    return added


def remove(store: Store, triples: Iterable[Triple]) -> None:
    """Remove triples from the default graph."""
    for triple in triples:
        store.remove(in_graph(triple))


def hold(scope: ExitStack, store: Store, triples: Iterable[Triple]) -> None:
    """Put those of `triples` that the default graph lacks into it until `scope` ends, however it ends."""
    added: list[Triple] = []
    # Before the first is in, so that Ctrl-C between two leaves none behind.
    scope.callback(remove, store, added)
    for triple in triples:
        quad = in_graph(triple)
        if quad not in store:
            added.append(triple)
            store.add(quad)


def list_default(store: Store) -> list[Triple]:
    """The triples of the default graph."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)]


def store_of(triples: Iterable[Triple]) -> Store:
    """A store in memory whose default graph holds `triples`."""
    store = Store()
    store.extend(in_graph(triple) for triple in triples)
    return store


def types_of(described: Mapping[str, Iterable[str]]) -> list[Triple]:
    """The triples that say of which classes (IRIs) the things with these slugs are."""
    return [
        Triple(NamedNode(ID + slug), NamedNode(RDF_TYPE), NamedNode(cls))
        for slug, classes in described.items()
        for cls in classes
    ]
