"""The told axioms of an OWL 2 RL ontology, compiled into rules.

Each rule has a body of triple patterns and a head, one triple pattern; a rule without head is a contradiction. An axiom
that has no rule here fails the compilation, so that nothing is promised that inference does not keep. The rules are
those of the W3C recommendation OWL 2 Profiles, section 4.3, with their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, product
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from bikgraph.errors import UnknownAxiom
from bikgraph.namespaces import OWL, RDF, RDF_TYPE, RDFS, curie

Term = NamedNode | BlankNode | Literal
Pattern = tuple[Any, Any, Any]  # terms, or variables as strings
TYPE = NamedNode(RDF_TYPE)

# Axioms of OWL 2 that profiles of ours may not use: outside RL, or not kept by these rules.
_REFUSED_TYPES = {
    OWL + name
    for name in (
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "AllDisjointClasses",
        "AllDisjointProperties",
        "AllDifferent",
        "NegativePropertyAssertion",
        "ReflexiveProperty",
    )
}
_REFUSED = {
    OWL + name
    for name in (
        "imports",
        "hasKey",
        "disjointUnionOf",
        "sameAs",
        "differentFrom",
        "complementOf",
        "oneOf",
        "hasSelf",
        "maxCardinality",
        "minCardinality",
        "cardinality",
        "maxQualifiedCardinality",
        "minQualifiedCardinality",
        "qualifiedCardinality",
        "onDataRange",
        "datatypeComplementOf",
    )
}
# What makes a class expression: on a class with a name it would be an axiom without a predicate of its own.
_EXPRESSION = {OWL + name for name in ("intersectionOf", "unionOf", "onProperty")}


@dataclass(frozen=True)
class Rule:
    """`body` implies `head` (None: a contradiction), by the rule `name` of OWL 2 RL, because of one axiom."""

    name: str
    body: tuple[Pattern, ...]
    head: Pattern | None
    axiom: tuple[str, str, str]


def compile_rules(ontology: Iterable[Quad]) -> list[Rule]:
    """The rules of the axioms that `ontology` tells. Raises UnknownAxiom for one that has no rule."""
    return sorted(_Compiler(ontology).rules(), key=lambda rule: (rule.axiom, rule.name, str(rule.body)))


class _Compiler:
    def __init__(self, ontology: Iterable[Quad]) -> None:
        self.triples: dict[Any, list[tuple[str, Any]]] = {}
        for quad in ontology:
            self.triples.setdefault(quad.subject, []).append((quad.predicate.value, quad.object))
        self._fresh = count()

    def rules(self) -> Iterator[Rule]:
        for subject, statements in self.triples.items():
            for predicate, obj in statements:
                if predicate in _REFUSED or (predicate == RDF_TYPE and getattr(obj, "value", "") in _REFUSED_TYPES):
                    word = curie(obj.value if predicate == RDF_TYPE else predicate)
                    raise UnknownAxiom(
                        f"The ontology uses {word} (on {_show(subject)}), which inference does not keep. State it as "
                        f"a shape, or leave it out."
                    )
                if predicate in _EXPRESSION and isinstance(subject, NamedNode):
                    raise UnknownAxiom(
                        f"The ontology gives {_show(subject)} an {curie(predicate)} of its own. Write it as an "
                        f"equivalentClass."
                    )
                yield from self._rules(subject, predicate, obj)

    def _rules(self, s: Any, predicate: str, o: Any) -> Iterator[Rule]:
        axiom = (_show(s), predicate, _show(o))
        if predicate == RDFS + "subClassOf":
            yield from self._subclass(s, o, "cax-sco", axiom)
        elif predicate == OWL + "equivalentClass":
            yield from self._subclass(s, o, "cax-eqc1", axiom)
            yield from self._subclass(o, s, "cax-eqc2", axiom)
        elif predicate == OWL + "disjointWith":
            for left, right in product(self._bodies(s, "?x"), self._bodies(o, "?x")):
                yield Rule("cax-dw", (*left, *right), None, axiom)
        elif predicate == RDFS + "subPropertyOf":
            yield Rule("prp-spo1", (("?x", s, "?y"),), ("?x", o, "?y"), axiom)
        elif predicate == OWL + "equivalentProperty":
            yield Rule("prp-eqp1", (("?x", s, "?y"),), ("?x", o, "?y"), axiom)
            yield Rule("prp-eqp2", (("?x", o, "?y"),), ("?x", s, "?y"), axiom)
        elif predicate == OWL + "inverseOf":
            if not isinstance(s, NamedNode) or not isinstance(o, NamedNode):
                raise UnknownAxiom(f"The ontology uses an inverse without a name ({_show(s)}). Name it.")
            yield Rule("prp-inv1", (("?x", s, "?y"),), ("?y", o, "?x"), axiom)
            yield Rule("prp-inv2", (("?x", o, "?y"),), ("?y", s, "?x"), axiom)
        elif predicate == OWL + "propertyDisjointWith":
            yield Rule("prp-pdw", (("?x", s, "?y"), ("?x", o, "?y")), None, axiom)
        elif predicate == RDFS + "domain":
            for head in self._heads(o, "?x"):
                yield Rule("prp-dom", (("?x", s, "?y"), *head[0]), head[1], axiom)
        elif predicate == RDFS + "range":
            if not _is_datatype(o):
                for head in self._heads(o, "?y"):
                    yield Rule("prp-rng", (("?x", s, "?y"), *head[0]), head[1], axiom)
        elif predicate == OWL + "propertyChainAxiom":
            steps = self._list(o)
            if len(steps) < 2:
                raise UnknownAxiom(f"The ontology has a property chain of fewer than two steps (on {_show(s)}).")
            body = tuple((f"?x{i}", step, f"?x{i + 1}") for i, step in enumerate(steps))
            yield Rule("prp-spo2", body, ("?x0", s, f"?x{len(steps)}"), axiom)
        elif predicate == RDF_TYPE:
            yield from self._characteristic(s, getattr(o, "value", ""), axiom)

    def _characteristic(self, s: Any, kind: str, axiom: tuple[str, str, str]) -> Iterator[Rule]:
        if kind == OWL + "SymmetricProperty":
            yield Rule("prp-symp", (("?x", s, "?y"),), ("?y", s, "?x"), axiom)
        elif kind == OWL + "TransitiveProperty":
            yield Rule("prp-trp", (("?x", s, "?y"), ("?y", s, "?z")), ("?x", s, "?z"), axiom)
        elif kind == OWL + "AsymmetricProperty":
            yield Rule("prp-asyp", (("?x", s, "?y"), ("?y", s, "?x")), None, axiom)
        elif kind == OWL + "IrreflexiveProperty":
            yield Rule("prp-irp", (("?x", s, "?x"),), None, axiom)

    def _subclass(self, sub: Any, sup: Any, name: str, axiom: tuple[str, str, str]) -> Iterator[Rule]:
        for body in self._bodies(sub, "?x"):
            for extra, head in self._heads(sup, "?x"):
                yield Rule(name, (*body, *extra), head, axiom)

    def _bodies(self, cls: Any, variable: str) -> list[tuple[Pattern, ...]]:
        """The ways to be an instance of a class expression on the left of an axiom, each as patterns."""
        if isinstance(cls, NamedNode):
            if cls.value == OWL + "Thing" or _is_datatype(cls):
                raise UnknownAxiom(
                    f"The ontology has {curie(cls.value)} on the left of an axiom, which inference does not keep. "
                    f"Name a class."
                )
            return [] if cls.value == OWL + "Nothing" else [((variable, TYPE, cls),)]
        parts = dict(self.triples.get(cls, ()))
        if (members := parts.get(OWL + "intersectionOf")) is not None:
            alternatives = [self._bodies(member, variable) for member in self._list(members)]
            return [tuple(pattern for body in choice for pattern in body) for choice in product(*alternatives)]
        if (members := parts.get(OWL + "unionOf")) is not None:
            return [body for member in self._list(members) for body in self._bodies(member, variable)]
        prop = parts.get(OWL + "onProperty")
        if (value := parts.get(OWL + "hasValue")) is not None:
            return [((variable, prop, value),)]
        if (filler := parts.get(OWL + "someValuesFrom")) is not None:
            other = f"?v{next(self._fresh)}"
            fillers: list[tuple[Pattern, ...]] = (
                [()] if filler == NamedNode(OWL + "Thing") else self._bodies(filler, other)
            )
            return [((variable, prop, other), *body) for body in fillers]
        if OWL + "allValuesFrom" in parts:
            raise UnknownAxiom(
                f"The ontology has {_expression(parts)} on the left of an axiom or in an equivalence, which is "
                f"outside OWL 2 RL."
            )
        raise UnknownAxiom(f"The ontology has a class expression that inference does not keep: {_expression(parts)}.")

    def _heads(self, cls: Any, variable: str) -> list[tuple[tuple[Pattern, ...], Pattern | None]]:
        """What follows for an instance of a class expression on the right, each with patterns that must hold too."""
        if isinstance(cls, NamedNode):
            if cls.value == OWL + "Nothing":
                return [((), None)]
            return [] if cls.value == OWL + "Thing" or _is_datatype(cls) else [((), (variable, TYPE, cls))]
        parts = dict(self.triples.get(cls, ()))
        if (members := parts.get(OWL + "intersectionOf")) is not None:
            return [head for member in self._list(members) for head in self._heads(member, variable)]
        prop = parts.get(OWL + "onProperty")
        if (value := parts.get(OWL + "hasValue")) is not None:
            return [((), (variable, prop, value))]
        if (filler := parts.get(OWL + "allValuesFrom")) is not None:
            other = f"?v{next(self._fresh)}"
            return [(((variable, prop, other), *extra), head) for extra, head in self._heads(filler, other)]
        if OWL + "unionOf" in parts or OWL + "someValuesFrom" in parts:
            raise UnknownAxiom(
                f"The ontology has {_expression(parts)} on the right of an axiom, which is outside OWL 2 RL."
            )
        raise UnknownAxiom(f"The ontology has a class expression that inference does not keep: {_expression(parts)}.")

    def _list(self, head: Any) -> list[Any]:
        members = []
        while getattr(head, "value", "") != RDF + "nil":
            parts = dict(self.triples.get(head, ()))
            if RDF + "first" not in parts:
                raise UnknownAxiom(f"The ontology has a broken list at {_show(head)}.")
            members.append(parts[RDF + "first"])
            head = parts[RDF + "rest"]
        return members


def _is_datatype(term: Any) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(
        ("http://www.w3.org/2001/XMLSchema#", RDF + "langString", RDFS + "Literal", RDF + "PlainLiteral")
    )


def _show(term: Any) -> str:
    return "[…]" if isinstance(term, BlankNode) else term.value


def _expression(parts: dict[str, Any]) -> str:
    return ", ".join(sorted(curie(predicate) for predicate in parts if predicate != RDF_TYPE)) or "an empty expression"
