"""Check a composed file against what is declared, and complete it to JSON-LD: the steps before expansion.

JSON-LD drops without a word a mistyped key, a slug with a space, a bad language tag; so every key, slug, code, date,
language tag and address is checked here. Then short forms become what they mean: `BE`, `2020`, `"2.2"`, `lead` the slugs
of things, nested records get their identifier and class, and an answer in one word becomes a record of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode

from bikgraph import yaml_source as ys
from bikgraph.namespaces import BIK, ID, RDF_TYPE, XSD
from bikgraph.vocabulary import Field, Term, Vocabulary

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_INTEGER = re.compile(r"-?[0-9]{1,15}")  # longer ones become doubles in JSON-LD

Place = tuple[int, int]


@dataclass(frozen=True)
class Reference:
    """A slug that a file refers to, to be looked up once all files are read; `classes` are what the field may name."""

    slug: str
    place: Place
    key: str
    classes: frozenset[str] = frozenset()


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
        self.sections: dict[str, str] = {}
        self.top: dict[str, Any] = {}

    def record(self, node: ys.Mapping, cls: str, parent: dict[str, Any] | None) -> dict[str, Any]:
        """Complete one record of class `cls`; returns its JSON-LD node, which is the file's own for the top record."""
        fields = self.vocabulary.fields(cls)
        data: dict[str, Any] = self.result.document if parent is None else {}
        if parent is None:
            self.top = data
        nested: list[tuple[Field, str, ys.Node]] = []
        values: dict[str, list[tuple[str, Any, Place]]] = {}
        given = ys.get(node, "id")
        if given is not None and not (ys.is_text(given) and SLUG.fullmatch(given.value)):
            self.source.report(given, "bad-slug", "An id is lower-case words joined by hyphens, such as be-child-focus.", ys.shown(given))
            given = None
        elif given is not None and parent is not None and cls in self.vocabulary.slug_keys:
            name, keys = cls.removeprefix(BIK), ", ".join(self.vocabulary.by_iri[path].key for path in self.vocabulary.slug_keys[cls])
            self.source.report(given, "minted-id", f"A {name} gets its id from its fields ({keys}). Remove this one.", given.value)
            given = None
        for key, key_node, value in ys.items(node):
            if key == "id":
                continue
            known = fields.get(key)
            if known is None:
                self._unknown_field(key, key_node, cls, fields)
            elif record_class := self.vocabulary.record_class(known.term.iri):
                nested.append((known, record_class, value))
            else:
                values[key] = self._values(known, value, node)
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

    # ---- fields and values

    def _unknown_field(self, key: str, node: ys.Node, cls: str, fields: MappingOf[str, Field]) -> None:
        name = cls.removeprefix(BIK)
        if key in self.vocabulary.terms and not ys.closest(key, fields):
            message = f"A {name} has no field {key}; it belongs to other records. Fields here: {', '.join(sorted(fields))}."
        else:
            hint = ys.did_you_mean(key, [*fields, "id"]) or f" Fields here: {', '.join(sorted(fields))}."
            message = f"A {name} has no field {key}.{hint}"
        self.source.report(node, "unknown-field", message, key)

    def _values(self, known: Field, node: ys.Node, record: ys.Mapping) -> list[tuple[str, Any, Place]]:
        """The field's values as (text of the object, JSON value, place)."""
        term = known.term
        if term.is_language_map:
            return self._language_map(term, node)
        if isinstance(node, ys.Sequence) and known.single:
            self.source.report(node, "single-value", f"The field {term.key} takes one value, not a list. {known.message}")
            return []
        nodes = node.value if isinstance(node, ys.Sequence) else [node]
        if not nodes:
            self.source.report(node, "empty-list", f"The field {term.key} has no value. Write one, or remove the field.")
        result: list[tuple[str, Any, Place]] = []
        seen: set[str] = set()
        for item in nodes:
            found = self._reference(known, item) if term.is_reference else self._literal(known, item)
            if found is None:
                continue
            text, value = found
            if text in seen:
                self.source.report(item, "duplicate-value", f"The field {term.key} names this value twice. Remove one.", item.value)
            seen.add(text)
            result.append((text, value, ys.position(item)))
        return result

    def _language_map(self, term: Term, node: ys.Node) -> list[tuple[str, Any, Place]]:
        if not isinstance(node, ys.Mapping):
            shown = ys.shown(node)
            self.source.report(node, "no-language", f"The field {term.key} needs a language. Write {term.key}: {{en: {shown or '…'}}}.", shown)
            return []
        if not node.value or any(isinstance(value, ys.Sequence) and not value.value for _, _, value in ys.items(node)):
            self.source.report(node, "empty-list", f"The field {term.key} has no value. Write one, or remove the field.")
        result: list[tuple[str, Any, Place]] = []
        seen: set[str] = set()
        for language, key, value in ys.items(node):
            if not _is_language(language):
                self.source.report(key, "bad-language", "A language is a BCP 47 tag, such as en, fr or nl-BE.", language)
                continue
            for item in value.value if isinstance(value, ys.Sequence) else [value]:
                if not isinstance(item, ys.Scalar) or not ys.is_text(item) or not item.value.strip():
                    self.source.report(item, "bad-text", f"Expected text for {term.key} in {language}; put it in quotes if it looks like a number.", ys.shown(item)[:40])
                    continue
                tag, text = language.lower(), item.value.strip()
                if f"{text}@{tag}" in seen:
                    self.source.report(item, "duplicate-value", f"The field {term.key} gives this text twice. Remove one.", text)
                    continue
                seen.add(f"{text}@{tag}")
                result.append((f"{text}@{tag}", (tag, text), ys.position(item)))
        return result

    def _literal(self, known: Field, node: ys.Node) -> tuple[str, Any] | None:
        datatype = (known.term.datatype or XSD + "string").removeprefix(XSD)
        if not isinstance(node, ys.Scalar):
            self.source.report(node, "bad-value", f"Expected a single value for {known.term.key}.")
            return None
        text = node.value
        good = {
            "integer": ys.is_integer(node) and _INTEGER.fullmatch(text),
            "boolean": ys.is_boolean(node),
            "string": ys.is_text(node) and text.strip() == text and text,
            "date": ys.is_text(node) and _is_date(text),
        }[datatype]
        if not good:
            wanted = {"integer": "a whole number without quotes", "boolean": "true or false", "string": 'text in quotes, such as "2.2"', "date": 'a date in quotes, such as "2019-11-17"'}
            self.source.report(node, "bad-value", f"The field {known.term.key} takes {wanted[datatype]}.", text)
            return None
        if datatype == "integer":
            return str(int(text)), int(text)
        if datatype == "boolean":
            return text.lower(), text.lower() == "true"
        return text, text

    def _reference(self, known: Field, node: ys.Node) -> tuple[str, Any] | None:
        if not isinstance(node, ys.Scalar):
            self.source.report(node, "bad-value", f"The field {known.term.key} names a thing by its slug or code.")
            return None
        text = node.value
        if known.pattern is not None:
            if not ys.is_text(node) or not re.match(known.pattern, text) or not _is_iri(text):
                self.source.report(node, "bad-address", known.message, text)
                return None
            return text, text
        coded = self.vocabulary.coded(known)
        if not (ys.is_text(node) or (coded and ys.is_integer(node))) or not text.strip():
            self.source.report(node, "bad-value", f'The field {known.term.key} takes text; put what looks like a number in quotes, such as "2".', text)
            return None
        if BIK + "Section" in known.classes or BIK + "Source" in known.classes:
            if text in self.sections:
                return ID + self.sections[text], self.sections[text]
            if self.sections and (text[0].isdigit() or not SLUG.fullmatch(text)):
                self._unknown(node, text, self.sections, "This profile has no section {0}.", "unknown-section")
                return None
        for cls in coded:
            if (code := self.vocabulary.codes[cls].get(text)) is not None:
                slug = code.iri.removeprefix(ID)
                return code.iri, slug
        if coded:
            accepted = {notation: code for cls in coded for notation, code in self.vocabulary.codes[cls].items()}
            slugs = {code.iri.removeprefix(ID): code for code in accepted.values()}
            if text in slugs:
                return slugs[text].iri, text
            self._unknown(node, text, accepted, f"The field {known.term.key} has no code {{0}}.", "unknown-code")
            return None
        if not SLUG.fullmatch(text):
            self.source.report(node, "bad-slug", f"The field {known.term.key} names a thing by its slug: lower-case words joined by hyphens.", text)
            return None
        self.result.references.append(Reference(text, ys.position(node), known.term.key, self.vocabulary.fitting(known)))
        return ID + text, text

    def _unknown(self, node: ys.Node, text: str, accepted: MappingOf[str, Any], message: str, rule: str) -> None:
        names = list(accepted)
        hint = ys.did_you_mean(text, names)
        many = len(names) > (12 if hint else 50)
        listed = "" if not names or (hint and many) else f" Accepted: {', '.join(names[:50])}{', …' if many else ''}."
        self.source.report(node, rule, message.format(text) + hint + listed, text)

    # ---- records

    def _nested(self, data: dict[str, Any], known: Field, cls: str, node: ys.Node) -> None:
        if cls == BIK + "Answer":
            records = self._answers(data, node)
        elif not isinstance(node, ys.Sequence) or not node.value:
            self.source.report(node, "bad-list", f"The field {known.term.key} is a list of records, each on a line that begins with a dash.")
            return
        else:
            records = []
            for item in node.value:
                if not isinstance(item, ys.Mapping):
                    self.source.report(item, "bad-record", f"Expected a record with fields here, such as - {{id: …}}, in {known.term.key}.", ys.shown(item)[:40])
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
            self.source.report(node, "bad-list", "answers is a mapping: one line a question, such as p1-quality-content: introduced.")
            return []
        if not node.value:
            self.source.report(node, "empty-list", "The field answers has no value. Write one, or remove the field.")
        edition = str(data.get("edition", ""))
        if not edition:
            self.source.report(
                node, "no-edition", "These answers belong to no edition of the questionnaire. Give a profile its field edition, such as edition: 2020; pages outside an edition hold no answers."
            )
        indicators = self.vocabulary.indicators(ID + edition) if edition else {}
        if edition and not indicators:
            self.source.report(
                node, "no-questionnaire", f"The edition {edition.removeprefix('edition-')} has no questionnaire in ontology/schemes. Add its items there, or remove the answers.", edition
            )
        if not indicators:
            return []
        fields = self.vocabulary.fields(BIK + "Answer")
        records = []
        for code, key, value in ys.items(node):
            indicator = indicators.get(code)
            if indicator is None:
                self._unknown(key, code, indicators, "The questionnaire has no item {0}.", "unknown-indicator")
                continue
            records.append((self._answer(data, code, indicator, key, value, fields), ys.position(key)))
        return records

    def _answer(self, data: dict[str, Any], code: str, indicator: str, key: ys.Node, value: ys.Node, fields: MappingOf[str, Field]) -> dict[str, Any]:
        """One answer, from `code: existing`, `code: [one, other]` or `code: {answer: existing, source: "2.1"}`."""
        entries: dict[str, list[tuple[str, Any, Place]]] = {}
        short: ys.Node | None = value
        if isinstance(value, ys.Mapping):
            short = ys.get(value, "answer")
            if short is None:
                self.source.report(value, "no-answer", f"The item {code} has no answer here. Write {code}: {{answer: existing, …}}.")
            for name, name_node, item in ys.items(value):
                if name in ("note", "source"):
                    entries[name] = self._values(fields[name], item, value)
                elif name != "answer":
                    self._unknown_field(name, name_node, BIK + "Answer", {n: fields[n] for n in ("answer", "note", "source")})
        entries["answer"] = self._answer_codes(code, indicator, short)
        place = ys.position(key)
        section = self.sections.get(self.vocabulary.value(indicator, BIK + "formSection") or "")
        if section and "source" not in entries:
            entries["source"] = [(ID + section, section, place)]
        for name, inherited in (("country", data.get("country")), ("edition", data.get("edition"))):
            if inherited:
                entries[name] = [(ID + inherited, inherited, place)]
        entries["indicator"] = [(indicator, indicator.removeprefix(ID), place)]
        slug = f"{data['id']}-{self.vocabulary.slug_words[BIK + 'Answer']}-{code}"
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
            answer = accepted.get(ys.shown(item)) if ys.is_text(item) else None
            if answer is None:
                self._unknown(item, ys.shown(item), accepted, f"The item {code} has no answer {{0}}.", "unknown-answer")
            elif any(answer.iri == iri for iri, _, _ in found):
                self.source.report(item, "duplicate-value", f"The item {code} names this answer twice. Remove one.", item.value)
            else:
                found.append((answer.iri, answer.iri.removeprefix(ID), ys.position(item)))
        if isinstance(node, ys.Sequence) and not node.value:
            self.source.report(node, "empty-list", f"The item {code} has no answer. Write one, such as not-answered.")
        return found

    def _mint(self, node: ys.Mapping, cls: str, parent: dict[str, Any] | None, values: MappingOf[str, list[tuple[str, Any, Place]]]) -> str:
        """The slug of a record without id, from its natural key; empty if it has none."""
        key = self.vocabulary.slug_keys.get(cls)
        name = cls.removeprefix(BIK)
        if key is None or parent is None:
            if ys.get(node, "id") is None and parent is not None:  # the file's own id is looked at where its name is known
                self.source.report(node, "missing-id", f"A {name} needs an id: lower-case words joined by hyphens, such as id: be-something.")
            return ""
        parts = [parent.get("id", ""), self.vocabulary.slug_words[cls]]
        for path in key:
            term = self.vocabulary.by_iri[path]
            for _, value, _ in values.get(term.key, ())[:1]:
                scope = [code.notation for cls_ in self.vocabulary.fields(cls)[term.key].classes for code in self.vocabulary.codes[cls_].values() if code.iri == ID + str(value)]
                parts.append((scope[0] if scope else str(value)).lower().replace(".", "-"))
        return "-".join(part for part in parts if part)

    def _declare(self, slug: str, cls: str, node: ys.Node, *, minted: bool) -> None:
        place = ys.position(node)
        before = self.result.declared.get(slug)
        if before is not None and (minted or cls in before):
            first = self.result.places[(ID + slug,)][0]
            what = "Two records say the same thing" if minted else "Two records have this id"
            self.source.report(node, "duplicate-record", f"{what} (first on line {first}). Join them into one{'' if minted else ', or give this one another id'}.", slug)
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
            self.sections[str(data[key])] = data["id"]

    def _role_property(self, data: dict[str, Any], cls: str, values: MappingOf[str, list[tuple[str, Any, Place]]]) -> None:
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


def _is_language(tag: str) -> bool:
    # The pattern keeps to what editors write; the library knows the grammar of BCP 47, and drops a text whose tag breaks it.
    try:
        return LANGUAGE.fullmatch(tag) is not None and Literal("", language=tag) is not None
    except ValueError:
        return False


def _is_iri(text: str) -> bool:
    try:
        return NamedNode(text) is not None
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
