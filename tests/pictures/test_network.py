"""The picture of a country's network: complete, labelled, the same each time."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import BIK, ID, XSD
from bikgraph.pictures.network import draw_network
from tests.conftest import ROOT

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


def test_png_is_about_1400_pixels_wide(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A PNG has the right signature and is 1,400 pixels wide."""
    graph.draw_network("BE", tmp_path / "be.png")
    data = (tmp_path / "be.png").read_bytes()

    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == 1400


def test_incomplete_agreement_says_at_least(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """An agreement whose parties are known only in part is labelled so."""
    store = Store()
    store.extend(graph.store.quads_for_pattern(None, None, None, DefaultGraph()))
    complete = NamedNode(BIK + "partiesComplete")
    memorandum = NamedNode(ID + "be-mou-csam")
    boolean = NamedNode(XSD + "boolean")
    store.remove(Quad(memorandum, complete, Literal("true", datatype=boolean)))
    store.add(Quad(memorandum, complete, Literal("false", datatype=boolean)))
    draw_network(store, BELGIUM, None, tmp_path / "be.svg")

    assert "(at least 4" in words(tmp_path / "be.svg")


def test_country_without_data_and_other_ending(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A country of which nothing is known, and an ending that is no picture, are refused with a reason."""
    with pytest.raises(RequestError, match="knows no actor"):
        graph.draw_network("CY", tmp_path / "cy.svg", edition=2018)
    with pytest.raises(RequestError, match="ends in .svg or .png"):
        graph.draw_network("BE", tmp_path / "be.pdf")
    assert not list(tmp_path.iterdir())


def test_edition_narrows(world: Store, tmp_path: Path) -> None:
    """With an edition, only its records are drawn, and a record of no edition is not."""
    country = NamedNode(ID + "country-zz")
    draw_network(world, country, NamedNode(ID + "edition-2030"), tmp_path / "one.svg")
    draw_network(world, country, None, tmp_path / "all.svg")

    assert "Memorandum" not in words(tmp_path / "one.svg")
    assert "Memorandum (at least 3 parties)" in words(tmp_path / "all.svg")
    assert "Ruritania 2030: who does what" in words(tmp_path / "one.svg")


def test_long_name_is_shortened(world: Store, tmp_path: Path) -> None:
    """A name that is one long word is cut, and not left out."""
    store = Store()
    store.extend(world)
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.add(Quad(NamedNode(ID + "zz-nameless"), label, Literal("Donau" * 20, language="de")))
    store.add(Quad(NamedNode(ID + "a1"), NamedNode(BIK + "party"), NamedNode(ID + "zz-nameless")))
    draw_network(store, NamedNode(ID + "country-zz"), None, tmp_path / "n.svg")

    assert f"{'Donau' * 12} …" in words(tmp_path / "n.svg")
