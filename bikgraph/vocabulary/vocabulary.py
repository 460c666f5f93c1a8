"""What the ontology, the schemes, the shapes and the context declare, looked up by the readers and writers of YAML.

Nothing here is written down a second time: fields come from the shapes' paths, their names from the JSON-LD context,
codes from the SKOS schemes, types from the ontology's ranges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Quad, Store

from bikgraph.lookup import is_a, names_of, subjects, text, triples, value, values
from bikgraph.namespaces import BIK, LABEL, NOTATION, OWL, RDF_TYPE, RDFS, SKOS
from bikgraph.nearest import fold
from bikgraph.vocabulary.fields import fields_of_shapes, members, target_of
from bikgraph.vocabulary.terms import Code, Field, term_of


class Vocabulary:
    """The declarations of one project's ontology folder."""

    def __init__(self, context: dict[str, Any], ontology: Iterable[Quad], shapes: Iterable[Quad]) -> None:
        """Take the JSON-LD context, the statements of ontology and schemes, and those of the shapes."""
        self.context = context
        self._store, self._shapes = Store(), Store()
        self._store.extend(ontology)
        self._shapes.extend(shapes)
        self.terms = {key: term for key, entry in context.items() if (term := term_of(key, entry, context))}
        self.by_iri = {term.iri: term for term in self.terms.values()}
        self.superclasses = self._superclasses()
        self.ranges = {node.value: cls.value for node, _, cls in triples(self._store, None, RDFS + "range")}
        self._fields: dict[str, dict[str, Field]] = {}
        self._fitting: dict[tuple[str, ...], frozenset[str]] = {}
        self._own_fields = fields_of_shapes(self._shapes, self.by_iri, self.ranges)
        self.slug_words = {
            target_of(self._shapes, shape): word.value
            for shape, _, word in triples(self._shapes, None, BIK + "slugWord")
        }
        self.slug_keys = {
            target_of(self._shapes, shape): [path.value for path in members(self._shapes, head)]
            for shape, _, head in triples(self._shapes, None, BIK + "slugKey")
        }
        self.actor_properties = {
            role.value: self.by_iri[path.value].key
            for role, _, path in triples(self._store, None, BIK + "actorProperty")
        }
        self.codes: dict[str, dict[str, Code]] = defaultdict(dict)
        self.add_codes(self._store)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether class `cls` is `ancestor` or told to be below it."""
        return cls == ancestor or ancestor in self.superclasses.get(cls, ())

    def fields(self, cls: str) -> dict[str, Field]:
        """The fields, by key, that records of class `cls` may have: those of its and its superclasses' shapes."""
        if cls not in self._fields:
            merged: dict[str, Field] = {}
            for owner in (cls, *sorted(self.superclasses.get(cls, ()))):
                for key, field in self._own_fields.get(owner, {}).items():
                    merged.setdefault(key, field)
            self._fields[cls] = merged
        return self._fields[cls]

    def record_class(self, property_iri: str) -> str | None:
        """The class of the records nested under a property, if it nests records of ours."""
        cls = self.ranges.get(property_iri)
        holders = (BIK + "states", BIK + "registers", BIK + "hasSection")
        return cls if cls and any(self._below(property_iri, holder) for holder in holders) else None

    def add_codes(self, store: Store) -> None:
        """Index by class and notation the codes, editions and countries that `store` describes."""
        for node, _, notation in sorted(triples(store, None, NOTATION), key=str):
            labels = {getattr(label, "language", None): label.value for label in values(store, node, LABEL)}
            schemes = frozenset(scheme.value for scheme in values(store, node, SKOS + "inScheme"))
            code = Code(node.value, notation.value, labels.get("en", notation.value), schemes)
            others = [other.value for other in values(store, node, BIK + "otherCode")]
            for cls in values(store, node, RDF_TYPE):
                self.codes[cls.value] |= dict.fromkeys(others, code)
                self.codes[cls.value][code.notation if cls.value != BIK + "AnswerCode" else code.iri] = code

    def answer_codes(self, indicator: str) -> dict[str, Code]:
        """The answers, by notation, that an indicator admits."""
        schemes = {scheme.value for scheme in values(self._store, NamedNode(indicator), BIK + "answerScheme")}
        return {code.notation: code for code in self.codes[BIK + "AnswerCode"].values() if code.schemes & schemes}

    def coded(self, field: Field) -> list[str]:
        """The classes of codes that a field takes its values from; empty if it names other things."""
        return [
            cls for cls in field.classes if any(self.is_a(cls, BIK + top) for top in ("Code", "Country", "Edition"))
        ]

    def code_called(self, classes: Iterable[str], name: str) -> Code | None:
        """The code of one of `classes` that has `name`, written with spaces or hyphens, as its label or other name."""
        wanted = fold(name).replace("-", " ")
        return next(
            (
                code
                for cls in classes
                for code in self.codes[cls].values()
                if any(fold(known).replace("-", " ") == wanted for known in names_of(self._store, NamedNode(code.iri)))
            ),
            None,
        )

    def fitting(self, field: Field) -> frozenset[str]:
        """The classes of the things that a field may name: those told, and all below them."""
        key = tuple(field.classes)
        if key not in self._fitting:
            below = (cls for cls, above in self.superclasses.items() if above & set(key))
            self._fitting[key] = frozenset({*key, *below})
        return self._fitting[key]

    def implied(self, cls: str) -> set[str]:
        """The properties whose value follows from being of class `cls` alone, by a restriction to a value."""
        implied = set()
        for expression in values(self._store, NamedNode(cls), OWL + "equivalentClass"):
            if isinstance(expression, BlankNode) and value(self._store, expression, OWL + "hasValue") is not None:
                implied |= {prop.value for prop in values(self._store, expression, OWL + "onProperty")}
        return implied

    def admits_several(self, indicator: str) -> bool:
        """Whether an indicator takes several answers at once."""
        return self.value(indicator, BIK + "severalAnswers") == "true"

    def indicators(self, edition: str) -> dict[str, str]:
        """The indicators of an edition: short code to IRI, in the questionnaire's order."""
        rows = []
        for node in subjects(self._store, BIK + "inEdition", NamedNode(edition)):
            code, order = self.value(node.value, BIK + "shortCode"), self.value(node.value, BIK + "ordinal")
            if code is not None:
                rows.append((int(order or 0), code, node.value))
        return {code: iri for _, code, iri in sorted(rows)}

    def value(self, subject: str, predicate: str) -> str | None:
        """One told value of the ontology's or schemes' statements about `subject`, or None."""
        found = value(self._store, NamedNode(subject), predicate)
        return None if found is None else found.value

    def described(self) -> dict[str, set[str]]:
        """Everything that the ontology and the schemes type: IRI to classes."""
        described: dict[str, set[str]] = defaultdict(set)
        for node, _, cls in triples(self._store, None, RDF_TYPE):
            if isinstance(node, NamedNode):
                described[node.value].add(cls.value)
        return described

    def declared(self) -> frozenset[str]:
        """The IRIs of all terms and things that the ontology and the schemes say something of."""
        return frozenset(node.value for node, _, _ in triples(self._store) if isinstance(node, NamedNode))

    def is_property_kind(self, property_iri: str, kind: str) -> bool:
        """Whether a property is told to be of a kind, such as `owl:IrreflexiveProperty` (its IRI)."""
        return is_a(self._store, NamedNode(property_iri), kind)

    def label(self, iri: str) -> str:
        """The English label of a term, else its IRI."""
        labels = {getattr(label, "language", None): label.value for label in values(self._store, NamedNode(iri), LABEL)}
        return labels.get("en") or text(self._store, NamedNode(iri), LABEL) or iri

    def _below(self, property_iri: str, ancestor: str) -> bool:
        seen, todo = set[str](), [property_iri]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            if current not in seen:
                seen.add(current)
                todo += [above.value for above in values(self._store, NamedNode(current), RDFS + "subPropertyOf")]
        return False

    def _superclasses(self) -> dict[str, set[str]]:
        """Each class with all classes told to be above it, at any distance."""
        direct: dict[str, set[str]] = defaultdict(set)
        for cls, _, above in triples(self._store, None, RDFS + "subClassOf"):
            if isinstance(cls, NamedNode) and isinstance(above, NamedNode):
                direct[cls.value].add(above.value)
        return {name: self._above(direct, name) for name in list(direct)}

    @staticmethod
    def _above(direct: Mapping[str, set[str]], name: str) -> set[str]:
        seen: set[str] = set()
        todo = list(direct[name])
        while todo:
            parent = todo.pop()
            if parent not in seen:
                seen.add(parent)
                todo += direct.get(parent, ())
        return seen
