"""The chains of told statements between two things, ranked by what binds them, each step with its source.

A chain is as weak as what it goes through. Each step has a weight by the record that states it: an agreement, a
responsibility, a membership or a part of a whole binds two bodies most, then a project that both carry out, then a
document that both answer for, then a sentence that names both. The weights say how much longer a chain of stronger
steps may be and still come first (docs/decisions/0023): a memorandum before all; two agreements in a row, or a pillar
that both have responsibilities for, before a shared project. networkx does the search.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from bikgraph.lookup import instances, is_a, label_of, name_of, show
from bikgraph.namespaces import BIK, DCT, ID, INFERRED, SKOS, curie
from bikgraph.plain_text import one_line
from bikgraph.release.credits import credits_of
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bikgraph.release import Release

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
COLUMNS = ["chain", "step", "subject", "subjectLabel", "relation", "object", "objectLabel", "source", "binds"]


class Bond(NamedTuple):
    """What a step rests on: the word for it, and its weight; less weight binds more."""

    word: str
    weight: int


# The first class that the subject of a step has decides: an agreement that is a good practice too is an agreement.
BONDS: tuple[tuple[str, Bond], ...] = (
    ("Agreement", Bond("agreement", 2)),
    ("Responsibility", Bond("responsibility", 2)),
    ("Membership", Bond("membership", 2)),
    ("GoodPractice", Bond("project", 5)),
    ("DataCollection", Bond("project", 5)),
    ("Event", Bond("project", 5)),
    ("Policy", Bond("document", 7)),
    ("Record", Bond("mention", 10)),
)
# What no record states: that a body is a part of another, that one pillar is the same as another.
_ITSELF = Bond("relation", 2)


class Step(NamedTuple):
    """One told statement of a chain, whether the chain walks it from subject to object, and what it rests on."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode
    forward: bool
    bond: Bond = _ITSELF


def chains(store: Store, start: NamedNode, end: NamedNode, most: int = 5) -> list[list[Step]]:
    """At most `most` chains of told statements from `start` to `end`, the most binding first; none if there are none.

    They are those of least weight, and those of fewest steps, in the order of their weights, then steps, then names.
    """
    import networkx as nx

    graph = _relationships(store, {start, end})
    if start not in graph or end not in graph:
        return []
    try:
        # A thing pair may have thousands; the graph is filled in a fixed order, so that the first are always the same.
        paths = {
            tuple(path)
            for weight in ("weight", None)
            for path in islice(nx.all_shortest_paths(graph, start, end, weight=weight), 1000)
        }
    except nx.NetworkXNoPath:
        return []
    walks = [[_step(graph, left, right) for left, right in pairwise(path)] for path in paths]
    return sorted(walks, key=_rank)[:most]


def weight_of(chain: Iterable[Step]) -> int:
    """The weight of a chain: that of its steps together."""
    return sum(step.bond.weight for step in chain)


def weakest(chain: Iterable[Step]) -> Bond:
    """What a chain is no stronger than: the bond of its weakest step."""
    return max((step.bond for step in chain), key=lambda bond: (bond.weight, bond is not _ITSELF), default=_ITSELF)


def _rank(chain: list[Step]) -> tuple[int, int, list[str]]:
    names = [node.value for step in chain for node in (step.subject, step.predicate, step.object)]
    return weight_of(chain), len(chain), names


def _relationships(store: Store, kept: set[NamedNode]) -> Any:
    """The told relationships as a graph whose edges have a weight and the statements behind them.

    Everything in a country is two steps apart through it, which tells nothing: countries are left out but for `kept`.
    """
    import networkx as nx

    quads = [quad for quad in store.quads_for_pattern(None, None, None, None) if _is_relationship(quad)]
    bonds = {subject: _bond(store, subject) for subject in {quad.subject for quad in quads}}
    graph: Any = nx.Graph()
    for quad in sorted(quads, key=str):
        bond = bonds[quad.subject]
        graph.add_edge(quad.subject, quad.object)
        edge = graph.edges[quad.subject, quad.object]
        edge.setdefault("statements", {})[quad.subject, quad.predicate, quad.object] = bond
        edge["weight"] = min(bond.weight, edge.get("weight", bond.weight))
    graph.remove_nodes_from(set(instances(store, BIK + "Country")) - kept)
    return graph


def _bond(store: Store, subject: Any) -> Bond:
    return next((bond for cls, bond in BONDS if is_a(store, subject, BIK + cls)), _ITSELF)


def _step(graph: Any, left: NamedNode, right: NamedNode) -> Step:
    statements = graph.edges[left, right]["statements"]
    # Of several as strong the last by name is the most telling: coordinator before actor, party before carried out by.
    subject, predicate, obj = max(statements, key=lambda s: (-statements[s].weight, s[1].value, s[0].value))
    return Step(subject, predicate, obj, subject == left, statements[subject, predicate, obj])


def connect(
    store: Store,
    start: NamedNode,
    end: NamedNode,
    language: str = "en",
    most: int = 5,
    release: Release | None = None,
) -> Table:
    """The chains as a table with a row a step: COLUMNS; `binds` is what the step rests on."""
    rows = []
    for number, chain in enumerate(chains(store, start, end, most), 1):
        for place, step in enumerate(chain, 1):
            sources = _sources(store, step, release)
            labels = label_of(store, step.subject, language), label_of(store, step.object, language)
            relation, source = Literal(curie(step.predicate.value)), NamedNode(sources[0]) if sources else None
            head = (Literal(number), Literal(place), step.subject, labels[0])
            rows.append((*head, relation, step.object, labels[1], source, Literal(step.bond.word)))
    return Table(COLUMNS, rows, language, "connect")


def as_text(
    store: Store,
    start: NamedNode,
    end: NamedNode,
    language: str = "en",
    most: int = 5,
    release: Release | None = None,
) -> str:
    """The chains as text for a terminal; hidden characters are shown."""
    walks = chains(store, start, end, most)
    if not walks:
        return "No chain of told statements connects them.\n"
    lines: list[str] = []
    for number, chain in enumerate(walks, 1):
        count = f"{len(chain)} step{'s' if len(chain) != 1 else ''}"
        lines += [*([""] if number > 1 else []), f"Chain {number} ({count}): {weakest(chain).word}"]
        for step in chain:
            left, right = name_of(store, step.subject, language), name_of(store, step.object, language)
            sources = ", ".join(map(show, _sources(store, step, release)))
            relation = curie(step.predicate.value)
            arrow = f"{left} ──{relation}→ {right}" if step.forward else f"{right} ←{relation}── {left}"
            lines.append(f"  {one_line(arrow)}" + (f"  [{one_line(sources)}]" if sources else ""))
    return "\n".join(lines) + "\n"


def _sources(store: Store, step: Step, release: Release | None) -> list[str]:
    """The sources that state a step; where a register names several for a whole body, all that may."""
    graphs = release.graphs if release is not None else {}
    credits = credits_of(store, graphs, Triple(step.subject, step.predicate, step.object))
    return sorted({source.value for credit in credits for source in credit.sources})


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
