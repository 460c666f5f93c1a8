"""The picture of a country's network: complete, labelled, the same each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions
from bikgraph.namespaces import BIK, ID, XSD
from bikgraph.pictures import Look, draw_network
from bikgraph.pictures.europe_map import countries
from bikgraph.pictures.network import JOINS, network
from tests.conftest import ROOT
from tests.pictures.looking import SVG, texts

COUNTRIES = sorted(countries())

EDITION = """
SELECT DISTINCT ?body ?agreement WHERE {
  ?country skos:notation "%s" .
  ?record bik:country ?country ; bik:edition/bik:year %d .
  { ?record a bik:Responsibility ; bik:actor ?body } UNION { ?record a bik:Membership ; bik:member ?body }
  UNION { ?record a bik:Membership ; bik:consortium ?body }
  UNION { ?record a bik:Agreement . BIND (?record AS ?agreement) OPTIONAL { ?record bik:party ?body } }
}
"""
ALL = """
SELECT DISTINCT ?body ?agreement WHERE {
  ?country skos:notation "%s" .
  ?record bik:country ?country .
  { ?record a bik:Responsibility ; bik:actor ?body } UNION { ?record a bik:Membership ; bik:member ?body }
  UNION { ?record a bik:Agreement . BIND (?record AS ?agreement) OPTIONAL { ?record bik:party ?body } }
}
"""
BELGIUM = NamedNode(ID + "country-be")


def words(path: Path) -> str:
    """All text of an SVG, with its lines joined."""
    root = ET.parse(path).getroot()  # noqa: S314
    return " ".join(" ".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text"))


def test_svg_names_everything(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Every actor with a role under a pillar, every party and member, the pillars and the legend are written out."""
    graph.draw_network("BE", tmp_path / "be.svg", edition=2020)
    text = words(tmp_path / "be.svg")

    for question in ("pillar-coordinators", "implementation-roles", "agreement-parties", "consortium-members"):
        for row in graph.ask(question, country="BE", edition=2020):
            assert row.actorLabel in text
    for word in (
        "Belgium 2020: who does what",
        "Pillar 1",
        "Pillar 4",
        "Memorandum of Understanding",
        "coordinates",
        "complementary",
        "unnamed",
        "Sources: Better Internet for Kids Policy Map 2020.",
        "year not known",
    ):
        assert word in text


