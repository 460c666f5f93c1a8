"""A country takes two printed pages: the pages are printed and counted."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from bikgraph.briefs.brief import brief, brief_bytes
from bikgraph.knowledge_graph import KnowledgeGraph
from tests.conftest import ROOT, peer

COUNTRIES = sorted(path.stem for path in (ROOT / "data" / "pages").glob("*.yaml"))


def page_of_sources(printed: PdfReader) -> int:
    """The number of the page on which the list of sources begins."""
    texts = [" ".join(page.extract_text().split()) for page in printed.pages]
    return next(at for at, text in enumerate(texts, 1) if "All pages that what the graph holds" in text)


@pytest.mark.parametrize("country", ["be", "cy", "gb", "pl"])
def test_two_pages_as_pdf(graph: KnowledgeGraph, country: str) -> None:
    """In PDF the sources begin on the third page: of the countries with most facts, and of that with fewest."""
    assert page_of_sources(PdfReader(io.BytesIO(brief_bytes(graph, country, "pdf")))) == 3


@pytest.mark.slow
@pytest.mark.parametrize("country", COUNTRIES)
def test_two_pages_in_every_format(graph: KnowledgeGraph, country: str, tmp_path: Path) -> None:
    """Of every country the sources begin by the third page, in PDF and as a browser prints the web page."""
    peer("chromium", package="chromium")
    assert page_of_sources(PdfReader(io.BytesIO(brief_bytes(graph, country, "pdf")))) <= 3

    brief(graph, country, tmp_path / "brief.html")
    printed = tmp_path / "brief.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/browser"]
    subprocess.run(
        [*command, "--no-pdf-header-footer", f"--print-to-pdf={printed}", str(tmp_path / "brief.html")],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert page_of_sources(PdfReader(printed)) <= 3
