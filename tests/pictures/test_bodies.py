"""The bodies of a country stand under each function that a source gives them, with role and year."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions
from bikgraph.namespaces import ID
from bikgraph.pictures import Look
from bikgraph.pictures.bodies import bodies
from bikgraph.pictures.europe_map import countries
from tests.pictures.looking import texts

ALL = """
SELECT DISTINCT ?function ?actor WHERE {
  ?record a bik:Responsibility ; bik:country/skos:notation "%s" ; bik:actor ?actor ; bik:function/rdfs:label ?function .
}
"""


@pytest.mark.parametrize("code", sorted(countries()))
def test_everybody_is_there(graph: KnowledgeGraph, code: str) -> None:
    """In all 30 countries each body stands once under each of its functions."""
    told = {(row["function"].value, row["actor"].value.removeprefix(ID)) for row in solutions(graph.store, ALL % code)}
    found, _ = bodies(graph.store, NamedNode(f"{ID}country-{code.lower()}"), None, Look())

    assert sorted((function, part.slug) for function, parts in found.items() for part in parts) == sorted(told)


def test_roles_and_years(graph: KnowledgeGraph) -> None:
    """A body's roles are written with the year of the edition or page that states them."""
    text = texts(graph.draw_bodies("NO"))

    assert "implementation (7)" in text
    assert "coordinates (2021); leads; operates (2024)" in text
    assert "19 bodies. From the edition of 2018 and pages that belong to no edition." in text


def test_edition_narrows(graph: KnowledgeGraph) -> None:
    """With an edition only its records are there; one without any is refused with what there is instead."""
    text = texts(graph.draw_bodies("MT", edition=2018))

    assert "4 bodies. From the edition of 2018." in text
    assert {line for line in text if line.startswith("leads")} == {"leads (2018)"}
    with pytest.raises(RequestError, match="What is known of all years: bikgraph draw bodies --country CY -o cy.svg"):
        graph.draw_bodies("CY", edition=2018)


def test_small_page_counts(graph: KnowledgeGraph) -> None:
    """What a page has no room for is counted under its function, and the command for all is written."""
    text = texts(graph.draw_bodies("BE", size="slide"))
    whole = texts(graph.draw_bodies("BE"))

    assert [line for line in whole if line.startswith("… and")] == []
    assert bool([line for line in text if line.startswith("… and")]) == any("without --size" in line for line in text)
