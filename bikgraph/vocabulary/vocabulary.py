"""What the ontology, the schemes, the shapes and the context declare, looked up by the readers and writers of YAML.

Nothing here is written down a second time: fields come from the shapes' paths, their names from the JSON-LD context,
codes from the SKOS schemes, types from the ontology's ranges.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from bikgraph.namespaces import BIK, NOTATION, OWL, PREFIXES, RDF, RDF_TYPE, RDFS, SH, SKOS, XSD

if TYPE_CHECKING:
    from pathlib import Path

RECORD_FIELDS_OF_PROGRAM = frozenset(BIK + name for name in ("coordinator", "leadActor", "complementaryActor"))


@dataclass(frozen=True)
class Term:
    """A term of the JSON-LD context: `key` in YAML, `iri` in RDF, and how its values are written."""

    key: str
    iri: str
    is_reference: bool = False
    is_language_map: bool = False
    datatype: str | None = None


@dataclass
class Field:
    """A field that records of some class may have, as its property shapes constrain it."""

    term: Term
    classes: list[str] = field(default_factory=list)
    required: bool = False
    single: bool = False
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    message: str = ""
    unique_language: bool = False
    languages: list[str] = field(default_factory=list)
    """The languages that have to be there, each of them."""
    is_shared: bool = False
    """Whether a value out of other classes may stand beside: the record is described as another class elsewhere too."""


@dataclass(frozen=True)
class Code:
    """A concept of a closed list: its IRI, notation, English label and schemes."""

    iri: str
    notation: str
    label: str
    schemes: frozenset[str] = frozenset()


class Vocabulary:
    """The declarations of one project's ontology folder."""

    def __init__(self, context: dict[str, Any], ontology: Iterable[Quad], shapes: Iterable[Quad]) -> None:
        self.context = context
        self._store = Store()
        self._store.extend(ontology)
        self._shapes = Store()
        self._shapes.extend(shapes)
        self.terms = {key: term for key, value in context.items() if (term := _term(key, value, context))}
        self.by_iri = {term.iri: term for term in self.terms.values()}
        self.superclasses = self._closure()
        self.ranges = {
            str_of(q.subject): str_of(q.object)
            for q in self._store.quads_for_pattern(None, NamedNode(RDFS + "range"), None)
        }
        self._fields: dict[str, dict[str, Field]] = {}
        self._fitting: dict[tuple[str, ...], frozenset[str]] = {}
        self._own_fields = self._read_shapes()
        self.slug_words = {
            self._target(q.subject): q.object.value
            for q in self._shapes.quads_for_pattern(None, NamedNode(BIK + "slugWord"), None)
        }
        self.slug_keys = {
            self._target(q.subject): [str_of(item) for item in self._list(q.object)]
            for q in self._shapes.quads_for_pattern(None, NamedNode(BIK + "slugKey"), None)
        }
        self.actor_properties = {
            str_of(q.subject): self.by_iri[str_of(q.object)].key
            for q in self._store.quads_for_pattern(None, NamedNode(BIK + "actorProperty"), None)
        }
        self.codes: dict[str, dict[str, Code]] = defaultdict(dict)
        self.add_codes(self._store)

    @classmethod
    def load(cls, context_file: Path, ontology: Iterable[Quad], shapes: Iterable[Quad]) -> Vocabulary:
        """Read the context at `context_file`; take the ontology's and shapes' statements as given."""
        return cls(json.loads(context_file.read_text("utf-8"))["@context"], ontology, shapes)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether class `cls` is `ancestor` or told to be below it."""
        return cls == ancestor or ancestor in self.superclasses.get(cls, ())

    def fields(self, cls: str) -> dict[str, Field]:
        """The fields, by key, that records of class `cls` may have: those of its shapes and its superclasses' shapes."""
        if cls not in self._fields:
            merged: dict[str, Field] = {}
            for owner in (cls, *sorted(self.superclasses.get(cls, ()))):
                for key, own in self._own_fields.get(owner, {}).items():
                    merged.setdefault(key, own)
            self._fields[cls] = merged
        return self._fields[cls]

    def record_class(self, property_iri: str) -> str | None:
        """The class of the records nested under a property, if it nests records of ours."""
        cls = self.ranges.get(property_iri)
        holders = (BIK + "states", BIK + "registers", BIK + "hasSection")
        return cls if cls and any(self._below(property_iri, holder) for holder in holders) else None

    def add_codes(self, store: Store) -> None:
        """Index by class and notation the codes, editions and countries that `store` describes."""
        for quad in sorted(store.quads_for_pattern(None, NamedNode(NOTATION), None), key=str):
            subject = quad.subject
            schemes = frozenset(
                str_of(q.object) for q in store.quads_for_pattern(subject, NamedNode(SKOS + "inScheme"), None)
            )
            labels = {
                q.object.language: q.object.value
                for q in store.quads_for_pattern(subject, NamedNode(RDFS + "label"), None)
            }
            code = Code(str_of(subject), quad.object.value, labels.get("en", quad.object.value), schemes)
            others = [q.object.value for q in store.quads_for_pattern(subject, NamedNode(BIK + "otherCode"), None)]
            for typed in store.quads_for_pattern(subject, NamedNode(RDF_TYPE), None):
                self.codes[str_of(typed.object)] |= dict.fromkeys(others, code)
                key = code.notation if str_of(typed.object) != BIK + "AnswerCode" else code.iri
                self.codes[str_of(typed.object)][key] = code

    def answer_codes(self, indicator: str) -> dict[str, Code]:
        """The answers, by notation, that an indicator admits."""
        schemes = {
            str_of(q.object)
            for q in self._store.quads_for_pattern(NamedNode(indicator), NamedNode(BIK + "answerScheme"), None)
        }
        return {code.notation: code for code in self.codes[BIK + "AnswerCode"].values() if code.schemes & schemes}

    def coded(self, known: Field) -> list[str]:
        """The classes of codes that a field takes its values from; empty if it names other things."""
        return [
            cls for cls in known.classes if any(self.is_a(cls, BIK + top) for top in ("Code", "Country", "Edition"))
        ]

    def fitting(self, known: Field) -> frozenset[str]:
        """The classes of the things that a field may name: those told, and all below them."""
        key = tuple(known.classes)
        if key not in self._fitting:
            self._fitting[key] = frozenset(
                {*key, *(cls for cls, above in self.superclasses.items() if above & set(key))}
            )
        return self._fitting[key]

    def implied(self, cls: str) -> set[str]:
        """The properties whose value follows from being of class `cls` alone, by a restriction to a value (owl:hasValue)."""
        found = set()
        for quad in self._store.quads_for_pattern(NamedNode(cls), NamedNode(OWL + "equivalentClass"), None):
            if any(True for _ in self._store.quads_for_pattern(quad.object, NamedNode(OWL + "hasValue"), None)):
                found |= {
                    str_of(q.object)
                    for q in self._store.quads_for_pattern(quad.object, NamedNode(OWL + "onProperty"), None)
                }
        return found

    def admits_several(self, indicator: str) -> bool:
        """Whether an indicator takes several answers at once."""
        return self.value(indicator, BIK + "severalAnswers") == "true"

    def indicators(self, edition: str) -> dict[str, str]:
        """The indicators of an edition: short code to IRI, in the questionnaire's order."""
        rows = []
        for quad in self._store.quads_for_pattern(None, NamedNode(BIK + "inEdition"), NamedNode(edition)):
            code, order = (
                self.value(str_of(quad.subject), BIK + "shortCode"),
                self.value(str_of(quad.subject), BIK + "ordinal"),
            )
            if code is not None:
                rows.append((int(order or 0), code, str_of(quad.subject)))
        return {code: iri for _, code, iri in sorted(rows)}

    def value(self, subject: str, predicate: str) -> str | None:
        """One told value of the ontology's or schemes' statements about `subject`, or None."""
        for quad in self._store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None):
            return str_of(quad.object)
        return None

    def described(self) -> dict[str, set[str]]:
        """Everything that the ontology and the schemes type: IRI to classes."""
        result: dict[str, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(None, NamedNode(RDF_TYPE), None):
            if isinstance(quad.subject, NamedNode):
                result[quad.subject.value].add(str_of(quad.object))
        return result

    def _below(self, property_iri: str, ancestor: str) -> bool:
        seen, todo = set[str](), [property_iri]
        while todo:
            current = todo.pop()
            if current == ancestor:
                return True
            if current not in seen:
                seen.add(current)
                todo += [
                    str_of(q.object)
                    for q in self._store.quads_for_pattern(NamedNode(current), NamedNode(RDFS + "subPropertyOf"), None)
                ]
        return False

    def _closure(self) -> dict[str, set[str]]:
        direct: dict[str, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(None, NamedNode(RDFS + "subClassOf"), None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                direct[quad.subject.value].add(quad.object.value)
        closed: dict[str, set[str]] = {}
        for cls in direct:  # noqa: PLC0206
            seen: set[str] = set()
            todo = list(direct[cls])
            while todo:
                parent = todo.pop()
                if parent not in seen:
                    seen.add(parent)
                    todo += direct.get(parent, ())
            closed[cls] = seen
        return closed

    def _read_shapes(self) -> dict[str, dict[str, Field]]:
        result: dict[str, dict[str, Field]] = defaultdict(dict)
        for quad in self._shapes.quads_for_pattern(None, NamedNode(SH + "property"), None):
            target, shape = self._target(quad.subject), quad.object
            path = self._one(shape, "path")
            if not target or path is None or path in RECORD_FIELDS_OF_PROGRAM or path not in self.by_iri:
                continue
            own = result[target].setdefault(self.by_iri[path].key, Field(self.by_iri[path]))
            qualified = next(
                (q.object for q in self._shapes.quads_for_pattern(shape, NamedNode(SH + "qualifiedValueShape"), None)),
                None,
            )
            for node in (shape, qualified):
                if node is not None and (cls := self._one(node, "class")):
                    own.classes.append(cls)
                    own.is_shared |= node == qualified
            if qualified is not None:
                for quad in self._shapes.quads_for_pattern(qualified, NamedNode(SH + "languageIn"), None):  # noqa: PLW2901
                    own.languages = [str_of(item) for item in self._list(quad.object)]
            own.unique_language |= self._one(shape, "uniqueLang") == "true"
            if not own.classes and path in self.ranges and not self.ranges[path].startswith(XSD):
                own.classes.append(self.ranges[path])
            minimum = self._one(shape, "minCount") or self._one(shape, "qualifiedMinCount")
            own.required |= minimum not in (None, "0")
            own.single |= (self._one(shape, "maxCount") or self._one(shape, "qualifiedMaxCount")) == "1"
            own.pattern = self._one(shape, "pattern") or own.pattern
            own.minimum = _integer(self._one(shape, "minInclusive"), own.minimum)
            own.maximum = _integer(self._one(shape, "maxInclusive"), own.maximum)
            own.message = self._one(shape, "message") or own.message
        return result

    def _target(self, shape: NamedNode | BlankNode) -> str:
        return next(
            (str_of(q.object) for q in self._shapes.quads_for_pattern(shape, NamedNode(SH + "targetClass"), None)), ""
        )

    def _one(self, shape: Any, name: str) -> str | None:
        return next((str_of(q.object) for q in self._shapes.quads_for_pattern(shape, NamedNode(SH + name), None)), None)

    def _list(self, head: Any) -> list[Any]:
        items = []
        while str_of(head) != RDF + "nil":
            items.append(next(q.object for q in self._shapes.quads_for_pattern(head, NamedNode(RDF + "first"), None)))
            head = next(q.object for q in self._shapes.quads_for_pattern(head, NamedNode(RDF + "rest"), None))
        return items


def str_of(term: NamedNode | BlankNode | Literal | Any) -> str:
    """The IRI, blank-node label or lexical form of a term."""
    return term.value  # type: ignore[no-any-return]


def _integer(text: str | None, default: int | None) -> int | None:
    return default if text is None else int(text)


def _term(key: str, value: Any, context: dict[str, Any]) -> Term | None:
    if isinstance(value, dict):
        kind = value.get("@type")
        return Term(
            key,
            _absolute(value["@id"], context),
            kind == "@id",
            value.get("@container") == "@language",
            _absolute(kind, context) if kind and kind != "@id" else None,
        )
    return None


def _absolute(name: str, context: dict[str, Any]) -> str:
    prefix, _, local = name.partition(":")
    namespace = context.get(prefix) or PREFIXES.get(prefix) or (OWL if prefix == "owl" else "")
    return f"{namespace}{local}"
