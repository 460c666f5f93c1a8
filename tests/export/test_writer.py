"""Exports read back as what was selected, in every format; the same release gives the same bytes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from bikgraph.errors import RequestError
from bikgraph.export import FORMATS, export_format
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import GRAPH, ID, INFERRED, OWL

READERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}
SELECTIONS: list[dict[str, Any]] = [
    {},
    {"country": "BE"},
    {"profile": "be-2020"},
    {"entity": "be-child-focus"},
    {"told": True},
    {"country": "BE", "told": True},
]


@pytest.fixture
def graph(belgium_graph: KnowledgeGraph) -> KnowledgeGraph:
    """One country's release: PyLD takes seconds for thirty."""
    return belgium_graph


def exported(graph: KnowledgeGraph, form: str, selection: dict[str, Any]) -> bytes:
    """The bytes of an export."""
    out = io.BytesIO()
    graph.export(out, form, **selection)
    return out.getvalue()


def canonical(quads: Any) -> set[Quad]:
    """Quads with canonical blank nodes (RDFC-1.0), so that equal sets are isomorphic graphs."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def selected(graph: KnowledgeGraph, selection: dict[str, Any]) -> set[Quad]:
    """What a selection of whole graphs holds, straight from the store."""

    def wanted(name: str) -> bool:
        if selection.get("told") and name.endswith(INFERRED):
            return False
        return "profile" not in selection or name.removesuffix(INFERRED) == GRAPH + selection["profile"]

    return {
        q
        for q in graph.store.quads_for_pattern(None, None, None, None)
        if isinstance(q.graph_name, NamedNode) and wanted(q.graph_name.value)
    }


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
@pytest.mark.parametrize("form", ["turtle", "rdfxml", "jsonld", "nquads", "trig"])
def test_formats_hold_the_same(graph: KnowledgeGraph, form: str, selection: dict[str, Any]) -> None:
    """Read back, every format gives a graph isomorphic to the N-Triples of the same selection."""
    want = canonical(Quad(*q.triple) for q in parse(exported(graph, "ntriples", selection), RdfFormat.N_TRIPLES))
    got = canonical({Quad(*q.triple) for q in parse(exported(graph, form, selection), READERS[form])})

    assert got == want
    assert len(want) > 50


@pytest.mark.parametrize("selection", [{}, {"told": True}, {"profile": "be-2020"}], ids=str)
def test_named_graphs_are_those_of_the_store(graph: KnowledgeGraph, selection: dict[str, Any]) -> None:
    """N-Quads and TriG hold exactly the statements of the selected named graphs."""
    want = canonical(selected(graph, selection))

    assert canonical(parse(exported(graph, "nquads", selection), RdfFormat.N_QUADS)) == want
    assert canonical(parse(exported(graph, "trig", selection), RdfFormat.TRIG)) == want


def test_rdflib_reads_them(graph: KnowledgeGraph) -> None:
    """rdflib reads Turtle, RDF/XML and JSON-LD of a profile as equally many triples."""
    sizes = {
        form: len(rdflib.Graph().parse(data=exported(graph, form, {"profile": "be-2020"}), format=name))
        for form, name in (("turtle", "turtle"), ("rdfxml", "xml"), ("jsonld", "json-ld"))
    }

    assert set(sizes.values()) == {len(selected(graph, {"profile": "be-2020"}))}


@pytest.mark.parametrize("form", list(READERS))
def test_same_release_same_bytes(graph: KnowledgeGraph, form: str) -> None:
    """Two exports of one release are the same bytes."""
    assert exported(graph, form, {"country": "BE"}) == exported(graph, form, {"country": "BE"})


def test_jsonld_embeds_its_context_and_records(graph: KnowledgeGraph) -> None:
    """The JSON-LD carries its context, and a profile has its records inside it, under the words of the YAML."""
    document = json.loads(exported(graph, "jsonld", {"profile": "be-2020", "told": True}))
    [profile] = [node for node in document["@graph"] if node["id"] == "profile-be-2020"]

    assert document["@context"]["label"] == {"@id": "rdfs:label", "@container": "@language"}
    assert len(profile["answers"]) == 43
    assert profile["agreements"][0]["parties"][0].startswith("be-")
    assert profile["agreements"][0]["label"]["en"].startswith("Memorandum")


def test_jsonld_is_a_fixed_point(graph: KnowledgeGraph) -> None:
    """Exported, read, and exported again, the JSON-LD is the same."""
    from pyoxigraph import DefaultGraph, Store

    from bikgraph.export import Selection, export
    from bikgraph.release.graphs import GraphInfo

    graphs = {"be-2020": GraphInfo("be-2020", "profile", "be", "2020")}
    context = json.loads(graph.project.context_file.read_text("utf-8"))["@context"]
    first = exported(graph, "jsonld", {"profile": "be-2020"})
    again = Store()
    for name in (NamedNode(GRAPH + "be-2020"), DefaultGraph()):
        again.extend(Quad(q.subject, q.predicate, q.object, name) for q in parse(first, RdfFormat.JSON_LD))
    out = io.BytesIO()
    export(again, out, "jsonld", Selection(profile="be-2020"), graphs=graphs, context=context)

    assert out.getvalue() == first


def test_country_takes_its_links_along(graph: KnowledgeGraph) -> None:
    """A country's export has the links of what it describes, and nothing of other countries."""
    text = exported(graph, "ntriples", {"country": "BE"}).decode()

    assert "http://www.wikidata.org/entity/Q31>" in text
    assert "http://www.wikidata.org/entity/Q1667937>" in text
    assert f"<{ID}country-fr> <http://www.w3.org/2004/02/skos/core#exactMatch>" not in text


