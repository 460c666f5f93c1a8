"""The index: what it holds of a graph, and that a renewed one is as one made anew."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from bikgraph.building import build_release as build
from bikgraph.errors import ReleaseError, RequestError
from bikgraph.project import Project
from bikgraph.release import INDEX, current
from bikgraph.search import Index, index, write_index
from tests.conftest import edit, opened
from tests.tiny import add_norway

CONTENTS = {
    "thing": "SELECT iri, sort FROM thing",
    "name": "SELECT iri, value, language, words, joined FROM name JOIN thing ON thing.id = name.thing",
    "text": "SELECT iri, field, value, language, words FROM text JOIN thing ON thing.id = text.thing",
    "document": "SELECT iri, words FROM document JOIN thing ON thing.id = document.id",
    "facet": "SELECT iri, facet, value FROM facet JOIN thing ON thing.id = facet.thing",
    "meaning": "SELECT facet, name, value FROM meaning",
    "words of names": "SELECT term, doc FROM name_vocabulary",
    "words of documents": "SELECT term, doc FROM document_vocabulary",
}


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an index says, without its own numbers."""
    opened_index = Index.open(path)
    return {name: sorted(opened_index.rows(query)) for name, query in CONTENTS.items()}


def of_current(project: Project) -> Path:
    """The index of the project's current release."""
    release = current(project.release)
    assert release is not None
    return release.folder / INDEX


def test_a_release_carries_its_index(tiny: Project) -> None:
    """Names in all languages, texts, and what a thing can be narrowed by are in it."""
    found = contents(of_current(tiny))
    ministry = "https://w3id.org/bikgraph/id/mt-ministry"

    assert (ministry, "Ministeru", "mt", "ministeru", "") in found["name"]
    facets = {(facet, value) for iri, facet, value in found["facet"] if iri == ministry}
    assert {("country", "MT"), ("kind", "ministry"), ("kind", "actor")} <= facets
    assert not {facet for facet, _ in facets} & {"year"}, "a page's year is none of the body's"
    assert ("spoken kind", "police", "law-enforcement") in found["meaning"]
    assert ("country", "malta", "MT") in found["meaning"]


CHANGES = {
    "a name": ("actors/mt.yaml", "mt: Ministeru", "mt: Ministeru tal-Edukazzjoni"),
    "a kind": ("actors/mt.yaml", "kind: helpline", "kind: hotline"),
    "a record gone": (
        "profiles/mt-2020.yaml",
        "  - {id: mt-2020-r002, actor: mt-police, role: lead, function: enforcement, pillar: bik-2012-pillar-4",
        "  - {id: mt-2020-r002, actor: mt-police, role: lead, function: awareness, pillar: bik-2012-pillar-4",
    ),
    "a source's year": ("sources/mt.yaml", "id: mt-page", "id: mt-page, year: 2013"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_renewed_index_is_as_one_made_anew(own_tiny: Project, tmp_path: Path, what: str) -> None:
    """After a change only what it touches is indexed again, with the things that take words or years from it."""
    name, old, new = CHANGES[what]
    before = contents(of_current(own_tiny))
    edit(own_tiny, name, lambda text: text.replace(old, new))
    build(own_tiny)
    write_index(tmp_path / "anew.sqlite", opened(own_tiny))

    renewed = contents(of_current(own_tiny))
    assert renewed != before
    assert renewed == contents(tmp_path / "anew.sqlite")


def test_a_new_country_and_its_end(own_tiny: Project, tmp_path: Path) -> None:
    """A country that comes and goes leaves the index as it was; full-text tables stay consistent with what they index."""
    before = contents(of_current(own_tiny))
    add_norway(own_tiny.data)
    build(own_tiny)
    assert contents(of_current(own_tiny)) != before
    for path in own_tiny.data.glob("*/no*.yaml"):
        path.unlink()
    build(own_tiny)

    assert contents(of_current(own_tiny)) == before
    shutil.copyfile(of_current(own_tiny), tmp_path / "copy.sqlite")
    database = sqlite3.connect(tmp_path / "copy.sqlite")
    for table in ("name_words", "document_words", "word_trigrams"):
        database.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    database.close()


def test_without_full_text_search_it_is_said(
    own_tiny: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python whose SQLite has none builds and asks as ever; a search says what is missing, a whole name is found."""
    from bikgraph import KnowledgeGraph

    monkeypatch.setattr(index, "can_index", lambda: False)
    for module in ("bikgraph.release.store", "bikgraph.release.writer", "bikgraph.exploring.things"):
        monkeypatch.setattr(f"{module}.can_index", lambda: False)
    edit(own_tiny, "actors/mt.yaml", lambda text: text.replace("mt: Ministeru", "mt: Ministeru Gdid"))
    build(own_tiny)
    release = current(own_tiny.release)
    assert release is not None
    assert not release.has_fitting_index
    graph = KnowledgeGraph(own_tiny, release)

    assert graph.thing("ministeru gdid").value.endswith("mt-ministry")
    with pytest.raises(RequestError, match="Search with"):
        graph.thing("ministeru gid")
    with pytest.raises(RequestError, match=r"SQLite 3\.34 or later with FTS5"):
        graph.find("ministeru")


def test_an_index_that_is_none_is_damage(tmp_path: Path) -> None:
    """A file that SQLite refuses is told as damage, with the remedy."""
    (tmp_path / "index").write_bytes(b"no database" * 100)

    with pytest.raises(ReleaseError, match="bikgraph build"):
        Index.open(tmp_path / "index").rows("SELECT * FROM thing")
