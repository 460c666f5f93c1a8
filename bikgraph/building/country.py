"""Stages 1 to 3 for the files that refer to one another: read, validate, infer; one result a named graph.

`Base` is what all countries share: the ontology, the schemes, the countries, the source documents and the international
bodies. A group is one country's files. Both cost what changed: a graph whose inputs are as they were is taken from the cache.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from bikgraph.checking.doubles import doubles
from bikgraph.checking.shapes import Shapes, findings
from bikgraph.errors import DataError
from bikgraph.findings import Finding, errors
from bikgraph.namespaces import BIK, ID, RDF_TYPE, curie
from bikgraph.places import START, Places, object_text, place_of
from bikgraph.project import DataFile, Project
from bikgraph.reading import Completed, Completer, check_references, expand, read_file
from bikgraph.reasoning import owlrl_reference as owlrl_reasoner
from bikgraph.reasoning.closure import Contradiction, Reasoner
from bikgraph.reasoning.rules import compile_rules
from bikgraph.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = DefaultGraph()


@dataclass
class GraphResult:
    """One named graph: its told and inferred triples as sorted N-Triples, and what was found and counted on the way."""

    graph: str
    told: bytes = b""
    inferred: bytes = b""
    findings: list[Finding] = field(default_factory=list)
    declared: dict[str, list[str]] = field(default_factory=dict)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    abroad: list[str] = field(default_factory=list)
    """The slugs of parties that have to stand in another country's register."""
    cited: list[str] = field(default_factory=list)
    """The slugs of the sources that the told triples name."""
    seconds: dict[str, float] = field(default_factory=dict)
    is_profile: bool = False
    told_count: int = 0
    inferred_count: int = 0

    def count(self) -> GraphResult:
        """The same result with its triples counted."""
        self.told_count, self.inferred_count = self.told.count(b"\n"), self.inferred.count(b"\n")
        return self


class Base:
    """What every group of files builds on, loaded once in each process."""

    def __init__(self, project: Project, reasoner: str = "rules", ontology_closure: bytes | None = None) -> None:
        """Read and close what all groups share; `ontology_closure` is the ontology's own, if it is known already."""
        self.reasoner = reasoner
        self._ontology_closure = ontology_closure
        ontology = parse_turtle(project, "ontology", project.ontology_files())
        schemes = parse_turtle(project, "schemes", project.scheme_files())
        shapes = parse_turtle(project, "shapes", project.shape_files())
        self.vocabulary = Vocabulary.load(project.context_file, [*ontology, *schemes], shapes)
        self.completer = Completer(self.vocabulary)
        self.shapes = Shapes(shapes, self.vocabulary.superclasses)
        self.rules = Reasoner(compile_rules(ontology))
        self.store = Store()
        self.known: dict[str, set[str]] = {
            iri.removeprefix(ID): classes for iri, classes in self.vocabulary.described().items() if iri.startswith(ID)
        }
        self.results: list[GraphResult] = []
        for name, quads in (("ontology", ontology), ("schemes", schemes)):
            self._add_schema(name, [quad.triple for quad in quads])
        self._add_files([file for file in project.data_files() if file.group == ""])

    def _add_schema(self, name: str, told: list[Triple]) -> None:
        self.store.extend(Quad(*triple, DEFAULT) for triple in told)
        inferred, contradictions = self.rules.close(self.store, told)
        lines = to_lines(inferred)
        if name == "ontology":
            # The schema's own consequences (subclasses of subclasses, inherited ranges) are owlrl's; a profile needs none.
            lines = (
                self._ontology_closure
                if self._ontology_closure is not None
                else to_lines(owlrl_reasoner.close_ontology(told))
            )
        result = GraphResult(name, told=to_lines(told), inferred=lines, cited=_cited(told))
        if name == "schemes":
            result.declared = _plain(
                {
                    iri.removeprefix(ID): classes
                    for iri, classes in self.vocabulary.described().items()
                    if iri.startswith(ID)
                }
            )
        result.findings += [_contradiction(found, f"ontology/{name}", {}) for found in contradictions]
        self.results.append(result)

    def _add_files(self, files: Sequence[DataFile]) -> None:
        read: list[tuple[DataFile, Completed, GraphResult]] = []
        for file in files:
            started = time.process_time()
            completed = read_file(file, self.completer)
            triples = expand(completed, self.vocabulary.context) if not errors(completed.source.findings) else []
            result = GraphResult(
                file.graph,
                told=to_lines(triples),
                findings=completed.source.findings,
                declared=_plain(completed.declared),
                cited=_cited(triples),
            )
            result.seconds["read"] = time.process_time() - started
            read.append((file, completed, result))
            self.store.extend(Quad(*triple, DEFAULT) for triple in triples)
            for slug, classes in completed.declared.items():
                self.known.setdefault(slug, set()).update(classes)
            # Each file's codes (BE for Belgium) are short forms in the files after it.
            self.vocabulary.add_codes(_store(triples))
        # Validated with all of them in the store, for they refer to one another; closed one after the other, as graphs are.
        told_by = {result.graph: parse_lines(result.told) for _, _, result in read}
        for file, completed, result in read:
            # What a country's files describe can be a source here; whether they do is looked at when all files are read.
            later = {
                ref.slug: {BIK + ("Section" if "-section-" in ref.slug else "SourceDocument")}
                for ref in completed.references
                if ref.key == "source" and ref.slug not in self.known
            }
            result.foreign = _plain(later)
            check_references(completed, {**self.known, **later})
            borrowed = add_new(self.store, _types(later))
            _validate(self, file, completed, told_by[result.graph], result)
            remove(self.store, borrowed)
        for told in told_by.values():
            remove(self.store, told)
        for file, completed, result in read:
            add_new(self.store, told_by[result.graph])
            _close(self, file, completed, told_by[result.graph], result)
            self.results.append(result)


