"""Stage 2: SHACL. pyshacl validates the pyoxigraph store itself; each result becomes a finding at its line.

The public `pyshacl.validate` builds its shapes anew at every call; here they are built once and applied to one record
set after another (docs/decisions/0003). A test holds that both give the same results.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, serialize
from pyshacl.errors import ValidationFailure
from pyshacl.graph_abstraction import OxigraphDataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from rdflib.namespace import SH

from bikgraph.errors import OntologyError
from bikgraph.findings import Finding, Severity
from bikgraph.lookup import terms
from bikgraph.namespaces import ID, RDF_TYPE, curie
from bikgraph.places import Places, place_of

_SEVERITIES: dict[Any, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
_LOG = logging.getLogger("bikgraph.shacl")
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False
# rdflib logs a traceback for an ill-typed literal; such values are reported by the reader.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Result:
    """One SHACL result: focus node, path and value as IRIs or lexical forms (empty if there is none)."""

    focus: str
    path: str
    value: str
    severity: Severity
    component: str
    message: str


class _DataGraph(OxigraphDataGraph):
    """A data graph that is true: `datagraph or shapes` in pyshacl otherwise counts the whole store at each result."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._objects: dict[tuple[Any, Any], list[Any]] = {}

    def __bool__(self) -> bool:
        return True

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """The objects of a subject, remembered: the store rests while it is validated, and is asked again and again."""
        if isinstance(subject, (list, tuple)):
            return super().objects(subject, predicate, unique)
        known = self._objects.get((subject, predicate))
        if known is None:
            known = self._objects[subject, predicate] = list(super().objects(subject, predicate, unique))
        return known


class Shapes:
    """The shapes of a project, parsed once."""

    def __init__(self, shapes: Iterable[Quad], superclasses: Mapping[str, Iterable[str]]) -> None:
        """Parse `shapes`; `superclasses` maps each class to all classes above it."""
        graph = rdflib.Graph()
        graph.parse(data=serialize((quad.triple for quad in shapes), format=RdfFormat.N_TRIPLES), format="nt")
        _flatten(graph)
        _write_prefixes(graph)
        self._superclasses = superclasses
        self._shapes: list[tuple[Any, set[str]]] = []
        for shape in ShapesGraph(graph, False, _LOG).shapes:  # noqa: FBT003
            nodes, classes, implicit, objects_of, subjects_of = (set(found) for found in shape.target())
            if nodes or objects_of or subjects_of:
                raise OntologyError(f"The shape {shape.node} has a target that is no class. Give it sh:targetClass.")
            if classes | implicit:
                self._shapes.append((shape, {str(cls) for cls in classes | implicit}))

    def validate(self, store: Store, told: Iterable[Triple]) -> list[Result]:
        """The results for the nodes that `told` types, looked at in the default graph of `store`.

        Raises OntologyError if a shape itself fails, which pyshacl would else pass over as a report of another type.
        """
        members: dict[str, set[rdflib.URIRef]] = {}
        for triple in told:
            subject, predicate, obj = terms(triple)
            if predicate.value == RDF_TYPE and isinstance(subject, NamedNode):
                for cls in (obj.value, *self._superclasses.get(obj.value, ())):
                    members.setdefault(cls, set()).add(rdflib.URIRef(subject.value))
        # The nodes go to each shape by hand: the executor's own list of focus nodes also cuts the nodes that nested
        # shapes look at, and a qualified value shape then counts every value as conforming (tried, pyshacl 0.40.1).
        executor = SHACLExecutor(max_validation_depth=15)
        graph = _DataGraph(store)
        results: set[Result] = set()
        for shape, targets in self._shapes:
            focus = sorted(set().union(*(members.get(cls, ()) for cls in targets)))
            if not focus:
                continue
            try:
                _, reports = shape.validate(executor, graph, focus=focus)
            except ValidationFailure as failure:
                raise OntologyError(
                    f"The shape {shape.node} cannot be applied: {failure.message}. Mend it in ontology/shapes."
                ) from failure
            results.update(_result(triples) for _, _, triples in reports)
        return sorted(results, key=lambda r: (r.focus, r.path, r.value, r.message))


def findings(results: Iterable[Result], file: str, places: Places) -> list[Finding]:
    """The results as findings in `file`, each at the place of its value, else of its field, else of its record."""
    found = []
    for result in results:
        line, column = place_of(places, result.focus, result.path, result.value)
        rule = curie(result.component).removeprefix("sh:").removesuffix("ConstraintComponent")
        value = result.value.removeprefix(ID)
        found.append(Finding(file, line, column, result.severity, rule or "shape", result.message, value))
    return found


def _flatten(graph: rdflib.Graph) -> None:
    """Give the property shapes of each shape that has a target that target for themselves, and take them off it.

    To SHACL both mean the same; pyshacl looks at all nodes at once through a shape with a target, but through
    sh:property at one node after another, which costs three times as much (benchmarks/README.md).
    """
    used = {
        shape
        for predicate in (SH.node, SH["not"], SH.qualifiedValueShape, SH.property)
        for shape in graph.objects(None, predicate)
    } | set(graph.objects(None, rdflib.RDF.first))
    for shape in set(graph.subjects(SH.targetClass)) - used:
        parts = list(graph.objects(shape, SH.property))
        # Disjoint qualified shapes look for their siblings below the shape that holds them.
        if (shape, SH.deactivated, None) in graph or any(
            (part, SH.qualifiedValueShapesDisjoint, None) in graph for part in parts
        ):
            continue
        for part, target in product(parts, list(graph.objects(shape, SH.targetClass))):
            graph.add((part, SH.targetClass, target))
        graph.remove((shape, SH.property, None))


def _write_prefixes(graph: rdflib.Graph) -> None:
    """Write the prefixes that each query names by sh:prefixes, and uses, into its text, and take its indentation away.

    To SHACL both mean the same; pyshacl gathers prefixes anew for each file, and reads the text anew for each node.
    """
    for query, declarations in list(graph.subject_objects(SH.prefixes)):
        listed = sorted(
            (str(graph.value(declared, SH.prefix)), str(graph.value(declared, SH.namespace)))
            for declared in graph.objects(declarations, SH.declare)
        )
        text = re.sub(r"\n\s+", "\n", str(graph.value(query, SH.select)))
        used = [f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in listed if f"{prefix}:" in text]
        graph.set((query, SH.select, rdflib.Literal("".join(used) + text)))
        graph.remove((query, SH.prefixes, None))


def _result(triples: Iterable[tuple[Any, Any, Any]]) -> Result:
    values: dict[Any, list[Any]] = {}
    for _, predicate, obj in triples:
        values.setdefault(predicate, []).append(obj[1] if isinstance(obj, tuple) else obj)

    def first(predicate: Any) -> str:
        terms = values.get(predicate, [""])
        term = terms[0]
        if isinstance(term, rdflib.Literal) and term.language:
            return f"{term}@{term.language}"
        return str(term)

    severity = _SEVERITIES.get(values.get(SH.resultSeverity, [SH.Violation])[0], "error")
    message = " ".join(sorted({str(text) for text in values.get(SH.resultMessage, [])}))
    return Result(
        first(SH.focusNode),
        first(SH.resultPath),
        first(SH.value),
        severity,
        first(SH.sourceConstraintComponent),
        message,
    )
