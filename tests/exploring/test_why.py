"""Explanations are of what was built: they are read out of the release, not out of the project's folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import bikgraph
from bikgraph.exploring.why import as_text
from bikgraph.project import Project
from bikgraph.release.release import graph_node


def test_why_stays_true_after_an_edit(tiny: Project, tmp_path: Path) -> None:
    """The place of a triple is the one it had when the release was built, also when the files changed, or are gone."""
    root = tmp_path / "edited"
    shutil.copytree(tiny.root, root, symlinks=True)
    path = root / "data" / "profiles" / "mt-2020.yaml"
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "mt-police, role: lead" in text)
    path.write_text("# a line\n# and another\n" + path.read_text())
    graph = bikgraph.open(root)
    record = next(row.other for row in graph.show("mt-police") if row.relation == "bik:leadActor")
    told = graph.why(record, "bik:leadActor", "mt-police")
    inferred = as_text(graph.why("mt-police", "a", "org:Organization"))

    assert [(place.file, place.line) for place in told.places] == [("data/profiles/mt-2020.yaml", line)]
    assert "told in data/actors/mt.yaml:6:" in inferred
    assert "ontology/" in inferred
    shutil.rmtree(root / "data")
    assert bikgraph.open(Project(root)).why(record, "bik:leadActor", "mt-police").places == told.places


def test_every_told_triple_has_its_position(tiny: Project) -> None:
    """Each told triple of each named graph stands at a line of a file."""
    graph = bikgraph.open(tiny)
    checked = 0
    for name, info in graph.release.graphs.items():
        for quad in graph.store.quads_for_pattern(None, None, None, graph_node(name)):
            position = graph.release.position(name, quad.triple)
            assert position is not None, quad
            assert position.file, quad
            checked += info.kind != "questions"
    assert checked > 2000
