"""Where a triple comes from: its file, line and source section if it was told; the rule and its premises if inferred.

The compiled rules explain what they made: the goal is unified with their heads, their bodies are looked up, and each
premise is explained in turn, down to told triples. The search goes by depth, so that the shortest proof is found, and
never through a goal that is on its own path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from bikgraph.errors import RequestError
from bikgraph.lookup import show
from bikgraph.namespaces import BIK, GRAPH, INFERRED, OWL, RDF_TYPE, RDFS, curie, graph_name
from bikgraph.places import Place as InFile
from bikgraph.places import object_text, place_of
from bikgraph.project import DataFile, Project
from bikgraph.reading.data_file import read_file
from bikgraph.reading.records import Completer
from bikgraph.reasoning.closure import instantiate, solve, unify
from bikgraph.reasoning.rules import Rule, compile_rules
from bikgraph.vocabulary.vocabulary import Vocabulary

MAX_DEPTH = 8
_DEFAULT = DefaultGraph()
_SOURCE = NamedNode(BIK + "source")
_SUBCLASS, _SUBPROPERTY, _EQUIVALENT_CLASS, _DOMAIN, _RANGE = (
    NamedNode(iri)
    for iri in (RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass", RDFS + "domain", RDFS + "range")
)
_SCHEMA = ("", "", "")
# OWL 2 Profiles, table 9: what follows about the schema itself. A rule's axiom is then among its premises.
SCHEMA_RULES = [
    Rule("scm-sco", (("?a", _SUBCLASS, "?b"), ("?b", _SUBCLASS, "?c")), ("?a", _SUBCLASS, "?c"), _SCHEMA),
    Rule("scm-eqc1", (("?a", _EQUIVALENT_CLASS, "?b"),), ("?a", _SUBCLASS, "?b"), _SCHEMA),
    Rule("scm-eqc1", (("?b", _EQUIVALENT_CLASS, "?a"),), ("?a", _SUBCLASS, "?b"), _SCHEMA),
    Rule("scm-spo", (("?a", _SUBPROPERTY, "?b"), ("?b", _SUBPROPERTY, "?c")), ("?a", _SUBPROPERTY, "?c"), _SCHEMA),
    Rule("scm-dom1", (("?p", _DOMAIN, "?a"), ("?a", _SUBCLASS, "?b")), ("?p", _DOMAIN, "?b"), _SCHEMA),
    Rule("scm-dom2", (("?q", _DOMAIN, "?a"), ("?p", _SUBPROPERTY, "?q")), ("?p", _DOMAIN, "?a"), _SCHEMA),
    Rule("scm-rng1", (("?p", _RANGE, "?a"), ("?a", _SUBCLASS, "?b")), ("?p", _RANGE, "?b"), _SCHEMA),
    Rule("scm-rng2", (("?q", _RANGE, "?a"), ("?p", _SUBPROPERTY, "?q")), ("?p", _RANGE, "?a"), _SCHEMA),
]


@dataclass(frozen=True)
class Place:
    """Where a told triple stands: file, line and column, and the sources of its subject."""

    file: str
    line: int
    column: int
    sources: tuple[str, ...] = ()


@dataclass
class Proof:
    """A triple with either the places that tell it, or the rule, the axiom's place and the premises that it follows from."""

    triple: Triple
    places: list[Place] = field(default_factory=list)
    rule: str = ""
    axiom: str = ""
    premises: list[Proof] = field(default_factory=list)


