"""Things that lead back to themselves: a body that is a part of a part of itself, or its own successor.

Which properties may not do so is declared in the ontology: `bik:withoutCircle true` at a property forbids circles of
any length; OWL's irreflexive and asymmetric properties forbid that a thing names itself, and so does
`owl:differentFrom` by its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bikgraph.namespaces import BIK, ID, OWL
from bikgraph.places import START, Place
from bikgraph.reading.told import Completed
from bikgraph.vocabulary import Vocabulary

Edge = tuple[str, str]
"""A subject and an object, as slugs or IRIs."""

_NEVER_ITSELF = {OWL + "IrreflexiveProperty", OWL + "AsymmetricProperty"}
# So many steps of a circle are named in a message.
_MOST_NAMED = 8


@dataclass(frozen=True)
class CircleRules:
    """The properties that may not lead back, IRI to the field's key: at no length, or not in one step."""

    without_circle: dict[str, str]
    never_itself: dict[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> CircleRules:
        """Read what a vocabulary declares."""
        classes = vocabulary.described()
        keys = {term.iri: key for key, term in vocabulary.terms.items() if term.is_reference}
        never = {iri for iri in keys if iri == OWL + "differentFrom" or _NEVER_ITSELF & classes.get(iri, set())}
        without = {iri: key for iri, key in keys.items() if vocabulary.value(iri, BIK + "withoutCircle") == "true"}
        return cls(without, without | {iri: keys[iri] for iri in never})


def circles(edges: Iterable[Edge]) -> list[list[Edge]]:
    """The circles of a relation, each as its edges; a thing that names itself is a circle of one edge.

    Circles that share no thing are all there; of those that share one, at least one: mend it, and look again. Takes
    time in proportion to the edges. An edge that stands twice counts once.
    """
    following: dict[str, list[str]] = {}
    listed: list[list[Edge]] = []
    for subject, obj in dict.fromkeys(edges):
        if subject == obj:
            listed.append([(subject, obj)])
        else:
            following.setdefault(subject, []).append(obj)
    finished: set[str] = set()
    on_a_circle: set[str] = set()
    for start in list(following):
        if start in finished:
            continue
        # Depth first, by hand: a hostile file may have a chain of fifty thousand.
        path, depth, todo = [start], {start: 0}, [iter(following[start])]
        while path:
            node = next(todo[-1], None)
            if node is None:
                todo.pop()
                finished.add(path[-1])
                del depth[path.pop()]
            elif node in depth:
                nodes = _back_to(path, depth[node], on_a_circle)
                if nodes is not None:
                    listed.append(list(zip(nodes, [*nodes[1:], node], strict=True)))
            elif node in following and node not in finished:
                depth[node] = len(path)
                path.append(node)
                todo.append(iter(following[node]))
    return listed


def _back_to(path: list[str], start: int, on_a_circle: set[str]) -> list[str] | None:
    """The end of `path` from the index `start` on; None if one of its things is on a circle already.

    What was walked counts as on a circle from then on, so that no thing is walked twice.
    """
    nodes: list[str] = []
    for index in range(len(path) - 1, start - 1, -1):
        if path[index] in on_a_circle:
            on_a_circle.update(nodes)
            return None
        nodes.append(path[index])
    on_a_circle.update(nodes)
    return nodes[::-1]


def edges_of(completed: Completed, rules: CircleRules) -> dict[str, dict[Edge, Place]]:
    """The statements of a file that may not lead back, by the IRI of the property, each with its place, in order."""
    edges: dict[str, dict[Edge, Place]] = {iri: {} for iri in sorted(rules.never_itself)}
    for subject, predicate, obj in completed.told:
        if predicate in edges:
            edges[predicate][subject, obj] = completed.places.get((subject, predicate, obj), START)
    return {iri: dict(sorted(places.items(), key=lambda entry: entry[::-1])) for iri, places in edges.items()}


def check_circles(completed: Completed, rules: CircleRules) -> None:
    """Report the circles of a file, each where the last of its statements stands, which closes it."""
    for iri, edges in edges_of(completed, rules).items():
        key = rules.never_itself[iri]
        for circle in circles(edges):
            if len(circle) == 1:
                slug = _slug(circle[0][0])
                message = f"{slug} names itself in {key}. Name another thing, or remove the field."
                completed.source.report(edges[circle[0]], "self-reference", message, slug)
            elif iri in rules.without_circle:
                closing = max(circle, key=lambda edge: edges[edge])
                message = (
                    f"Here {key} leads back to where it began: {circle_in_words(circle, closing)}. "
                    "Mend one of these, each in the record that comes before the arrow."
                )
                completed.source.report(edges[closing], "circle", message, _slug(closing[1]))


def circle_in_words(circle: list[Edge], closing: Edge) -> str:
    """A circle as messages name it, from the edge that closes it on: `be-b → be-a → be-b`."""
    at = circle.index(closing)
    slugs = [_slug(subject) for subject, _ in [*circle[at:], *circle[:at]]]
    if len(slugs) > _MOST_NAMED:
        slugs = [*slugs[: _MOST_NAMED - 1], f"… ({len(slugs) - _MOST_NAMED + 1} more)"]
    return " → ".join([*slugs, _slug(closing[0])])


def _slug(iri: str) -> str:
    return iri.removeprefix(ID)
