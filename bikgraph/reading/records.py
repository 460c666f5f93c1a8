"""Check a composed file against what is declared, and complete it to JSON-LD: the steps before expansion.

JSON-LD drops without a word a mistyped key, a slug with a space, a bad language tag; so every key, slug, code, date,
language tag and address is checked here. Then short forms become what they mean: `BE`, `2020`, `"2.2"`, `lead` the slugs
of things, nested records get their identifier and class, and an answer in one word becomes a record of its own.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from typing import Any

from bikgraph.namespaces import BIK, ID, RDF_TYPE
from bikgraph.places import Place
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.field_values import MAY_BE_FOREIGN, SLUG, FieldValues, Reference
from bikgraph.vocabulary import Field, Vocabulary

# What an editor may say of an answer, besides the answer.
ANSWER_FIELDS = ("note", "source", "checked", "unverified")


@dataclass
class Completed:
    """A file as a JSON-LD node without context, with where each of its statements stands.

    `places` maps (subject IRI, predicate IRI, object as text), (subject, predicate) and (subject,) to line and column;
    an object's text is its IRI, or a literal's form with `@language`, if any. `told` counts the distinct statements.
    """

    source: ys.SourceFile
    document: dict[str, Any] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    declared: dict[str, set[str]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    told: set[tuple[str, str, str]] = field(default_factory=set)


class Completer:
    """Completes files with one project's vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def complete(self, source: ys.SourceFile, cls: str) -> Completed:
        """Complete `source`, whose top node is of class `cls` (an IRI); problems go to `source.findings`."""
        result = Completed(source)
        if source.root is not None:
            _File(self.vocabulary, result).record(source.root, cls, parent=None)
        return result


