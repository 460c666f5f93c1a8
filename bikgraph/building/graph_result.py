"""What the build makes of one named graph: its triples, where they stand, and what was found and counted on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from bikgraph.findings import Finding
from bikgraph.lookup import terms
from bikgraph.namespaces import BIK, ID
from bikgraph.places import Places, place_of
from bikgraph.release.graphs import GraphInfo

Edge = tuple[str, str, int, int]


@dataclass
class GraphResult:
    """One named graph: told and inferred triples as sorted N-Triples, and the positions of the told ones."""

    graph: str
    info: GraphInfo | None = None
    told: bytes = b""
    inferred: bytes = b""
    positions: bytes = b""
    findings: list[Finding] = field(default_factory=list)
    declared: dict[str, list[str]] = field(default_factory=dict)
    """The slugs that the graph describes, with the IRIs of their classes."""
    foreign: dict[str, list[str]] = field(default_factory=dict)
    """The slugs that it names and other files of its group describe, or have to describe."""
    abroad: list[str] = field(default_factory=list)
    """The slugs of parties that have to stand in another country's register."""
    cited: list[str] = field(default_factory=list)
    """The slugs of the sources that the told triples name."""
    lines: dict[str, int] = field(default_factory=dict)
    """The line of its file on which each slug of `declared` stands."""
    edges: dict[str, list[Edge]] = field(default_factory=dict)
    """By property that may not lead back to itself: subject, object, and where that stands (line, column)."""
    answers: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    told_count: int = 0
    inferred_count: int = 0

    @property
    def is_profile(self) -> bool:
        """Whether the graph is a country's profile in one edition."""
        return self.info is not None and self.info.kind == "profile"

    def count(self) -> GraphResult:
        """The same result with its triples counted."""
        self.told_count, self.inferred_count = self.told.count(b"\n"), self.inferred.count(b"\n")
        return self


def edges_of(told: Iterable[Triple], properties: Iterable[str], places: Places) -> dict[str, list[Edge]]:
    """The told statements with `properties` (IRIs), by property, with their places."""
    edges: dict[str, list[Edge]] = {iri: [] for iri in properties}
    for triple in told:
        subject, predicate, obj = terms(triple)
        if predicate.value in edges:
            line, column = place_of(places, subject.value, predicate.value, obj.value)
            edges[predicate.value].append((subject.value, obj.value, line, column))
    return {iri: sorted(found) for iri, found in sorted(edges.items()) if found}


def plain(described: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """A mapping from slugs to classes in an order that depends on it alone."""
    return {slug: sorted(classes) for slug, classes in sorted(described.items())}


def cited_sources(told: Iterable[Triple]) -> list[str]:
    """The slugs of the sources that triples name."""
    naming = {BIK + "source", BIK + "document"}
    values = (terms(triple)[2] for triple in told if triple.predicate.value in naming)
    return sorted({value.value.removeprefix(ID) for value in values})


def count_answers(told: Iterable[Triple]) -> dict[str, int]:
    """How often each answer's code is given."""
    answer = NamedNode(BIK + "answer")
    codes = (terms(triple)[2].value.removeprefix(ID + "answer-") for triple in told if triple.predicate == answer)
    return dict(sorted(Counter(codes).items()))
