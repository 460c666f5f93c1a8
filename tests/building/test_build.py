"""The build and the release: caching, the atomic swap, equal bytes, and what happens when the disk or the user says
no.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from bikgraph.building import build as building
from bikgraph.building import build_release as build
from bikgraph.building import check_data as check
from bikgraph.errors import DataError, ReleaseError
from bikgraph.namespaces import GRAPH, INFERRED
from bikgraph.project import Project
from bikgraph.release import release as releases
from tests.conftest import ROOT, run

PROFILE = "profiles/be-2020.yaml"


def edit(project: Project, name: str, change: Callable[[str], str]) -> None:
    """Change one data file of a project."""
    path = project.data / name
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")


def opened(project: Project) -> Store:
    """The project's current release."""
    release = releases.current(project.release)
    assert release is not None
    return release.open()


def quads(store: Store) -> set[Quad]:
    """Everything in a store."""
    return set(store.quads_for_pattern(None, None, None, None))


def dump_of(project: Project) -> bytes:
    """The bytes of the current release's dump."""
    return (project.release / "current" / releases.DUMP).read_bytes()


def test_default_graph_is_the_merge(store: Store) -> None:
    """The default graph holds each triple of the named graphs once, and nothing else."""
    named = {q.triple for q in store.quads_for_pattern(None, None, None, None) if isinstance(q.graph_name, NamedNode)}
    merged = [q.triple for q in store.quads_for_pattern(None, None, None, DefaultGraph())]

    assert set(merged) == named
    assert len(merged) == len(named)


def test_graphs_have_their_names(store: Store) -> None:
    """Profile, actors, ontology, schemes, registers, link sets and questions are named graphs; closures stand
    beside.
    """
    names = {graph.value.removeprefix(GRAPH) for graph in store.named_graphs()}

    assert {
        "be-2020",
        "be",
        "int",
        "countries",
        "sources",
        "ontology",
        "schemes",
        "questions",
        "links-wikidata",
        "links-geonames",
        "links-eu-authority",
    } <= names
    assert {"be-2020/inferred", "be/inferred", "ontology/inferred", "schemes/inferred"} <= names
    assert not any(name.startswith("links-") and name.endswith(INFERRED) for name in names)


def test_companion_holds_nothing_known_before(store: Store) -> None:
    """A triple that an earlier graph or companion holds is not inferred again: actors come before profiles."""
    order = ["ontology", "schemes", "countries", "sources", "int", "be", "be-2020"]
    seen: set[object] = set()
    for name in order:
        told = {q.triple for q in store.quads_for_pattern(None, None, None, NamedNode(GRAPH + name))}
        inferred = {q.triple for q in store.quads_for_pattern(None, None, None, NamedNode(GRAPH + name + INFERRED))}
        assert not inferred & (seen | told), name
        seen |= told | inferred


def test_unchanged_project_is_not_built_again(own_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a change nothing is loaded, validated or inferred, and the release stays as it is."""
    before = (own_project.release / "current").resolve()
    monkeypatch.setattr(building, "load_shared", lambda *_: pytest.fail("what all share was loaded"))
    summary = build(own_project)

    assert summary.reused == 6
    assert (own_project.release / "current").resolve() == before


def test_changed_profile_alone_is_done_again(own_project: Project) -> None:
    """Of a country's files only the one that changed is validated and inferred again; the store equals a fresh one."""
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("p1-quality-content: introduced", "p1-quality-content: existing"),
    )
    summary = build(own_project)
    patched = quads(opened(own_project))

    assert summary.answers["existing"] == 30
    fresh = Project(own_project.root.parent / "fresh")
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(own_project.root / folder, fresh.root / folder)
    build(fresh)
    assert dump_of(fresh) == dump_of(own_project)
    ground = {q for q in quads(opened(fresh)) if "BlankNode" not in repr(q)}
    assert {q for q in patched if "BlankNode" not in repr(q)} == ground


def test_removed_file_leaves_the_release(own_project: Project) -> None:
    """What is deleted from the data is gone from the named graphs and from the merge, and nothing else is."""
    (own_project.data / "links" / "wikidata.sssom.tsv").unlink()
    before = quads(opened(own_project))
    build(own_project)
    after = quads(opened(own_project))

    gone = {q for q in before - after if isinstance(q.graph_name, NamedNode)}
    assert {q.graph_name.value for q in gone} == {GRAPH + "links-wikidata"}
    assert not after - before


