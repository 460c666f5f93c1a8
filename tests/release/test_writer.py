"""A release as it is written: the merge, equal bytes, and what a changed graph leaves of the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from bikgraph.building import build_release as build
from bikgraph.namespaces import GRAPH
from bikgraph.project import Project
from tests.conftest import dump_of, edit, opened, run

PROFILE = "profiles/mt-2020.yaml"


def quads(store: Store) -> set[Quad]:
    """Everything in a store."""
    return set(store.quads_for_pattern(None, None, None, None))


def test_default_graph_is_the_merge(belgium: Project) -> None:
    """The default graph holds each triple of the named graphs once, and nothing else."""
    store = opened(belgium)
    named = {q.triple for q in store.quads_for_pattern(None, None, None, None) if isinstance(q.graph_name, NamedNode)}
    merged = [q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())]

    assert set(merged) == named
    assert len(merged) == len(named)


def test_removed_file_leaves_the_release(own_tiny: Project) -> None:
    """What is deleted from the data is gone from the named graphs and from the merge, and nothing else is."""
    (own_tiny.data / "links" / "wikidata.sssom.tsv").unlink()
    before = quads(opened(own_tiny))
    build(own_tiny)
    after = quads(opened(own_tiny))

    graphs = {quad.graph_name for quad in before - after}
    assert {graph.value for graph in graphs if isinstance(graph, NamedNode)} == {GRAPH + "links-wikidata"}
    assert not after - before


@pytest.mark.parametrize("name", ["tiny", pytest.param("project", marks=pytest.mark.slow)])
def test_same_input_same_bytes(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Two builds in different folders with different hash seeds give the same bytes of the dump."""
    built: Project = request.getfixturevalue(name)
    dumps = []
    for seed in ("1", "2"):
        root = tmp_path / seed
        shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("release"))
        assert run(Project(root), "build", env={"PYTHONHASHSEED": seed}).returncode == 0
        dumps.append(dump_of(Project(root)))

    assert dumps[0] == dumps[1]
    assert dumps[0] == dump_of(built)


def test_reader_keeps_the_old_release(own_tiny: Project) -> None:
    """A reader that opened the old release goes on reading it while new ones are swapped in."""
    reader = opened(own_tiny)
    count = len(reader)
    edit(own_tiny, PROFILE, lambda text: text.replace("answer: not-answered", "answer: broader-policies"))
    build(own_tiny)
    edit(own_tiny, PROFILE, lambda text: text.replace("An agreement", "Another agreement"))
    build(own_tiny)

    assert len(list(reader.quads_for_pattern(None, None, None, None))) == count


def test_next_build_tidies_up(own_tiny: Project) -> None:
    """What a killed build left is gone after the next build, also if that one has nothing to do."""
    builds = own_tiny.release / "builds"
    for name in (".new-killed", "left-by-a-kill-after-the-swap", "left-before"):
        shutil.copytree((own_tiny.release / "current").resolve(), builds / name)
    build(own_tiny)

    assert not list(builds.glob(".new-*"))
    assert len(list(builds.iterdir())) <= 2
