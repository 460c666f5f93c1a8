"""Axioms and data in a few lines of Turtle, written or drawn by hypothesis, and what follows from them."""

from __future__ import annotations

from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from bikgraph.lookup import in_graph
from bikgraph.reasoning import owlrl_reference
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
        store.extend(in_graph(triple) for triple in graph)
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
    return set(owlrl_reference.close(triples(ontology), triples(data)))


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
