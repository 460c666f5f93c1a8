"""What all pictures have in common: sizes, titles, kinds of files, notebooks; and words that can be read."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.pictures import SIZES, Picture
from bikgraph.pictures.europe_map import countries
from tests.conftest import ROOT
from tests.pictures.looking import Faults, faults, texts

KINDS = ("network", "bodies", "timeline", "map", "ranking", "matrix")
NO_FAULTS = Faults([], [], [])


def draw(graph: KnowledgeGraph, kind: str, country: str = "BE", **look: str | None) -> Picture:
    """A picture of each kind: of a country, of the question on coverage, of the edition with most answers."""
    if kind == "matrix":
        return graph.draw_matrix(**look)  # type: ignore[arg-type]
    about = country if kind in {"network", "bodies", "timeline"} else "coverage"
    picture: Picture = getattr(graph, f"draw_{kind}")(about, **look)
    return picture


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_sizes(graph: KnowledgeGraph, kind: str, size: str) -> None:
    """A slide is 13.33 by 7.5 inches, a page A4, a square square: as PNG and as PDF."""
    picture = draw(graph, kind, size=size)
    [page] = PdfReader(BytesIO(picture.bytes(".pdf"))).pages
    with Image.open(BytesIO(picture.bytes(".png"))) as image:
        assert image.width / image.height == pytest.approx(SIZES[size].width / SIZES[size].height, abs=0.002)

    assert float(page.mediabox.width) == pytest.approx(SIZES[size].width * 72, abs=0.5)
    assert float(page.mediabox.height) == pytest.approx(SIZES[size].height * 72, abs=0.5)


@pytest.mark.parametrize("country", ["BE", "MT", "CY", "SK"])
@pytest.mark.parametrize("kind", KINDS[:3])
def test_words_can_be_read(graph: KnowledgeGraph, kind: str, country: str) -> None:
    """No word is cut, none lies over another, none is smaller than 7 points."""
    for size in (None, *SIZES):
        assert faults(draw(graph, kind, country, size=size)) == NO_FAULTS, size


@pytest.mark.slow
@pytest.mark.parametrize("country", sorted(countries()))
@pytest.mark.parametrize("kind", KINDS[:3])
def test_words_of_all_countries_can_be_read(graph: KnowledgeGraph, kind: str, country: str) -> None:
    """As for the few, for all 30 countries."""
    for size in (None, *SIZES):
        assert faults(draw(graph, kind, country, size=size)) == NO_FAULTS, size


@pytest.mark.parametrize("indicator", ["coverage", "policy-shape"])
def test_words_of_answers_can_be_read(graph: KnowledgeGraph, indicator: str) -> None:
    """As for countries, for maps and rankings in all sizes."""
    for size in (None, *SIZES):
        assert faults(graph.draw_map(indicator, size=size)) == NO_FAULTS, size
        assert faults(graph.draw_ranking(indicator, size=size)) == NO_FAULTS, size


@pytest.mark.parametrize("year", [2018, 2020, 2024, 2025, 2026])
def test_words_of_matrices_can_be_read(graph: KnowledgeGraph, year: int) -> None:
    """As for countries, for the matrix of each edition with answers, the widest and the narrowest page."""
    for size in ("slide", "page"):
        assert faults(graph.draw_matrix(edition=year, size=size)) == NO_FAULTS, size


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=300))
def test_any_title(graph: KnowledgeGraph, title: str) -> None:
    """Any title of at most 300 letters is drawn: the picture is an SVG and a PNG, and its words stay on the page."""
    picture = graph.draw_timeline("CY", title=title, size="square")
    ET.fromstring(picture.svg())  # noqa: S314

    assert picture.bytes(".png").startswith(b"\x89PNG")
    assert faults(picture).cut == []


def test_title_takes_the_place_of_ours(graph: KnowledgeGraph) -> None:
    """A title is written instead of the picture's own, also into the file; an empty one is none."""
    for kind in ("bodies", "timeline", "ranking"):
        own, other, none = (draw(graph, kind, title=title) for title in (None, "Who does <what> & why", ""))
        assert texts(own)[0] == own.title
        assert texts(other)[0] == other.title == "Who does <what> & why"
        assert texts(none)[0] == texts(own)[1]


def test_unknown_size_and_long_title(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A size that there is not is answered by those that there are; a title of a page by how long one may be."""
    with pytest.raises(RequestError, match=r"no size 'slid'. Did you mean slide\? Sizes: slide, page, square"):
        graph.draw_matrix(tmp_path / "a.svg", size="slid")
    with pytest.raises(RequestError, match="at most 300 letters, and this one has 301"):
        graph.draw_matrix(tmp_path / "a.svg", title="x" * 301)
    assert not list(tmp_path.iterdir())


def test_notebooks_show_it(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Without a path a method gives the picture, whose SVG a notebook shows and whose `save` writes that SVG."""
    picture = graph.draw_network("EE")
    picture.save(tmp_path / "saved.svg")
    graph.draw_network("EE", tmp_path / "path.svg")

    assert picture._repr_svg_() == (tmp_path / "saved.svg").read_text("utf-8")
    assert (tmp_path / "saved.svg").read_bytes() == (tmp_path / "path.svg").read_bytes()
    assert repr(picture) == "<Picture 'Estonia: who does what'>"


def test_pdf_embeds_its_fonts(graph: KnowledgeGraph) -> None:
    """Each font of a PDF is in the file, and its words can be searched for."""
    reader = PdfReader(BytesIO(draw(graph, "network", "NO").bytes(".pdf")))
    [page] = reader.pages
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]

    assert fonts
    assert all("/CharProcs" in font or "/FontFile2" in str(font) for font in fonts)
    assert "Norway: who does what" in page.extract_text()


def test_same_bytes_in_another_process(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Two processes with other hash seeds write the same bytes, as SVG and as PDF."""
    code = (
        "import bikgraph, sys; graph = bikgraph.open(sys.argv[1])\n"
        "for ending in ('svg', 'pdf'):\n"
        "    graph.draw_network('NO', f'{sys.argv[2]}/n.{ending}'); graph.draw_matrix(f'{sys.argv[2]}/m.{ending}')"
    )
    for seed in "12":
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", code, str(graph.project.root), str(tmp_path / seed)]
        subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "HOME": str(tmp_path)})
    for name in ("n.svg", "m.svg", "n.pdf", "m.pdf"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
