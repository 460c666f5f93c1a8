"""Stage 3: the OWL 2 RL closure, by the compiled rules; what is told and what is inferred stay apart.

Forward chaining from the statements that are new: each new triple is unified with every body pattern that it can match,
the rest of the body is looked up in the store, and heads that the store lacks are added and chained on from in turn. So
the cost follows what is new, and the result holds nothing that the store held before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, Quad, Store, Triple

from bikgraph.lookup import DEFAULT, in_graph
from bikgraph.reasoning.rules import TYPE, Pattern, Rule

Bindings = dict[str, Any]


@dataclass(frozen=True)
class Contradiction:
    """A rule without head whose body holds: the triples that cannot stand together."""

    rule: Rule
    premises: tuple[Triple, ...]


class Reasoner:
    """The rules, indexed by what can trigger them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._triggers: dict[Any, list[tuple[Rule, int]]] = {}
        self.rules = list(rules)
        for rule in self.rules:
            for index, (_, predicate, obj) in enumerate(rule.body):
                self._triggers.setdefault(_trigger(predicate, obj), []).append((rule, index))

    def close(self, store: Store, new: Sequence[Triple]) -> tuple[list[Triple], list[Contradiction]]:
        """Add to the default graph of `store` what follows from `new`, whose triples it already holds.

        Returns the inferred triples, and the contradictions in which a new or inferred triple takes part.
        """
        inferred: list[Triple] = []
        try:
            return inferred, self._chain(store, new, inferred)
        except BaseException:
            # Whoever shares the store gets it back as it was, also after Ctrl-C.
            for triple in inferred:
                store.remove(in_graph(triple))
            raise

    def _chain(self, store: Store, new: Sequence[Triple], inferred: list[Triple]) -> list[Contradiction]:
        contradictions: dict[tuple[Any, ...], Contradiction] = {}
        queue = deque(new)
        while queue:
            triple = queue.popleft()
            for rule, index in self._triggered(triple):
                bindings = unify(rule.body[index], triple, {})
                if bindings is None:
                    continue
                rest = rule.body[:index] + rule.body[index + 1 :]
                for solution in solve(store, rest, bindings):
                    if rule.head is None:
                        premises = tuple(sorted((instantiate(p, solution) for p in rule.body), key=str))
                        contradictions.setdefault((rule.axiom, premises), Contradiction(rule, premises))
                        continue
                    subject, predicate, obj = (_value(term, solution) for term in rule.head)
                    if isinstance(subject, Literal):
                        continue
                    quad = Quad(subject, predicate, obj, DEFAULT)
                    if quad not in store:
                        store.add(quad)
                        inferred.append(quad.triple)
                        queue.append(quad.triple)
        return list(contradictions.values())

    def _triggered(self, triple: Triple) -> Iterator[tuple[Rule, int]]:
        yield from self._triggers.get(triple.predicate, ())
        yield from self._triggers.get((triple.predicate, triple.object), ())


def unify(pattern: Pattern, triple: Triple, bindings: Bindings) -> Bindings | None:
    """`bindings` extended so that `pattern` becomes `triple`; None if it cannot."""
    result = dict(bindings)
    for wanted, term in zip(pattern, (triple.subject, triple.predicate, triple.object), strict=True):
        if isinstance(wanted, str):
            if result.setdefault(wanted, term) != term:
                return None
        elif wanted != term:
            return None
    return result


def solve(store: Store, body: Sequence[Pattern], bindings: Bindings) -> Iterator[Bindings]:
    """All ways to extend `bindings` so that every pattern of `body` holds in the default graph of `store`."""
    if not body:
        yield bindings
        return
    # Next the pattern with the fewest open variables, so that joins stay narrow.
    pattern = min(body, key=lambda p: sum(isinstance(_value(term, bindings), str) for term in p))
    rest = [other for other in body if other is not pattern]
    subject, predicate, obj = (_value(term, bindings) for term in pattern)
    if isinstance(subject, Literal):
        return
    wanted = [None if isinstance(term, str) else term for term in (subject, predicate, obj)]
    for quad in store.quads_for_pattern(wanted[0], wanted[1], wanted[2], DEFAULT):
        extended = unify(pattern, quad.triple, bindings)
        if extended is not None:
            yield from solve(store, rest, extended)


def instantiate(pattern: Pattern, bindings: Bindings) -> Triple:
    """The triple that `pattern` becomes under `bindings`."""
    return Triple(*(_value(term, bindings) for term in pattern))


def _value(term: Any, bindings: Bindings) -> Any:
    return bindings.get(term, term) if isinstance(term, str) else term


def _trigger(predicate: Any, obj: Any) -> Any:
    return (predicate, obj) if predicate == TYPE and not isinstance(obj, str) else predicate
