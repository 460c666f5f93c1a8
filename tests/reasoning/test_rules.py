"""The compiled rules: what each OWL construct gives, that it is what owlrl gives, and what the compiler refuses."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple, parse

from bikgraph.errors import UnknownAxiom
from bikgraph.reasoning import owlrl_reference as owlrl_reasoner
from bikgraph.reasoning.closure import Contradiction, Reasoner
from bikgraph.reasoning.rules import compile_rules

PREFIXES = """
    @prefix : <http://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def quads(turtle: str) -> list[Quad]:
    """The statements of Turtle text that uses the prefixes above."""
    return list(parse(PREFIXES + turtle, RdfFormat.TURTLE))


def triples(turtle: str) -> list[Triple]:
    """The triples of Turtle text that uses the prefixes above."""
    return [quad.triple for quad in quads(turtle)]


def store_of(*graphs: list[Triple]) -> Store:
    """A store whose default graph holds all of `graphs`."""
    store = Store()
    for graph in graphs:
        store.extend(Quad(*triple, DefaultGraph()) for triple in graph)
    return store


def close(ontology: str, data: str) -> tuple[set[Triple], list[Contradiction]]:
    """What the compiled rules infer from `data`, and the contradictions that they find."""
    axioms, told = quads(ontology), triples(data)
    inferred, contradictions = Reasoner(compile_rules(axioms)).close(
        store_of([quad.triple for quad in axioms], told), told
    )
    assert len(inferred) == len(set(inferred))
    return set(inferred), contradictions


def reference(ontology: str, data: str) -> set[Triple]:
    """What owlrl infers from `data`."""
    return set(owlrl_reasoner.close(triples(ontology), triples(data)))


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


REFUSED = {
    ":p a owl:FunctionalProperty .": "owl:FunctionalProperty",
    ":p a owl:InverseFunctionalProperty .": "owl:InverseFunctionalProperty",
    ":p a owl:ReflexiveProperty .": "owl:ReflexiveProperty",
    "[] a owl:AllDisjointClasses ; owl:members ( :A :B ) .": "owl:AllDisjointClasses",
    "[] a owl:AllDisjointProperties ; owl:members ( :p :q ) .": "owl:AllDisjointProperties",
    "[] a owl:AllDifferent ; owl:members ( :x :y ) .": "owl:AllDifferent",
    "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; "
    "owl:targetIndividual :y .": "owl:NegativePropertyAssertion",
    ":o a owl:Ontology ; owl:imports <http://example.org/other> .": "owl:imports",
    ":A owl:hasKey ( :p ) .": "owl:hasKey",
    ":A owl:disjointUnionOf ( :B :C ) .": "owl:disjointUnionOf",
    ":x owl:sameAs :y .": "owl:sameAs",
    ":x owl:differentFrom :y .": "owl:differentFrom",
    ":A rdfs:subClassOf [ owl:complementOf :B ] .": "owl:complementOf",
    ":A owl:equivalentClass [ owl:oneOf ( :x ) ] .": "owl:oneOf",
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:hasSelf true ] .": "owl:hasSelf",
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ] .": "owl:maxCardinality",
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:maxQualifiedCardinality 1 ; "
    "owl:onClass :B ] .": "owl:maxQualifiedCardinality",
    ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .": "owl:someValuesFrom",
    ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .": "owl:someValuesFrom",
    ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] .": "owl:allValuesFrom",
    "[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .": "owl:allValuesFrom",
    "[ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom xsd:integer ] rdfs:subClassOf :A .": "xsd:integer",
    ":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .": "owl:unionOf",
    ":p rdfs:range [ owl:unionOf ( :B :C ) ] .": "owl:unionOf",
    ":p rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( ) ] .": "owl:onDatatype",
    "owl:Thing rdfs:subClassOf :A .": "owl:Thing",
    ":A owl:unionOf ( :B :C ) .": "owl:unionOf",
    ":A a owl:Restriction ; owl:onProperty :p ; owl:hasValue :v .": "owl:onProperty",
    ":p rdfs:subPropertyOf [ owl:inverseOf :q ] .": "inverse without a name",
    ":r owl:propertyChainAxiom ( :p [ owl:inverseOf :q ] ) .": "inverse without a name",
    ":r owl:propertyChainAxiom ( :p ) .": "fewer than two steps",
    ":r owl:propertyChainAxiom :p .": "broken list",
    ":A rdfs:subClassOf [ ] .": "an empty expression",
}


@pytest.mark.parametrize("axiom", REFUSED)
def test_an_axiom_that_inference_does_not_keep_is_refused(axiom: str) -> None:
    """An axiom without a rule fails the compilation with a sentence that names the construct."""
    with pytest.raises(UnknownAxiom) as caught:
        compile_rules(quads(axiom))

    message = str(caught.value)
    assert REFUSED[axiom] in message
    assert message.startswith("The ontology ")
    assert message.endswith(".")


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
    with pytest.raises(owlrl_reasoner.Inconsistent):
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


