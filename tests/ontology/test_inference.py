"""What inference promises about Belgium follows and stands apart from what is told; what it must not say, it does
not.
"""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import is_a, solutions, triples, value, values
from bikgraph.namespaces import BIK, DCT, GRAPH, ID, INFERRED, OWL, expand

R = "be-2020-r019"
A = "profile-be-2020-answer-p4-hotlines"
PROMISED = [
    ("be-ministry-of-justice", "bik:coordinates", "bik-2012-pillar-4"),
    ("be-ministry-of-justice", "bik:leads", "bik-2012-pillar-4"),
    ("be-child-focus", "bik:complements", "bik-2012-pillar-4"),
    ("be-child-focus", "bik:activeUnder", "bik-2012-pillar-3"),
    ("be-ministry-of-justice", "rdf:type", "bik:Ministry"),
    ("be-ministry-of-justice", "rdf:type", "cpov:PublicOrganisation"),
    ("be-ministry-of-justice", "rdf:type", "org:Organization"),
    ("be-child-focus", "rdf:type", "foaf:Agent"),
    ("be-child-focus", "rdf:type", "bik:Hotline"),
    ("be-goedele-liekens", "rdf:type", "foaf:Person"),
    ("be-industry", "rdf:type", "bik:ActorGroup"),
    ("be-mou-csam", "rdf:type", "bik:MemorandumOfUnderstanding"),
    ("be-mou-csam", "rdf:type", "prov:Entity"),
    ("be-federal-police", "bik:partyTo", "be-mou-csam"),
    ("be-mediawijs", "org:memberOf", "be-b-bico"),
    ("be-mediawijs", "bik:memberOf", "be-b-bico"),
    (R, "bik:country", "country-be"),
    (R, "bik:edition", "edition-2020"),
    (R, "prov:wasDerivedFrom", "profile-be-2020-section-2-2"),
    (A, "rdf:type", "qb:Observation"),
    (A, "qb:dataSet", "profile-be-2020"),
    ("profile-be-2020", "qb:structure", "edition-2020"),
    ("edition-2020-p2-teacher-training", "skos:broader", "edition-2020-area-teaching-online-safety"),
    ("be-flanders", "bik:within", "country-be"),
    ("be-criminal-code", "rdf:type", "bik:Law"),
    ("be-criminal-code", "rdf:type", "eli:LegalResource"),
    ("be-apestaartjaren", "rdf:type", "dcat:Dataset"),
    ("be-star", "rdf:type", "schema:CreativeWork"),
    ("be-media-animation-recognition-1976", "prov:wasAssociatedWith", "be-french-community-authority"),
]
FORBIDDEN = [
    ("be-b-bico", "bik:coordinates", None),
    ("be-child-focus", "bik:coordinates", "bik-2012-pillar-4"),
    ("be-ngos", "bik:leads", None),
    ("be-goedele-liekens", "rdf:type", "org:Organization"),
    ("be-industry", "rdf:type", "org:Organization"),
    ("be-government-ministries", "rdf:type", "bik:Ministry"),
    ("be-flanders", "rdf:type", "foaf:Agent"),
    ("be-safer-internet-centre", "bik:partyTo", None),
    ("profile-be-2020-answer-p2-children-in-legislation", "bik:answer", "answer-not-available"),
    ("profile-be-2020-answer-p2-children-in-legislation", "bik:answer", "answer-existing"),
    ("country-be", "bik:within", "country-be"),
]
STANDARDS = {
    "ORG": (
        "SELECT ?x { ?m a org:Membership ; org:organization id:be-b-bico ; org:member ?x ; org:role id:role-partner }",
        {"be-cert-be"},
    ),
    "PROV": ("SELECT ?x { ?x a prov:Activity ; prov:wasAssociatedWith id:insafe }", {"be-star-award-2019"}),
    "QB": ("SELECT DISTINCT ?x { ?o a qb:Observation ; qb:dataSet ?d . ?d qb:structure ?x }", {"edition-2020"}),
    "ELI": ("SELECT ?x { ?x a eli:LegalResource }", {"be-criminal-code", "be-policy-paper-education-2019"}),
    "DCAT": ("SELECT ?x { ?x a dcat:Dataset ; dct:accrualPeriodicity id:periodicity-biennial }", {"be-apestaartjaren"}),
    "schema.org": ("SELECT ?x { ?x a schema:CreativeWork ; schema:isAccessibleForFree true }", {"be-star"}),
    "CPOV": ("SELECT ?x { ?x a cpov:PublicOrganisation ; dct:spatial id:be-flanders }", {"be-mediawijs"}),
    "SKOS": (
        "SELECT ?x { ?x skos:broader id:edition-2020-area-age-rating }",
        {"edition-2020-p3-age-rating-adoption", "edition-2020-p3-age-rating-complaints"},
    ),
    "FOAF": ("SELECT ?x { ?x a foaf:Person }", {"be-goedele-liekens", "be-minister-glatigny"}),
}


