"""Who states a statement."""

from __future__ import annotations

from collections import Counter

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import in_graph, show, terms, triples
from bikgraph.namespaces import BIK, FOAF, GRAPH, ID, INFERRED, LABEL
from bikgraph.release.credits import KINDS, Credit, credits_of
from bikgraph.release.graphs import GraphInfo


def _credits(graph: KnowledgeGraph, subject: str, predicate: str, obj: NamedNode | Literal) -> list[Credit]:
    triple = Triple(NamedNode(ID + subject), NamedNode(predicate), obj)
    return credits_of(graph.store, graph.release.graphs, triple)


def _shown(credit: Credit) -> list[str]:
    return [show(source.value) for source in credit.sources]


def test_a_link_is_credited_to_its_table(graph: KnowledgeGraph) -> None:
    """The homepage that a link table gives is the table's word, with its reason: no source of the body states it."""
    (credit,) = _credits(graph, "be-child-focus", FOAF + "homepage", NamedNode("https://childfocus.be/"))

    assert (credit.kind, _shown(credit)) == ("link", ["graph:links-homepages"])
    assert credit.reason.endswith("confidence 0.95: Own pages of Child Focus.")


def test_a_record_is_stated_by_its_own_sources(graph: KnowledgeGraph) -> None:
    """What a profile's record says is credited to the record's sections, not to those of the bodies that it names."""
    (credit,) = _credits(graph, "be-mou-csam", BIK + "party", NamedNode(ID + "be-federal-police"))

    assert credit.kind == "stated"
    assert "profile-be-2020-section-2-2" in _shown(credit)
    assert all(source.startswith("profile-be-2020-section-") for source in _shown(credit))


def test_of_several_sources_of_a_body_one_states_its_name(graph: KnowledgeGraph) -> None:
    """A register lists sources for a body as a whole: of several it is said that one of them states a name."""
    (several,) = _credits(graph, "be-child-focus", LABEL, Literal("Child Focus", language="en"))
    (single,) = _credits(graph, "be-cert-be", LABEL, Literal("CERT.be", language="en"))

    assert (several.kind, len(several.sources)) == ("one-of", 8)
    assert (single.kind, _shown(single)) == ("stated", ["profile-be-2020-section-1"])


def test_the_project_says_what_it_did(graph: KnowledgeGraph) -> None:
    """No source states on which day this project compared a record with it, nor that it is the record's source."""
    for predicate in ("checked", "source"):
        for _, _, obj in triples(graph.store, NamedNode(ID + "be-mou-csam"), BIK + predicate):
            assert not isinstance(obj, Literal) or predicate == "checked"
            (credit,) = credits_of(
                graph.store,
                graph.release.graphs,
                Triple(NamedNode(ID + "be-mou-csam"), NamedNode(BIK + predicate), obj),
            )
            assert (credit.kind, credit.sources) == ("project", ())


def test_a_document_states_its_own_title(graph: KnowledgeGraph) -> None:
    """A document's title is credited to the document, a section's heading to the document that it stands in."""
    document, section = "source-no-monitor-2024", "profile-no-2024-section-policy-frameworks"
    label = next(obj for _, _, obj in triples(graph.store, NamedNode(ID + document), LABEL))
    number = next(obj for _, _, obj in triples(graph.store, NamedNode(ID + section), BIK + "sectionNumber"))
    assert isinstance(label, Literal)
    assert isinstance(number, Literal)

    assert [_shown(credit) for credit in _credits(graph, document, LABEL, label)] == [[document]]
    assert [_shown(credit) for credit in _credits(graph, section, BIK + "sectionNumber", number)] == [[document]]


def test_two_graphs_give_two_credits() -> None:
    """A statement that two graphs tell is credited by each; what is only inferred has no credit here."""
    triple = Triple(NamedNode(ID + "xx-body"), NamedNode(FOAF + "homepage"), NamedNode("https://example.org/"))
    source = NamedNode(ID + "xx-page")
    store = Store()
    for graph in ("xx", "xx-pages"):
        store.add(in_graph(triple, NamedNode(GRAPH + graph)))
    store.add(Quad(triple.subject, NamedNode(BIK + "source"), source, NamedNode(GRAPH + "xx-pages")))
    inferred = Triple(triple.subject, NamedNode(BIK + "registeredIn"), source)
    store.add(in_graph(inferred, NamedNode(GRAPH + "xx" + INFERRED)))
    infos = {"xx": GraphInfo("xx", "actors"), "xx-pages": GraphInfo("xx-pages", "pages")}

    assert credits_of(store, infos, triple) == [
        Credit("project", (), "xx"),
        Credit("stated", (source,), "xx-pages"),
    ]
    assert credits_of(store, infos, inferred) == []


def test_no_statement_is_credited_to_a_source_that_its_graph_does_not_name(belgium_graph: KnowledgeGraph) -> None:
    """Of every told statement: a source that is credited is one that the same graph gives to the same subject."""
    store, infos = belgium_graph.store, belgium_graph.release.graphs
    kinds: Counter[str] = Counter()
    for name in infos:
        for subject, predicate, obj in triples(store, graph=NamedNode(GRAPH + name)):
            triple = Triple(subject, predicate, obj)
            for credit in credits_of(store, infos, triple):
                kinds[credit.kind] += 1
                assert bool(credit.sources) == (credit.kind != "project"), triple
                if credit.kind == "one-of" or (credit.kind == "stated" and infos[credit.graph].kind == "pages"):
                    named = [o for _, _, o in triples(store, terms(triple)[0], BIK + "source")]
                    assert set(credit.sources) <= set(named)
    assert set(kinds) == set(KINDS) - {"inferred"}
