"""The files that refer to one another, read, checked and closed: those that all countries share, or one country's.

Both go the same way, file by file: its references are looked up, it is validated and closed in the shared store, and
taken out of it again; what a register lists stays for the files after it. So the cost follows what changed: a graph
whose inputs are as they were comes from the cache.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Triple

from bikgraph.building.graph_result import GraphResult, cited_sources, count_answers, edges_of, plain
from bikgraph.building.one_graph import close, validate
from bikgraph.building.positions import positions_in_file
from bikgraph.building.shared import SharedGraphs
from bikgraph.building.triples import hold, parse_lines, remove, store_of, to_lines, types_of
from bikgraph.checking.doubles import doubles
from bikgraph.findings import errors
from bikgraph.namespaces import BIK, ID
from bikgraph.places import START
from bikgraph.project import DataFile, Project
from bikgraph.reading import Completed, check_references, expand, read_file
from bikgraph.release.graphs import GraphInfo, Kind


@dataclass
class _Read:
    """A file that was read: what it tells, as nodes and as triples, and the result that begins with its findings."""

    file: DataFile
    completed: Completed
    told: list[Triple]
    result: GraphResult


def load_shared(project: Project, reasoner: str = "rules", ontology_closure: bytes | None = None) -> SharedGraphs:
    """What all countries of a project share, its registers included; `ontology_closure` as in `SharedGraphs`.

    Raises DataError with a finding for each file of the ontology folder that cannot be read.
    """
    shared = SharedGraphs(project, reasoner, ontology_closure)
    files = [file for file in shared.project.data_files() if file.group == ""]
    read = [_read(shared, file) for file in files]
    for entry in read:
        for slug, classes in entry.completed.declared.items():
            shared.known.setdefault(slug, set()).update(classes)
        shared.not_doubles |= entry.completed.not_doubles
    with ExitStack() as kept:
        shared.results += [_assemble(shared, entry, read, None, kept) for entry in read]
        kept.pop_all()  # what all share stays in the store for good
    return shared


def assemble_country(
    shared: SharedGraphs, files: Sequence[DataFile], cached: Mapping[str, GraphResult]
) -> list[GraphResult]:
    """The results of one country's files, registers first; those in `cached` (by graph) are taken as they are.

    The shared store is as it was when this returns or raises.
    """
    read = [_read(shared, file) for file in files]
    with ExitStack() as kept:
        return [_assemble(shared, entry, read, cached.get(entry.file.graph), kept) for entry in read]


def _read(shared: SharedGraphs, file: DataFile) -> _Read:
    started = time.process_time()
    completed = read_file(file, shared.completer)
    told = expand(completed, shared.vocabulary.context) if not errors(completed.source.findings) else []
    if file.group == "":
        # Each shared file's codes (BE for Belgium) are short forms in the files after it.
        shared.vocabulary.add_codes(store_of(told))
    result = GraphResult(
        file.graph, info_of(file), findings=completed.source.findings, declared=plain(completed.declared)
    )
    result.lines = {slug: completed.places.get((ID + slug,), START)[0] for slug in completed.declared}
    result.seconds["read"] = time.process_time() - started
    return _Read(file, completed, told, result)


def _assemble(
    shared: SharedGraphs, entry: _Read, group: Sequence[_Read], before: GraphResult | None, kept: ExitStack
) -> GraphResult:
    """Check and close one file; `before` is its earlier result, `kept` ends what the group leaves in the store."""
    file, completed, result = entry.file, entry.completed, entry.result
    borrowed = _borrowed(shared, entry, group)
    result.foreign = plain(borrowed)
    known = {**_declared(group), **shared.known, **borrowed}
    result.abroad = check_references(completed, known, file.group)
    with ExitStack() as own:
        scope = kept if file.is_register else own
        if before is not None and before.foreign == result.foreign:
            if file.is_register:
                hold(scope, shared.store, parse_lines(before.told) + parse_lines(before.inferred))
            return before
        _check_and_close(shared, entry, borrowed, scope)
    return result


def _check_and_close(shared: SharedGraphs, entry: _Read, borrowed: Mapping[str, set[str]], scope: ExitStack) -> None:
    file, places, told, result = entry.file, entry.completed.places, entry.told, entry.result
    result.told = to_lines(told)
    result.positions = positions_in_file(result.told, file.name, places)
    result.answers, result.cited = count_answers(told), cited_sources(told)
    result.edges = edges_of(told, shared.circle_rules.without_circle, places)
    hold(scope, shared.store, told)
    started = time.process_time()
    # What it borrows has a class for the shapes; what follows from that class is for the file that describes it.
    abroad = {slug: {BIK + "Actor"} for slug in result.abroad}
    with ExitStack() as meanwhile:
        hold(meanwhile, shared.store, types_of({**borrowed, **abroad}))
        result.findings += validate(shared.store, shared.shapes, told, file.name, places)
    result.seconds["validate"] = time.process_time() - started
    if file.is_register:
        result.findings += doubles(
            shared.store, told, file.name, places, shared.not_doubles | entry.completed.not_doubles
        )
    if errors(result.findings):
        return
    started = time.process_time()
    by_owlrl = shared.reasoner == "owlrl"
    inferred, contradictions = close(shared.store, shared.rules, told, file.name, places, by_owlrl=by_owlrl)
    scope.callback(remove, shared.store, inferred)
    result.inferred = to_lines(inferred)
    result.findings += contradictions
    result.seconds["infer"] = time.process_time() - started


def _declared(group: Sequence[_Read]) -> dict[str, set[str]]:
    declared: dict[str, set[str]] = {}
    for entry in group:
        for slug, classes in entry.completed.declared.items():
            declared.setdefault(slug, set()).update(classes)
    return declared


def _borrowed(shared: SharedGraphs, entry: _Read, group: Sequence[_Read]) -> dict[str, set[str]]:
    """The slugs that a file names and other files of its group describe, with their classes.

    A shared register may name sources that a country describes: whether one does is looked at when all files are read.
    """
    declared = _declared(group)
    borrowed: dict[str, set[str]] = {}
    for reference in entry.completed.references:
        slug = reference.slug
        if slug in entry.completed.declared:
            continue
        if slug in declared:
            borrowed[slug] = {*declared[slug], *shared.known.get(slug, ())}
        elif entry.file.group == "" and reference.key == "source" and slug not in shared.known:
            borrowed[slug] = {BIK + ("Section" if "-section-" in slug else "SourceDocument")}
    return borrowed


def info_of(file: DataFile) -> GraphInfo:
    """What the named graph of a data file is."""
    edition = file.path.stem.partition("-")[2] if file.kind == "profile" else ""
    return GraphInfo(file.graph, cast("Kind", file.kind), file.group, edition, file.name)