def read_told(project: Project) -> Store:
    """What all files of a project tell, in one default graph, neither validated nor closed: enough to look up names.

    Raises DataError with the findings of reading if a file cannot be read.
    """
    schema = [
        *parse_turtle(project, "ontology", project.ontology_files()),
        *parse_turtle(project, "schemes", project.scheme_files()),
    ]
    vocabulary = Vocabulary.load(project.context_file, schema, parse_turtle(project, "shapes", project.shape_files()))
    store = _store(quad.triple for quad in schema)
    found: list[Finding] = []
    for file in project.data_files():
        completed = read_file(file, Completer(vocabulary))
        found += errors(completed.source.findings)
        if not errors(completed.source.findings):
            triples = expand(completed, vocabulary.context)
            store.extend(Quad(*triple, DEFAULT) for triple in triples)
            if file.group == "":
                vocabulary.add_codes(_store(triples))
    if found:
        raise DataError(found)
    return store


def assemble_group(base: Base, files: Sequence[DataFile], cached: Mapping[str, GraphResult]) -> list[GraphResult]:
    """The results of one group's files, actors first; those in `cached` (by graph) are neither validated nor closed again."""
    read: list[tuple[DataFile, Completed, list[Triple], GraphResult]] = []
    declared: dict[str, set[str]] = {}
    for file in files:
        started = time.process_time()
        completed = read_file(file, base.completer)
        triples = expand(completed, base.vocabulary.context) if not errors(completed.source.findings) else []
        result = GraphResult(
            file.graph,
            findings=completed.source.findings,
            declared=_plain(completed.declared),
            is_profile=file.cls == BIK + "CountryProfile",
        )
        result.seconds["read"] = time.process_time() - started
        read.append((file, completed, triples, result))
        for slug, classes in completed.declared.items():
            declared.setdefault(slug, set()).update(classes)
    results = []
    kept: list[Triple] = []
    for file, completed, told, fresh in read:
        result = fresh
        known = {**declared, **base.known}
        result.abroad = check_references(completed, known, file.group)
        elsewhere = {
            ref.slug: known[ref.slug]
            for ref in completed.references
            if ref.slug in declared and ref.slug not in completed.declared
        }
        result.foreign = _plain(elsewhere)
        if (before := cached.get(file.graph)) is not None and before.foreign == result.foreign:
            result = before
            added = (
                add_new(base.store, parse_lines(before.told) + parse_lines(before.inferred)) if file.is_register else []
            )
        else:
            result.told = to_lines(told)
            added = add_new(base.store, told)
            result.answers, result.cited = _count_answers(told), _cited(told)
            # What it borrows has a class for the shapes; what follows from that class is for the file that describes it.
            borrowed = add_new(base.store, _types({**elsewhere, **{slug: {BIK + "Actor"} for slug in result.abroad}}))
            _validate(base, file, completed, told, result)
            remove(base.store, borrowed)
            if file.is_register:
                result.findings += doubles(base.store, told, file.name, completed.places)
            added += _close(base, file, completed, told, result)
        if file.is_register:
            kept += added
        else:
            remove(base.store, added)
        results.append(result)
    remove(base.store, kept)
    return results


