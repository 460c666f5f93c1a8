"""The description of a thing: each statement with who states it."""

from __future__ import annotations

from bikgraph.exploring.describe import COLUMNS
from bikgraph.knowledge_graph import KnowledgeGraph


def test_columns_of_before_come_first(graph: KnowledgeGraph) -> None:
    """What read the columns by their places goes on doing so; how a source is meant stands behind them."""
    assert graph.show("be-star").columns == COLUMNS
    assert COLUMNS[:6] == ["direction", "relation", "other", "otherLabel", "told", "source"]


def test_a_homepage_is_credited_to_the_table_that_gives_it(graph: KnowledgeGraph) -> None:
    """Child Focus has two homepages: the link table's is credited to the table alone, not to the body's eight sources."""
    rows = [row for row in graph.show("be-child-focus") if row.relation == "foaf:homepage"]
    linked = [row for row in rows if row.other == "https://childfocus.be/"]
    registered = [row for row in rows if row.other == "https://www.childfocus.be"]

    assert [(row.source, row.credit) for row in linked] == [("https://w3id.org/bikgraph/graph/links-homepages", "link")]
    assert {row.credit for row in registered} == {"one-of"}


def test_an_inference_has_the_sources_of_what_it_follows_from(graph: KnowledgeGraph) -> None:
    """That Child Focus coordinates pillar 3 follows from section 2.2 alone; that it is Belgian, from no source."""
    rows = [row for row in graph.show("be-child-focus") if not row.told]

    assert {row.credit for row in rows} == {"inferred"}
    coordinates = [row.source for row in rows if row.relation == "bik:coordinates"]
    assert coordinates == ["https://w3id.org/bikgraph/id/profile-be-2020-section-2-2"]
    assert [row.source for row in rows if row.relation == "bik:country"] == [None]


def test_a_code_that_everything_uses_is_described_too(graph: KnowledgeGraph) -> None:
    """Of a thing with thousands of inferred statements no proof is looked up: it has no wrong source either."""
    rows = [row for row in graph.show("role-lead") if not row.told]

    assert len(rows) > 50
    assert {row.credit for row in rows} == {"inferred"}
