"""Results of earlier builds, kept under a hash of what they were made from.

A graph's entry is a folder: what was found (JSON) and the two gzip members, told and inferred, that the dump is made of.
Same input, same bytes: the lines are sorted, and gzip carries neither name nor time.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache as memoised
from importlib.metadata import version
from pathlib import Path

from bikgraph.building.country import GraphResult
from bikgraph.findings import Finding
from bikgraph.namespaces import GRAPH, INFERRED

_STAGES = ("vocabulary", "reading", "checking", "reasoning", "building")
_LIBRARIES = ("pyoxigraph", "pyshacl", "rdflib", "owlrl", "PyYAML")


@memoised
def code_digest() -> str:
    """A hash of the code that makes results: the stages' source and the libraries' versions."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for name in _STAGES:
        for path in sorted((Path(__file__).parents[1] / name).glob("*.py")):
            digest.update(path.read_bytes())
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
        self.folder = folder

    def load(self, graph: str, key: str) -> GraphResult | None:
        """The entry of `graph` under `key` without its triples, or None if there is none that can be read."""
        try:
            data = json.loads((self._entry(graph, key) / "result.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        data["findings"] = [Finding(**finding) for finding in data["findings"]]
        return GraphResult(**data)

    def save(self, result: GraphResult, key: str) -> None:
        """Keep a result; the entry appears whole or not at all."""
        entry = self._entry(result.graph, key)
        entry.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=entry.parent, prefix=".new-"))
        try:
            (aside / "told.nq.gz").write_bytes(member(result.told, result.graph))
            (aside / "inferred.nq.gz").write_bytes(member(result.inferred, result.graph + INFERRED))
            summary = {
                name: value for name, value in asdict(result.count()).items() if name not in ("told", "inferred")
            }
            (aside / "result.json").write_text(json.dumps(summary), "utf-8")
            shutil.rmtree(entry, ignore_errors=True)
            aside.replace(entry)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise

    def members(self, graph: str, key: str) -> dict[str, Path]:
        """The gzip members of an entry by named graph."""
        entry = self._entry(graph, key)
        return {GRAPH + graph: entry / "told.nq.gz", GRAPH + graph + INFERRED: entry / "inferred.nq.gz"}

    def fill(self, result: GraphResult, key: str) -> GraphResult:
        """Give a loaded result its triples back."""
        told, inferred = self.members(result.graph, key).values()
        result.told, result.inferred = lines_of(told.read_bytes()), lines_of(inferred.read_bytes())
        return result

    def keep_only(self, keys: dict[str, str]) -> None:
        """Delete every entry but those of `keys` (graph to key)."""
        kept = {self._entry(graph, key) for graph, key in keys.items()}
        for entry in self.folder.glob("*/*"):
            if entry not in kept:
                shutil.rmtree(entry, ignore_errors=True)

    def _entry(self, graph: str, key: str) -> Path:
        return self.folder / graph / key[:32]


def member(lines: bytes, graph: str) -> bytes:
    """The gzip member of one named graph (its short name), from its sorted N-Triples."""
    return gzip.compress(lines.replace(b" .\n", f" <{GRAPH}{graph}> .\n".encode()), compresslevel=6, mtime=0)


def lines_of(member_bytes: bytes) -> bytes:
    """The N-Triples of one gzip member of N-Quads."""
    data = gzip.decompress(member_bytes)
    if not data:
        return b""
    graph = data[data.rindex(b" <", 0, data.index(b"\n")) : data.index(b"\n") + 1]
    return data.replace(graph, b" .\n")
