"""What each OWL construct gives, that owlrl gives the same, and that the order of graphs does not matter."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, Triple

from bikgraph.errors import Inconsistent
from bikgraph.lookup import in_graph
from bikgraph.reasoning.closure import Reasoner
from bikgraph.reasoning.rules import compile_rules
from tests.reasoning.axioms import close, facts, ontologies, quads, reference, store_of, triples

CONSTRUCTS = {
    "subclass": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":x a :A .", ":x a :B , :C ."),
    "equivalent classes": (":A owl:equivalentClass :B .", ":x a :A . :y a :B .", ":x a :B . :y a :A ."),
    "subproperty": (":p rdfs:subPropertyOf :q .", ":x :p :y .", ":x :q :y ."),
    "subproperty with literals": (":p rdfs:subPropertyOf :q .", ':x :p "one"@en , 2 .', ':x :q "one"@en , 2 .'),
    "equivalent properties": (":p owl:equivalentProperty :q .", ":x :p :y . :y :q :z .", ":x :q :y . :y :p :z ."),
    "domain": (":p rdfs:domain :A .", ":x :p :y .", ":x a :A ."),
    "domain of a literal's property": (":p rdfs:domain :A .", ":x :p 1 .", ":x a :A ."),
    "range": (":p rdfs:range :A .", ":x :p :y .", ":y a :A ."),
    "range that is a datatype": (":p rdfs:range xsd:integer . :q rdfs:range rdfs:Literal .", ':x :p 1 ; :q "a" .', ""),
    "inverse": (":p owl:inverseOf :q .", ":x :p :y . :y :q :z .", ":y :q :x . :z :p :y ."),
    "symmetric": (":p a owl:SymmetricProperty .", ":x :p :y .", ":y :p :x ."),
    "transitive": (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :c . :c :p :d .", ":a :p :c , :d . :b :p :d ."),
    "transitive round a circle": (":p a owl:TransitiveProperty .", ":a :p :b . :b :p :a .", ":a :p :a . :b :p :b ."),
    "chain of two": (":r owl:propertyChainAxiom ( :p :q ) .", ":a :p :b . :b :q :c .", ":a :r :c ."),
    "chain of three": (":r owl:propertyChainAxiom ( :p :q :p ) .", ":a :p :b . :b :q :c . :c :p :d .", ":a :r :d ."),
    "chain of one property with itself": (
        ":r owl:propertyChainAxiom ( :p :p ) .",
        ":a :p :b . :b :p :c .",
        ":a :r :c .",
    ),
    "hasValue on the left": (
        "[ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] rdfs:subClassOf :A .",
        ":x :p :v . :y :p :w .",
        ":x a :A .",
    ),
    "hasValue on the right": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] .",
        ":x a :A .",
        ":x :p :v .",
    ),
    "hasValue both ways": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] .",
        ":x a :A . :y :p :v .",
        ":x :p :v . :y a :A .",
    ),
    "hasValue of a literal": (
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue true ] .",
        ":x a :A . :y :p true . :z :p false .",
        ":x :p true . :y a :A .",
    ),
    "intersection on the left": (
        "[ owl:intersectionOf ( :A :B ) ] rdfs:subClassOf :C .",
        ":x a :A , :B . :y a :A .",
        ":x a :C .",
    ),
    "intersection on the right": (
        ":A rdfs:subClassOf [ owl:intersectionOf ( :B :C ) ] .",
        ":x a :A .",
        ":x a :B , :C .",
    ),
    "intersection both ways": (
        ":A owl:equivalentClass [ owl:intersectionOf ( :B :C ) ] .",
        ":x a :A . :y a :B , :C . :z a :B .",
        ":x a :B , :C . :y a :A .",
    ),
    "union on the left": (
        "[ owl:unionOf ( :A :B ) ] rdfs:subClassOf :C .",
        ":x a :A . :y a :B .",
        ":x a :C . :y a :C .",
    ),
    "someValuesFrom on the left": (
        "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] rdfs:subClassOf :B .",
        ":x :p :y . :y a :A . :z :p :w .",
        ":x a :B .",
    ),
    "someValuesFrom anything": (
        "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :B .",
        ":x :p :y .",
        ":x a :B .",
    ),
    "allValuesFrom on the right": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .",
        ":x a :A ; :p :y . :z :p :w .",
        ":y a :B .",
    ),
    "allValuesFrom a datatype": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom xsd:integer ] .",
        ":x a :A ; :p 1 .",
        "",
    ),
    "range that is an expression": (":p rdfs:range [ owl:intersectionOf ( :A :B ) ] .", ":x :p :y .", ":y a :A , :B ."),
    "superclass owl:Thing, subclass owl:Nothing": (
        ":A rdfs:subClassOf owl:Thing . owl:Nothing rdfs:subClassOf :B . :p rdfs:domain owl:Thing .",
        ":x a :A ; :p :y .",
        "",
    ),
    "disjoint without an overlap": (":A owl:disjointWith :B .", ":x a :A . :y a :B .", ""),
    "annotations": (':A rdfs:label "A"@en . :B rdfs:comment "of A"@en .', ":x a :A .", ""),
    "a chain that feeds a subproperty that feeds a domain": (
        ":r owl:propertyChainAxiom ( :p :q ) ; rdfs:subPropertyOf :s . :s rdfs:domain :A . :p owl:inverseOf :i .",
        ":b :i :a ; :q :c .",
        ":a :p :b ; :r :c ; :s :c ; a :A .",
    ),
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_construct_gives_exactly_its_inferences(construct: str) -> None:
    """Each OWL construct infers what the recommendation says and nothing else, and owlrl agrees."""
    ontology, data, expected = CONSTRUCTS[construct]

    inferred, contradictions = close(ontology, data)

    assert set(triples(expected)) == inferred == reference(ontology, data)
    assert contradictions == []


CONTRADICTIONS = {
    "disjoint classes": (":A owl:disjointWith :B .", ":x a :A , :B .", ":x a :A . :y a :B ."),
    "disjoint classes by inference": (
        ":A owl:disjointWith :B . :C rdfs:subClassOf :A . :p rdfs:domain :B .",
        ":x a :C ; :p :y .",
        ":x a :C . :y :p :x .",
    ),
    "disjoint expressions": (
        "[ owl:unionOf ( :A :B ) ] owl:disjointWith [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v ] .",
        ":x a :B ; :p :v .",
        ":x a :B ; :p :w .",
    ),
    "disjoint properties": (":p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y .", ":x :p :y ; :q :z ."),
    "asymmetric": (":p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x .", ":x :p :y . :y :p :z ."),
    "irreflexive": (":p a owl:IrreflexiveProperty .", ":x :p :x .", ":x :p :y ."),
    "irreflexive by inference": (
        ":p a owl:IrreflexiveProperty , owl:TransitiveProperty .",
        ":x :p :y . :y :p :x .",
        ":x :p :y . :y :p :z .",
    ),
    "empty class": (":A rdfs:subClassOf owl:Nothing .", ":x a :A .", ":x a :B ."),
}


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_a_contradiction_is_found_where_owlrl_finds_one(kind: str) -> None:
    """Each kind of contradiction is found with the told or inferred triples that make it, and owlrl finds it too."""
    ontology, data, _ = CONTRADICTIONS[kind]

    inferred, contradictions = close(ontology, data)

    assert contradictions
    assert all(set(found.premises) <= set(triples(data)) | inferred for found in contradictions)
    with pytest.raises(Inconsistent):
        reference(ontology, data)


@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_no_contradiction_is_found_where_there_is_none(kind: str) -> None:
    """Data that only come near a contradiction are no contradiction, neither to the rules nor to owlrl."""
    ontology, _, data = CONTRADICTIONS[kind]

    inferred, contradictions = close(ontology, data)

    assert contradictions == []
    assert inferred == reference(ontology, data)


def test_a_contradiction_is_reported_once() -> None:
    """The two triples of one contradiction do not make two of it."""
    _, contradictions = close(":A owl:disjointWith :B .", ":x a :A , :B .")

    assert [found.rule.name for found in contradictions] == ["cax-dw"]


@dataclass
class Companions:
    """Two graphs of one store, told and inferred, closed one after the other."""

    first: set[Triple]
    first_inferred: set[Triple]
    second: set[Triple]
    second_inferred: set[Triple]

    @property
    def everything(self) -> set[Triple]:
        """The merge of the graphs and their companions."""
        return self.first | self.first_inferred | self.second | self.second_inferred


def _companions(ontology: list[Quad], first: list[Triple], second: list[Triple]) -> Companions:
    reasoner = Reasoner(compile_rules(ontology))
    store = store_of([quad.triple for quad in ontology], first)
    first_inferred, _ = reasoner.close(store, first)
    store.extend(in_graph(triple) for triple in second)
    second_inferred, _ = reasoner.close(store, second)
    return Companions(set(first), set(first_inferred), set(second), set(second_inferred))


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(ontologies, facts, facts)
def test_a_companion_holds_nothing_that_an_earlier_graph_holds(
    ontology: list[str], first: list[str], second: list[str]
) -> None:
    """What follows from a second graph stands in its companion only if neither graph nor the first companion holds
    it.
    """
    axioms = quads("\n".join(ontology))

    found = _companions(axioms, triples("\n".join(first)), triples("\n".join(second)))

    assert not found.first_inferred & found.first
    assert not found.second_inferred & (found.first | found.first_inferred | found.second)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(ontologies, facts, facts, st.integers(0, 1000))
def test_the_closure_does_not_depend_on_the_order(
    ontology: list[str], first: list[str], second: list[str], seed: int
) -> None:
    """Graphs closed one after the other, in any order of graphs, triples and axioms, hold the same as closed
    together.
    """
    axioms, one, two = quads("\n".join(ontology)), triples("\n".join(first)), triples("\n".join(second))
    together = _companions(axioms, [*one, *two], [])
    shuffled = list(axioms)
    random.Random(seed).shuffle(shuffled)  # noqa: S311

    assert _companions(axioms, one, two).everything == together.everything
    assert _companions(shuffled, two[::-1], one[::-1]).everything == together.everything


def test_literals_are_never_subjects() -> None:
    """A literal under an inverse or symmetric property gives no triple with a literal subject."""
    inferred, _ = close(
        ":p owl:inverseOf :q . :s a owl:SymmetricProperty . :p rdfs:range :A .", ':x :p "one" ; :s "two" .'
    )

    assert inferred == set()
