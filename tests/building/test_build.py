"""The build: what did not change is not done again, and what is wrong is said with its place."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from bikgraph.building import build_release as build
from bikgraph.building import country
from bikgraph.errors import DataError, ReleaseError
from bikgraph.findings import Finding
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import GRAPH, INFERRED
from bikgraph.project import Project
from tests.conftest import ROOT, Command, dump_of, edit, opened, run

PROFILE = "profiles/mt-2020.yaml"
ANSWERED = "policy-shape: {answer: broader-policies"


def answer(text: str) -> str:
    """The tiny profile with an answer in the place of a blank."""
    return text.replace("policy-shape: {answer: not-answered", ANSWERED)


@pytest.fixture(scope="module")
def belgium_store(belgium_graph: KnowledgeGraph) -> Store:
    """The store of Belgium's release."""
    return belgium_graph.store


def test_graphs_have_their_names(belgium_store: Store) -> None:
    """Profile, actors, ontology, schemes, registers, link sets and questions are named graphs; closures stand
    beside.
    """
    nodes = [graph for graph in belgium_store.named_graphs() if isinstance(graph, NamedNode)]
    names = {graph.value.removeprefix(GRAPH) for graph in nodes}

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


def test_companion_holds_nothing_known_before(belgium_store: Store) -> None:
    """A triple that an earlier graph or companion holds is not inferred again: actors come before profiles."""
    order = ["ontology", "schemes", "countries", "sources", "int", "be", "be-2020"]
    seen: set[object] = set()
    for name in order:
        graph, companion = NamedNode(GRAPH + name), NamedNode(GRAPH + name + INFERRED)
        told = {quad.triple for quad in belgium_store.quads_for_pattern(None, None, None, graph)}
        inferred = {quad.triple for quad in belgium_store.quads_for_pattern(None, None, None, companion)}
        assert not inferred & (seen | told), name
        seen |= told | inferred