def _validate(base: Base, file: DataFile, completed: Completed, told: list[Triple], result: GraphResult) -> None:
    """Validate what `told` adds to the base's store, which holds it."""
    started = time.process_time()
    result.findings += findings(base.shapes.validate(base.store, told), file.name, completed.places)
    result.seconds["validate"] = time.process_time() - started


def _close(base: Base, file: DataFile, completed: Completed, told: list[Triple], result: GraphResult) -> list[Triple]:
    """Close what `told` adds to the base's store, unless it has errors; returns the triples that the closure added there."""
    if errors(result.findings):
        return []
    started = time.process_time()
    context = set(list_default(base.store)) - set(told) if base.reasoner == "owlrl" else set()
    inferred, contradictions = base.rules.close(base.store, told)
    if base.reasoner == "owlrl":
        remove(base.store, inferred)
        inferred = add_new(base.store, owlrl_reasoner.close(context, told))
    result.inferred = to_lines(inferred)
    result.findings += [_contradiction(found, file.name, completed.places) for found in contradictions]
    result.seconds["infer"] = time.process_time() - started
    return inferred


def _contradiction(found: Contradiction, file: str, places: Places) -> Finding:
    line, column = START
    for triple in found.premises:
        place = place_of(places, triple.subject.value, triple.predicate.value, object_text(triple.object))
        if place != START:
            line, column = place
            break
    premises = "; ".join(" ".join(curie(object_text(term)) for term in triple) for triple in found.premises)
    axiom = " ".join(curie(part) for part in found.rule.axiom)
    return Finding(
        file,
        line,
        column,
        "error",
        "contradiction",
        f"These cannot be true together: {premises}. The ontology says: {axiom}. Mend one of them.",
    )


def parse_turtle(project: Project, graph: str, files: Iterable[Path]) -> list[Quad]:
    """The statements of Turtle files; blank nodes get names that depend on the content alone (RDFC-1.0) and on `graph`.

    Raises DataError if a file is not valid Turtle.
    """
    quads: list[Quad] = []
    for path in files:
        try:
            dataset = Dataset(parse(path=str(path), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
            raise DataError(
                [
                    Finding(
                        project.name_of(path),
                        line,
                        column,
                        "error",
                        "turtle-syntax",
                        f"This is not valid Turtle: {error.msg}",
                    )
                ]
            ) from error
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        prefix = f"{graph}-{path.stem}-"
        lines = serialize(dataset, format=RdfFormat.N_QUADS).decode().replace("_:c14n", f"_:{prefix}c14n")
        quads += parse(lines.encode(), RdfFormat.N_QUADS)
    return sorted(set(quads), key=str)


def parse_lines(lines: bytes) -> list[Triple]:
    """The triples of N-Triples."""
    return [quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES)]


def to_lines(triples: Iterable[Triple]) -> bytes:
    """Triples as sorted N-Triples, each once: the same triples give the same bytes."""
    data: bytes = serialize(triples, format=RdfFormat.N_TRIPLES)
    return b"".join(sorted(set(data.splitlines(keepends=True))))


def add_new(store: Store, triples: Iterable[Triple]) -> list[Triple]:
    """Add to the default graph those of `triples` that it lacks, and return them."""
    added = []
    for triple in triples:
        quad = Quad(*triple, DEFAULT)
        if quad not in store:
            store.add(quad)
            added.append(triple)
    return added


def remove(store: Store, triples: Iterable[Triple]) -> None:
    """Remove triples from the default graph."""
    for triple in triples:
        store.remove(Quad(*triple, DEFAULT))


def list_default(store: Store) -> list[Triple]:
    """The triples of the default graph."""
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT)]


def _store(triples: Iterable[Triple]) -> Store:
    store = Store()
    store.extend(Quad(*triple, DEFAULT) for triple in triples)
    return store


def _types(described: Mapping[str, Iterable[str]]) -> list[Triple]:
    return [
        Triple(NamedNode(ID + slug), NamedNode(RDF_TYPE), NamedNode(cls))
        for slug, classes in described.items()
        for cls in classes
    ]


def _plain(described: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {slug: sorted(classes) for slug, classes in sorted(described.items())}


def _cited(told: Iterable[Triple]) -> list[str]:
    naming = {BIK + "source", BIK + "document"}
    return sorted({t.object.value.removeprefix(ID) for t in told if t.predicate.value in naming})


def _count_answers(told: Iterable[Triple]) -> dict[str, int]:
    answer = NamedNode(BIK + "answer")
    return dict(
        sorted(Counter(t.object.value.removeprefix(ID + "answer-") for t in told if t.predicate == answer).items())
    )
