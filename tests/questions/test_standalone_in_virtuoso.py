"""The query that `bikgraph questions NAME --sparql` hands out gives the rows of `ask`, in the same order, in a Virtuoso
server that holds the release: its merge in one graph, its sets of links in graphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import GRAPH
from bikgraph.questions import Question
from bikgraph.release.graphs import graphs_of
from tests.conftest import peer
from tests.questions.engines import NAMES, Given, Rows, all_cases, cases, standalone, told
from tests.questions.virtuoso import Virtuoso, started

# A server takes seconds to start and to fill.
pytestmark = pytest.mark.slow

MERGE = f"{GRAPH}all"


@pytest.fixture(scope="session")
def links(graph: KnowledgeGraph) -> list[str]:
    """The named graphs of the release that hold links."""
    return [GRAPH + name for name, info in graphs_of(graph.release.manifest).items() if info.kind == "links"]


@pytest.fixture(scope="session")
def virtuoso(graph: KnowledgeGraph, links: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A server that holds the release."""
    for command in ("virtuoso-t", "isql-vt"):
        peer(command, package="virtuoso-opensource-7")
    with started(tmp_path_factory.mktemp("virtuoso")) as server:
        server.load(MERGE, graph.store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()))
        for name in links:
            server.load(name, graph.store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(name)))
        yield server


def test_the_server_holds_the_release(graph: KnowledgeGraph, virtuoso: Virtuoso) -> None:
    """As many triples, so that no row lacks for want of data."""
    found = virtuoso.rows("SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }", MERGE)[0][0]

    assert isinstance(found, tuple)
    assert int(found[0]) == sum(1 for _ in graph.store.quads_for_pattern(None, None, None, DefaultGraph()))


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_ask(name: str, graph: KnowledgeGraph, virtuoso: Virtuoso, links: list[str]) -> None:
    """With and without parameters: the same rows in the same order, labels with their languages."""
    question = graph.questions[name]

    for given in cases(question):
        assert _there(graph, virtuoso, links, question, given, "fr") == told(graph, question, given, "fr"), given
    given = cases(question)[0]
    assert _there(graph, virtuoso, links, question, given, "en") == told(graph, question, given, "en")


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_ask_for_every_value(name: str, graph: KnowledgeGraph, virtuoso: Virtuoso, links: list[str]) -> None:
    """As the test before, of all kinds, editions, pillars, roles, functions and indicators."""
    question = graph.questions[name]

    for given in all_cases(question, graph.store):
        assert _there(graph, virtuoso, links, question, given, "el") == told(graph, question, given, "el"), given


def _there(
    graph: KnowledgeGraph, virtuoso: Virtuoso, links: list[str], question: Question, given: Given, language: str
) -> Rows:
    return virtuoso.rows(standalone(graph, question, given, language), MERGE, links)
