"""A brief as a file: what is asked for is checked before anything is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bikgraph.briefs import brief
from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph


@pytest.mark.parametrize(
    ("country", "name", "said"),
    [
        (
            "Irland ",
            "ie.txt",
            "The ending '.txt' names no format. Endings: .html (html), .md (markdown), .docx (docx), ",
        ),
        ("IE", "ie", "'ie' has no ending, and so names no format"),
        ("IE", "nowhere/ie.html", "there is no folder"),
        ("Irelnd", "ie.html", "There is no country 'Irelnd' (--country). Did you mean Ireland"),
        ("", "ie.html", "There is no country ''"),
    ],
)
def test_a_wrong_request_writes_nothing(
    graph: KnowledgeGraph, tmp_path: Path, country: str, name: str, said: str
) -> None:
    """An unknown country or ending, or a folder that is not there, is refused with what is accepted."""
    with pytest.raises(RequestError) as refused:
        brief(graph, country, tmp_path / name)

    assert said in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("module", "ending"), [("docx", "docx"), ("typst", "pdf")])
def test_a_missing_library_is_named_with_its_command(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, ending: str
) -> None:
    """Without the extra, the error gives the command that installs it; HTML and Markdown need nothing more."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(RequestError) as refused:
        brief(graph, "IE", tmp_path / f"ie.{ending}")
    brief(graph, "IE", tmp_path / "ie.html")
    brief(graph, "IE", tmp_path / "ie.md")

    assert "pip install 'bikgraph[documents]'" in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ie.html", "ie.md"]
