"""A built release, read-only, and what it knows of itself.

    release/current -> builds/<digest>      what readers open; a link that is swapped (bikgraph.release.writer)
    release/builds/<digest>/
        manifest.json     the graphs and what each is, the build's summary, and the checksum of every file and member
        bikgraph.nq.gz    the dump: the named graphs, a gzip member each: same input, same bytes
        positions.gz      where each told triple stands, a gzip member a graph
        context.jsonld    the JSON-LD context that the data were read with
        questions.json    the saved questions' headers, parsed
        findings.json     what the build found in the data
        store/            the named graphs, and in the default graph the merge of all, each triple once
        search.sqlite     the index of names and texts (bikgraph.search); none where Python's SQLite cannot make one
        seal.json         the sizes and checksums of these, written when the store's triples had been counted

The rules that it was built with are the told axioms of its graph `ontology`, compiled (`bikgraph.reasoning`). A wheel
carries all but the store and the index, which are made once in the user's cache folder (bikgraph.release.opening):
their bytes depend on a library's version, and so the digest is that of what the manifest lists.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Store, Triple

from bikgraph.errors import ReleaseError
from bikgraph.namespaces import GRAPH, INFERRED
from bikgraph.release.dump import checksum, lines_of, quick_checksum, unpacked
from bikgraph.release.graphs import GraphInfo, graphs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bikgraph.release.positions import Position, Positions
    from bikgraph.search import Index

DUMP, MANIFEST, STORE, SEAL, INDEX = "bikgraph.nq.gz", "manifest.json", "store", "seal.json", "search.sqlite"
POSITIONS, CONTEXT, QUESTIONS, FINDINGS = "positions.gz", "context.jsonld", "questions.json", "findings.json"
_BLANK = b"0" * 8
# A larger index is held against its seal by size alone when it is opened: its checksum would take longer than a search.
_MOST_SUMMED = 64_000_000
_CHECKSUM = re.compile(rb'("checksum": ")([0-9a-f]{8})(")')


class Release:
    """A release: `folder` has its store, `files` its other files (the same folder, but for the one of a wheel)."""

    def __init__(self, folder: Path, files: Path | None = None) -> None:
        """Read the manifest. Raises ReleaseError if it is missing or does not fit its own checksum."""
        self.folder = folder
        self.files = files if files is not None else folder
        self.manifest = read_manifest(self.files / MANIFEST)
        self._positions: dict[str, Positions] = {}

    @property
    def digest(self) -> str:
        """SHA-256 of what the manifest lists: equal releases have equal digests."""
        return str(self.manifest["digest"])

    @property
    def store_folder(self) -> Path:
        """The folder of the store."""
        return self.folder / STORE

    def open(self) -> Store:
        """The store, read-only. Raises ReleaseError if it is missing or damaged."""
        if (damage := self.damage()) is not None:
            raise ReleaseError(self.damaged(damage))
        try:
            return Store.read_only(str(self.store_folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise ReleaseError(self.damaged(str(error))) from error

    def index(self, store: Store) -> Index:
        """The index of names and texts; for a release without a fitting one it is made in memory, from its store.

        Raises ReleaseError if it is damaged.
        """
        from bikgraph.search import Index  # a question by name needs none

        try:
            seal = self._seal()
        except (OSError, ValueError) as error:
            raise ReleaseError(self.damaged(f"{SEAL} cannot be read ({error})")) from error
        if not self.has_fitting_index:
            return Index.of(store)
        self._demand_whole_index(seal)
        return Index.open(self.folder / INDEX)

    @property
    def has_fitting_index(self) -> bool:
        """Whether it was sealed with an index of names and texts, made by the code that is running."""
        from bikgraph.search import code_digest

        try:
            return bool(self._seal()[INDEX][2] == code_digest())
        except (OSError, ValueError, LookupError, TypeError):
            return False

    def _seal(self) -> dict[str, Any]:
        seal: dict[str, Any] = json.loads((self.folder / SEAL).read_text("utf-8"))
        return seal

    def _demand_whole_index(self, seal: Mapping[str, Any], *, thorough: bool = False) -> None:
        """Raise ReleaseError if the index that the seal names is not as sealed."""
        size, digest, _ = seal[INDEX]
        path = self.folder / INDEX
        if not path.is_file() or path.stat().st_size != size:
            raise ReleaseError(self.damaged(f"{INDEX} is not as it was written"))
        if (thorough or size <= _MOST_SUMMED) and quick_checksum(path.read_bytes()) != digest:
            raise ReleaseError(self.damaged(f"{INDEX} does not fit its checksum"))

    def damage(self, *, thorough: bool = False) -> str | None:
        """What is wrong with the store's files, or None: they are held against their seal, by size, or by checksum.

        With `thorough` the checksums of all other files are looked at too.
        """
        try:
            seal = self._seal()
            if seal["digest"] != self.digest:
                return "its store is another release's"
            for name, (size, digest) in seal["store"].items():
                path = self.store_folder / name
                if path.stat().st_size != size or (thorough and quick_checksum(path.read_bytes()) != digest):
                    return f"{STORE}/{name} is not as it was written"
            if thorough and INDEX in seal:
                self._demand_whole_index(seal, thorough=True)
            if thorough:
                for name in self.manifest["files"]:
                    self.read(name)
        except ReleaseError as error:
            return str(error)
        except (OSError, ValueError, KeyError, TypeError) as error:
            return f"a file is missing or cannot be read ({getattr(error, 'filename', None) or error})"
        return None

    def damaged(self, reason: str) -> str:
        """The sentence that says that the release is damaged, and what to do."""
        return f"The release in {self.folder} is damaged: {reason}. Make it anew with: bikgraph build"

    def read(self, name: str) -> bytes:
        """The bytes of one of its files. Raises ReleaseError if they do not fit their checksum."""
        try:
            data = (self.files / name).read_bytes()
        except OSError as error:
            raise ReleaseError(self.damaged(f"{name} cannot be read ({error.strerror})")) from error
        if quick_checksum(data) != self.manifest["files"][name]["crc32"]:
            raise ReleaseError(self.damaged(f"{name} does not fit its checksum"))
        return data

    @cached_property
    def context(self) -> dict[str, Any]:
        """The JSON-LD context that the data were read with."""
        context: dict[str, Any] = json.loads(self.read(CONTEXT))["@context"]
        return context

    @cached_property
    def questions(self) -> dict[str, Any]:
        """The saved questions' headers by name, with the text that each was parsed from."""
        headers: dict[str, Any] = json.loads(self.read(QUESTIONS))
        return headers

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """What the build found in the data, as the fields of `bikgraph.findings.Finding`."""
        findings: list[dict[str, Any]] = json.loads(self.read(FINDINGS))
        return findings

    @cached_property
    def graphs(self) -> dict[str, GraphInfo]:
        """What each named graph is, by its short name."""
        return graphs_of(self.manifest)

    def position(self, graph: str, triple: Triple) -> Position | None:
        """Where the named graph of this short name tells a triple; None if it does not."""
        if graph not in self._positions:
            self._positions[graph] = self._decoded(graph)
        return self._positions[graph].of(triple)

    def _decoded(self, graph: str) -> Positions:
        from bikgraph.release.positions import Positions, decode

        entry = self.manifest["graphs"].get(graph)
        if entry is None or graph.endswith(INFERRED):
            return Positions([], [])
        try:
            lines = lines_of(self._part(DUMP, entry["dump"]))
            return decode(lines, unpacked(self._part(POSITIONS, entry["positions"])))
        except (OSError, ValueError, EOFError) as error:
            raise ReleaseError(self.damaged(f"the positions of {graph} cannot be read ({error})")) from error

    def _part(self, name: str, part: dict[str, Any]) -> bytes:
        with (self.files / name).open("rb") as file:
            file.seek(part["offset"])
            data = file.read(part["bytes"])
        if checksum(data) != part["sha256"]:
            raise ReleaseError(self.damaged(f"a member of {name} does not fit its checksum"))
        return data