class Explainer:
    """Explains the triples of one release of a project."""

    def __init__(self, project: Project, store: Store) -> None:
        self.project = project
        self.store = store
        self._read: dict[str, dict[tuple[str, ...], InFile]] = {}

    def explain(self, triple: Triple) -> Proof:
        """The proof of `triple`. Raises RequestError if the graph does not hold it."""
        graphs = [
            q.graph_name.value
            for q in self.store.quads_for_pattern(*triple, None)
            if isinstance(q.graph_name, NamedNode)
        ]
        if not graphs:
            raise RequestError(
                f"The graph does not hold this triple: {_shown(triple)}. See what it holds with: bikgraph show {show(triple.subject.value)}"
            )
        told = [graph for graph in graphs if not graph.endswith(INFERRED)]
        if told:
            return self._told(triple, told)
        scope = self._scope(graph_name(sorted(graphs)[0]).removesuffix(INFERRED))
        for depth in range(1, MAX_DEPTH + 1):
            proof = self._prove(triple, depth, frozenset(), scope)
            if proof is not None:
                return proof
        # owlrl also draws conclusions about the ontology for which no rule here has a form.
        return Proof(triple, rule="OWL 2 RL", axiom="the ontology as a whole, closed by owlrl")

    def _told(self, triple: Triple, graphs: list[str]) -> Proof:
        places = [place for graph in sorted(graphs) for place in self._places(triple, graph_name(graph))]
        return Proof(triple, places)

    def _prove(self, goal: Triple, depth: int, path: frozenset[Triple], scope: Store) -> Proof | None:
        told = [
            q.graph_name.value
            for q in self.store.quads_for_pattern(*goal, None)
            if isinstance(q.graph_name, NamedNode) and not q.graph_name.value.endswith(INFERRED)
        ]
        if told:
            return self._told(goal, told)
        if depth == 0:
            return None
        for rule in self._rules:
            bindings = unify(rule.head, goal, {}) if rule.head is not None else None
            if bindings is None:
                continue
            for solution in solve(scope, rule.body, bindings):
                body = [instantiate(pattern, solution) for pattern in rule.body]
                if any(premise == goal or premise in path for premise in body):
                    continue
                premises = [self._prove(premise, depth - 1, path | {goal}, scope) for premise in body]
                if all(premise is not None for premise in premises):
                    return Proof(
                        goal,
                        rule=rule.name,
                        axiom=self._axiom(rule),
                        premises=[premise for premise in premises if premise is not None],
                    )
        return None

    @cached_property
    def _rules(self) -> list[Rule]:
        ontology = [
            quad for path in self.project.ontology_files() for quad in parse(path=str(path), format=RdfFormat.TURTLE)
        ]
        return [*compile_rules(ontology), *SCHEMA_RULES]

    def _scope(self, graph: str) -> Store:
        """What the reasoner saw when it closed `graph`: what all share, the country's actors, and the graph itself."""
        shared = {"ontology", "schemes", *(file.graph for file in self.project.data_files() if file.group == "")}
        group = next((file.group for file in self.project.data_files() if file.graph == graph), graph)
        scope = Store()
        for name in sorted({*shared, group, graph}):
            for companion in (name, name + INFERRED):
                scope.extend(
                    Quad(*quad.triple, _DEFAULT)
                    for quad in self.store.quads_for_pattern(None, None, None, NamedNode(GRAPH + companion))
                )
        return scope

    def _axiom(self, rule: Rule) -> str:
        if rule.axiom == _SCHEMA:
            return ""
        subject, predicate, obj = rule.axiom
        place = next(self._turtle_places(self.project.ontology_files(), subject, predicate, obj), None)
        text = f"{curie(subject)} {curie(predicate)} {curie(obj)}"
        return f"{text}  ({place.file}:{place.line})" if place else text

    # ---- places of told triples

    def _places(self, triple: Triple, graph: str) -> Iterator[Place]:
        sources = tuple(
            sorted(show(q.object.value) for q in self.store.quads_for_pattern(triple.subject, _SOURCE, None, _DEFAULT))
        )
        file = next((file for file in self.project.data_files() if file.graph == graph), None)
        if file is not None:
            places = self._places_in(file)
            if (triple.subject.value,) in places:
                line, column = place_of(
                    places, triple.subject.value, triple.predicate.value, object_text(triple.object)
                )
                yield Place(file.name, line, column, sources)
        elif graph in ("ontology", "schemes"):
            files = self.project.ontology_files() if graph == "ontology" else self.project.scheme_files()
            yield from self._turtle_places(
                files, triple.subject.value, triple.predicate.value, object_text(triple.object), sources
            )
        elif graph.startswith("links-"):
            yield from self._link_places(
                self.project.data / "links" / f"{graph.removeprefix('links-')}.sssom.tsv", triple
            )
        elif graph == "questions":
            path = self.project.question_files().get(triple.subject.value.rpartition("/")[2])
            if path is not None:
                yield Place(self.project.name_of(path), 1, 1)

    def _places_in(self, file: DataFile) -> dict[tuple[str, ...], InFile]:
        if file.name not in self._read:
            self._read[file.name] = read_file(file, self._completer).places
        return self._read[file.name]

    @cached_property
    def _completer(self) -> Completer:
        def quads(paths: list[Path]) -> list[Quad]:
            return [quad for path in paths for quad in parse(path=str(path), format=RdfFormat.TURTLE)]

        vocabulary = Vocabulary.load(
            self.project.context_file,
            quads(self.project.ontology_files() + self.project.scheme_files()),
            quads(self.project.shape_files()),
        )
        for file in self.project.data_files():
            if file.group == "":
                told = Store()
                told.extend(
                    Quad(*q.triple, _DEFAULT)
                    for q in self.store.quads_for_pattern(None, None, None, NamedNode(GRAPH + file.graph))
                )
                vocabulary.add_codes(told)
        return Completer(vocabulary)

    def _turtle_places(
        self, files: list[Path], subject: str, predicate: str, obj: str, sources: tuple[str, ...] = ()
    ) -> Iterator[Place]:
        """The line in a Turtle file: within the block that begins with the subject, the one that names predicate and object."""
        start = re.compile(rf"^(?:{re.escape(curie(subject))}|<{re.escape(subject)}>)\s")
        object_name = curie(obj) if obj.startswith("http") else obj.partition("@")[0]
        predicate_name = " a " if predicate == RDF_TYPE else curie(predicate)
        for path in files:
            lines = path.read_text("utf-8").splitlines()
            block = first = 0
            for number, line in enumerate(lines, 1):
                if line and not line[0].isspace():
                    block = number if start.match(line) else 0
                    first = first or block
                if block and predicate_name in line and (object_name in line or object_name == "[…]"):
                    yield Place(self.project.name_of(path), number, 1, sources)
                    return
            if first:
                yield Place(self.project.name_of(path), first, 1, sources)
                return

    def _link_places(self, path: Path, triple: Triple) -> Iterator[Place]:
        subject = show(triple.subject.value).partition("#")[2] or show(triple.subject.value)
        local = re.split(r"[/#:]", object_text(triple.object).rstrip("/"))[-1]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            cells = line.split("\t")
            named = cells[0].partition(":")[2]
            if named and (named == subject or subject.startswith(named + "-")) and local in line:
                yield Place(self.project.name_of(path), number, 1)
                return


def as_text(proof: Proof, indent: int = 0) -> str:
    """A proof as an indented tree."""
    pad = "  " * indent
    lines = [f"{pad}{_shown(proof.triple)}"]
    for place in proof.places:
        section = f", stated by {', '.join(place.sources)}" if place.sources else ""
        lines.append(f"{pad}  told in {place.file}:{place.line}:{place.column}{section}")
    if not proof.rule and not proof.places:
        lines.append(f"{pad}  told")
    if proof.rule:
        lines.append(
            f"{pad}  follows by {proof.rule}"
            + (f" from {proof.axiom}" if proof.axiom else "")
            + (" and" if proof.premises else "")
        )
        lines += [as_text(premise, indent + 2).rstrip("\n") for premise in proof.premises]
    return "\n".join(lines) + "\n"


def _shown(triple: Triple) -> str:
    obj = triple.object
    text = (
        f'"{obj.value}"' + (f"@{obj.language}" if obj.language else "") if isinstance(obj, Literal) else show(obj.value)
    )
    return f"{show(triple.subject.value)} {curie(triple.predicate.value)} {text}"
