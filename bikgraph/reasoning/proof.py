"""Proofs: the rules that made a triple, down to told triples.

The goal is unified with the rules' heads, their bodies are looked up, and each premise is proved in turn. The search
goes by depth, so that the shortest proof is found, and never through a goal that is on its own path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Store, Triple

from bikgraph.namespaces import OWL, RDFS
from bikgraph.reasoning.closure import instantiate, solve, unify
from bikgraph.reasoning.rules import Rule

MAX_DEPTH = 8
_SUBCLASS, _SUBPROPERTY, _DOMAIN, _RANGE = (
    NamedNode(RDFS + name) for name in ("subClassOf", "subPropertyOf", "domain", "range")
)
_EQUIVALENT = NamedNode(OWL + "equivalentClass")
_SCHEMA = ("", "", "")
# OWL 2 Profiles, table 9: what follows about the schema itself. A rule's axiom is then among its premises.
SCHEMA_RULES = [
    Rule("scm-sco", (("?a", _SUBCLASS, "?b"), ("?b", _SUBCLASS, "?c")), ("?a", _SUBCLASS, "?c"), _SCHEMA),
    Rule("scm-eqc1", (("?a", _EQUIVALENT, "?b"),), ("?a", _SUBCLASS, "?b"), _SCHEMA),
    Rule("scm-eqc1", (("?b", _EQUIVALENT, "?a"),), ("?a", _SUBCLASS, "?b"), _SCHEMA),
    Rule("scm-spo", (("?a", _SUBPROPERTY, "?b"), ("?b", _SUBPROPERTY, "?c")), ("?a", _SUBPROPERTY, "?c"), _SCHEMA),
    Rule("scm-dom1", (("?p", _DOMAIN, "?a"), ("?a", _SUBCLASS, "?b")), ("?p", _DOMAIN, "?b"), _SCHEMA),
    Rule("scm-dom2", (("?q", _DOMAIN, "?a"), ("?p", _SUBPROPERTY, "?q")), ("?p", _DOMAIN, "?a"), _SCHEMA),
    Rule("scm-rng1", (("?p", _RANGE, "?a"), ("?a", _SUBCLASS, "?b")), ("?p", _RANGE, "?b"), _SCHEMA),
    Rule("scm-rng2", (("?q", _RANGE, "?a"), ("?p", _SUBPROPERTY, "?q")), ("?p", _RANGE, "?a"), _SCHEMA),
]


@dataclass
class Proof:
    """A triple with the rule and the premises that it follows from; a told triple has neither, and is a leaf."""

    triple: Triple
    rule: Rule | None = None
    premises: list[Proof] = field(default_factory=list)


def prove(goal: Triple, rules: Sequence[Rule], scope: Store, is_told: Callable[[Triple], bool]) -> Proof | None:
    """The shortest proof of `goal` by `rules` from the default graph of `scope`; None if none of MAX_DEPTH steps is."""
    proofs = (_prove(goal, depth, frozenset(), rules, scope, is_told) for depth in range(1, MAX_DEPTH + 1))
    return next((proof for proof in proofs if proof is not None), None)


def _prove(
    goal: Triple,
    depth: int,
    path: frozenset[Triple],
    rules: Sequence[Rule],
    scope: Store,
    is_told: Callable[[Triple], bool],
) -> Proof | None:
    if is_told(goal):
        return Proof(goal)
    if depth == 0:
        return None
    for rule in rules:
        bindings = unify(rule.head, goal, {}) if rule.head is not None else None
        if bindings is None:
            continue
        for solution in solve(scope, rule.body, bindings):
            body = [instantiate(pattern, solution) for pattern in rule.body]
            if any(premise == goal or premise in path for premise in body):
                continue
            premises = [_prove(premise, depth - 1, path | {goal}, rules, scope, is_told) for premise in body]
            if all(premise is not None for premise in premises):
                return Proof(goal, rule, [premise for premise in premises if premise is not None])
    return None
