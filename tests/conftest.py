"""What all tests share: the release of the checkout's own data, built once in a folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from pyoxigraph import Store

from bikgraph import release as releases
from bikgraph.build import build
from bikgraph.graph import KnowledgeGraph
from bikgraph.project import Project

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the checkout's ontology, data and queries, built; shared by all processes of a parallel run."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    root = shared / "bikgraph-project"
    with FileLock(str(shared / "bikgraph-project.lock")):
        if not (root / "release" / "current").exists():
            for folder in ("ontology", "data", "queries"):
                shutil.copytree(ROOT / folder, root / folder, dirs_exist_ok=True)
            build(Project(root))
    return Project(root)


@pytest.fixture(scope="session")
def graph(project: Project) -> KnowledgeGraph:
    """The built release, opened."""
    release = releases.current(project.release)
    assert release is not None
    return KnowledgeGraph(project, release)


@pytest.fixture(scope="session")
def store(graph: KnowledgeGraph) -> Store:
    """The built release's store: the merge in the default graph, and the named graphs."""
    return graph.store


@pytest.fixture
def own_project(project: Project, tmp_path: Path) -> Project:
    """A copy of the built project, release and cache included, that a test may change."""
    root = tmp_path / "own"
    shutil.copytree(project.root, root, symlinks=True)
    return Project(root)


@pytest.fixture(autouse=True)
def _no_project_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("BIKGRAPH_PROJECT", raising=False)
    yield
