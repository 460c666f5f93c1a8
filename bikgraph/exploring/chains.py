"""The shortest chains of relationships between two things, each step with its source; networkx does the search."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import Any, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from bikgraph.lookup import label_of, show
from bikgraph.namespaces import BIK, DCT, ID, INFERRED, RDF_TYPE, curie
from bikgraph.tables.table import Table

_DEFAULT = DefaultGraph()
_SOURCE, _TYPE, _COUNTRY = NamedNode(BIK + "source"), NamedNode(RDF_TYPE), NamedNode(BIK + "Country")
# Statements that say what a thing is or where it stands, not what it has to do with another thing: every two records
# of a profile would be two steps apart through them.
_NO_RELATIONSHIP = {
    BIK + name
    for name in (
        "kind", "role", "function", "periodicity", "source", "document", "country", "edition", "indicator", "answer", "answerScheme", "actionArea", "inEdition", "formSection",
        "hasSection", "addresses", "covers", "actorProperty",
    )
}  # fmt: skip
_HOLDS = (BIK + "has", BIK + "registers")
COLUMNS = ["chain", "step", "subject", "subjectLabel", "relation", "object", "objectLabel", "source"]


class Step(NamedTuple):
    """One told statement of a chain, and whether the chain walks it from subject to object."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    forward: bool


def chains(store: Store, start: NamedNode, end: NamedNode, most: int = 5) -> list[list[Step]]:
    """At most `most` shortest chains of told statements from `start` to `end`; none if they are not connected."""
    import networkx as nx

    graph: Any = nx.Graph()
    for quad in store.quads_for_pattern(None, None, None, None):
        if _is_relationship(quad):
            graph.add_edge(quad.subject, quad.object)
            graph.edges[quad.subject, quad.object].setdefault("statements", set()).add(
                (quad.subject, quad.predicate, quad.object)
            )
    # Everything in a country is two steps apart through it, which tells nothing.
    countries = {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _COUNTRY, _DEFAULT)}
    graph.remove_nodes_from(countries - {start, end})
    if start not in graph or end not in graph:
        return []
    found = []
    try:
        # Sorted, so that the same release gives the same chains: networkx follows the order in which edges came.
        paths = sorted(
            islice(nx.all_shortest_paths(graph, start, end), 1000), key=lambda path: [node.value for node in path]
        )
    except nx.NetworkXNoPath:
        return []
    for path in paths[:most]:
        steps = []
        for left, right in pairwise(path):
            # Of several statements between two things the last by name is the most telling: coordinator before actor.
            subject, predicate, obj = max(
                graph.edges[left, right]["statements"], key=lambda s: (s[1].value, s[0].value)
            )
            steps.append(Step(subject, predicate, obj, subject == left))
        found.append(steps)
    return found


def connect(store: Store, start: NamedNode, end: NamedNode, language: str = "en", most: int = 5) -> Table:
    """The chains as a table with a row a step: COLUMNS."""
    rows = []
    for number, chain in enumerate(chains(store, start, end, most), 1):
        for place, step in enumerate(chain, 1):
            sources = sorted(q.object.value for q in store.quads_for_pattern(step.subject, _SOURCE, None, _DEFAULT))
            rows.append(
                (
                    Literal(number), Literal(place), step.subject, label_of(store, step.subject, language), Literal(curie(step.predicate.value)), step.object,
                    label_of(store, step.object, language), NamedNode(sources[0]) if sources else None,
                )
            )  # fmt: skip
    return Table(COLUMNS, rows, language, "connect")


def as_text(store: Store, start: NamedNode, end: NamedNode, language: str = "en", most: int = 5) -> str:
    """The chains as text for a terminal."""
    found = chains(store, start, end, most)
    if not found:
        return "No chain of told statements connects them.\n"
    lines: list[str] = []
    for number, chain in enumerate(found, 1):
        lines += [*([""] if number > 1 else []), f"Chain {number} ({len(chain)} step{'s' if len(chain) != 1 else ''})"]
        for step in chain:
            left, right = _name(store, step.subject, language), _name(store, step.object, language)
            sources = sorted(
                {show(q.object.value) for q in store.quads_for_pattern(step.subject, _SOURCE, None, _DEFAULT)}
            )
            relation = curie(step.predicate.value)
            arrow = f"{left} ──{relation}→ {right}" if step.forward else f"{right} ←{relation}── {left}"
            lines.append(f"  {arrow}" + (f"  [{', '.join(sources)}]" if sources else ""))
    return "\n".join(lines) + "\n"


def _is_relationship(quad: Any) -> bool:
    predicate = quad.predicate.value
    return (
        isinstance(quad.graph_name, NamedNode)
        and not quad.graph_name.value.endswith(INFERRED)
        and isinstance(quad.object, NamedNode)
        and quad.subject.value.startswith(ID)
        and quad.object.value.startswith(ID)
        and (
            predicate.startswith((BIK, DCT + "isReplacedBy", "http://www.w3.org/2004/02/skos/core#"))
            and "inScheme" not in predicate
        )
        and predicate not in _NO_RELATIONSHIP
        and not predicate.startswith(_HOLDS)
    )


def _name(store: Store, node: NamedNode, language: str) -> str:
    label = label_of(store, node, language)
    return label.value if label is not None else show(node.value)
