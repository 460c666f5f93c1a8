"""A release is built aside, from the gzip members of its graphs, and swapped in atomically."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, Store

from bikgraph.errors import ReleaseError
from bikgraph.release.dump import checksum, quick_checksum, unpacked
from bikgraph.release.graphs import GraphInfo
from bikgraph.release.release import (
    DUMP,
    INDEX,
    MANIFEST,
    POSITIONS,
    STORE,
    Release,
    current,
    graph_node,
    sealed_manifest,
)
from bikgraph.release.store import index, load_all, replace_graph, seal
from bikgraph.search import can_index, update_index

# Above this share of changed triples a fresh bulk load is cheaper than patching a copy of the last store.
_PATCH_SHARE = 0.3


class Member(NamedTuple):
    """One named graph for the dump: its short name, its number of triples, its gzip member, and that of its positions.

    `info` says what the graph is; a companion of inferences has neither it nor positions.
    """

    name: str
    triples: int
    data: bytes
    info: GraphInfo | None = None
    positions: bytes = b""


def write(
    release_folder: Path, members: Sequence[Member], files: Mapping[str, bytes], summary: Mapping[str, Any]
) -> Release:
    """Build a release from `members` and further `files` by name, and swap it in; `summary` goes into the manifest.

    An equal release that is whole stays as it is; one that is damaged is made anew. Raises ReleaseError if the disk
    refuses.
    """
    last = _last(release_folder)
    entries = _entries(members)
    contents = {DUMP: b"".join(m.data for m in members), POSITIONS: b"".join(m.positions for m in members), **files}
    manifest: dict[str, Any] = {
        "graphs": entries,
        "files": {name: {"bytes": len(data), "crc32": quick_checksum(data)} for name, data in contents.items()},
        "summary": dict(summary),
    }
    builds = release_folder / "builds"
    with explained(release_folder):
        builds.mkdir(parents=True, exist_ok=True)
        if last is not None and _same(last, manifest):
            _forget(builds, kept={last.folder.name})
            return last
        aside = Path(tempfile.mkdtemp(dir=builds, prefix=".new-"))
        try:
            # Counted here once, so that whoever unfolds the dump can hold his count against it.
            manifest["statements"] = _write_store(aside, members, entries, last)
            text = sealed_manifest(manifest)
            for name, data in {**contents, MANIFEST: text}.items():
                (aside / name).write_bytes(data)
            release = Release(aside)
            seal(aside, release.digest)
            target = _free(builds, release.digest[:32])
            aside.replace(target)
            _swap(release_folder, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        _forget(builds, kept={target.name, last.folder.name if last else ""})
    return Release(target)


def _last(release_folder: Path) -> Release | None:
    """The release to build upon: none if it is damaged anywhere, which would be copied, or lacks a fitting index."""
    try:
        last = current(release_folder)
    except ReleaseError:
        return None
    if last is None or last.damage(thorough=True) is not None or last.has_fitting_index != can_index():
        return None
    return last


def _same(last: Release, manifest: Mapping[str, Any]) -> bool:
    return all(last.manifest[part] == manifest[part] for part in ("graphs", "files", "summary"))


def _entries(members: Sequence[Member]) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    in_dump = in_positions = 0
    for member in members:
        entry: dict[str, Any] = {"triples": member.triples, "dump": _part(in_dump, member.data)}
        in_dump += len(member.data)
        if member.info is not None:
            entry["is"] = {name: value for name, value in member.info._asdict().items() if name != "name"}
            entry["positions"] = _part(in_positions, member.positions)
            in_positions += len(member.positions)
        entries[member.name] = entry
    return entries


def _part(offset: int, data: bytes) -> dict[str, Any]:
    return {"offset": offset, "bytes": len(data), "sha256": checksum(data)}


def _write_store(
    folder: Path, members: Sequence[Member], after: Mapping[str, Mapping[str, Any]], last: Release | None
) -> int:
    """Make store and index in `folder`, as patched copies of the last where little changed; returns the statements."""
    path = folder / STORE
    before = last.manifest["graphs"] if last is not None else {}

    def content(entry: Mapping[str, Any] | None) -> object:
        return None if entry is None else entry["dump"]["sha256"]

    def size(entry: Mapping[str, Any] | None) -> int:
        return 0 if entry is None else int(entry["triples"])

    changed = [name for name in {**before, **after} if content(before.get(name)) != content(after.get(name))]
    cost = sum(max(size(before.get(name)), size(after.get(name))) for name in changed)
    if last is not None and cost < _PATCH_SHARE * sum(map(size, after.values())):
        try:
            last.open().backup(str(path))
        except (OSError, RuntimeError, ReleaseError):
            shutil.rmtree(path, ignore_errors=True)
        else:
            data = {member.name: member.data for member in members}
            store = Store(str(path))
            nodes: set[NamedNode] = set()
            for name in changed:
                nodes |= replace_graph(store, graph_node(name), unpacked(data[name]) if name in data else b"")
            store.flush()
            _patch_index(folder, store, nodes, last)
            return len(store)
    count = load_all(path, (unpacked(member.data) for member in members))
    index(folder)
    return count


def _patch_index(folder: Path, store: Store, nodes: set[NamedNode], last: Release) -> None:
    """Copy the last index and renew it where these nodes are described otherwise now."""
    if can_index():
        shutil.copyfile(last.folder / INDEX, folder / INDEX)
        update_index(folder / INDEX, store, nodes)


def _free(builds: Path, name: str) -> Path:
    """A folder that is not there yet: a damaged release of the same digest stays until the new one is swapped in."""
    candidates = (builds / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    return next(path for path in candidates if not path.exists())


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
    for link in builds.parent.glob(".current-*"):
        link.unlink(missing_ok=True)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an OSError within the block into a ReleaseError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError(
            f"The release cannot be written to {folder}: {reason}. Make room there or allow writing; "
            "what was released before is unchanged."
        ) from error
