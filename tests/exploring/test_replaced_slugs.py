"""The slugs that records had before: they lead to the record, and are met nowhere else."""

from __future__ import annotations

import io

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from bikgraph.building import build_release
from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import subjects, triples, values
from bikgraph.namespaces import BIK, DCT, GRAPH, ID, OWL, RDF_TYPE, XSD
from bikgraph.project import Project
from bikgraph.release import current
from tests.conftest import ROOT, run

REPLACED = NamedNode(GRAPH + "replaced")
OLD = "profile-be-2020-responsibility-be-ministry-of-justice-coordinator-policy-coordination-bik-2012-pillar-4"
NEW = "be-2020-r019"
ROWS = [line.split("\t")[:2] for line in (ROOT / "data" / "replaced-records.tsv").read_text("utf-8").splitlines()[1:]]


def test_every_old_slug_leads_to_a_record(graph: KnowledgeGraph) -> None:
    """As a slug, a CURIE or an IRI; what it leads to is stated by a profile or by pages."""
    assert len(ROWS) >= 646
    for old, new in ROWS:
        if new:
            node = NamedNode(ID + new)
            assert graph.thing(old) == node
            assert values(graph.store, node, RDF_TYPE)
    assert graph.thing("id:" + OLD) == graph.thing(ID + OLD) == NamedNode(ID + NEW)


def test_the_card_is_the_records(graph: KnowledgeGraph) -> None:
    """`show`, `why` and `connect` take the old slug as the new one."""
    assert str(graph.card(OLD)) == str(graph.card(NEW))
    assert graph.show(OLD).terms == graph.show(NEW).terms
    assert graph.connect(OLD, "be-mou-csam").terms == graph.connect(NEW, "be-mou-csam").terms
    why = graph.why(OLD, "bik:actor", "be-ministry-of-justice")
    assert str(why) == str(graph.why(NEW, "bik:actor", "be-ministry-of-justice"))


def test_why_and_all_statements_tell_the_old_slug(graph: KnowledgeGraph) -> None:
    """All statements of the record have the old slug among them, as the project's own statement."""
    rows = [row for row in graph.show(NEW).terms if row[1] == Literal("dct:isReplacedBy")]

    assert [(row[0], row[2], row[6]) for row in rows] == [(Literal("in"), NamedNode(ID + OLD), Literal("project"))]


def test_an_old_slug_is_no_thing(graph: KnowledgeGraph) -> None:
    """It has no class and no name; no search finds it, and what its own graph says is not in any other."""
    store = graph.store
    old = {subject for subject, _, _ in triples(store, graph=REPLACED)}

    assert {subject.value for subject in old} == {ID + slug for slug, _ in ROWS}
    for subject in old:
        assert values(store, subject, OWL + "deprecated") == [Literal("true", datatype=NamedNode(XSD + "boolean"))]
        assert values(store, subject, RDF_TYPE) == []
        assert {str(quad.graph_name) for quad in store.quads_for_pattern(subject, None, None, None)} == {
            f"<{REPLACED.value}>",
            "DEFAULT",
        }
        assert next(store.quads_for_pattern(None, None, subject, None), None) is None
    found = graph.find("ministry of justice coordinator", most=5000, texts=True, country="BE")
    assert found.terms
    assert not old & {row[2] for row in found.terms}
    assert graph.index.rows("SELECT iri FROM thing WHERE iri = ?", ID + NEW)
    assert not graph.index.rows("SELECT iri FROM thing WHERE iri = ?", ID + OLD)


@pytest.mark.parametrize(
    ("selection", "there", "absent"),
    [({}, OLD, ""), ({"country": "BE"}, OLD, "pages-cy-"), ({"entity": NEW}, OLD, "pages-cy-")],
)
def test_exports_have_the_old_slugs(graph: KnowledgeGraph, selection: dict[str, str], there: str, absent: str) -> None:
    """The whole graph has all of them; a country or a record has its own."""
    out = io.BytesIO()
    graph.export(out, "nquads", **selection)  # type: ignore[arg-type]
    quads = list(parse(out.getvalue(), RdfFormat.N_QUADS))
    leading = {quad.subject.value for quad in quads if quad.predicate.value == DCT + "isReplacedBy"}

    assert ID + there in leading
    assert not absent or not [iri for iri in leading if iri.startswith(ID + absent)]


def test_bodies_with_successors_stay_themselves(graph: KnowledgeGraph) -> None:
    """A body that another succeeded is a thing of its own: its slug does not lead away."""
    bodies = [
        subject
        for subject, _, _ in triples(graph.store, None, DCT + "isReplacedBy")
        if NamedNode(BIK + "Actor") in values(graph.store, subject, RDF_TYPE)
    ]

    assert bodies
    assert [graph.thing(body.value) for body in bodies] == bodies


def test_a_withdrawn_record_says_why(own_tiny: Project) -> None:
    """Its slug is told to be withdrawn, with the reason, by the command too."""
    (own_tiny.data / "replaced-records.tsv").write_text(
        "slug\treplacedBy\tnote\nmt-2020-r007\t\tIts source says no such thing.\nold\tmt-2020-r001\n", "utf-8"
    )
    build_release(own_tiny)
    release = current(own_tiny.release)
    assert release is not None
    graph = KnowledgeGraph(own_tiny, release)
    told = "The record mt-2020-r007 was withdrawn, and nothing took its place. Its source says no such thing."

    with pytest.raises(RequestError) as raised:
        graph.thing("mt-2020-r007")
    assert str(raised.value) == told
    done = run(own_tiny, "show", "mt-2020-r007")
    assert (done.returncode, told in done.stderr) == (2, True)
    assert "mt-ministry" in run(own_tiny, "show", "old", "--all").stdout
    assert subjects(graph.store, DCT + "isReplacedBy", NamedNode(ID + "mt-2020-r001")) == [NamedNode(ID + "old")]


def test_a_wrong_row_stops_the_build(own_tiny: Project) -> None:
    """`check` tells its line; a table is no stray file."""
    (own_tiny.data / "replaced-records.tsv").write_text("slug\treplacedBy\tnote\nold\tmt-2020-r404\n", "utf-8")
    done = run(own_tiny, "check")

    assert done.returncode == 1
    assert "data/replaced-records.tsv:2:1: error: Nothing has the slug mt-2020-r404." in done.stdout
    assert "Nothing reads this" not in done.stdout
