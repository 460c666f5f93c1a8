"""Builds side by side in one process, and workers that end before their work does."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bikgraph.building import Summary, build_release, check_data, workers
from bikgraph.building.country import assemble_country, load_shared
from bikgraph.building.triples import list_default
from bikgraph.errors import DataError, ReleaseError
from bikgraph.project import Project
from tests.conftest import edit
from tests.tiny import add_norway


def copies(tiny: Project, folder: Path, number: int) -> list[Project]:
    """Several projects of two tiny countries, with what an earlier build kept; every second one has a fault."""
    projects = []
    for at in range(number):
        root = folder / str(at)
        shutil.copytree(tiny.root, root, symlinks=True)
        add_norway(root / "data")
        if at % 2:
            path = root / "data" / "profiles" / "mt-2020.yaml"
            path.write_text(path.read_text().replace("role: lead", "role: leader"))
        projects.append(Project(root))
    return projects


def test_builds_side_by_side_keep_apart(tiny: Project, tmp_path: Path) -> None:
    """Two builds in one process do not see each other's data: the clean one is clean, the other has its own finding."""
    projects = copies(tiny, tmp_path, 6)

    def outcome(project: Project) -> list[str]:
        try:
            return [finding.rule for finding in build_release(project, jobs=2).findings]
        except DataError as error:
            return [finding.rule for finding in error.findings]

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(outcome, projects)) == [[], ["unknown-code"]] * 3


def test_one_process_or_several_find_the_same(tiny: Project, tmp_path: Path) -> None:
    """A check in one process and in two gives the same findings, in the same order."""
    _, project = copies(tiny, tmp_path, 2)
    alone = check_data(project, jobs=1)

    assert [finding.rule for finding in alone] == ["unknown-code"]
    assert check_data(project, jobs=2) == alone


def test_the_shared_store_is_as_it_was(tiny: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends a country's work, the store that all share holds what it held before."""
    shared = load_shared(tiny)
    files = [file for file in tiny.data_files() if file.group]
    before = set(list_default(shared.store))
    assemble_country(shared, files, {})
    assert set(list_default(shared.store)) == before

    calls = iter(range(100))

    def interrupted(*arguments: object) -> object:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return validate(*arguments)  # type: ignore[arg-type]

    validate = shared.shapes.validate
    monkeypatch.setattr(shared.shapes, "validate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        assemble_country(shared, files, {})
    assert set(list_default(shared.store)) == before


def test_a_worker_that_dies_is_said(tiny: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is killed ends the build with a sentence, at once, and leaves no process behind."""
    project, *_ = copies(tiny, tmp_path, 1)
    edit(project, "actors/mt.yaml", lambda text: text.replace("Police of", "The police of"))
    monkeypatch.setattr(workers, "assemble_and_keep", lambda *_: os._exit(9))

    with pytest.raises(ReleaseError, match="ended early"):
        build_release(project, jobs=2)
    assert multiprocessing.active_children() == []


def test_a_summary_counts(tiny: Project) -> None:
    """A build that has nothing to do says what the release holds."""
    summary = build_release(tiny)

    assert isinstance(summary, Summary)
    assert (summary.profiles, summary.reused, summary.findings) == (1, 4, [])
