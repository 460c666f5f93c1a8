"""owlrl, the reference reasoner: the only module that imports it (it is being absorbed into rdflib, rdflib#3484).

It closes the ontology itself in every build, and everything in `bikgraph build --reasoner owlrl`; a test holds that the
compiled rules give the same. Kept out of its result is what says nothing: axiomatic triples, reflexive `sameAs`,
subclasses and subproperties, `owl:Thing` and datatype typing, classes that are blank nodes, and literals as subjects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from bikgraph.errors import Inconsistent
from bikgraph.lookup import terms
from bikgraph.namespaces import OWL, RDF, RDF_TYPE, RDFS, XSD

_TRIVIAL_CLASSES = {
    OWL + "Thing",
    OWL + "Nothing",
    RDFS + "Resource",
    RDFS + "Literal",
    RDFS + "Class",
    RDFS + "Datatype",
    RDF + "Property",
    OWL + "NamedIndividual",
}
_REFLEXIVE = {
    OWL + "sameAs",
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
    OWL + "equivalentClass",
    OWL + "equivalentProperty",
}
_ERROR_CLASS = "http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage"
_ERROR_TEXT = "http://www.daml.org/2002/03/agents/agent-ont#error"


def close_ontology(ontology: Iterable[Triple]) -> list[Triple]:
    """What follows from the ontology alone. Raises Inconsistent if owlrl reports an error."""
    return _close([], list(ontology))


def close(context: Iterable[Triple], told: Iterable[Triple]) -> list[Triple]:
    """What follows from `told` beside `context`, and from neither `context` alone.

    Only statements about individuals: schema consequences belong to the ontology's own closure.
    """
    before = list(context)
    return _close(before, list(told))


def _close(context: list[Triple], told: list[Triple]) -> list[Triple]:
    known = set(context) | set(told)
    closed = _expand(known)
    baseline = _expand(set(context)) if context else set()
    return sorted((t for t in closed - baseline - known if _says_something(t)), key=str)


def _expand(triples: set[Triple]) -> set[Triple]:
    import rdflib
    from owlrl import DeductiveClosure, OWLRL_Semantics

    graph = rdflib.Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    for node in graph.subjects(rdflib.RDF.type, rdflib.URIRef(_ERROR_CLASS)):
        raise Inconsistent(
            "owlrl finds a contradiction: "
            + " ".join(str(text) for text in graph.objects(node, rdflib.URIRef(_ERROR_TEXT)))
        )
    return {triple for statement in graph if (triple := _triple(statement)) is not None}


def _triple(statement: tuple[Any, Any, Any]) -> Triple | None:
    import rdflib

    def term(node: Any) -> Any:
        if isinstance(node, rdflib.Literal):
            if node.language:
                return Literal(str(node), language=node.language)
            return Literal(str(node), datatype=NamedNode(str(node.datatype or XSD + "string")))
        return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))

    subject, predicate, obj = statement
    if isinstance(subject, rdflib.Literal) or not isinstance(predicate, rdflib.URIRef):
        return None
    return Triple(term(subject), term(predicate), term(obj))


def _says_something(triple: Triple) -> bool:
    subject, predicate, obj = terms(triple)
    if predicate.value in _REFLEXIVE and subject == obj:
        return False
    if isinstance(subject, BlankNode) or isinstance(obj, BlankNode):
        return False
    of_schema = subject.value.startswith((XSD, RDF, RDFS, OWL))
    if predicate.value == RDF_TYPE and (obj.value in _TRIVIAL_CLASSES or of_schema):
        return False
    is_trivial = isinstance(obj, NamedNode) and obj.value in (OWL + "Thing", OWL + "Nothing")
    return not is_trivial and not subject.value.startswith(OWL)
