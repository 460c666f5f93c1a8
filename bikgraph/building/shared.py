"""What the files of all countries build upon: ontology, schemes, shapes, rules, and the registers that all refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyoxigraph import Quad, Store

from bikgraph.building.graph_result import GraphResult, cited_sources, plain
from bikgraph.building.one_graph import contradiction
from bikgraph.building.positions import positions_in_turtle
from bikgraph.building.triples import to_lines
from bikgraph.checking.shapes import Shapes
from bikgraph.lookup import in_graph
from bikgraph.namespaces import ID
from bikgraph.project import Project
from bikgraph.reading import Completer
from bikgraph.reading.circles import CircleRules
from bikgraph.reasoning import owlrl_reference
from bikgraph.reasoning.closure import Reasoner
from bikgraph.reasoning.rules import compile_rules
from bikgraph.release.graphs import GraphInfo
from bikgraph.vocabulary.load import Declarations, load_declarations


class SharedGraphs:
    """The shared part of one project, loaded once for a build and handed to whoever assembles a country.

    `store` holds in its default graph the ontology, the schemes and (once `bikgraph.building.country.load_shared` has
    read them) the shared registers, each with what follows from it. `known` maps the slugs described there to classes,
    `not_doubles` has the pairs that their editors keep apart.
    """

    def __init__(self, project: Project, reasoner: str = "rules", ontology_closure: bytes | None = None) -> None:
        """Load and close ontology and schemes; `ontology_closure` is the ontology's own, if it is known already.

        Raises DataError with a finding for each file of the ontology folder that cannot be read.
        """
        self.project = project
        self.reasoner = reasoner
        declarations = load_declarations(project)
        self.vocabulary = declarations.vocabulary
        self.completer = Completer(self.vocabulary)
        self.circle_rules = CircleRules.of(self.vocabulary)
        self.shapes = Shapes(declarations.quads("shapes"), self.vocabulary.superclasses)
        self.rules = Reasoner(compile_rules(declarations.quads("ontology")))
        self.store = Store()
        described = self.vocabulary.described().items()
        self.not_doubles: set[frozenset[str]] = set()
        self.known = {iri.removeprefix(ID): set(classes) for iri, classes in described if iri.startswith(ID)}
        self.results = [self._ontology(declarations, ontology_closure), self._schemes(declarations)]

    def _ontology(self, declarations: Declarations, closure: bytes | None) -> GraphResult:
        result = self._schema_graph(GraphInfo("ontology", "ontology"), declarations.ontology)
        if closure is None:
            # The schema's own consequences (subclasses of subclasses, inherited ranges) are owlrl's.
            told = [quad.triple for quad in declarations.quads("ontology")]
            closure = to_lines(owlrl_reference.close_ontology(told))
        result.inferred = closure
        return result

    def _schemes(self, declarations: Declarations) -> GraphResult:
        result = self._schema_graph(GraphInfo("schemes", "schemes"), declarations.schemes)
        result.declared = plain(self.known)
        return result

    def _schema_graph(self, info: GraphInfo, files: Mapping[Path, Sequence[Quad]]) -> GraphResult:
        told = [quad.triple for quad in sorted({quad for quads in files.values() for quad in quads}, key=str)]
        self.store.extend(in_graph(triple) for triple in told)
        inferred, contradictions = self.rules.close(self.store, told)
        lines = to_lines(told)
        return GraphResult(
            info.name,
            info,
            told=lines,
            inferred=to_lines(inferred),
            positions=positions_in_turtle(self.project, lines, files),
            findings=[contradiction(found, f"ontology/{info.name}", {}) for found in contradictions],
            cited=cited_sources(told),
        )
