"""Chains between two things, ranked by what binds them."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from bikgraph.exploring.chains import BONDS, COLUMNS, chains, weakest, weight_of
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import BIK, GRAPH, ID, RDF_TYPE

A, B = NamedNode(ID + "xx-a"), NamedNode(ID + "xx-b")


def _store(*statements: tuple[str, str, str]) -> Store:
    """A store of statements about slugs; a class stands behind `a`, a term of the ontology between."""
    result = Store()
    for subject, predicate, obj in statements:
        triple = (
            (NamedNode(RDF_TYPE), NamedNode(BIK + obj))
            if predicate == "a"
            else (NamedNode(BIK + predicate), NamedNode(ID + obj))
        )
        for graph in (NamedNode(GRAPH + "xx"), DefaultGraph()):
            result.add(Quad(NamedNode(ID + subject), *triple, graph))
    return result


PACT = (("pact", "a", "Agreement"), ("pact", "party", "xx-a"), ("pact", "party", "xx-b"))
PROJECT = (("project", "a", "GoodPractice"), ("project", "carriedOutBy", "xx-a"), ("project", "carriedOutBy", "xx-b"))
LAW = (("law", "a", "Policy"), ("law", "responsible", "xx-a"), ("law", "responsible", "xx-b"))
MENTION = (("said", "a", "Record"), ("said", "about", "xx-a"), ("said", "about", "xx-b"))
PILLAR = (
    ("r1", "a", "Responsibility"),
    ("r2", "a", "Responsibility"),
    *(("r1", "actor", "xx-a"), ("r1", "pillar", "p"), ("r2", "actor", "xx-b"), ("r2", "pillar", "p")),
)


def _words(store: Store) -> list[str]:
    return [weakest(chain).word for chain in chains(store, A, B)]


def test_the_memorandum_comes_before_the_project(graph: KnowledgeGraph) -> None:
    """Child Focus and the police signed a memorandum: that binds them more than the campaign that both carried out."""
    rows = list(graph.connect("be-child-focus", "be-federal-police"))
    first, second = ([row for row in rows if row.chain == number] for number in (1, 2))

    assert {row.subjectLabel for row in first} == {
        "Memorandum of Understanding on child sexual abuse material and online sexual exploitation"
    }
    assert {row.binds for row in first} == {"agreement"}
    assert {(row.subjectLabel, row.binds) for row in second} == {("ClickSafe", "project")}


def test_chains_are_ranked_by_what_binds() -> None:
    """An agreement before a shared project before a shared document before a sentence that names both."""
    assert _words(_store(*MENTION, *LAW, *PROJECT, *PACT)) == ["agreement", "project", "document", "mention"]


def test_a_shared_responsibility_comes_before_a_project() -> None:
    """Four steps over a pillar that both are responsible under bind more than two over a project."""
    assert _words(_store(*PROJECT, *PILLAR)) == ["responsibility", "project"]
    # An agreement is shorter and as strong: the way over the pillar is a detour then.
    assert _words(_store(*PACT, *PROJECT, *PILLAR)) == ["agreement", "project"]


def test_an_agreement_that_is_a_practice_too_is_an_agreement() -> None:
    """The strongest class of a record counts, and of two statements the more telling one is shown."""
    both = (*PACT, ("pact", "a", "GoodPractice"), ("pact", "carriedOutBy", "xx-a"))
    (chain,) = chains(_store(*both), A, B)

    assert [step.predicate.value.removeprefix(BIK) for step in chain] == ["party", "party"]
    assert weight_of(chain) == 2 * dict(BONDS)["Agreement"].weight


def test_ties_are_broken_by_names() -> None:
    """Chains of one weight and length stand in the order of their names, whatever order the statements came in."""
    pacts = [(f"pact-{n}", *rest) for n in range(5) for _, *rest in PACT]
    statements = [(subject, predicate, obj) for subject, predicate, obj in pacts]
    forward, backward = (chains(_store(*order), A, B, 3) for order in (statements, statements[::-1]))

    assert forward == backward
    assert [chain[0].subject.value.removeprefix(ID) for chain in forward] == ["pact-0", "pact-1", "pact-2"]


def test_sources_are_those_of_the_statement(graph: KnowledgeGraph) -> None:
    """A step is credited to the record that states it; the columns of before keep their places."""
    table = graph.connect("be-child-focus", "be-crown-prosecutors-office", most=1)

    assert table.columns == COLUMNS
    assert COLUMNS[:-1] == [
        *("chain", "step", "subject", "subjectLabel", "relation", "object", "objectLabel", "source"),
    ]
    assert {row.source for row in table} == {"https://w3id.org/bikgraph/id/profile-be-2020-section-2-2"}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("de-fsm", "de-eco"),
        ("no-norwegian-media-authority", "no-kripos"),
        ("mt-agenzija-appogg", "mt-malta-police-force"),
    ],
)
def test_other_countries_are_connected_too(graph: KnowledgeGraph, start: str, end: str) -> None:
    """Germany, Norway and Malta: the first chain is the strongest of all that are shown."""
    walks = chains(graph.store, graph.thing(start), graph.thing(end))

    assert walks
    weights = [weight_of(chain) for chain in walks]
    assert weights == sorted(weights)
