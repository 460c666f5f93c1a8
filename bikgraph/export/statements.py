"""The statements of an export, sorted, subject by subject, so that the same release gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store, Triple

from bikgraph.errors import RequestError
from bikgraph.export.selection import Part
from bikgraph.lookup import Node, triples
from bikgraph.namespaces import RDF_TYPE

# Called with the number of subjects, or of graphs, written and in all.
Progress = Callable[[int, int], None]


class Statements(NamedTuple):
    """The parts of a store that are exported; they are streamed, so that memory does not grow with the graph."""

    store: Store
    parts: Sequence[Part]
    progress: Progress | None = None

    def triples(self) -> Iterator[Triple]:
        """The statements of all parts, each once, ordered by their subjects. Raises RequestError if there are none."""
        subjects = sorted({subject for part in self.parts for subject in self._subjects(part)}, key=str)
        if not subjects:
            raise RequestError("There is nothing to export in this selection.")
        for done, subject in enumerate(subjects, 1):
            told = {
                quad.triple
                for part in self.parts
                if part.subjects is None or subject in part.subjects
                for quad in self.store.quads_for_pattern(subject, None, None, part.graph)
            }
            yield from sorted(told, key=_type_first)
            if self.progress is not None and (done % 500 == 0 or done == len(subjects)):
                self.progress(done, len(subjects))

    def quads(self) -> Iterator[Quad]:
        """The statements of each part in its named graph, graph by graph. Raises RequestError if there are none."""
        count = 0
        for done, part in enumerate(self.parts, 1):
            for subject in sorted(self._subjects(part), key=str):
                for quad in sorted(self.store.quads_for_pattern(subject, None, None, part.graph), key=_type_first):
                    count += 1
                    yield quad
            if self.progress is not None:
                self.progress(done, len(self.parts))
        if not count:
            raise RequestError("There is nothing to export in this selection.")

    def _subjects(self, part: Part) -> set[Node]:
        subjects = {subject for subject, _, _ in triples(self.store, graph=part.graph)}
        return subjects if part.subjects is None else subjects & part.subjects


def _type_first(statement: Triple | Quad) -> tuple[bool, str, str]:
    return statement.predicate != _TYPE, statement.predicate.value, str(statement.object)


_TYPE = NamedNode(RDF_TYPE)
