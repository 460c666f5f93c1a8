"""JSON Schemas of the data files, for editors that complete and underline while one types.

Derived from the context, the ontology, the schemes and the shapes, by way of the `Vocabulary`; nothing is written
down a second time. Draft 7, because that is what yaml-language-server reads best. A schema judges one file without
the others, so whether a slug exists, and what several records say together, is left to `bikgraph check`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bikgraph.draft.project_vocabulary import project_vocabulary
from bikgraph.namespaces import BASE, BIK, ID, LABEL, SKOS
from bikgraph.output_file import write_file
from bikgraph.project import Project
from bikgraph.reading.answers import ANSWER_FIELDS
from bikgraph.reading.datatypes import datatype_of
from bikgraph.reading.field_values import SLUG
from bikgraph.reading.language_tags import LANGUAGE
from bikgraph.vocabulary import Code, Field, Vocabulary

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
FILE_KINDS = {"register": BIK + "Register", "profile": BIK + "CountryProfile", "pages": BIK + "CountryPages"}

_SLUG = f"^{SLUG.pattern}$"
_LANGUAGE = f"^{LANGUAGE.pattern}$"
_TEXT: Schema = {"type": "string", "pattern": "\\S"}
_IRI_CHARACTERS = '^[^\\s<>"{}|\\\\^`]+$'


def json_schema(vocabulary: Vocabulary, cls: str, known: Mapping[str, Iterable[str]] = {}) -> Schema:
    """The schema of the files whose top record is of class `cls` (an IRI).

    `known` (slug to classes) are things that the files may name: editors offer them, and other slugs stay allowed. A
    field is required where its shape requires it of the record itself. Not so where the thing may be described in
    another list too, under the same id (a memorandum among the good practices): there one of the two has the label,
    and only `bikgraph check` sees both.
    """
    return _Builder(vocabulary, cls, known).build()


def write_schemas(project: Project, folder: Path) -> list[Path]:
    """Write the schema of each kind of file to `folder`, the same bytes for the same ontology; returns the paths.

    Raises DataError if the ontology folder or the list of countries has errors, and RequestError if the disk refuses.
    """
    schemas = all_schemas(project)
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder / name, text) for name, text in schemas.items()]


def _written(path: Path, text: str) -> Path:
    write_file(path, lambda out: out.write(text.encode()))
    return path


def all_schemas(project: Project) -> dict[str, str]:
    """The text of each schema, by the name of its file. Raises DataError as `project_vocabulary` does."""
    vocabulary = project_vocabulary(project)
    known = {iri.removeprefix(ID): classes for iri, classes in vocabulary.described().items() if iri.startswith(ID)}
    return {f"{name}.schema.json": to_json(json_schema(vocabulary, cls, known)) for name, cls in FILE_KINDS.items()}


def to_json(schema: Schema) -> str:
    """A schema as text with sorted keys."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class _Builder:
    """The making of one file kind's schema; `definitions` gathers what several of its places share."""

    def __init__(self, vocabulary: Vocabulary, cls: str, known: Mapping[str, Iterable[str]]) -> None:
        self.vocabulary = vocabulary
        self.cls = cls
        self.known = {slug: frozenset(classes) for slug, classes in sorted(known.items())}
        self.definitions: dict[str, Schema] = {}
        section = vocabulary.fields(BIK + "Section")["number"].pattern if "sections" in vocabulary.fields(cls) else None
        # Only a file with sections of its own can name them by their numbers.
        self.source_pattern = f"{_SLUG}|{section}" if section else _SLUG

    def build(self) -> Schema:
        name = next(name for name, cls in FILE_KINDS.items() if cls == self.cls)
        schema = self._record(self.cls)
        conditions = (
            [self._edition(code) for code in self.vocabulary.codes[BIK + "Edition"].values()]
            if "edition" in self.vocabulary.fields(self.cls)
            else []
        )
        if conditions:
            schema["allOf"] = conditions
        title = f"bikgraph: {self.vocabulary.value(self.cls, LABEL) or name}"
        return {
            "$schema": DRAFT,
            "$id": f"{BASE}schema/{name}.json",
            "title": title,
            **schema,
            "definitions": self.definitions,
        }

    # ---- records

    def _record(self, cls: str) -> Schema:
        fields = self.vocabulary.fields(cls)
        minted = cls != self.cls and cls in self.vocabulary.slug_keys
        properties: dict[str, Schema] = {} if minted else {"id": self._id(cls)}
        for key, known in fields.items():
            if key != "answers" or "edition" in fields:  # answers need an edition, which other pages do not belong to
                properties[key] = self._field(known)
        implied = self.vocabulary.implied(cls)
        required = {
            key
            for key, known in fields.items()
            if known.required and known.term.iri not in implied and not self._elsewhere(cls, known)
        }
        return {
            "type": "object",
            "description": self.vocabulary.value(cls, SKOS + "definition") or "",
            "properties": properties,
            "required": sorted(required if minted else {"id", *required}),
            "additionalProperties": False,
        }

    def _elsewhere(self, cls: str, known: Field) -> bool:
        """Whether a record of another class in the file may describe the same thing and have this field instead."""
        if known.is_shared or not any(own.is_shared for own in self.vocabulary.fields(cls).values()):
            return False
        others = [
            other
            for key in self.vocabulary.fields(self.cls).values()
            if (other := self.vocabulary.record_class(key.term.iri)) not in (None, cls)
        ]
        fields = [self.vocabulary.fields(other) for other in others if other is not None]
        return any(known.term.key in other and any(own.is_shared for own in other.values()) for other in fields)

    def _id(self, cls: str) -> Schema:
        what = "The name of this file, after " if cls == self.cls else "The name of this thing for good, such as "
        example = {"register": "register-", "profile": "profile-", "pages": "pages-"}.get(
            next((n for n, c in FILE_KINDS.items() if c == cls), ""), "be-child-focus"
        )
        return {
            "type": "string",
            "pattern": _SLUG,
            "description": f"{what}{example}: lower-case words joined by hyphens.",
        }

    def _field(self, known: Field) -> Schema:
        term = known.term
        text = " ".join(part for part in (self.vocabulary.value(term.iri, SKOS + "definition"), known.message) if part)
        record_class = self.vocabulary.record_class(term.iri)
        if record_class == BIK + "Answer":
            return {"type": "object", "minProperties": 1, "description": text}
        if record_class:
            return {
                "type": "array",
                "minItems": 1,
                "items": self._shared(record_class, self._record),
                "description": text,
            }
        if term.is_language_map:
            return {**self._language_map(known), "description": text}
        value = self._reference(known) if term.is_reference else self._literal(known)
        return {**(value if known.single else _one_or_more(value)), "description": text}

    def _shared(self, cls: str, make: Any) -> Schema:
        name = cls.removeprefix(BIK)
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make(cls)
        return {"$ref": f"#/definitions/{name}"}

    # ---- values

    def _language_map(self, known: Field) -> Schema:
        one = _TEXT if known.longest is None else {**_TEXT, "maxLength": known.longest}
        text = one if known.unique_language else _one_or_more(one)
        schema: Schema = {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {_LANGUAGE: text},
            "additionalProperties": False,
        }
        # English is offered by name; the pattern covers it as well.
        schema["properties"] = {"en": text}
        if known.languages:
            schema["required"] = known.languages
        return schema

    def _literal(self, known: Field) -> Schema:
        schema = datatype_of(known.term).schema
        limits = {
            "minimum": known.minimum,
            "maximum": known.maximum,
            "maxLength": known.longest,
            "pattern": known.pattern,
        }
        return {**schema, **{name: limit for name, limit in limits.items() if limit is not None}}

    def _reference(self, known: Field) -> Schema:
        if known.pattern is not None:
            return {"type": "string", "pattern": known.pattern, "allOf": [{"pattern": _IRI_CHARACTERS}]}
        if coded := self.vocabulary.coded(known):
            return _codes({code.iri: code for cls in coded for code in self.vocabulary.codes[cls].values()}.values())
        is_source = bool({BIK + "Section", BIK + "Source"} & set(known.classes))
        schema: Schema = {"type": "string", "pattern": self.source_pattern if is_source else _SLUG}
        offered = [
            slug
            for slug, classes in self.known.items()
            if any(self.vocabulary.is_a(cls, wanted) for cls in classes for wanted in known.classes)
        ]
        return {**schema, "examples": offered} if offered else schema

    # ---- answers

    def _edition(self, edition: Code) -> Schema:
        """What a profile of `edition` answers: some of its items, all if it says so, none without a questionnaire."""
        belongs = {"properties": {"edition": _codes([edition])}, "required": ["edition"]}
        indicators = self.vocabulary.indicators(edition.iri)
        if not indicators:
            return {"if": belongs, "then": {"properties": {"answers": False}}}
        answers = {
            "properties": {code: self._answer(iri) for code, iri in indicators.items()},
            "additionalProperties": False,
        }
        whole = {"properties": {"wholeQuestionnaire": {"const": True}}, "required": ["wholeQuestionnaire"]}
        every = {"properties": {"answers": {"required": sorted(indicators)}}, "required": ["answers"]}
        return {"if": belongs, "then": {"properties": {"answers": answers}, "if": whole, "then": every}}

    def _answer(self, indicator: str) -> Schema:
        several = self.vocabulary.admits_several(indicator)
        scheme = (self.vocabulary.value(indicator, BIK + "answerScheme") or "").removeprefix(ID).removeprefix("scheme-")
        if scheme not in self.definitions:
            fields = self.vocabulary.fields(BIK + "Answer")
            codes = _codes(self.vocabulary.answer_codes(indicator).values(), slugs=False)
            value = _one_or_more(codes) if several else codes
            long = {"answer": value, **{key: self._field(fields[key]) for key in ANSWER_FIELDS}}
            record = {"type": "object", "properties": long, "required": ["answer"], "additionalProperties": False}
            self.definitions[scheme] = {"anyOf": [*(value["anyOf"] if several else [value]), record]}
        # A validator looks at the reference alone; editors show the text beside it.
        text = " ".join(
            part
            for part in (self.vocabulary.value(indicator, LABEL), self.vocabulary.value(indicator, SKOS + "definition"))
            if part
        )
        return {"$ref": f"#/definitions/{scheme}", "description": text}


def _one_or_more(value: Schema) -> Schema:
    return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1, "uniqueItems": True}]}


def _codes(codes: Iterable[Code], *, slugs: bool = True) -> Schema:
    """One of `codes` by its notation, offered with its label; or by its slug, understood but not offered."""
    listed = sorted(codes, key=lambda code: code.notation)
    values = [
        (value, code.label)
        for code in listed
        for value in ([int(code.notation), code.notation] if code.notation.isdigit() else [code.notation])
    ]
    schema: Schema = {"enum": [value for value, _ in values], "enumDescriptions": [label for _, label in values]}
    if not slugs:
        return schema
    pattern = "|".join(code.iri.removeprefix(ID) for code in listed)
    return {"anyOf": [schema, {"type": "string", "pattern": f"^(?:{pattern})$"}]}