def test_same_input_same_bytes(project: Project, tmp_path: Path) -> None:
    """Two builds in different folders with different hash seeds give the same bytes of the dump."""
    dumps = []
    for seed in ("1", "2"):
        root = tmp_path / seed
        for folder in ("ontology", "data", "queries"):
            shutil.copytree(project.root / folder, root / folder)
        assert run(Project(root), "build", env={"PYTHONHASHSEED": seed}).returncode == 0
        dumps.append(dump_of(Project(root)))

    assert dumps[0] == dumps[1]
    assert dumps[0] == dump_of(project)


def test_data_error_keeps_the_release(own_project: Project) -> None:
    """Bad data stop the build with all findings of all files; the old release answers on."""
    before = dump_of(own_project)
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("role: coordinator", "role: cordinator", 1).replace(
            "kind: campaign", "knd: campaign"
        ),
    )
    edit(own_project, "actors/be.yaml", lambda text: text.replace("kind: judiciary", "kind: judicary"))
    with pytest.raises(DataError) as error:
        build(own_project)

    found = {(f.file, f.rule) for f in error.value.findings}
    assert {
        ("data/profiles/be-2020.yaml", "unknown-code"),
        ("data/profiles/be-2020.yaml", "unknown-field"),
        ("data/actors/be.yaml", "unknown-code"),
    } <= found
    assert dump_of(own_project) == before


def test_check_reports_like_the_build(own_project: Project) -> None:
    """`check` gives every finding with file:line:column and ends with 1; its forms say the same."""
    edit(own_project, PROFILE, lambda text: text.replace("be-federal-police, ", "be-federal-polis, ", 1))
    text = run(own_project, "check")
    assert text.returncode == 1
    line = next(
        n
        for n, content in enumerate((own_project.data / PROFILE).read_text().splitlines(), 1)
        if "be-federal-polis" in content
    )
    assert (
        f"data/profiles/be-2020.yaml:{line}:31: error: Nothing has the slug be-federal-polis. Did you mean "
        f"be-federal-police?" in text.stdout
    )

    assert (
        f"::error file=data/profiles/be-2020.yaml,line={line},col=31"
        in run(own_project, "check", "--format", "github").stdout
    )
    assert '"rule": "unknown-slug"' in run(own_project, "check", "--format", "json").stdout


def test_check_of_the_projects_data_finds_nothing(project: Project) -> None:
    """The committed data have no finding, not even a warning."""
    assert check(project) == []


def test_stray_file_is_a_warning(own_project: Project) -> None:
    """A file that nothing reads is reported, and does not stop the build."""
    (own_project.data / "profiles" / "be-2020.yml").write_text("id: x\n")

    assert [(f.rule, f.severity) for f in check(own_project)] == [("stray-file", "warning")]


def test_broken_turtle_is_a_finding(own_project: Project) -> None:
    """A syntax error in the ontology is reported with its file and line, without a traceback."""
    path = own_project.ontology / "schemes" / "roles.ttl"
    path.write_text(path.read_text() + "\nid:role-x a bik:Role ;;; .. \n")
    done = run(own_project, "build")

    assert done.returncode == 1
    assert "ontology/schemes/roles.ttl:" in done.stderr
    assert "Traceback" not in done.stderr


def test_inconsistent_data_name_the_axiom(own_project: Project) -> None:
    """A contradiction names the triples and the axiom that cannot stand together, at a line of the file."""
    edit(
        own_project,
        "actors/be.yaml",
        lambda text: text.replace(
            "label: {en: Minister Glatigny}\n    kind: person",
            "label: {en: Minister Glatigny}\n    kind: [person, ngo]",
        ),
    )
    found = check(own_project)

    assert any(
        f.rule == "contradiction" and "bik:Organisation" in f.message and "owl:disjointWith" in f.message and f.line > 1
        for f in found
    ), found


@pytest.mark.slow
def test_owlrl_builds_the_same(belgium: Project, tmp_path: Path) -> None:
    """`--reasoner owlrl`, the reference way, gives the same dump."""
    root = tmp_path / "reference"
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(belgium.root / folder, root / folder)
    # owlrl takes half a minute a file: the profile of 2020 stands for all of them.
    for name in ("profiles/be-2018", "profiles/be-2025", "pages/be"):
        (root / "data" / f"{name}.yaml").unlink()
    build(Project(root), reasoner="owlrl")
    reference = quads_text(Project(root))
    build(Project(root))

    assert quads_text(Project(root)) == reference


def quads_text(project: Project) -> list[bytes]:
    """The statements of a dump."""
    import gzip

    return sorted(gzip.decompress(dump_of(project)).splitlines())