class _File:
    """The work on one file: what is known of its sections, country and edition while its records are completed."""

    def __init__(self, vocabulary: Vocabulary, result: Completed) -> None:
        self.vocabulary = vocabulary
        self.result = result
        self.source = result.source
        self.values = FieldValues(vocabulary, self.source, result.references)
        self.checked: list[tuple[str, Any, Place]] = []

    def record(self, node: ys.Mapping, cls: str, parent: dict[str, Any] | None) -> dict[str, Any]:
        """Complete one record of class `cls`; returns its JSON-LD node, which is the file's own for the top record."""
        fields = self.vocabulary.fields(cls)
        data: dict[str, Any] = self.result.document if parent is None else {}
        nested: list[tuple[Field, str, ys.Node]] = []
        values: dict[str, list[tuple[str, Any, Place]]] = {}
        first_reference = len(self.result.references)
        given = ys.get(node, "id")
        if given is not None and not (ys.is_text(given) and SLUG.fullmatch(given.value)):
            self.source.report(
                given,
                "bad-slug",
                "An id is lower-case words joined by hyphens, such as be-child-focus.",
                ys.shown(given),
            )
            given = None
        elif given is not None and parent is not None and cls in self.vocabulary.slug_keys:
            name, keys = (
                cls.removeprefix(BIK),
                ", ".join(self.vocabulary.by_iri[path].key for path in self.vocabulary.slug_keys[cls]),
            )
            self.source.report(
                given, "minted-id", f"A {name} gets its id from its fields ({keys}). Remove this one.", given.value
            )
            given = None
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
            values.setdefault(
                "checked", self.checked
            )  # the file's day holds for each record that names none of its own
        if values.get("crossBorder"):
            self._allow_foreign_actors(first_reference)
        slug = given.value if given is not None else self._mint(node, cls, parent, values)
        if not slug and parent is not None:
            return data
        slug = slug or "unidentified"  # the missing id is reported; what stands below is checked all the same
        data["id"] = slug
        data["type"] = cls
        self._declare(slug, cls, ys.get(node, "id") or node, minted=given is None)
        for key, entries in values.items():
            self._add(data, fields[key], entries)
        self._role_property(data, cls, values)
        # Sections first: what follows names them by their numbers.
        for known, record_class, value in sorted(nested, key=lambda entry: entry[1] != BIK + "Section"):
            self._nested(data, known, record_class, value)
        return data

    # ---- records

    def _nested(self, data: dict[str, Any], known: Field, cls: str, node: ys.Node) -> None:
        if cls == BIK + "Answer":
            records = self._answers(data, node)
        elif not isinstance(node, ys.Sequence) or not node.value:
            self.source.report(
                node,
                "bad-list",
                f"The field {known.term.key} is a list of records, each on a line that begins with a dash.",
            )
            return
        else:
            records = []
            for item in node.value:
                if not isinstance(item, ys.Mapping):
                    self.source.report(
                        item,
                        "bad-record",
                        f"Expected a record with fields here, such as - {{id: …}}, in {known.term.key}.",
                        ys.shown(item)[:40],
                    )
                    continue
                records.append((self.record(item, cls, data), ys.position(item)))
        kept: list[dict[str, Any]] = []
        for record, place in records:
            if "id" in record:
                kept.append(record)
                self._tell(data["id"], known.term.iri, ID + record["id"], place)
        data[known.term.key] = kept

    def _answers(self, data: dict[str, Any], node: ys.Node) -> list[tuple[dict[str, Any], Place]]:
        if not isinstance(node, ys.Mapping):
            self.source.report(
                node, "bad-list", "answers is a mapping: one line a question, such as p1-quality-content: introduced."
            )
            return []
        if not node.value:
            self.source.report(node, "empty-list", "The field answers has no value. Write one, or remove the field.")
        edition = str(data.get("edition", ""))
        if not edition:
            self.source.report(
                node,
                "no-edition",
                "These answers belong to no edition of the questionnaire. Give a profile its field edition, such as edition: 2020; pages outside an edition hold no answers.",
            )
        indicators = self.vocabulary.indicators(ID + edition) if edition else {}
        if edition and not indicators:
            self.source.report(
                node,
                "no-questionnaire",
                f"The edition {edition.removeprefix('edition-')} has no questionnaire in ontology/schemes. Add its items there, or remove the answers.",
                edition,
            )
        if not indicators:
            return []
        fields = self.vocabulary.fields(BIK + "Answer")
        records = []
        for code, key, value in ys.items(node):
            indicator = indicators.get(code)
            if indicator is None:
                self.values.unknown(key, code, indicators, "The questionnaire has no item {0}.", "unknown-indicator")
                continue
            records += [
                (record, ys.position(place))
                for record, place in self._answers_to(data, code, indicator, key, value, fields)
            ]
        return records

    def _answers_to(
        self,
        data: dict[str, Any],
        code: str,
        indicator: str,
        key: ys.Node,
        value: ys.Node,
        fields: MappingOf[str, Field],
    ) -> list[tuple[dict[str, Any], ys.Node]]:
        """The answers to one item: one, or one a source where sources disagree, as a list of `{answer: …, source: …}`."""
        if not (isinstance(value, ys.Sequence) and any(isinstance(item, ys.Mapping) for item in value.value)):
            return [(self._answer(data, code, indicator, key, value, fields), key)]
        records = []
        for item in value.value:
            source = ys.get(item, "source") if isinstance(item, ys.Mapping) else None
            if source is None:
                self.source.report(
                    item,
                    "no-source",
                    f"The item {code} has an answer from each of several sources: write each as {{answer: …, source: …}}.",
                    ys.shown(item)[:40],
                )
                continue
            records.append((self._answer(data, code, indicator, item, item, fields, by_source=True), item))
        return records

    def _answer(
        self,
        data: dict[str, Any],
        code: str,
        indicator: str,
        key: ys.Node,
        value: ys.Node,
        fields: MappingOf[str, Field],
        *,
        by_source: bool = False,
    ) -> dict[str, Any]:
        """One answer, from `code: existing`, `code: [one, other]` or `code: {answer: existing, source: "2.1"}`."""
        entries: dict[str, list[tuple[str, Any, Place]]] = {}
        short: ys.Node | None = value
        if isinstance(value, ys.Mapping):
            short = ys.get(value, "answer")
            if short is None:
                self.source.report(
                    value, "no-answer", f"The item {code} has no answer here. Write {code}: {{answer: existing, …}}."
                )
            for name, name_node, item in ys.items(value):
                if name in ANSWER_FIELDS:
                    entries[name] = self.values.read(fields[name], item)
                elif name != "answer":
                    self.values.unknown_field(
                        name, name_node, BIK + "Answer", {n: fields[n] for n in ("answer", *ANSWER_FIELDS)}
                    )
        entries["answer"] = self._answer_codes(code, indicator, short)
        place = ys.position(key)
        section = self.values.sections.get(self.vocabulary.value(indicator, BIK + "formSection") or "")
        if section and "source" not in entries:
            entries["source"] = [(ID + section, section, place)]
        for name, inherited in (("country", data.get("country")), ("edition", data.get("edition"))):
            if inherited:
                entries[name] = [(ID + inherited, inherited, place)]
        entries["indicator"] = [(indicator, indicator.removeprefix(ID), place)]
        if self.checked:
            entries.setdefault("checked", self.checked)
        slug = f"{data['id']}-{self.vocabulary.slug_words[BIK + 'Answer']}-{code}"
        if by_source:
            slug += "".join(
                f"-{named.removeprefix(str(data['id']) + '-')}" for _, named, _ in entries.get("source", ())[:1]
            )
        record: dict[str, Any] = {"id": slug, "type": BIK + "Answer"}
        self._declare(slug, BIK + "Answer", key, minted=True)
        for name, values in entries.items():
            self._add(record, fields[name], values)
        return record

    def _answer_codes(self, code: str, indicator: str, node: ys.Node | None) -> list[tuple[str, Any, Place]]:
        accepted, found = self.vocabulary.answer_codes(indicator), list[tuple[str, Any, Place]]()
        if isinstance(node, ys.Sequence) and not self.vocabulary.admits_several(indicator):
            self.source.report(node, "single-value", f"The item {code} takes one answer, not a list.")
            return []
        for item in node.value if isinstance(node, ys.Sequence) else [] if node is None else [node]:
            answer = accepted.get(ys.shown(item)) if ys.is_text(item) or ys.is_integer(item) else None
            if answer is None:
                self.values.unknown(
                    item, ys.shown(item), accepted, f"The item {code} has no answer {{0}}.", "unknown-answer"
                )
            elif any(answer.iri == iri for iri, _, _ in found):
                self.source.report(
                    item, "duplicate-value", f"The item {code} names this answer twice. Remove one.", item.value
                )
            else:
                found.append((answer.iri, answer.iri.removeprefix(ID), ys.position(item)))
        if isinstance(node, ys.Sequence) and not node.value:
            self.source.report(node, "empty-list", f"The item {code} has no answer. Write one, such as not-answered.")
        return found

    def _allow_foreign_actors(self, first: int) -> None:
        found = self.result.references
        found[first:] = [
            replace(reference, may_be_foreign=True) if reference.key in MAY_BE_FOREIGN else reference
            for reference in found[first:]
        ]

    def _mint(
        self,
        node: ys.Mapping,
        cls: str,
        parent: dict[str, Any] | None,
        values: MappingOf[str, list[tuple[str, Any, Place]]],
    ) -> str:
        """The slug of a record without id, from its natural key; empty if it has none."""
        key = self.vocabulary.slug_keys.get(cls)
        name = cls.removeprefix(BIK)
        if key is None or parent is None:
            if (
                ys.get(node, "id") is None and parent is not None
            ):  # the file's own id is looked at where its name is known
                self.source.report(
                    node,
                    "missing-id",
                    f"A {name} needs an id: lower-case words joined by hyphens, such as id: be-something.",
                )
            return ""
        parts = [parent.get("id", ""), self.vocabulary.slug_words[cls]]
        for path in key:
            term = self.vocabulary.by_iri[path]
            for _, value, _ in values.get(term.key, ())[:1]:
                scope = [
                    code.notation
                    for cls_ in self.vocabulary.fields(cls)[term.key].classes
                    for code in self.vocabulary.codes[cls_].values()
                    if code.iri == ID + str(value)
                ]
                parts.append((scope[0] if scope else str(value)).lower().replace(".", "-"))
        return "-".join(part for part in parts if part)

    def _declare(self, slug: str, cls: str, node: ys.Node, *, minted: bool) -> None:
        place = ys.position(node)
        before = self.result.declared.get(slug)
        if before is not None and (minted or cls in before):
            first = self.result.places[(ID + slug,)][0]
            what = "Two records say the same thing" if minted else "Two records have this id"
            self.source.report(
                node,
                "duplicate-record",
                f"{what} (first on line {first}). Join them into one{'' if minted else ', or give this one another id'}.",
                slug,
            )
        self.result.declared.setdefault(slug, set()).add(cls)
        self._tell(slug, RDF_TYPE, cls, place)

    def _add(self, data: dict[str, Any], known: Field, entries: list[tuple[str, Any, Place]]) -> None:
        if not entries:
            return
        key = known.term.key
        if known.term.is_language_map:
            texts: dict[str, list[str]] = {}
            for _, (language, text), _ in entries:
                texts.setdefault(language, []).append(text)
            data[key] = {language: values[0] if len(values) == 1 else values for language, values in texts.items()}
        else:
            values = [value for _, value, _ in entries]
            data[key] = values[0] if len(values) == 1 else values
        for text, _, place in entries:
            self._tell(data["id"], known.term.iri, text, place)
        if key == "number":
            self.values.sections[str(data[key])] = data["id"]

    def _role_property(
        self, data: dict[str, Any], cls: str, values: MappingOf[str, list[tuple[str, Any, Place]]]
    ) -> None:
        # OWL RL cannot say "the actor whose role is coordinator": the role's own property is written beside bik:actor.
        if cls == BIK + "Responsibility" and values.get("role") and values.get("actor"):
            key = self.vocabulary.actor_properties.get(values["role"][0][0])
            if key is not None:
                data[key] = data["actor"]
                self._tell(data["id"], self.vocabulary.terms[key].iri, values["actor"][0][0], values["actor"][0][2])

    def _tell(self, slug: str, predicate: str, text: str, place: Place) -> None:
        subject, places = ID + slug, self.result.places
        places.setdefault((subject, predicate, text), place)
        places.setdefault((subject, predicate), place)
        places.setdefault((subject,), place)
        self.result.told.add((subject, predicate, text))