def graph_node(name: str) -> NamedNode:
    """The named graph of a short name, such as `be-2020`."""
    return NamedNode(GRAPH + name)


def current(release_folder: Path) -> Release | None:
    """The release that is swapped in below `release_folder`, if there is one. Raises ReleaseError if it is damaged."""
    link = release_folder / "current"
    if not link.is_symlink() and not link.exists():
        return None
    try:
        # Resolved once, so that store and manifest are of one build even if another is swapped in meanwhile.
        return Release(link.resolve(strict=True))
    except OSError as error:
        reason = f"The release in {link} is damaged: its folder is missing. Make it anew with: bikgraph build"
        raise ReleaseError(reason) from error


def sealed_manifest(manifest: dict[str, Any]) -> bytes:
    """The text of a manifest, its digest and its own checksum filled in."""
    listed = json.dumps(manifest, sort_keys=True, ensure_ascii=False).encode()
    whole = {"checksum": _BLANK.decode(), "digest": checksum(listed), **manifest}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",\n", ": ")).encode() + b"\n"
    return _CHECKSUM.sub(rb"\g<1>" + quick_checksum(text).encode() + rb"\g<3>", text, count=1)


def read_manifest(path: Path) -> dict[str, Any]:
    """A manifest. Raises ReleaseError if it cannot be read or does not fit its own checksum."""
    try:
        text = path.read_bytes()
        stated = _CHECKSUM.search(text)
        blank = _CHECKSUM.sub(rb"\g<1>" + _BLANK + rb"\g<3>", text, count=1)
        if stated is not None and stated[2].decode() == quick_checksum(blank):
            manifest: dict[str, Any] = json.loads(text)
            return manifest
        reason = "does not fit its checksum"
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
    raise ReleaseError(
        f"The release in {path.parent} is damaged: {path.name} {reason}. Make it anew with: bikgraph build"
    )
