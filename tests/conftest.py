"""What all tests share: the release of the checkout's own data, built once in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from pyoxigraph import Store

from bikgraph.building import build_release as build
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.project import Project
from bikgraph.release import Release, current
from bikgraph.release import release as releases

ROOT = Path(__file__).parents[1]


def peer(command: str, *, package: str) -> None:
    """Skip the calling test if a program that ours is checked against is not installed, and name its package.

    `package` is one of Debian's, or one of the npm registry's, written "npm: NAME". Where CI=true is set every peer has
    to be installed: a missing one fails the test instead.
    """
    if shutil.which(command) is not None:
        return
    name = package.removeprefix("npm: ")
    message = f"needs {command}: {'apt-get' if name == package else 'npm'} install {name}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{message} (with CI=true no peer may be missing)", pytrace=False)
    pytest.skip(message)


def _built_once(folder: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Project:
    """The project that `fill` copies to a folder of this name, built; shared by all processes of a parallel run."""
    shared = folder.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    root = shared / name
    with FileLock(str(shared / f"{name}.lock")):
        if not (root / "release" / "current").exists():
            fill(root)
            build(Project(root))
    return Project(root)


def built_copy(factory: pytest.TempPathFactory) -> Project:
    """A copy of the checkout's ontology, data and queries, built once for the whole run."""

    def fill(root: Path) -> None:
        for folder in ("ontology", "data", "queries"):
            shutil.copytree(ROOT / folder, root / folder, dirs_exist_ok=True)

    return _built_once(factory, "bikgraph-project", fill)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the checkout's ontology, data and queries, built."""
    return built_copy(tmp_path_factory)


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


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A country of a few lines, built: the fixture to begin with."""

    def fill(root: Path) -> None:
        shutil.copytree(Path(__file__).parent / "tiny_country" / "data", root / "data")

    return _built_once(tmp_path_factory, "bikgraph-tiny", fill)


@pytest.fixture(scope="session")
def tiny_release(tiny: Project) -> Release:
    """The tiny country's release."""
    release = current(tiny.release)
    assert release is not None
    return release


@pytest.fixture(scope="session")
def belgium(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """As `project`, with Belgium as the only country: for what takes long on thirty."""
    return _built_once(tmp_path_factory, "bikgraph-belgium", lambda root: copy_country(root, "be"))


@pytest.fixture(scope="session")
def belgium_graph(belgium: Project) -> KnowledgeGraph:
    """Belgium's release, opened."""
    release = releases.current(belgium.release)
    assert release is not None
    return KnowledgeGraph(belgium, release)


def copy_country(root: Path, code: str) -> None:
    """Copy the checkout's ontology, questions and one country's data to `root`; of the international bodies those that
    it names.
    """
    others = {file.path for file in Project(ROOT).data_files() if file.group not in ("", code)}
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(
            ROOT / folder,
            root / folder,
            dirs_exist_ok=True,
            ignore=lambda folder, names: [name for name in names if Path(folder, name) in others],
        )
    table = root / "data" / "replaced-records.tsv"
    head, *rows = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text(head + "".join(row for row in rows if re.match(rf"(profile|pages)-{code}-", row)), "utf-8")
    path = root / "data" / "actors" / "int.yaml"
    register = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    own = re.compile(rf"(source|profile)-{code}-")
    kept = []
    for actor in register["actors"]:
        named = [actor["source"]] if isinstance(actor["source"], str) else actor["source"]
        actor["source"] = [source for source in named if own.match(source)]
        if actor["source"]:
            kept.append(actor)
    path.write_text(
        yaml.safe_dump(register | {"actors": kept, "checked": str(register["checked"])}, allow_unicode=True), "utf-8"
    )


def run(
    project: Project | None,
    *arguments: str,
    stdin: str | None = None,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run bikgraph in a process of its own and return what it printed."""
    where = ["--project", str(project.root)] if project is not None else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    return subprocess.run(
        [sys.executable, "-m", "bikgraph", *where, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=120,
    )


@pytest.fixture
def own_project(belgium: Project, tmp_path: Path) -> Project:
    """A copy of Belgium's built project, release and cache included, that a test may change."""
    root = tmp_path / "own"
    shutil.copytree(belgium.root, root, symlinks=True)
    return Project(root)


@pytest.fixture
def own_tiny(tiny: Project, tmp_path: Path) -> Project:
    """A copy of the tiny country's built project, release and cache included, that a test may change."""
    root = tmp_path / "own-tiny"
    shutil.copytree(tiny.root, root, symlinks=True)
    return Project(root)


Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """`run` without a process of its own: the command line in this one, for all that a process is not the point of."""
    from bikgraph.cli import main

    def in_this_process(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        status = main.run(["--project", str(project.root), *arguments])
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, status, printed.out, printed.err)

    return in_this_process


def edit(project: Project, name: str, change: Callable[[str], str]) -> None:
    """Change one data file of a project; `name` is its path below data/."""
    path = project.data / name
    text = path.read_text("utf-8")
    changed = change(text)
    assert changed != text, f"nothing in {name} was changed"
    path.write_text(changed, "utf-8")


def dump_of(project: Project) -> bytes:
    """The bytes of the current release's dump."""
    return (project.release / "current" / releases.DUMP).read_bytes()


def opened(project: Project) -> Store:
    """The store of the project's current release."""
    release = releases.current(project.release)
    assert release is not None
    return release.open()


@pytest.fixture(autouse=True)
def _no_project_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("BIKGRAPH_PROJECT", raising=False)
    yield
