"""Validation and closure by our stages and by plain pyshacl + owlrl over rdflib, on the same graphs, country by
country.

A country's graph is what all countries share (ontology, schemes, the 30 and more countries, sources), its register of
actors and its profile. On the clock, for both sides: the findings and the inferred triples of register and profile.
Off the clock, for both sides: reading YAML; loading the shared part; the shapes, parsed once. Off the plain side's
clock besides, in its favour: parsing the graph into rdflib, reading results back from it, and the closure of the shared
part, which has to be known to tell what is new.

Plain pyshacl looks at all nodes of the graph, the shared ones too, again for each country: `plain_shared` is what the
shared part alone costs, for a second ratio without it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import RdfFormat, Triple, serialize
from rdflib.namespace import RDF, SH

from bikgraph.building.country import load_shared
from bikgraph.building.shared import SharedGraphs
from bikgraph.building.triples import add_new, list_default, remove, to_lines
from bikgraph.checking.shapes import findings
from bikgraph.project import DataFile, Project, find
from bikgraph.reading.data_file import expand, read_file
from bikgraph.reasoning.owlrl_reference import _says_something, _triple
from bikgraph.vocabulary import load_declarations

Result = tuple[str, str, str, str, str]


@dataclass
class Comparison:
    """CPU seconds of both sides over all countries, and in how many countries they agree."""

    countries: int = 0
    findings: int = 0
    inferred: int = 0
    equal_findings: int = 0
    equal_closures: int = 0
    our_validation: float = 0.0
    our_closure: float = 0.0
    plain_validation: float = 0.0
    plain_closure: float = 0.0
    plain_shared: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times as much CPU time the plain way takes."""
        return (self.plain_validation + self.plain_closure) / (self.our_validation + self.our_closure)

    @property
    def ratio_without_shared(self) -> float:
        """The same, with the cost of the shared part alone taken off the plain side for each country."""
        return (self.plain_validation + self.plain_closure - self.countries * self.plain_shared) / (
            self.our_validation + self.our_closure
        )


def compare(folder: Path, limit: int | None = None) -> Comparison:
    """Both sides on each country of the project in `folder` (on the first `limit`)."""
    project = find(folder)
    base = load_shared(project)
    shapes = _rdflib([quad.triple for quad in load_declarations(project).quads("shapes")])
    shared = list_default(base.store)
    result = Comparison()
    shared_graph = _rdflib(shared)
    started = time.process_time()
    shared_results, _ = _plain_findings(shared_graph, shapes)
    DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(shared_graph)
    result.plain_shared = time.process_time() - started
    shared_closure = set(shared_graph)
    for files in list(_countries(project))[:limit]:
        told, ours, ours_inferred = _ours(base, files, result)
        graph = _rdflib([*shared, *told])
        plain, seconds = _plain_findings(graph, shapes)
        result.plain_validation += seconds
        before = set(graph)
        started = time.process_time()
        DeductiveClosure(OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
        result.plain_closure += time.process_time() - started
        plain_inferred = {
            t for s in set(graph) - before - shared_closure if (t := _triple(s)) is not None and _says_something(t)
        }
        result.countries += 1
        result.findings += len(ours)
        result.inferred += len(ours_inferred)
        result.equal_findings += ours == plain - shared_results
        result.equal_closures += ours_inferred == plain_inferred
    return result


def _countries(project: Project) -> Iterator[list[DataFile]]:
    files: dict[str, list[DataFile]] = {}
    for file in project.data_files():
        if file.group:
            files.setdefault(file.group, []).append(file)
    yield from files.values()


def _ours(
    base: SharedGraphs, files: list[DataFile], result: Comparison
) -> tuple[list[Triple], set[Result], set[Triple]]:
    """What the build does for one country after reading; returns the told triples, the findings and the inferred
    triples.
    """
    read = [
        (file, completed := read_file(file, base.completer), expand(completed, base.vocabulary.context))
        for file in files
    ]
    added: list[Triple] = []
    found: set[Result] = set()
    inferred: list[Triple] = []
    declared = [triple for _, _, told in read for triple in told if triple.predicate.value == str(RDF.type)]
    for file, completed, told in read:
        started = time.process_time()
        added += add_new(base.store, [*told, *declared])
        results = base.shapes.validate(base.store, told)
        findings(results, file.name, completed.places)
        result.our_validation += time.process_time() - started
        found |= {(r.focus, r.path, r.value, r.component, r.message) for r in results}
        started = time.process_time()
        new, contradictions = base.rules.close(base.store, told)
        to_lines(new)
        result.our_closure += time.process_time() - started
        if contradictions:
            raise SystemExit(f"{file.name}: {contradictions[0]}")
        added += new
        inferred += new
    started = time.process_time()
    remove(base.store, added)
    result.our_closure += time.process_time() - started
    return [triple for _, _, told in read for triple in told], found, set(inferred)


def _plain_findings(graph: rdflib.Graph, shapes: rdflib.Graph) -> tuple[set[Result], float]:
    started = time.process_time()
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    seconds = time.process_time() - started
    return {_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult)}, seconds


def _result(report: Any, node: Any) -> Result:
    def text(predicate: Any) -> str:
        term = report.value(node, predicate)
        if isinstance(term, rdflib.Literal) and term.language:
            return f"{term}@{term.language}"
        return "" if term is None else str(term)

    message = " ".join(sorted(str(message) for message in report.objects(node, SH.resultMessage)))
    return (text(SH.focusNode), text(SH.resultPath), text(SH.value), text(SH.sourceConstraintComponent), message)


def _rdflib(triples: list[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return graph