def test_progress_is_silent_when_piped(own_project: Project) -> None:
    """Piped, a build prints its summary and nothing else."""
    done = run(own_project, "build")

    assert done.stderr == ""
    assert done.stdout.startswith("profiles  3\ntriples   ")
    assert "not-answered 5" in done.stdout


def start_slow_build(project: Project) -> subprocess.Popen[bytes]:
    """A build that stands still in the middle: everything is written aside, nothing is swapped in yet."""
    code = (
        "import sys, time; from bikgraph.release import writer as release; from bikgraph.cli.main import run\n"
        "def stop(*_):\n    open(sys.argv[1], 'w').close(); time.sleep(60)\n"
        "release._swap = stop; sys.exit(run(['--project', sys.argv[2], 'build']))"
    )
    mark = project.root / "reached"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(mark), str(project.root)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    return process


@pytest.mark.parametrize(("how", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_interrupted_build_keeps_the_release(own_project: Project, how: signal.Signals, status: int) -> None:
    """Ctrl-C or kill -9 in the middle of a build: the old release answers, and the next build succeeds and tidies
    up.
    """
    before = dump_of(own_project)
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("p1-quality-content: introduced", "p1-quality-content: existing"),
    )
    process = start_slow_build(own_project)
    process.send_signal(how)
    _, stderr = process.communicate(timeout=30)

    assert process.returncode == status
    assert b"Traceback" not in stderr
    assert dump_of(own_project) == before
    assert len(run(own_project, "ask", "gaps", "--country", "BE", "--format", "csv").stdout.splitlines()) == 8
    build(own_project)
    assert dump_of(own_project) != before
    assert not list((own_project.release / "builds").glob(".new-*"))


def test_reader_keeps_the_old_release(own_project: Project) -> None:
    """A reader that opened the old release goes on reading it while a new one is swapped in."""
    reader = opened(own_project)
    count = len(reader)
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("p1-quality-content: introduced", "p1-quality-content: existing"),
    )
    build(own_project)
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("p1-quality-content: existing", "p1-quality-content: not-available"),
    )
    build(own_project)

    assert len(list(reader.quads_for_pattern(None, None, None, None))) == count


def test_full_disk_is_explained(own_project: Project) -> None:
    """A disk without room ends the build with a message; the old release answers on, and no half-written one is
    left.
    """
    before = dump_of(own_project)
    edit(
        own_project,
        PROFILE,
        lambda text: text.replace("p1-quality-content: introduced", "p1-quality-content: existing"),
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    command = [sys.executable, "-m", "bikgraph", "--project", str(own_project.root), "build"]
    done = subprocess.run(
        command,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
    )

    assert done.returncode == 2, done.stderr
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr
    assert dump_of(own_project) == before
    assert not list((own_project.release / "builds").glob(".new-*"))


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare to mount a read-only disk")
def test_read_only_disk(own_project: Project) -> None:
    """On a read-only disk questions are answered, and a build says why it cannot write."""
    mount = f"mount --bind {own_project.root} {own_project.root} && mount -o remount,ro,bind {own_project.root}"
    bikgraph = f"PYTHONPATH={ROOT} {sys.executable} -m bikgraph --project {own_project.root}"
    probe = subprocess.run(["unshare", "-m", "bash", "-c", mount], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("this machine does not let us mount")
    asked = subprocess.run(
        ["unshare", "-m", "bash", "-c", f"{mount} && {bikgraph} ask gaps --country BE --format csv"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(asked.stdout.splitlines()) == 8, asked.stderr
    built = subprocess.run(
        ["unshare", "-m", "bash", "-c", f"{mount} && {bikgraph} build"], capture_output=True, text=True, check=False
    )
    assert built.returncode == 2
    assert "Read-only file system" in built.stderr
    assert "Traceback" not in built.stderr


def test_damaged_release_is_explained(own_project: Project) -> None:
    """A store that cannot be opened is named with the remedy."""
    for file in (own_project.release / "current" / releases.STORE).iterdir():
        if file.name.startswith("MANIFEST") or file.name == "CURRENT":
            file.unlink()
    done = run(own_project, "ask", "gaps", "--country", "BE")

    assert done.returncode == 2
    assert "is damaged:" in done.stderr
    assert "Make it anew with: bikgraph build" in done.stderr


def test_release_error_is_raised_in_python(own_project: Project) -> None:
    """From Python, a release folder that is a file gives a ReleaseError that names it."""
    shutil.rmtree(own_project.release)
    own_project.release.write_text("")
    with pytest.raises(ReleaseError, match="release"):
        build(own_project)
