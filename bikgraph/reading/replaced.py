"""The table of replaced records: a slug that was released stays, and leads to the one that took its place.

Each row has the old slug, the new one (empty where a record was withdrawn) and perhaps why. It becomes, in a graph
outside every closure: the old `dct:isReplacedBy` the new, and `owl:deprecated`. The old slug has no class, so that no
question, count or search meets it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from bikgraph.findings import Finding
from bikgraph.lookup import terms
from bikgraph.namespaces import DCT, ID, OWL, RDFS, XSD
from bikgraph.nearest import did_you_mean
from bikgraph.places import Place, object_text
from bikgraph.reading.field_values import SLUG
from bikgraph.reading.text_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("slug", "replacedBy", "note")
_IS_REPLACED_BY, _DEPRECATED, _COMMENT = (
    NamedNode(DCT + "isReplacedBy"),
    NamedNode(OWL + "deprecated"),
    NamedNode(RDFS + "comment"),
)
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))


def read_replaced(
    path: Path, name: str, described: Collection[str], places: dict[tuple[str, ...], Place] | None = None
) -> tuple[list[Triple], list[Finding]]:
    """The triples of the table, and what is wrong in it. `described` holds the slugs that the data describe.

    `places`, if given, gets the row of each triple, as `bikgraph.places.Places` has it. Raises OSError if the table
    cannot be read.
    """
    table = _Table(path, name, described)
    triples = table.read()
    if places is not None:
        places.update(table.places)
    return triples, table.findings


def table_with(path: Path, replaced: Mapping[str, str]) -> str:
    """The text of the table at `path`, which need not exist, with a row for each `replaced` that it lacks, sorted."""
    lines = path.read_text("utf-8-sig").splitlines()[1:] if path.is_file() else []
    listed = {line.partition("\t")[0] for line in lines}
    lines += [f"{old}\t{new}" for old, new in replaced.items() if old not in listed]
    return "\n".join(["\t".join(COLUMNS), *sorted(line for line in lines if line.strip())]) + "\n"


class _Table:
    def __init__(self, path: Path, name: str, described: Collection[str]) -> None:
        self.path, self.name, self.described = path, name, described
        self.findings: list[Finding] = []
        self.places: dict[tuple[str, ...], Place] = {}

    def read(self) -> list[Triple]:
        text = read_text(self.path, lambda place, rule, message, value: self._report(place.line, rule, message, value))
        if text is None:
            return []
        rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        if not rows or tuple(rows[0]) != COLUMNS:
            message = f"The first line names the columns, with tabs between them: {', '.join(COLUMNS)}. Write it so."
            self._report(1, "missing-column", message, "\t".join(rows[0]) if rows else "")
            return []
        old = {row[0]: line for line, row in reversed(list(enumerate(rows, 1))) if row}
        return [triple for line, row in enumerate(rows[1:], 2) for triple in self._row(line, row, old)]

    def _row(self, line: int, row: list[str], old: Mapping[str, int]) -> list[Triple]:
        if not 1 < len(row) <= len(COLUMNS):
            message = f"This row has {len(row)} cells; the table has {len(COLUMNS)} columns, the last is optional."
            self._report(line, "table-syntax", f"{message} Check its tabs.")
            return []
        slug, new, note = [*row, ""][: len(COLUMNS)]
        if fault := self._fault(line, slug, new, old):
            self._report(line, *fault)
            return []
        subject = NamedNode(ID + slug)
        triples = [Triple(subject, _DEPRECATED, _TRUE)]
        if new:
            triples.append(Triple(subject, _IS_REPLACED_BY, NamedNode(ID + new)))
        if note.strip():
            triples.append(Triple(subject, _COMMENT, Literal(note.strip(), language="en")))
        for triple in triples:
            _, predicate, obj = terms(triple)
            self.places[subject.value, predicate.value, object_text(obj)] = Place(line, 1)
        return triples

    def _fault(self, line: int, slug: str, new: str, old: Mapping[str, int]) -> tuple[str, str, str] | None:
        """What is wrong with a row: rule, message and value; None if nothing is."""
        for text in (slug, new):
            if (text or text is slug) and not SLUG.fullmatch(text):
                return "bad-slug", "A slug is lower-case words joined by hyphens, such as be-2020-r017.", text
        if old[slug] != line:
            return "duplicate-record", f"The row on line {old[slug]} has this slug too. Remove one of the two.", slug
        if slug in self.described:
            message = f"{slug} is still described in the data. Remove this row, or give the record another id."
            return "still-described", message, slug
        if new in old and new not in self.described:
            return "replaced-twice", f"{new} is replaced itself, on line {old[new]}. Write what took its place.", new
        if new and new not in self.described:
            hint = did_you_mean(new, self.described) or " Mend it, or leave it empty if the record was withdrawn."
            return "unknown-slug", f"Nothing has the slug {new}.{hint}", new
        return None

    def _report(self, line: int, rule: str, message: str, value: str = "") -> None:
        self.findings.append(Finding(self.name, line, 1, "error", rule, message, value))