def test_entity_takes_its_records_along(graph: KnowledgeGraph) -> None:
    """An entity's export has its own statements and the records that name it with all of theirs."""
    text = exported(graph, "ntriples", {"entity": "be-federal-police"}).decode()

    assert f"<{ID}be-federal-police> <http://www.w3.org/2000/01/rdf-schema#label>" in text
    assert f"<{ID}be-mou-csam> <https://w3id.org/bikgraph/ontology#purpose>" in text
    assert f"<{ID}be-star> " not in text


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"profile": "be-1999"}, "Profiles: be-2018, be-2020, be-2025"),
        ({"country": "FR"}, "no data of country-fr"),
        ({"entity": "be-nobody"}, "There is no thing"),
    ],
)
def test_empty_selection_is_refused(graph: KnowledgeGraph, selection: dict[str, Any], message: str) -> None:
    """A selection that holds nothing says what there is."""
    with pytest.raises(RequestError, match=message):
        exported(graph, "turtle", selection)


def test_export_is_streamed(graph: KnowledgeGraph) -> None:
    """The statements come subject by subject: the first is written before the last subject is looked at."""
    from bikgraph.export.selection import Selection, parts
    from bikgraph.export.statements import Statements

    seen: list[tuple[int, int]] = []
    whole = parts(graph.store, Selection(), {})
    statements = Statements(graph.store, whole, lambda done, total: seen.append((done, total))).triples()
    next(statements)

    assert seen == []
    assert len(list(statements)) > 7000
    assert seen[-1][0] == seen[-1][1]


def test_each_format_is_one_row() -> None:
    """A format is a name with endings and a media type of its own; no ending names two."""
    endings = [ending for format in FORMATS.values() for ending in format.endings]

    assert set(FORMATS) == set(READERS)
    assert len(set(endings)) == len(endings)
    assert {name: format.media_type for name, format in FORMATS.items()} == {
        name: reader.media_type for name, reader in READERS.items()
    }


@pytest.mark.parametrize(
    ("asked", "file", "format"),
    [
        (None, "a.ttl", "turtle"), (None, "a.NT", "ntriples"), (None, "a.json", "jsonld"), (None, "a.xml", "rdfxml"),
        (None, None, "turtle"), (None, "-", "turtle"), ("nquads", "-", "nquads"), ("trig", "a.dat", "trig"),
    ],
)  # fmt: skip
def test_the_ending_decides(asked: str | None, file: str | None, format: str) -> None:
    """Without a format asked for, the file's ending names it."""
    assert export_format(asked, file) == format


@pytest.mark.parametrize(
    ("asked", "file", "words"),
    [
        (None, "a.csv", r"\.ttl \(turtle\)"),
        (None, "a", "names no format"),
        ("turtle", "a.nt", "A file that ends in .nt is ntriples, not turtle. Name it a.ttl"),
        ("n3", None, "There is no format 'n3'"),
    ],
)
def test_an_ending_that_says_otherwise_is_refused(asked: str | None, file: str | None, words: str) -> None:
    """A file that would not be what its ending says, or whose ending says nothing, is refused with what there is."""
    with pytest.raises(RequestError, match=words):
        export_format(asked, file)


def test_a_country_has_all_its_graphs(graph: KnowledgeGraph) -> None:
    """The sources list of the country is in its export: its documents have their labels and addresses there."""
    quads = set(parse(exported(graph, "nquads", {"country": "BE"}), RdfFormat.N_QUADS))
    names = {quad.graph_name.value.removeprefix(GRAPH) for quad in quads if isinstance(quad.graph_name, NamedNode)}

    assert {"be", "be-2018", "be-2020", "be-2025", "be-pages", "be-sources", "sources", "countries", "int"} <= names
    assert not {"ontology", "schemes", "questions"} & names
    assert not any(name.endswith(INFERRED) for name in told_names(graph))


def told_names(graph: KnowledgeGraph) -> set[str]:
    """The named graphs of the country's export without inferences."""
    quads = parse(exported(graph, "nquads", {"country": "BE", "told": True}), RdfFormat.N_QUADS)
    return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("selection", [{}, {"country": "BE"}, {"entity": "be-child-focus"}], ids=str)
def test_a_link_comes_with_what_credits_it(graph: KnowledgeGraph, form: str, selection: dict[str, Any]) -> None:
    """The homepage that a link table gives has the table's row beside it: nobody takes it for the body's sources' word."""
    told = {quad.triple for quad in parse(exported(graph, form, selection | {"told": True}), READERS[form])}
    homepage = NamedNode("https://childfocus.be/")
    rows = {t.subject for t in told if t.predicate.value == OWL + "annotatedTarget" and t.object == homepage}

    assert any(t.subject == NamedNode(ID + "be-child-focus") and t.object == homepage for t in told)
    assert len(rows) == 1
    said = {t.predicate.value.rsplit("/", 1)[-1] for t in told if t.subject in rows}
    assert {"mapping_justification", "confidence"} <= said
