"""What questions look up of one release, each thing once: names, labels, and the editions that have records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from bikgraph.lookup import label_of, names, show
from bikgraph.nearest import fold
from bikgraph.questions.source_credits import sources_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Literal, Store

    from bikgraph.questions.default_edition import Holdings
    from bikgraph.tables.table import Source


# More spellings and lists than people try; a server that is sent ever new ones does not grow.
_MOST_RESOLVED = 1000


class Labels(dict[Any, "Literal | None"]):
    """The labels of things in one language by the rule of `lookup.label_of`, looked up when first asked for.

    What is no named thing has None.
    """

    def __init__(self, store: Store, language: str) -> None:
        """Begin with nothing."""
        super().__init__()
        self._store, self._language = store, language

    def __missing__(self, node: object) -> Literal | None:
        """Look it up, and keep it."""
        label = label_of(self._store, node, self._language) if isinstance(node, NamedNode) else None
        self[node] = label
        return label


class Memory:
    """What was looked up of a store that does not change meanwhile: a release that is open."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing."""
        self._store = store
        self._names: dict[str, dict[str, list[NamedNode]]] = {}
        self._written: dict[str, list[str]] = {}
        self._labels: dict[str, Labels] = {}
        self._sources: dict[str, dict[NamedNode, Source]] = {}
        self._resolved: dict[tuple[str, bool, str], list[NamedNode | Literal]] = {}
        self.holdings: dict[tuple[str, ...], Holdings] = {}
        self.records: dict[str, dict[NamedNode, int]] = {}

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
        known = self._sources.setdefault(language, {})
        if node not in known:
            known[node] = sources_of(self._store, [node], language)[node]
        return known[node]

    def labels(self, language: str) -> Labels:
        """The labels of things in a language."""
        if language not in self._labels:
            self._labels[language] = Labels(self._store, language)
        return self._labels[language]

    def name(self, node: NamedNode, language: str = "en") -> str:
        """The text of a thing's label, by the rule of `lookup.name_of`."""
        label = self.labels(language)[node]
        return show(node.value) if label is None else label.value

    def resolved(
        self, type_name: str, several: bool, written: str, resolve: Callable[[], list[NamedNode | Literal]]
    ) -> list[NamedNode | Literal]:
        """What `written` means for a type of parameter, as one or a list of several; `resolve` finds it the first time.

        Raises what `resolve` does; that is not kept.
        """
        key = (type_name, several, written)
        if key not in self._resolved:
            found = resolve()
            if len(self._resolved) >= _MOST_RESOLVED:
                self._resolved.clear()
            self._resolved[key] = found
        return [*self._resolved[key]]
