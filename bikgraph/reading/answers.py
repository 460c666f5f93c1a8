"""The answers of a profile: `code: existing` becomes a record of its own, with item, edition, country and source."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from bikgraph.namespaces import BIK, ID
from bikgraph.places import Place
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.field_values import FieldValues
from bikgraph.reading.told import Completed, Node, Value
from bikgraph.vocabulary import Field, Vocabulary

ANSWER = BIK + "Answer"
# What an editor may say of an answer, besides the answer.
ANSWER_FIELDS = ("note", "source", "checked", "unverified")


@dataclass
class Answers:
    """Reads the answers of one record set, whose JSON-LD node is `data`, into `completed`.

    `checked` is the file's day of the last check, which holds for each answer that names none of its own.
    """

    vocabulary: Vocabulary
    completed: Completed
    values: FieldValues
    data: Node
    checked: list[Value]
    fields: MappingOf[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the fields of answers once."""
        self.source = self.completed.source
        self.fields = self.vocabulary.fields(ANSWER)

    def read(self, node: ys.Node) -> list[tuple[Node, Place]]:
        """The answers below `node`, the value of the field answers, each with its place."""
        if not isinstance(node, ys.Mapping):
            message = "answers is a mapping: one line a question, such as p1-quality-content: introduced."
            self.source.report(node, "bad-list", message)
            return []
        if not node.value:
            self.source.report(node, "empty-list", "The field answers has no value. Write one, or remove the field.")
        indicators = self._indicators(node)
        if not indicators:
            return []
        records = []
        for code, key, value in ys.items(node):
            indicator = indicators.get(code)
            if indicator is None:
                self.values.unknown(key, code, indicators, "The questionnaire has no item {0}.", "unknown-indicator")
                continue
            records += [(record, ys.position(place)) for record, place in self._to_item(code, indicator, key, value)]
        return records

    def _indicators(self, node: ys.Node) -> dict[str, str]:
        """The items of the record set's edition by code; without any, the reason is reported."""
        edition = str(self.data.get("edition", ""))
        if not edition:
            message = (
                "These answers belong to no edition of the questionnaire. Give a profile its field edition, "
                "such as edition: 2020; pages outside an edition hold no answers."
            )
            self.source.report(node, "no-edition", message)
            return {}
        indicators = self.vocabulary.indicators(ID + edition)
        if not indicators:
            message = (
                f"The edition {edition.removeprefix('edition-')} has no questionnaire in ontology/schemes. "
                "Add its items there, or remove the answers."
            )
            self.source.report(node, "no-questionnaire", message, edition)
        return indicators

    def _to_item(self, code: str, indicator: str, key: ys.Node, value: ys.Node) -> list[tuple[Node, ys.Node]]:
        """The answers to one item: one, or, where sources disagree, a list of `{answer: …, source: …}`."""
        if not (isinstance(value, ys.Sequence) and any(isinstance(item, ys.Mapping) for item in value.value)):
            return [(self._answer(code, indicator, key, value), key)]
        records = []
        for item in value.value:
            source = ys.get(item, "source") if isinstance(item, ys.Mapping) else None
            if source is None:
                message = (
                    f"The item {code} has an answer from each of several sources: "
                    "write each as {answer: …, source: …}."
                )
                self.source.report(item, "no-source", message, ys.shown(item)[:40])
                continue
            records.append((self._answer(code, indicator, item, item, by_source=True), item))
        return records

    def _answer(self, code: str, indicator: str, key: ys.Node, value: ys.Node, *, by_source: bool = False) -> Node:
        """One answer, from `code: existing`, `code: [one, other]` or `code: {answer: existing, source: "2.1"}`."""
        values: dict[str, list[Value]] = {}
        short: ys.Node | None = value
        if isinstance(value, ys.Mapping):
            short = ys.get(value, "answer")
            if short is None:
                message = f"The item {code} has no answer here. Write {code}: {{answer: existing, …}}."
                self.source.report(value, "no-answer", message)
            for name, name_node, item in ys.items(value):
                if name in ANSWER_FIELDS:
                    values[name] = self.values.read(self.fields[name], item)
                elif name != "answer":
                    fields = {field: self.fields[field] for field in ("answer", *ANSWER_FIELDS)}
                    self.values.unknown_field(name, name_node, ANSWER, fields)
        values["answer"] = self._codes(code, indicator, short)
        self._inherit(values, indicator, ys.position(key))
        slug = f"{self.data['id']}-{self.vocabulary.slug_words[ANSWER]}-{code}"
        if by_source:
            sources = [str(named.json) for named in values.get("source", ())[:1]]
            slug += "".join(f"-{source.removeprefix(str(self.data['id']) + '-')}" for source in sources)
        record: Node = {"id": slug, "type": ANSWER}
        self.completed.declare(slug, ANSWER, key, minted=True)
        for name, listed in values.items():
            self.completed.add(record, self.fields[name], listed)
        return record

    def _inherit(self, values: dict[str, list[Value]], indicator: str, place: Place) -> None:
        """Add what an answer has from its item and its record set: source, country, edition, item, day of the check."""
        section = self.values.sections.get(self.vocabulary.value(indicator, BIK + "formSection") or "")
        if section and "source" not in values:
            values["source"] = [Value(ID + section, section, place)]
        for name in ("country", "edition"):
            if inherited := self.data.get(name):
                values[name] = [Value(ID + inherited, inherited, place)]
        values["indicator"] = [Value(indicator, indicator.removeprefix(ID), place)]
        if self.checked:
            values.setdefault("checked", self.checked)

    def _codes(self, code: str, indicator: str, node: ys.Node | None) -> list[Value]:
        accepted = self.vocabulary.answer_codes(indicator)
        answers: list[Value] = []
        if isinstance(node, ys.Sequence) and not self.vocabulary.admits_several(indicator):
            self.source.report(node, "single-value", f"The item {code} takes one answer, not a list.")
            return []
        for item in node.value if isinstance(node, ys.Sequence) else [] if node is None else [node]:
            answer = accepted.get(ys.shown(item)) if ys.is_text(item) or ys.is_integer(item) else None
            if answer is None:
                message = f"The item {code} has no answer {{0}}."
                self.values.unknown(item, ys.shown(item), accepted, message, "unknown-answer")
            elif any(answer.iri == other.text for other in answers):
                message = f"The item {code} names this answer twice. Remove one."
                self.source.report(item, "duplicate-value", message, item.value)
            else:
                answers.append(Value(answer.iri, answer.iri.removeprefix(ID), ys.position(item)))
        if isinstance(node, ys.Sequence) and not node.value:
            self.source.report(node, "empty-list", f"The item {code} has no answer. Write one, such as not-answered.")
        return answers
