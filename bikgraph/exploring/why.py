"""Where a triple comes from: its file, line and source section if it was told; the rule and its premises if inferred.

All is read out of the release: the positions that it keeps, and the rules compiled from the ontology in it. So an
explanation is of what was built, also after the files were edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from pyoxigraph import Literal, NamedNode, Store, Triple

from bikgraph.errors import RequestError
from bikgraph.lookup import Term, in_graph, show, terms
from bikgraph.namespaces import INFERRED, curie, graph_name
from bikgraph.places import object_text
from bikgraph.plain_text import one_line
from bikgraph.reasoning.proof import SCHEMA_RULES, Proof, prove
from bikgraph.reasoning.rules import Rule, compile_rules
from bikgraph.release.credits import credits_of
from bikgraph.release.release import Release, graph_node

ONTOLOGY = "ontology"


@dataclass(frozen=True)
class Told:
    """Where a triple is told: file, line and column, and who states it there; `credit` says how they are meant.

    See `bikgraph.release.credits` for the kinds of credit; `reason` is that of a link table.
    """

    file: str
    line: int
    column: int
    sources: tuple[str, ...] = ()
    credit: str = "stated"
    reason: str = ""


@dataclass
class Explanation:
    """A triple with either the places that tell it, or the rule, the axiom and the premises that it follows from."""

    triple: Triple
    places: list[Told] = field(default_factory=list)
    rule: str = ""
    axiom: str = ""
    premises: list[Explanation] = field(default_factory=list)


class Explainer:
    """Explains the triples of one release."""

    def __init__(self, release: Release, store: Store) -> None:
        """Explain out of `release`, whose store is open as `store`."""
        self.release = release
        self.store = store
        self._scopes: dict[str, Store] = {}

    def explain(self, triple: Triple) -> Explanation:
        """The explanation of `triple`. Raises RequestError if the graph does not hold it."""
        graphs = self._graphs(triple)
        if not graphs:
            thing = show(terms(triple)[0].value)
            raise RequestError(
                f"The graph does not hold this triple: {in_words(triple)}. See what it holds with: bikgraph show "
                f"{thing}"
            )
        if any(not graph.endswith(INFERRED) for graph in graphs):
            return self._told(triple)
        graph = sorted(graphs)[0].removesuffix(INFERRED)
        if graph not in self._scopes:
            self._scopes[graph] = self._scope(graph)
        proof = prove(triple, self._rules, self._scopes[graph], self._is_told)
        if proof is None:
            # owlrl also draws conclusions about the ontology for which no rule here has a form.
            return Explanation(triple, rule="OWL 2 RL", axiom="the ontology as a whole, closed by owlrl")
        return self._explained(proof)

    def _explained(self, proof: Proof) -> Explanation:
        if proof.rule is None:
            return self._told(proof.triple)
        premises = [self._explained(premise) for premise in proof.premises]
        return Explanation(proof.triple, rule=proof.rule.name, axiom=self._axiom(proof.rule), premises=premises)

    def _told(self, triple: Triple) -> Explanation:
        places = []
        for credit in credits_of(self.store, self.release.graphs, triple):
            position = self.release.position(credit.graph, triple)
            if position is not None:
                sources = tuple(sorted(show(source.value) for source in credit.sources))
                places.append(Told(position.file, position.line, position.column, sources, credit.kind, credit.reason))
        return Explanation(triple, places)

    def _graphs(self, triple: Triple) -> list[str]:
        """The short names of the named graphs that hold a triple."""
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return [graph_name(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, NamedNode)]

    def _is_told(self, triple: Triple) -> bool:
        return any(not graph.endswith(INFERRED) for graph in self._graphs(triple))

    @cached_property
    def _ontology(self) -> Sequence[Triple]:
        return [quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph_node(ONTOLOGY))]

    @cached_property
    def _rules(self) -> list[Rule]:
        return [*compile_rules(in_graph(triple) for triple in self._ontology), *SCHEMA_RULES]

    def _scope(self, graph: str) -> Store:
        """What the reasoner saw when it closed `graph`: what all share, the country's registers, the graph itself."""
        graphs = self.release.graphs
        country = graphs[graph].country if graph in graphs else ""
        names = {graph}
        names |= {name for name, info in graphs.items() if info.kind in ("ontology", "schemes", "register")}
        names |= {
            name for name, info in graphs.items() if country and info.country == country and _is_register(info.kind)
        }
        scope = Store()
        for name in sorted(names):
            for companion in (name, name + INFERRED):
                quads = self.store.quads_for_pattern(None, None, None, graph_node(companion))
                scope.extend(in_graph(quad.triple) for quad in quads)
        return scope

    def _axiom(self, rule: Rule) -> str:
        """The axiom that a rule was compiled from, with its file and line; empty for a rule about the schema."""
        subject, predicate, obj = rule.axiom
        if not predicate:
            return ""
        text = f"{curie(subject)} {curie(predicate)} {curie(obj)}"
        for triple in self._ontology:
            node, relation, value = terms(triple)
            is_object = object_text(value) == obj or (obj == "[…]" and not isinstance(value, (NamedNode, Literal)))
            if node.value == subject and relation.value == predicate and is_object:
                position = self.release.position(ONTOLOGY, triple)
                return f"{text}  ({position.file}:{position.line})" if position is not None else text
        return text


def _is_register(kind: str) -> bool:
    return kind in ("actors", "sources")


def as_text(explanation: Explanation, indent: int = 0) -> str:
    """An explanation as an indented tree."""
    pad = "  " * indent
    lines = [f"{pad}{in_words(explanation.triple)}"]
    for place in explanation.places:
        lines.append(f"{pad}  told in {place.file}:{place.line}:{place.column}{_stated_by(place)}")
    if not explanation.rule and not explanation.places:
        lines.append(f"{pad}  told")
    if explanation.rule:
        axiom = f" from {explanation.axiom}" if explanation.axiom else ""
        lines.append(f"{pad}  follows by {explanation.rule}{axiom}" + (" and" if explanation.premises else ""))
        lines += [as_text(premise, indent + 2).rstrip("\n") for premise in explanation.premises]
    return "\n".join(lines) + "\n"


def _stated_by(place: Told) -> str:
    if place.credit == "link":
        return f", a link table ({place.reason})" if place.reason else ", a link table"
    if not place.sources:
        return ""
    return f", stated by {'one of ' if place.credit == 'one-of' else ''}{', '.join(place.sources)}"


def leaves(explanation: Explanation) -> Iterator[Triple]:
    """The told triples that an inferred one follows from."""
    if not explanation.rule:
        yield explanation.triple
    for premise in explanation.premises:
        yield from leaves(premise)


def in_words(triple: Triple) -> str:
    """A triple with the names that a reader of tables knows."""
    subject, predicate, obj = terms(triple)
    return one_line(f"{show(subject.value)} {curie(predicate.value)} {_object(obj)}")


def _object(obj: Term) -> str:
    if isinstance(obj, Literal):
        return f'"{obj.value}"' + (f"@{obj.language}" if obj.language else "")
    return show(cast("NamedNode", obj).value)
