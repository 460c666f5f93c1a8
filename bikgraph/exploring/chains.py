"""The shortest chains of relationships between two things, each step with its source; networkx does the search."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from bikgraph.lookup import instances, label_of, name_of, show, values
from bikgraph.namespaces import BIK, DCT, ID, INFERRED, SKOS, curie
from bikgraph.plain_text import one_line
from bikgraph.tables.table import Table

# Statements that say what a thing is or where it stands, not what it has to do with another thing: every two records
# of a profile would be two steps apart through them.
_NO_RELATIONSHIP = {
    BIK + name
    for name in (
        "kind", "role", "function", "topic", "periodicity", "source", "document", "country", "edition",
        "indicator", "answer", "answerScheme", "actionArea", "inEdition", "formSection",
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
    graph.remove_nodes_from(set(instances(store, BIK + "Country")) - {start, end})
    if start not in graph or end not in graph:
        return []
    try:
        # Sorted, so that the same release gives the same chains: networkx follows the order in which edges came.
        paths = sorted(
            islice(nx.all_shortest_paths(graph, start, end), 1000), key=lambda path: [node.value for node in path]
        )
    except nx.NetworkXNoPath:
        return []
    walks = []
    for path in paths[:most]:
        steps = []
        for left, right in pairwise(path):
            # Of several statements between two things the last by name is the most telling: coordinator before actor.
            subject, predicate, obj = max(
                graph.edges[left, right]["statements"], key=lambda s: (s[1].value, s[0].value)
            )
            steps.append(Step(subject, predicate, obj, subject == left))
        walks.append(steps)
    return walks


def connect(store: Store, start: NamedNode, end: NamedNode, language: str = "en", most: int = 5) -> Table:
    """The chains as a table with a row a step: COLUMNS."""
    rows = []
    for number, chain in enumerate(chains(store, start, end, most), 1):
        for place, step in enumerate(chain, 1):
            sources = _sources(store, step.subject)
            labels = label_of(store, step.subject, language), label_of(store, step.object, language)
            relation, source = Literal(curie(step.predicate.value)), NamedNode(sources[0]) if sources else None
            head = (Literal(number), Literal(place), step.subject, labels[0])
            rows.append((*head, relation, step.object, labels[1], source))
    return Table(COLUMNS, rows, language, "connect")


def as_text(store: Store, start: NamedNode, end: NamedNode, language: str = "en", most: int = 5) -> str:
    """The chains as text for a terminal; hidden characters are shown."""
    walks = chains(store, start, end, most)
    if not walks:
        return "No chain of told statements connects them.\n"
    lines: list[str] = []
    for number, chain in enumerate(walks, 1):
        lines += [*([""] if number > 1 else []), f"Chain {number} ({len(chain)} step{'s' if len(chain) != 1 else ''})"]
        for step in chain:
            left, right = name_of(store, step.subject, language), name_of(store, step.object, language)
            sources = ", ".join(dict.fromkeys(map(show, _sources(store, step.subject))))
            relation = curie(step.predicate.value)
            arrow = f"{left} ──{relation}→ {right}" if step.forward else f"{right} ←{relation}── {left}"
            lines.append(f"  {one_line(arrow)}" + (f"  [{one_line(sources)}]" if sources else ""))
    return "\n".join(lines) + "\n"


def _sources(store: Store, node: NamedNode) -> list[str]:
    return sorted(source.value for source in values(store, node, BIK + "source"))


def _is_relationship(quad: Quad) -> bool:
    predicate = quad.predicate.value
    return (
        isinstance(quad.graph_name, NamedNode)
        and not quad.graph_name.value.endswith(INFERRED)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.subject.value.startswith(ID)
        and quad.object.value.startswith(ID)
        and (predicate.startswith((BIK, DCT + "isReplacedBy", SKOS)) and "inScheme" not in predicate)
        and predicate not in _NO_RELATIONSHIP
        and not predicate.startswith(_HOLDS)
    )