def test_unchanged_project_is_not_built_again(own_tiny: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a change nothing is loaded, validated or inferred, and the release stays as it is."""
    before = (own_tiny.release / "current").resolve()
    monkeypatch.setattr(country, "load_shared", lambda *_: pytest.fail("what all share was loaded"))
    summary = build(own_tiny)

    assert summary.reused == 4
    assert (own_tiny.release / "current").resolve() == before


def test_changed_profile_alone_is_done_again(own_tiny: Project) -> None:
    """Of a country's files only the one that changed is validated and inferred again; the store equals a fresh one."""
    before = {path: path.stat().st_mtime_ns for path in (own_tiny.release / "cache").rglob("result.json")}
    edit(own_tiny, PROFILE, answer)
    summary = build(own_tiny)
    patched = set(opened(own_tiny).quads_for_pattern(None, None, None, None))

    assert summary.answers == {"policy-shape-broader-policies": 1}
    written = (own_tiny.release / "cache").glob("mt*/**/result.json")
    assert {path.parents[1].name for path in written if before.get(path) != path.stat().st_mtime_ns} == {"mt-2020"}
    fresh = Project(own_tiny.root.parent / "fresh")
    shutil.copytree(own_tiny.data, fresh.data)
    build(fresh)
    assert dump_of(fresh) == dump_of(own_tiny)
    anew = set(opened(fresh).quads_for_pattern(None, None, None, None))
    assert {q for q in patched if "BlankNode" not in repr(q)} == {q for q in anew if "BlankNode" not in repr(q)}


def test_data_error_keeps_the_release(own_tiny: Project) -> None:
    """Bad data stop the build with all findings of all files; the old release answers on."""
    before = dump_of(own_tiny)
    edit(
        own_tiny,
        PROFILE,
        lambda text: text.replace("role: coordinator", "role: cordinator").replace("kind: memo", "knd: memo"),
    )
    edit(own_tiny, "actors/mt.yaml", lambda text: text.replace("kind: helpline", "kind: helplin"))
    with pytest.raises(DataError) as error:
        build(own_tiny)

    assert {
        ("data/profiles/mt-2020.yaml", "unknown-code"),
        ("data/profiles/mt-2020.yaml", "unknown-field"),
        ("data/actors/mt.yaml", "unknown-code"),
    } <= {(finding.file, finding.rule) for finding in error.value.findings}
    assert dump_of(own_tiny) == before


def test_stray_file_is_a_warning(own_tiny: Project) -> None:
    """A file that nothing reads is reported, and does not stop the build."""
    (own_tiny.data / "profiles" / "mt-2020.yml").write_text("id: x\n")

    assert [(finding.rule, finding.severity) for finding in build(own_tiny).findings] == [("stray-file", "warning")]


def test_broken_turtle_is_a_finding(own_tiny: Project, command: Command) -> None:
    """A syntax error in the ontology is reported with its file and line, without a traceback."""
    shutil.copytree(ROOT / "ontology", own_tiny.root / "ontology")
    path = own_tiny.ontology / "schemes" / "roles.ttl"
    path.write_text(path.read_text() + "\nid:role-x a bik:Role ;;; .. \n")
    done = command(own_tiny, "build")

    assert done.returncode == 1
    assert "ontology/schemes/roles.ttl:" in done.stderr
    assert "Traceback" not in done.stderr


def test_inconsistent_data_name_the_axiom(own_tiny: Project) -> None:
    """A contradiction names the triples and the axiom that cannot stand together, at a line of the file."""
    edit(own_tiny, "actors/mt.yaml", lambda text: text.replace("kind: helpline", "kind: [person, ngo]"))
    with pytest.raises(DataError) as error:
        build(own_tiny)

    assert any(
        finding.rule == "contradiction"
        and "bik:Organisation" in finding.message
        and "owl:disjointWith" in finding.message
        and finding.line > 1
        for finding in error.value.findings
    ), error.value.findings


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
    reference = statements(Project(root))
    build(Project(root))

    assert statements(Project(root)) == reference


def statements(project: Project) -> list[bytes]:
    """The statements of a dump."""
    return sorted(gzip.decompress(dump_of(project)).splitlines())


def test_progress_is_silent_when_piped(own_tiny: Project) -> None:
    """Piped, a build prints its summary and nothing else."""
    done = run(own_tiny, "build")

    assert done.stderr == ""
    assert done.stdout.startswith("profiles  1\ntriples   ")
    assert "not-answered 1" in done.stdout


def test_check_reports_like_the_build(own_tiny: Project, command: Command) -> None:
    """`check` gives every finding with file:line:column and ends with 1; its forms say the same, and so does a
    build.
    """
    edit(own_tiny, PROFILE, lambda text: text.replace("[mt-ministry, mt-police]", "[mt-ministry, mt-polise]"))
    lines = (own_tiny.data / PROFILE).read_text().splitlines()
    line = next(number for number, content in enumerate(lines, 1) if "mt-polise" in content)
    said = "Nothing has the slug mt-polise. Did you mean mt-police?"

    text = run(own_tiny, "check")
    assert text.returncode == 1
    assert f"data/profiles/mt-2020.yaml:{line}:28: error: {said}" in text.stdout
    github = command(own_tiny, "check", "--format", "github")
    assert f"::error file=data/profiles/mt-2020.yaml,line={line},col=28" in github.stdout
    rows = json.loads(command(own_tiny, "check", "--format", "json").stdout)
    assert "unknown-slug" in {row["rule"] for row in rows}
    with pytest.raises(DataError) as error:
        build(own_tiny)
    assert error.value.findings == [Finding(**row) for row in rows]


def test_release_error_is_raised_in_python(own_tiny: Project) -> None:
    """From Python, a release folder that is a file gives a ReleaseError that names it."""
    shutil.rmtree(own_tiny.release)
    own_tiny.release.write_text("")
    with pytest.raises(ReleaseError, match="release"):
        build(own_tiny)
