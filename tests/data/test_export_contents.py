"""What a country's export holds: it can be read without the rest of the graph."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import BIK, GRAPH, ID, INFERRED, LABEL, OWL

COUNTRIES = ["BE", "DE", "MT", "NO", "CY"]
# What names an actor, or a source.
SOURCES = ("source", "document")
ACTORS = ("party", "actor", "member", "consortium", "conductedBy", "performedBy", "publisher", "partOf", "responsible")


@pytest.fixture(params=COUNTRIES)
def export(request: pytest.FixtureRequest, graph: KnowledgeGraph) -> tuple[str, Store]:
    """A country's code in small letters, and its export, read back."""
    out = io.BytesIO()
    graph.export(out, "nquads", country=request.param)
    store = Store()
    store.extend(parse(out.getvalue(), RdfFormat.N_QUADS))
    return request.param.lower(), store


def named(store: Store, properties: tuple[str, ...]) -> set[NamedNode]:
    """The things that the export names by one of these properties."""
    found = (store.quads_for_pattern(None, NamedNode(BIK + name), None) for name in properties)
    return {quad.object for quads in found for quad in quads if isinstance(quad.object, NamedNode)}


def is_labelled(store: Store, node: NamedNode) -> bool:
    """Whether the export describes the thing."""
    return next(store.quads_for_pattern(node, NamedNode(LABEL), None), None) is not None


def test_every_source_is_described(export: tuple[str, Store]) -> None:
    """A source or document that a record of the export names has its label in the export."""
    sources = named(export[1], SOURCES)

    assert len(sources) > 10
    assert [node.value for node in sources if not is_labelled(export[1], node)] == []


def test_every_actor_is_described_or_another_countrys(export: tuple[str, Store], graph: KnowledgeGraph) -> None:
    """A body that the export names is described in it, or stands in another country's register."""
    code, store = export
    actors = named(store, ACTORS)
    others = {
        node
        for node in actors
        if not is_labelled(store, node)
        and not any(
            isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in (GRAPH + "int", GRAPH + code)
            for quad in graph.store.quads_for_pattern(node, NamedNode(LABEL), None, None)
        )
    }

    assert len(actors) > 10
    assert others == set()


def test_its_own_graphs_are_whole(export: tuple[str, Store], graph: KnowledgeGraph) -> None:
    """Actors, sources, pages and every profile, told and inferred, are in the export to the last statement."""
    code, store = export
    wanted = {
        name
        for name in graph.store.named_graphs()
        if isinstance(name, NamedNode) and name.value.removeprefix(GRAPH).removesuffix(INFERRED).split("-")[0] == code
    }

    assert len(wanted) >= 5
    for name in wanted:
        assert set(store.quads_for_pattern(None, None, None, name)) == set(
            graph.store.quads_for_pattern(None, None, None, name)
        )


def test_links_have_their_rows(export: tuple[str, Store]) -> None:
    """The rows that justify the country's links come along, and those of other countries do not."""
    code, store = export
    rows = {quad.object for quad in store.quads_for_pattern(None, NamedNode(OWL + "annotatedSource"), None)}

    assert NamedNode(f"{ID}country-{code}") in rows
    assert not {node.value for node in rows if isinstance(node, NamedNode) and "/id/country-" in node.value} - {
        f"{ID}country-{code}"
    }
    assert all(isinstance(quad, Quad) for quad in store)
