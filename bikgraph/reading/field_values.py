"""The values of a record's fields: checked one by one, short forms turned into the things that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import Any

from pyoxigraph import NamedNode

from bikgraph.namespaces import BIK, ID, XSD
from bikgraph.nearest import did_you_mean, nearest
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.addresses import address_fault
from bikgraph.reading.characters import code_point, invisible_in_address, is_blank
from bikgraph.reading.datatypes import DATATYPES, datatype_of
from bikgraph.reading.language_tags import language_fault
from bikgraph.reading.text_form import text_faults
from bikgraph.reading.told import Reference, Value
from bikgraph.vocabulary import Field, Term, Vocabulary

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FieldValues:
    """Reads the values of one file's fields; problems go to `source`, slugs to look up to `references`.

    `sections` maps the numbers of the file's own sections to their slugs, as they become known.
    """

    def __init__(self, vocabulary: Vocabulary, source: ys.SourceFile, references: list[Reference]) -> None:
        """Read for `source` with `vocabulary`."""
        self.vocabulary = vocabulary
        self.source = source
        self.references = references
        self.sections: dict[str, str] = {}

    def unknown_field(self, key: str, node: ys.Node, cls: str, fields: MappingOf[str, Field]) -> None:
        """Report a field that records of class `cls` do not have, with the nearest that they have."""
        name = cls.removeprefix(BIK)
        if key in self.vocabulary.terms and not nearest(key, fields):
            message = (
                f"A {name} has no field {key}; it belongs to other records. Fields here: {', '.join(sorted(fields))}."
            )
        else:
            hint = did_you_mean(key, [*fields, "id"]) or f" Fields here: {', '.join(sorted(fields))}."
            message = f"A {name} has no field {key}.{hint}"
        self.source.report(node, "unknown-field", message, key)

    def read(self, known: Field, node: ys.Node) -> list[Value]:
        """The field's values; a text's JSON value is the pair of its language and itself."""
        term = known.term
        if term.is_language_map:
            return self._language_map(term, node)
        if isinstance(node, ys.Sequence) and known.single:
            self.source.report(
                node, "single-value", f"The field {term.key} takes one value, not a list. {known.message}"
            )
            return []
        nodes = node.value if isinstance(node, ys.Sequence) else [node]
        if not nodes:
            self.source.report(
                node, "empty-list", f"The field {term.key} has no value. Write one, or remove the field."
            )
        result: list[Value] = []
        seen: set[str] = set()
        for item in nodes:
            found = self._reference(known, item) if term.is_reference else self._literal(known, item)
            if found is None:
                continue
            text, value = found
            if text in seen:
                self.source.report(
                    item, "duplicate-value", f"The field {term.key} names this value twice. Remove one.", item.value
                )
            seen.add(text)
            result.append(Value(text, value, ys.position(item)))
        return result

    def _language_map(self, term: Term, node: ys.Node) -> list[Value]:
        if not isinstance(node, ys.Mapping):
            shown = ys.shown(node)
            message = f"The field {term.key} needs a language. Write {term.key}: {{en: {shown or '…'}}}."
            self.source.report(node, "no-language", message + self._coded_instead(term, node), shown)
            return []
        if not node.value or any(isinstance(value, ys.Sequence) and not value.value for _, _, value in ys.items(node)):
            self.source.report(
                node, "empty-list", f"The field {term.key} has no value. Write one, or remove the field."
            )
        result: list[Value] = []
        seen: set[str] = set()
        for language, key, value in ys.items(node):
            if fault := language_fault(language):
                self.source.report(key, "bad-language", fault, language)
                continue
            for item in value.value if isinstance(value, ys.Sequence) else [value]:
                text = self._text(term, language, item)
                if text is None:
                    continue
                tag = language.lower()
                if f"{text}@{tag}" in seen:
                    message = f"The field {term.key} gives this text twice. Remove one."
                    self.source.report(item, "duplicate-value", message, text)
                    continue
                seen.add(f"{text}@{tag}")
                result.append(Value(f"{text}@{tag}", (tag, text), ys.position(item)))
        return result

    def _coded_instead(self, term: Term, node: ys.Node) -> str:
        """A sentence that offers the field of codes beside a field of free words, if there is one; else nothing."""
        coded = self.vocabulary.by_iri.get(self.vocabulary.value(term.iri, BIK + "codedBy") or "")
        if coded is None:
            return ""
        written = [item.value for item in (node.value if isinstance(node, ys.Sequence) else [node]) if ys.is_text(item)]
        cls = self.vocabulary.ranges[coded.iri]
        codes = self.vocabulary.codes[cls]
        meant = [
            code
            for word in written
            for called in [self.vocabulary.code_called([cls], word)]
            for code in ([called.notation] if called else nearest(word, codes))
        ]
        example = ", ".join(dict.fromkeys(meant)) or "…"
        return f" For codes there is the field {coded.key}: {coded.key}: [{example}]."

    def _free_instead(self, term: Term) -> str:
        """A sentence that names the field of free words beside a field of codes, if there is one; else nothing."""
        free = [
            other.key
            for other in self.vocabulary.terms.values()
            if self.vocabulary.value(other.iri, BIK + "codedBy") == term.iri
        ]
        return f" Free words go to the field {free[0]}, where a record has it." if free else ""

    def _text(self, term: Term, language: str, node: ys.Node) -> str | None:
        """The text of a node without white space at its ends; None if it is none, or has lines where it may not."""
        if not isinstance(node, ys.Scalar) or not ys.is_text(node) or not node.value.strip():
            message = f"Expected text for {term.key} in {language}; put it in quotes if it looks like a number."
            self.source.report(node, "bad-text", message, ys.shown(node)[:40])
            return None
        text: str = node.value.strip()
        if is_blank(text):
            message = f"This text for {term.key} shows nothing: it is made of invisible characters. Write it anew."
            self.source.report(node, "blank-text", message, code_point(text[0]))
            return None
        if {"\n", "\t"} & set(text) and self.vocabulary.value(term.iri, BIK + "singleLine") == "true":
            message = f"The field {term.key} takes one line of text, without tabs. Put what is more into a note."
            self.source.report(node, "several-lines", message, text[:40])
            return None
        self._written(node, text)
        return text

    def _written(self, node: ys.Node, text: str) -> None:
        """Report what is wrong with how a text is written; it is told all the same."""
        for fault in text_faults(text):
            self.source.report(node, fault.rule, fault.message, fault.value, fault.severity)

    def _literal(self, known: Field, node: ys.Node) -> tuple[str, Any] | None:
        if not isinstance(node, ys.Scalar):
            self.source.report(node, "bad-value", f"Expected a single value for {known.term.key}.")
            return None
        datatype = datatype_of(known.term)
        value = datatype.value(node)
        if value is None:
            message = f"The field {known.term.key} takes {datatype.wanted}."
            self.source.report(node, "bad-value", message, node.value)
        elif datatype_of(known.term) is DATATYPES[XSD + "string"] and known.pattern is None:
            self._written(node, value[1])
        return value

    def _reference(self, known: Field, node: ys.Node) -> tuple[str, Any] | None:
        if not isinstance(node, ys.Scalar):
            message = f"The field {known.term.key} names a thing by its slug or code."
            self.source.report(node, "bad-value", message + self._free_instead(known.term))
            return None
        text = node.value
        if known.pattern is not None:
            if not ys.is_text(node) or not re.match(known.pattern, text) or not _is_iri(text):
                self.source.report(node, "bad-address", known.message, text)
                return None
            if invisible := invisible_in_address(text):
                message = "This address has an invisible character. Remove it, or write it as %-escapes."
                self.source.report(node, "bad-address", message, code_point(invisible))
                return None
            if fault := address_fault(text):
                self.source.report(node, "bad-address", fault, text)
                return None
            return text, text
        coded = self.vocabulary.coded(known)
        if not (ys.is_text(node) or (coded and ys.is_integer(node))) or not text.strip():
            self.source.report(
                node,
                "bad-value",
                f'The field {known.term.key} takes text; put what looks like a number in quotes, such as "2".',
                text,
            )
            return None
        if BIK + "Section" in known.classes or BIK + "Source" in known.classes:
            if text in self.sections:
                return ID + self.sections[text], self.sections[text]
            if self.sections and (text[0].isdigit() or not SLUG.fullmatch(text)):
                self.unknown(node, text, self.sections, "This profile has no section {0}.", "unknown-section")
                return None
        for cls in coded:
            codes = self.vocabulary.codes[cls]
            # A country's code may be written small: readers of YAML 1.1 taught people to write Norway in many ways.
            if (code := codes.get(text) or (codes.get(text.upper()) if cls == BIK + "Country" else None)) is not None:
                slug = code.iri.removeprefix(ID)
                return code.iri, slug
        if coded:
            accepted = {notation: code for cls in coded for notation, code in self.vocabulary.codes[cls].items()}
            slugs = {code.iri.removeprefix(ID): code for code in accepted.values()}
            if text in slugs:
                return slugs[text].iri, text
            message = f"The field {known.term.key} has no code {{0}}."
            if (called := self.vocabulary.code_called(coded, text)) is not None:
                message += f" Did you mean {called.notation} ({called.label})?"
                accepted = {}
            self.unknown(node, text, accepted, message, "unknown-code")
            return None
        if not SLUG.fullmatch(text):
            self.source.report(
                node,
                "bad-slug",
                f"The field {known.term.key} names a thing by its slug: lower-case words joined by hyphens.",
                text,
            )
            return None
        self.references.append(Reference(text, ys.position(node), known.term.key, self.vocabulary.fitting(known)))
        return ID + text, text

    def unknown(self, node: ys.Node, text: str, accepted: MappingOf[str, Any], message: str, rule: str) -> None:
        """Report a code, number or item that is not among `accepted`, with the nearest, and all if they are few."""
        names = list(accepted)
        hint = did_you_mean(text, names)
        many = len(names) > (12 if hint else 50)
        listed = "" if not names or (hint and many) else f" Accepted: {', '.join(names[:50])}{', …' if many else ''}."
        self.source.report(node, rule, message.format(text) + hint + listed, text)


def _is_iri(text: str) -> bool:
    try:
        return NamedNode(text) is not None
    except ValueError:
        return False
