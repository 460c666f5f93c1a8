"""The store of a release: loaded from N-Quads, patched from the last one, and sealed once its triples are counted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from bikgraph.lookup import in_graph
from bikgraph.release.dump import quick_checksum
from bikgraph.release.release import INDEX, SEAL, STORE
from bikgraph.search import can_index, code_digest, write_index

# Kept by RocksDB beside the data: other than when it was written whenever somebody opens the store.
_NOT_DATA = ("LOG", "LOCK", "IDENTITY", "OPTIONS")
# Bytes of N-Quads that are loaded at once: bounds the memory, whatever the number of profiles.
_BATCH = 64_000_000


def load(store: Store, nquads: bytes) -> None:
    """Load named graphs into `store`, and their merge into its default graph."""
    if b"_:" in nquads:  # loading renames blank nodes, so that a graph and the merge would no longer share them
        quads = list(parse(nquads, RdfFormat.N_QUADS))
        store.bulk_extend(quads)
        store.bulk_extend(in_graph(quad.triple) for quad in quads)
        return
    store.bulk_load(nquads, format=RdfFormat.N_QUADS)
    triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in nquads.splitlines(keepends=True))
    store.bulk_load(triples, format=RdfFormat.N_TRIPLES)


def load_all(path: Path, graphs: Iterable[bytes]) -> int:
    """Make the store at `path` from the N-Quads of each graph; returns the number of statements, the merge included."""
    store = Store(str(path))
    plain: list[bytes] = []
    blank: list[bytes] = []
    for data in graphs:
        (blank if b"_:" in data else plain).append(data)
        if sum(map(len, plain)) > _BATCH:
            load(store, b"".join(plain))
            plain = []
    load(store, b"".join(plain))
    load(store, b"".join(blank))
    # Loads lie over each other in layers, each of which a look-up reads; put together, queries take half the time.
    store.optimize()
    store.flush()
    return len(store)


def replace_graph(store: Store, graph: NamedNode, nquads: bytes) -> set[NamedNode]:
    """Put the statements of one named graph in the place of those that it has; the merge follows.

    Returns the subjects of the statements that came or went, blank nodes apart.
    """
    new = set(parse(nquads, RdfFormat.N_QUADS))
    old = set(store.quads_for_pattern(None, None, None, graph))
    for quad in old - new:
        store.remove(quad)
        # A triple leaves the merge only if no named graph holds it any more.
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(isinstance(other.graph_name, DefaultGraph) for other in others):
            store.remove(in_graph(quad.triple))
    added = new - old
    store.extend(added)
    store.extend(in_graph(quad.triple) for quad in added)
    if not new:
        store.remove_graph(graph)
    return {quad.subject for quad in (old - new) | added if isinstance(quad.subject, NamedNode)}


def index(folder: Path) -> None:
    """Make the index of names and texts beside the store in `folder`, where Python's SQLite can."""
    if can_index():
        write_index(folder / INDEX, Store.read_only(str(folder / STORE)))


def seal(folder: Path, digest: str) -> None:
    """Write down the sizes and checksums of the store's files and of the index in `folder`, of the release `digest`."""
    files = sorted(path for path in (folder / STORE).iterdir() if not path.name.startswith(_NOT_DATA))
    described = {path.name: [len(data), quick_checksum(data)] for path in files for data in [path.read_bytes()]}
    sealed: dict[str, object] = {"digest": digest, "store": described}
    if (folder / INDEX).exists():
        data = (folder / INDEX).read_bytes()
        sealed[INDEX] = [len(data), quick_checksum(data), code_digest()]
    (folder / SEAL).write_text(json.dumps(sealed, indent=1) + "\n", "utf-8")
