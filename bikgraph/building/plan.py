"""What a build has to do: the key of each graph, a hash of its inputs, and what the cache holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bikgraph.building.cache import Cache, code_digest, digest_of
from bikgraph.building.graph_result import GraphResult
from bikgraph.project import DataFile, Project

# A file above this size is refused by its reader: its bytes need no hash.
_MOST_BYTES = 10_000_000
ONTOLOGY_CLOSURE = "ontology-closure"


@dataclass
class Work:
    """One country's files with the key of each graph, and those of their results that the cache holds."""

    files: list[DataFile]
    keys: dict[str, str]
    cached: dict[str, GraphResult]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do: all results are there, and what they name in one another still is."""
        declared = {slug for result in self.cached.values() for slug in result.declared}
        foreign = {slug for result in self.cached.values() for slug in result.foreign}
        return len(self.cached) == len(self.files) and foreign <= declared


@dataclass
class Plan:
    """The keys of all graphs, the shared graphs' results that the cache holds, and the work by country."""

    shared_key: str
    closure_key: str
    keys: dict[str, str] = field(default_factory=dict)
    shared: list[GraphResult] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)

    @property
    def shared_is_done(self) -> bool:
        """Whether the cache holds all graphs that the countries share."""
        return len(self.shared) == sum(key == self.shared_key for key in self.keys.values())

    @property
    def todo(self) -> list[Work]:
        """The countries with something left to do."""
        return [work for work in self.works if not work.is_done]


def plan(project: Project, files: Sequence[DataFile], reasoner: str, cache: Cache | None) -> Plan:
    """The plan of a build of `files`; without a cache, everything is to do."""
    shared_key = _shared_key(project, files, reasoner)
    closure_key = digest_of([code_digest(), *(path.read_bytes() for path in project.ontology_files())])
    result = Plan(shared_key, closure_key)
    result.keys = dict.fromkeys(("ontology", "schemes"), shared_key)
    result.keys |= {file.graph: shared_key for file in files if file.group == ""}
    if cache is not None:
        loaded = [cache.load(graph, shared_key) for graph in result.keys]
        result.shared = [entry for entry in loaded if entry is not None]
    result.keys[ONTOLOGY_CLOSURE] = closure_key
    by_country = sorted((file for file in files if file.group), key=lambda file: file.group)
    for _, group in groupby(by_country, key=lambda file: file.group):
        work = _work(list(group), shared_key, cache)
        result.works.append(work)
        result.keys |= work.keys
    return result


def _shared_key(project: Project, files: Sequence[DataFile], reasoner: str) -> str:
    paths = [*project.ontology_files(), *project.scheme_files(), *project.shape_files(), project.context_file]
    paths += [file.path for file in files if file.group == ""]
    parts = (part for path in paths if path.is_file() for part in (path.name, path.read_bytes()))
    return digest_of([code_digest(), reasoner, *parts])


def _work(files: list[DataFile], shared_key: str, cache: Cache | None) -> Work:
    registers = b"".join(_content(file) for file in files if file.is_register)
    keys = {file.graph: digest_of([shared_key, file.name, _content(file), registers]) for file in files}
    loaded = {graph: cache.load(graph, key) for graph, key in keys.items()} if cache is not None else {}
    return Work(files, keys, {graph: entry for graph, entry in loaded.items() if entry is not None})


def _content(file: DataFile) -> bytes:
    return file.path.read_bytes() if file.path.stat().st_size < _MOST_BYTES else b""
