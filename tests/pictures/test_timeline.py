"""A timeline shows every law, policy and agreement of a country by its year, and what has none apart."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions
from bikgraph.namespaces import ID
from bikgraph.pictures import Look, draw_timeline
from bikgraph.pictures.europe_map import countries
from bikgraph.pictures.timeline import events
from tests.pictures.looking import texts

ALL = """
SELECT DISTINCT ?thing ?year WHERE {
  ?thing bik:country/skos:notation "%s" . { ?thing a bik:Policy } UNION { ?thing a bik:Agreement }
  OPTIONAL { ?thing bik:year ?year }
}
"""


@pytest.mark.parametrize("code", sorted(countries()))
def test_everything_is_there_in_order(graph: KnowledgeGraph, code: str) -> None:
    """In all 30 countries each is there once, the oldest first, those without a year last."""
    told = {row["thing"].value: row["year"].value if row["year"] else "" for row in solutions(graph.store, ALL % code)}
    found, _ = events(graph.store, NamedNode(f"{ID}country-{code.lower()}"), "en")

    assert {ID + event.slug: event.years.split("–")[0] for event in found} == told
    years = [event.first for event in found if event.first is not None]
    assert years == sorted(years)
    assert all(event.first is None for event in found[len(years) :])


def test_years_and_kinds_are_written(graph: KnowledgeGraph) -> None:
    """An event has its year, name and kind; what has no year stands under a heading that says so."""
    text = texts(graph.draw_timeline("GB"))

    assert "2023  Online Safety Act 2023 (law)" in text
    assert text.index("Year not known") < text.index("Online Harms White Paper (policy paper)")
    assert "18 with a known year, 9 without." in text


def test_country_without_any() -> None:
    """A country of which no law or agreement is known is refused, with what to ask instead."""
    store = Store()
    with pytest.raises(RequestError, match=r"knows no law, policy or agreement of country-zz. .*ask coverage"):
        draw_timeline(store, NamedNode(ID + "country-zz"), Look())