@pytest.fixture(scope="module")
def store(belgium_graph: KnowledgeGraph) -> Store:
    """Belgium's release."""
    return belgium_graph.store


def node(text: str) -> NamedNode:
    """The node of a slug or CURIE."""
    return NamedNode(expand(text) or ID + text)


@pytest.mark.parametrize(("subject", "predicate", "obj"), PROMISED)
def test_promised_inference_follows(store: Store, subject: str, predicate: str, obj: str) -> None:
    """Each promised triple is in a companion graph, and no graph tells it."""
    graphs = {
        q.graph_name.value
        for q in store.quads_for_pattern(node(subject), node(predicate), node(obj), None)
        if isinstance(q.graph_name, NamedNode)
    }

    assert graphs
    assert all(graph.endswith(INFERRED) for graph in graphs), graphs


@pytest.mark.parametrize(("subject", "predicate", "obj"), FORBIDDEN)
def test_forbidden_inference_does_not(store: Store, subject: str, predicate: str, obj: str | None) -> None:
    """Each forbidden triple is nowhere, neither told nor inferred."""
    assert not list(store.quads_for_pattern(node(subject), node(predicate), node(obj) if obj else None, None))


@pytest.mark.parametrize("name", STANDARDS)
def test_who_knows_only_the_standard_is_answered(store: Store, name: str) -> None:
    """A query in the terms of one W3C or European vocabulary alone gives the right things."""
    query, expected = STANDARDS[name]

    found = {row["x"].value.removeprefix(ID) for row in solutions(store, query)}
    # Of what the other countries and editions have, as much as there is: Belgium's profile of 2020 is what is counted.
    stated = {
        row["x"].value.removeprefix(ID)
        for row in solutions(
            store,
            f"SELECT ?x {{ {{ <{ID}profile-be-2020> <{BIK}states> ?x }} UNION {{ ?x <{BIK}source> ?s . ?s "
            f"<{BIK}sectionNumber> ?n FILTER(CONTAINS(STR(?s), 'be-2020')) }} }}",
        )
    }
    assert expected <= found
    assert found & stated <= expected


def test_companions_hold_no_trivia(store: Store) -> None:
    """The profile's companion has no owl:Thing, no sameAs, no literal subject, no blank node, nothing of the schema."""
    companion = list(triples(store, graph=NamedNode(GRAPH + "be-2020" + INFERRED)))
    assert companion
    for subject, predicate, obj in companion:
        assert isinstance(subject, NamedNode)
        assert not isinstance(obj, BlankNode)
        assert not predicate.value.startswith(OWL)
        assert isinstance(obj, Literal) or not obj.value.startswith(OWL)
        assert subject.value.startswith(ID), subject


def test_transitive_steps_stay_within_what_is_told(store: Store) -> None:
    """The country of a record follows from its profile, and every record of the profile has exactly one."""
    records = values(store, NamedNode(ID + "profile-be-2020"), BIK + "states")

    assert len(records) > 80
    for record in records:
        assert isinstance(record, NamedNode)
        assert len(values(store, record, BIK + "country")) == 1
        assert value(store, record, DCT + "source")
        assert is_a(store, record, BIK + "Record")
