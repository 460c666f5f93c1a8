"""What questions look up of one release, each thing once: names, labels, and the editions that have records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.lookup import label_of, names
from bikgraph.nearest import fold
from bikgraph.questions.source_credits import sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Literal, NamedNode, Store

    from bikgraph.questions.default_edition import Holdings
    from bikgraph.tables.table import Source


class Memory:
    """What was looked up of a store that does not change meanwhile: a release that is open."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing."""
        self._store = store
        self._names: dict[str, dict[str, list[NamedNode]]] = {}
        self._written: dict[str, list[str]] = {}
        self._labels: dict[tuple[str, str], Literal | None] = {}
        self._sources: dict[tuple[str, str], Source] = {}
        self.holdings: dict[tuple[str, ...], Holdings] = {}

    def named(self, cls: str, folded: str) -> Sequence[NamedNode]:
        """The instances of a class that are called so, by a folded name, in order of their IRIs."""
        self.names(cls)
        return self._names[cls].get(folded, ())

    def names(self, cls: str) -> Sequence[str]:
        """Every name of every instance of a class, as it is written."""
        if cls not in self._names:
            by_name: dict[str, set[NamedNode]] = {}
            self._written[cls] = []
            for name, node in names(self._store, cls):
                self._written[cls].append(name)
                by_name.setdefault(fold(name), set()).add(node)
            self._names[cls] = {name: sorted(nodes, key=lambda n: n.value) for name, nodes in by_name.items()}
        return self._written[cls]

    def source(self, node: NamedNode, language: str) -> Source:
        """A section or page as a source to cite."""
        key = (node.value, language)
        if key not in self._sources:
            self._sources[key] = sources_of(self._store, [node], language)[node]
        return self._sources[key]

    def label(self, node: NamedNode, language: str) -> Literal | None:
        """The label of a thing by the rule of `lookup.label_of`."""
        key = (node.value, language)
        if key not in self._labels:
            self._labels[key] = label_of(self._store, node, language)
        return self._labels[key]
