"""The compiled rules: what the compiler makes of an axiom, and what it refuses."""

from __future__ import annotations

import pytest

from bikgraph.errors import UnknownAxiom
from bikgraph.reasoning.rules import compile_rules
from tests.reasoning.axioms import quads

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
