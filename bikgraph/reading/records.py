"""Check a composed file against what is declared, and complete it to JSON-LD: the steps before expansion.

JSON-LD drops without a word a mistyped key, a slug with a space, a bad language tag; so every key, slug, code, date,
language tag and address is checked here. Then short forms become what they mean: `BE`, `2020`, `"2.2"`, `lead` the
slugs of things, nested records get their identifier and class, and an answer in one word becomes a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import replace

from bikgraph.namespaces import BIK, ID
from bikgraph.places import Place
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.answers import ANSWER, Answers
from bikgraph.reading.circles import CircleRules, check_circles
from bikgraph.reading.datatypes import check_datatypes
from bikgraph.reading.field_values import SLUG, FieldValues
from bikgraph.reading.references import MAY_BE_FOREIGN
from bikgraph.reading.told import Completed, Node, Value
from bikgraph.vocabulary import Field, Vocabulary


class Completer:
    """Completes files with one project's vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read with `vocabulary`. Raises OntologyError if its context has a datatype that is not read.

        It is an error of the ontology, said once, and no finding: every data file would have it, at no line of its own.
        """
        check_datatypes(vocabulary.terms.values())
        self.vocabulary = vocabulary
        self.circle_rules = CircleRules.of(vocabulary)

    def complete(self, source: ys.SourceFile, cls: str) -> Completed:
        """Complete `source`, whose top node is of class `cls` (an IRI); problems go to `source.findings`."""
        result = Completed(source)
        if source.root is not None:
            _File(self.vocabulary, result).record(source.root, cls, parent=None)
            check_circles(result, self.circle_rules)
        return result


class _File:
    """The work on one file: what is known of its sections, country and edition while its records are completed."""

    def __init__(self, vocabulary: Vocabulary, result: Completed) -> None:
        self.vocabulary = vocabulary
        self.result = result
        self.source = result.source
        self.values = FieldValues(vocabulary, self.source, result.references)
        self.checked: list[Value] = []

    def record(self, node: ys.Mapping, cls: str, parent: Node | None) -> Node:
        """Complete one record of class `cls`; returns its JSON-LD node, which is the file's own for the top record."""
        fields = self.vocabulary.fields(cls)
        data: Node = self.result.document if parent is None else {}
        nested: list[tuple[Field, str, ys.Node]] = []
        values: dict[str, list[Value]] = {}
        first_reference = len(self.result.references)
        identifier = self._identifier(node, cls, parent)
        for key, key_node, value in ys.items(node):
            if key == "id":
                continue
            known = fields.get(key)
            if known is None:
                self.values.unknown_field(key, key_node, cls, fields)
            elif record_class := self.vocabulary.record_class(known.term.iri):
                nested.append((known, record_class, value))
            else:
                values[key] = self.values.read(known, value)
        if parent is None:
            self.checked = values.get("checked", [])
        elif self.checked and "checked" in fields:
            # The file's day holds for each record that names none of its own.
            values.setdefault("checked", self.checked)
        if values.get("crossBorder"):
            self._allow_foreign_actors(first_reference)
        slug = identifier or self._mint(node, cls, parent, values)
        if not slug and parent is not None:
            return data
        slug = slug or "unidentified"  # the missing id is reported; what stands below is checked all the same
        data["id"] = slug
        data["type"] = cls
        self.result.declare(slug, cls, ys.get(node, "id") or node, minted=not identifier)
        self._names(values)
        for key, listed in values.items():
            if fields[key].is_for_check:
                self._keep_apart(slug, listed)
            else:
                self.result.add(data, fields[key], listed)
        if values.get("number"):
            self.values.sections[str(data["number"])] = slug
        self._role_property(data, cls, values)
        # Sections first: what follows names them by their numbers.
        for known, record_class, value in sorted(nested, key=lambda entry: entry[1] != BIK + "Section"):
            self._nested(data, known, record_class, value)
        return data

    def _identifier(self, node: ys.Mapping, cls: str, parent: Node | None) -> str:
        """The id that a record has of its own; empty if there is none that counts."""
        identifier = ys.get(node, "id")
        if identifier is None:
            return ""
        if not (ys.is_text(identifier) and SLUG.fullmatch(identifier.value)):
            message = "An id is lower-case words joined by hyphens, such as be-child-focus."
            self.source.report(identifier, "bad-slug", message, ys.shown(identifier))
            return ""
        if parent is not None and cls in self.vocabulary.slug_keys:
            keys = ", ".join(self.vocabulary.by_iri[path].key for path in self.vocabulary.slug_keys[cls])
            message = f"A {cls.removeprefix(BIK)} gets its id from its fields ({keys}). Remove this one."
            self.source.report(identifier, "minted-id", message, identifier.value)
            return ""
        return str(identifier.value)

    def _nested(self, data: Node, known: Field, cls: str, node: ys.Node) -> None:
        """Complete the records of a field of `data`."""
        if cls == ANSWER:
            records = Answers(self.vocabulary, self.result, self.values, data, self.checked).read(node)
        elif not isinstance(node, ys.Sequence) or not node.value:
            message = f"The field {known.term.key} is a list of records, each on a line that begins with a dash."
            self.source.report(node, "bad-list", message)
            return
        else:
            records = self._listed(data, known, cls, node)
        kept: list[Node] = []
        for record, place in records:
            if "id" in record:
                kept.append(record)
                self.result.tell(data["id"], known.term.iri, ID + record["id"], place)
        data[known.term.key] = kept

    def _listed(self, data: Node, known: Field, cls: str, node: ys.Sequence) -> list[tuple[Node, Place]]:
        records = []
        for item in node.value:
            if isinstance(item, ys.Mapping):
                records.append((self.record(item, cls, data), ys.position(item)))
            else:
                message = f"Expected a record with fields here, such as - {{id: …}}, in {known.term.key}."
                self.source.report(item, "bad-record", message, ys.shown(item)[:40])
        return records

    def _names(self, values: MappingOf[str, list[Value]]) -> None:
        """Warn of another name that is the label in other letters; that it is the label itself, the shapes tell."""
        labels = {value.text.casefold(): value.text for value in values.get("label", ())}
        for value in values.get("altLabel", ()):
            label = labels.get(value.text.casefold(), value.text)
            if label != value.text:
                name = label.rpartition("@")[0]
                message = f"This is the label ({name}) in other letters. Remove it, or mend the one that is wrong."
                self.source.report(value.place, "alias-is-label", message, value.text, "warning")

    def _keep_apart(self, slug: str, others: list[Value]) -> None:
        """Note that a thing is no double of `others`."""
        for other in others:
            if other.json == slug:
                message = "This names the record itself. Name the other body that it is easily taken for."
                self.source.report(other.place, "circle", message, slug)
            self.result.not_doubles.add(frozenset({slug, str(other.json)}))

    def _allow_foreign_actors(self, first: int) -> None:
        references = self.result.references
        references[first:] = [
            replace(reference, may_be_foreign=True) if reference.key in MAY_BE_FOREIGN else reference
            for reference in references[first:]
        ]

    def _mint(self, node: ys.Mapping, cls: str, parent: Node | None, values: MappingOf[str, list[Value]]) -> str:
        """The slug of a record without id, from its natural key; empty if it has none."""
        key = self.vocabulary.slug_keys.get(cls)
        name = cls.removeprefix(BIK)
        if key is None or parent is None:
            # The file's own id is looked at where its name is known.
            if ys.get(node, "id") is None and parent is not None:
                message = f"A {name} needs an id: lower-case words joined by hyphens, such as id: be-something."
                self.source.report(node, "missing-id", message)
            return ""
        parts = [parent.get("id", ""), self.vocabulary.slug_words[cls]]
        for path in key:
            term = self.vocabulary.by_iri[path]
            for value in values.get(term.key, ())[:1]:
                notations = [
                    code.notation
                    for code_class in self.vocabulary.fields(cls)[term.key].classes
                    for code in self.vocabulary.codes[code_class].values()
                    if code.iri == ID + str(value.json)
                ]
                parts.append((notations[0] if notations else str(value.json)).lower().replace(".", "-"))
        return "-".join(part for part in parts if part)

    def _role_property(self, data: Node, cls: str, values: MappingOf[str, list[Value]]) -> None:
        # OWL RL cannot say "the actor whose role is coordinator": the role's own property is written beside bik:actor.
        if cls == BIK + "Responsibility" and values.get("role") and values.get("actor"):
            key = self.vocabulary.actor_properties.get(values["role"][0].text)
            if key is not None:
                actor = values["actor"][0]
                data[key] = data["actor"]
                self.result.tell(data["id"], self.vocabulary.terms[key].iri, actor.text, actor.place)
