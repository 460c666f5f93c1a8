"""Stage 4: the release is built aside, from the gzip members of its graphs, and swapped in atomically."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from bikgraph.errors import ReleaseError
from bikgraph.release.release import DUMP, MANIFEST, STORE, Release, current

_DEFAULT = DefaultGraph()
# Above this share of changed triples a fresh bulk load is cheaper than patching a copy of the last store.
_PATCH_SHARE = 0.3


def write(
    release_folder: Path,
    members: Mapping[str, Path],
    sizes: Mapping[str, int],
    digest: str,
    described: Mapping[str, Any],
) -> Release:
    """Build a release from `members` (graph IRI to gzip member, in order) and swap it in.

    `sizes` gives each graph's triples; `digest` names the content, `described` goes into the manifest beside them. Raises ReleaseError if the disk refuses.
    """
    last = current(release_folder)
    manifest = {
        "digest": digest,
        "graphs": {graph: {"member": _signature(path), "triples": sizes[graph]} for graph, path in members.items()},
        **described,
    }
    builds = release_folder / "builds"
    target = builds / digest[:32]
    if last is not None and last.folder == target.resolve():
        return last
    with explained(release_folder):
        builds.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=builds, prefix=".new-"))
        try:
            _write_dump(aside / DUMP, members)
            _write_store(aside / STORE, members, sizes, last, manifest)
            (aside / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8")
            shutil.rmtree(target, ignore_errors=True)
            aside.replace(target)
            _swap(release_folder, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _forget(builds, kept={target.name, last.folder.name if last else ""})
    return Release(target, manifest)


def unfold_into(target: Path, dump: Path, manifest: Mapping[str, Any]) -> None:
    """Make the release folder `target` from a dump; it appears when it is complete. Raises ReleaseError if the disk refuses."""
    with explained(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=".new-"))
        try:
            store = Store(str(aside / STORE))
            load(store, gzip.decompress(dump.read_bytes()))
            store.flush()
            del store
            (aside / MANIFEST).write_text(json.dumps(manifest), "utf-8")
            if not target.exists():
                aside.replace(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def load(store: Store, nquads: bytes) -> None:
    """Load named graphs into `store`, and their merge into its default graph."""
    if b"_:" in nquads:  # loading renames blank nodes, so that a graph and the merge would no longer share them
        quads = list(parse(nquads, RdfFormat.N_QUADS))
        store.bulk_extend(quads)
        store.bulk_extend(Quad(*quad.triple, _DEFAULT) for quad in quads)
        return
    store.bulk_load(nquads, format=RdfFormat.N_QUADS)
    triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in nquads.splitlines(keepends=True))
    store.bulk_load(triples, format=RdfFormat.N_TRIPLES)


def _write_dump(path: Path, members: Mapping[str, Path]) -> None:
    with path.open("wb") as out:
        for member in members.values():
            out.write(member.read_bytes())


def _write_store(
    path: Path, members: Mapping[str, Path], sizes: Mapping[str, int], last: Release | None, manifest: Mapping[str, Any]
) -> None:
    before = last.manifest["graphs"] if last is not None else {}
    after = manifest["graphs"]
    changed = [graph for graph in {**before, **after} if before.get(graph) != after.get(graph)]
    cost = sum(max(sizes.get(graph, 0), before.get(graph, {}).get("triples", 0)) for graph in changed)
    if last is not None and before and cost < _PATCH_SHARE * sum(sizes.values()):
        try:
            last.open().backup(str(path))
        except (OSError, ReleaseError):
            shutil.rmtree(path, ignore_errors=True)
        else:
            store = Store(str(path))
            for graph in changed:
                _replace_graph(store, graph, gzip.decompress(members[graph].read_bytes()) if graph in members else b"")
            store.flush()
            return
    store = Store(str(path))
    plain: list[bytes] = []
    blank: list[bytes] = []
    for member in members.values():
        data = gzip.decompress(member.read_bytes())
        (blank if b"_:" in data else plain).append(data)
        if sum(map(len, plain)) > 64_000_000:  # keeps the memory bounded, whatever the number of profiles
            load(store, b"".join(plain))
            plain = []
    load(store, b"".join(plain))
    load(store, b"".join(blank))
    store.flush()


def _replace_graph(store: Store, graph: str, nquads: bytes) -> None:
    name = NamedNode(graph)
    new = set(parse(nquads, RdfFormat.N_QUADS))
    old = set(store.quads_for_pattern(None, None, None, name))
    for quad in old - new:
        store.remove(quad)
        # A triple leaves the merge only if no named graph holds it any more.
        if all(isinstance(other.graph_name, DefaultGraph) for other in store.quads_for_pattern(*quad.triple, None)):
            store.remove(Quad(*quad.triple, _DEFAULT))
    added = new - old
    store.extend(added)
    store.extend(Quad(*quad.triple, _DEFAULT) for quad in added)
    if not new:
        store.remove_graph(name)


def _signature(path: Path) -> str:
    # The member's entry is named by a hash of what it was made from: its path tells its content.
    return f"{path.parent.name}/{path.name}"


def _swap(release_folder: Path, target: Path) -> None:
    link = release_folder / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(target.relative_to(release_folder), target_is_directory=True)
    link.replace(release_folder / "current")


def _forget(builds: Path, kept: set[str]) -> None:
    """Delete older builds and what killed builds left; whoever has an old store open can go on reading it."""
    for entry in builds.iterdir():
        if entry.name not in kept:
            shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an OSError within the block into a ReleaseError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError(
            f"The release cannot be written to {folder}: {reason}. Make room there or allow writing; what was released before is unchanged."
        ) from error