def test_rules_name_their_axiom() -> None:
    """Each rule knows the axiom that it stands for, and the order of the axioms does not change the rules."""
    text = ":A rdfs:subClassOf :B . :p rdfs:domain :A . :r owl:propertyChainAxiom ( :p :q ) ."
    axioms = quads(text)

    rules = compile_rules(axioms)

    assert [rule.name for rule in rules] == ["cax-sco", "prp-dom", "prp-spo2"]
    assert rules[0].axiom == (
        "http://example.org/A",
        "http://www.w3.org/2000/01/rdf-schema#subClassOf",
        "http://example.org/B",
    )
    assert rules == compile_rules(reversed(axioms))


CLASSES = [f":C{i}" for i in range(6)]
PROPERTIES = [f":p{i}" for i in range(5)]
INDIVIDUALS = [f":i{i}" for i in range(4)]
classes, properties, individuals = st.sampled_from(CLASSES), st.sampled_from(PROPERTIES), st.sampled_from(INDIVIDUALS)


def _restriction(prop: str, word: str, value: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty {prop} ; owl:{word} {value} ]"


def _list(word: str, members: list[str]) -> str:
    return f"[ a owl:Class ; owl:{word} ( {' '.join(members)} ) ]"


def _left(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda members: _list("intersectionOf", members)),
        several.map(lambda members: _list("unionOf", members)),
        st.builds(_restriction, properties, st.just("someValuesFrom"), inner),
    )


def _right(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda members: _list("intersectionOf", members)),
        st.builds(_restriction, properties, st.just("allValuesFrom"), inner),
    )


has_value = st.builds(_restriction, properties, st.just("hasValue"), individuals)
some_thing = st.builds(_restriction, properties, st.just("someValuesFrom"), st.just("owl:Thing"))
left = st.recursive(classes | has_value | some_thing, _left, max_leaves=4)
right = st.recursive(classes | has_value, _right, max_leaves=4)
both = st.one_of(
    classes,
    has_value,
    st.lists(classes | has_value, min_size=2, max_size=3).map(lambda members: _list("intersectionOf", members)),
)
characteristics = st.sampled_from(["owl:SymmetricProperty", "owl:TransitiveProperty"])

axiom = st.one_of(
    st.builds("{} rdfs:subClassOf {} .".format, classes, classes),
    st.builds("{} rdfs:subClassOf {} .".format, left, right),
    st.builds("{} owl:equivalentClass {} .".format, classes, both),
    st.builds("{} rdfs:subPropertyOf {} .".format, properties, properties),
    st.builds("{} owl:equivalentProperty {} .".format, properties, properties),
    st.builds("{} rdfs:domain {} .".format, properties, right),
    st.builds("{} rdfs:range {} .".format, properties, right),
    st.builds("{} owl:inverseOf {} .".format, properties, properties),
    st.builds("{} a {} .".format, properties, characteristics),
    st.builds(
        lambda head, steps: f"{head} owl:propertyChainAxiom ( {' '.join(steps)} ) .",
        properties,
        st.lists(properties, min_size=2, max_size=3),
    ),
)
constraint = st.one_of(
    st.builds("{} owl:disjointWith {} .".format, classes, classes),
    st.builds("{} owl:propertyDisjointWith {} .".format, properties, properties),
    st.builds("{} a owl:AsymmetricProperty .".format, properties),
    st.builds("{} a owl:IrreflexiveProperty .".format, properties),
)
fact = st.one_of(
    st.builds("{} a {} .".format, individuals, classes),
    st.builds("{} {} {} .".format, individuals, properties, individuals),
)
ontologies = st.lists(axiom, min_size=5, max_size=9, unique=True)
facts = st.lists(fact, min_size=5, max_size=9, unique=True)


few_or_many = pytest.mark.parametrize("examples", [8, pytest.param(100, marks=pytest.mark.slow)])


@few_or_many
def test_the_rules_infer_exactly_what_owlrl_infers(examples: int) -> None:
    """Over any ontology of the constructs that compile, and any data, the rules and owlrl infer the same."""

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(ontologies, facts)
    def same(ontology: list[str], data: list[str]) -> None:
        inferred, _ = close("\n".join(ontology), "\n".join(data))

        assert inferred == reference("\n".join(ontology), "\n".join(data))

    same()


@few_or_many
def test_the_rules_find_contradictions_exactly_where_owlrl_does(examples: int) -> None:
    """Over any ontology with disjointness, asymmetry and irreflexivity, the rules and owlrl agree whether there is a
    contradiction.
    """
    constraints = st.lists(constraint, min_size=1, max_size=3, unique=True)

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(ontologies, constraints, facts)
    def same(ontology: list[str], constraints: list[str], data: list[str]) -> None:
        _agree_on_contradictions(ontology, constraints, data)

    same()


def _agree_on_contradictions(ontology: list[str], constraints: list[str], data: list[str]) -> None:
    text = "\n".join([*ontology, *constraints])

    inferred, contradictions = close(text, "\n".join(data))

    try:
        expected: set[Triple] | None = reference(text, "\n".join(data))
    except owlrl_reasoner.Inconsistent:
        expected = None
    assert (None if contradictions else inferred) == expected


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
    store.extend(Quad(*triple, DefaultGraph()) for triple in second)
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
