"""The ids of records that have no name of their own: `be-2020-r017`, which no correction of the record touches.

Such an id is the name of the file's graph, a letter for the record's class (the shape's `bik:idLetter`) and a running
number. A number is never given twice, not even when its record is gone: the file's field `lastNumber` keeps the
highest one of each letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import NamedTuple

from bikgraph.reading import yaml_source as ys
from bikgraph.vocabulary import Vocabulary

LAST_NUMBER = "lastNumber"
# One way to write each number: three digits, more only where they are needed.
NUMBER = r"(?:(?!000)[0-9]{3}|[1-9][0-9]{3,})"
COMMAND = "bikgraph ids --write"
MOST_NUMBER = 999_999


class NumberedRecord(NamedTuple):
    """A record whose id is a number of its file, and the letter of its class."""

    node: ys.Mapping
    letter: str


class RecordIds:
    """The ids of one file's records: which numbers are given away, and which comes next.

    `letters` are those of the classes of records that such a file may list, by the classes' IRIs; empty if it lists
    none. `records` are those that it lists, in order. `last` has the highest number given by letter, those that
    `give` gave included.
    """

    def __init__(self, root: ys.Mapping, cls: str, graph: str, vocabulary: Vocabulary) -> None:
        """Look through the file whose top node `root` is of class `cls` (an IRI), and whose graph's name is `graph`."""
        self.graph = graph
        lists = _lists(cls, vocabulary)
        self.letters = {cls: letter for cls, letter in vocabulary.id_letters.items() if letter in lists.values()}
        self.records = [
            NumberedRecord(item, lists[key])
            for key, _, value in ys.items(root)
            if key in lists and isinstance(value, ys.Sequence)
            for item in value.value
            if isinstance(item, ys.Mapping)
        ]
        self.node = ys.get(root, LAST_NUMBER) if self.letters else None
        self.told = self._told()
        self.last = dict(self.told or {})
        for record in self.records:
            number = self.number(ys.get(record.node, "id"), record.letter)
            self.last[record.letter] = max(self.last.get(record.letter, 0), number)

    def number(self, node: ys.Node | None, letter: str) -> int:
        """The number of an id of this file with `letter`; 0 for any other node."""
        found = re.fullmatch(f"{re.escape(self.graph)}-{letter}({NUMBER})", ys.shown(node) if node is not None else "")
        return int(found[1]) if found and len(found[1]) <= len(str(MOST_NUMBER)) else 0

    def next(self, letter: str) -> str:
        """The id that the next record of this letter gets."""
        return f"{self.graph}-{letter}{self.last.get(letter, 0) + 1:03d}"

    def give(self, letter: str) -> str:
        """Give the next id away."""
        given = self.next(letter)
        self.last[letter] = self.last.get(letter, 0) + 1
        return given

    def is_reserved(self, identifier: str) -> bool:
        """Whether an id has the form of this file's numbered ones."""
        letters = "".join(self.letters.values())
        return bool(letters) and re.fullmatch(f"{re.escape(self.graph)}-[{letters}][0-9]{{3,}}", identifier) is not None

    def line(self) -> str:
        """The field that keeps the highest numbers, as it stands in the file: `lastNumber: {r: 17, m: 2}`."""
        numbers = ", ".join(f"{letter}: {number}" for letter, number in sorted(self.last.items(), key=self._order))
        return f"{LAST_NUMBER}: {{{numbers}}}"

    def outdated(self) -> bool:
        """Whether the file does not keep the highest numbers, of what was given since it was read too."""
        return self.told is None or any(self.told.get(letter, 0) < number for letter, number in self.last.items())

    def _order(self, entry: tuple[str, int]) -> int:
        return list(self.letters.values()).index(entry[0])

    def _told(self) -> MappingOf[str, int] | None:
        """The file's highest numbers; None if what stands there is none."""
        if self.node is None:
            return {}
        if not isinstance(self.node, ys.Mapping):
            return None
        told = {}
        for key, _, value in ys.items(self.node):
            is_number = ys.is_integer(value) and re.fullmatch("[1-9][0-9]{0,5}", value.value)
            if key not in self.letters.values() or not is_number:
                return None
            told[key] = int(value.value)
        return told


def letters_in(cls: str, vocabulary: Vocabulary) -> list[str]:
    """The letters of the ids of records that a file whose top record is of class `cls` (an IRI) may list."""
    return sorted(set(_lists(cls, vocabulary).values()))


def _lists(cls: str, vocabulary: Vocabulary) -> dict[str, str]:
    """The fields of such a file that list numbered records, with the letters of these."""
    classes = {key: vocabulary.record_class(known.term.iri) for key, known in vocabulary.fields(cls).items()}
    return {key: vocabulary.id_letters[cls] for key, cls in classes.items() if cls in vocabulary.id_letters}