def test_same_release_same_svg(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Two drawings of one release are the same bytes."""
    for name in ("a.svg", "b.svg"):
        graph.draw_network("BE", tmp_path / name)

    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_readme_picture_is_current(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """The README's picture names what the program draws now.

    Mend it with: bikgraph draw network --country BE --edition 2020 -o docs/be-2020.svg.
    """
    graph.draw_network("BE", tmp_path / "be.svg", edition=2020)

    assert words(ROOT / "docs" / "be-2020.svg") == words(tmp_path / "be.svg")


def test_incomplete_agreement_says_at_least(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """An agreement whose parties are known only in part is labelled so."""
    store = Store()
    store.extend(graph.store.quads_for_pattern(None, None, None, DefaultGraph()))
    complete = NamedNode(BIK + "partiesComplete")
    memorandum = NamedNode(ID + "be-mou-csam")
    boolean = NamedNode(XSD + "boolean")
    store.remove(Quad(memorandum, complete, Literal("true", datatype=boolean)))
    store.add(Quad(memorandum, complete, Literal("false", datatype=boolean)))
    draw_network(store, BELGIUM, None, Look()).save(tmp_path / "be.svg")

    assert "at least 4 parties" in words(tmp_path / "be.svg")


def test_country_without_data_and_other_ending(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A country of which nothing is known, and an ending that is no picture, are refused with a reason."""
    instead = (
        "of Cyprus in the edition of 2018. What is known of all years: bikgraph draw network --country CY -o cy.svg"
    )
    with pytest.raises(RequestError, match=instead):
        graph.draw_network("CY", tmp_path / "cy.svg", edition=2018)
    with pytest.raises(RequestError, match=r"ends in .svg, .png or .pdf"):
        graph.draw_network("BE", tmp_path / "be.gif")
    assert not list(tmp_path.iterdir())


ROLES = """
SELECT ?record ?pillar ?number ?scheme ?edition WHERE {
  ?record a bik:Responsibility ; bik:country ?country ; bik:pillar ?pillar .
  ?country skos:notation ?code . ?pillar bik:ordinal ?number ; skos:inScheme ?scheme .
  OPTIONAL { ?record bik:edition/bik:year ?edition }
  FILTER (?code = "%s")
}
"""


@pytest.mark.parametrize("code", COUNTRIES)
def test_pillars_have_their_own_numbers(graph: KnowledgeGraph, code: str) -> None:
    """In all countries a pillar is drawn with its own number, and the pillars of two strategies in two columns."""
    told = {
        (row["scheme"].value, row["pillar"].value, int(row["number"].value))
        for row in solutions(graph.store, ROLES % code)
    }
    drawn = network(graph.store, NamedNode(f"{ID}country-{code.lower()}"), None)
    pillars = {key: box for key, box in drawn.boxes.items() if box.above}

    assert {(key, box.above) for key, box in pillars.items()} == {(pillar, f"Pillar {n}") for _, pillar, n in told}
    columns = {(scheme, pillars[pillar].column) for scheme, pillar, _ in told}
    assert len(columns) == len({scheme for scheme, _ in columns}) == len({column for _, column in columns})


def test_estonia_has_pillar_five(graph: KnowledgeGraph) -> None:
    """Estonia coordinates pillars 2, 3 and 5 of the map of 2018; none is called by its place in the list."""
    text = texts(graph.draw_network("EE", edition=2018))

    assert [line for line in text if line.startswith("Pillar ")] == ["Pillar 2", "Pillar 3", "Pillar 5"]
    assert text.count("Pillars of the BIK Policy Map 2018") == 1


def test_two_strategies_stand_in_two_columns(graph: KnowledgeGraph) -> None:
    """Belgium's pillars of 2018 and of the strategy of 2012 stand under headings of their own, side by side."""
    root = ET.fromstring(graph.draw_network("BE").svg())  # noqa: S314
    places = {
        "".join(element.itertext()): re.findall(r"rotate\(-?0 ([\d.]+)", element.get("transform", ""))
        for element in root.iter(SVG + "text")
    }

    assert places["Pillar 4"] == places["Pillar 1"]
    assert places["Pillar 5"] != places["Pillar 4"]
    assert "Pillars of the BIK Policy Map 2018" in places


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("year", [2018, 2020, 2025])
def test_nothing_of_another_edition(graph: KnowledgeGraph, code: str, year: int) -> None:
    """Under an edition stand only the bodies, agreements and consortia that its own records name."""
    own = {
        node.value.removeprefix(ID)
        for row in solutions(graph.store, EDITION % (code, year))
        for node in (row["body"], row["agreement"])
        if node is not None
    }
    if not own:
        with pytest.raises(RequestError, match="The graph knows no"):
            graph.draw_network(code, edition=year)
        return
    drawn = network(graph.store, NamedNode(f"{ID}country-{code.lower()}"), NamedNode(f"{ID}edition-{year}"))
    joins = {key for key, box in drawn.boxes.items() if box.column == JOINS}

    assert {key.removeprefix("join ").removeprefix(ID) for key in drawn.names.keys() | joins} == own
    assert str(year) in drawn.subtitle
    assert "pages" not in drawn.subtitle


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_is_drawn(graph: KnowledgeGraph, code: str) -> None:
    """All 30 countries have responsibilities or agreements: each is drawn, with every body and every agreement."""
    drawn = network(graph.store, NamedNode(f"{ID}country-{code.lower()}"), None)
    rows = list(solutions(graph.store, ALL % code))

    assert drawn.names.keys() == {row["body"].value for row in rows if row["body"] is not None}
    assert {row["agreement"].value for row in rows if row["agreement"] is not None} <= drawn.boxes.keys()


def test_cyprus_is_drawn_by_function(graph: KnowledgeGraph) -> None:
    """Roles without a pillar stand under their function."""
    text = texts(graph.draw_network("CY"))

    assert "Functions" in text
    assert "helpline" in text
    assert not [line for line in text if line.startswith("Pillar")]


def test_small_page_counts_what_it_leaves_out(graph: KnowledgeGraph) -> None:
    """A slide that has no room for all bodies says how many more there are, and what shows them."""
    everything, slide = texts(graph.draw_network("BE")), texts(graph.draw_network("BE", size="slide"))
    [told] = [line for line in slide if line.startswith("… and")]

    assert "more bodies" in told
    assert told.endswith("bikgraph draw network --country BE -o be.svg")
    assert not [line for line in everything if line.startswith("… and")]


def test_edition_narrows(world: Store, tmp_path: Path) -> None:
    """With an edition, only its records are drawn, and a record of no edition is not."""
    country = NamedNode(ID + "country-zz")
    draw_network(world, country, NamedNode(ID + "edition-2030"), Look()).save(tmp_path / "one.svg")
    draw_network(world, country, None, Look()).save(tmp_path / "all.svg")

    assert "Memorandum" not in words(tmp_path / "one.svg")
    assert "Memorandum year not known; at least 3 parties" in words(tmp_path / "all.svg")
    assert "Ruritania 2030: who does what" in words(tmp_path / "one.svg")


def test_long_name_is_shortened(world: Store, tmp_path: Path) -> None:
    """A name that is one long word is broken, after five lines cut, and not left out."""
    store = Store()
    store.extend(world)
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.add(Quad(NamedNode(ID + "zz-nameless"), label, Literal("Donau" * 60, language="de")))
    store.add(Quad(NamedNode(ID + "a1"), NamedNode(BIK + "party"), NamedNode(ID + "zz-nameless")))
    draw_network(store, NamedNode(ID + "country-zz"), None, Look()).save(tmp_path / "n.svg")

    text = words(tmp_path / "n.svg")
    assert "DonauDonau" in text
    assert " …" in text
