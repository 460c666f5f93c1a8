"""Where a statement stands in its file: one type, and one rule for looking a statement's place up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode


class Place(NamedTuple):
    """A line and a column of a file, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)
# By (subject, predicate, object as text), by (subject, predicate), and by (subject,): IRIs, and `object_text`.
Places = Mapping[tuple[str, ...], Place]


def place_of(places: Places, subject: str, predicate: str = "", value: str = "") -> Place:
    """The place of a statement: by subject, predicate and value, then by subject and predicate, then by subject.

    >>> place_of({("s", "p", "o"): Place(3, 1), ("s",): Place(2, 1)}, "s", "q", "x")
    Place(line=2, column=1)
    """
    if (subject, predicate, value) in places:
        return places[subject, predicate, value]
    if predicate and (value, predicate) in places:
        return places[value, predicate]  # a query of a file looked at a field of one of its records
    if not predicate and value:
        # A result of a query has no path: the value may stand under any field of the record, or be a record itself.
        for key, place in places.items():
            if len(key) == 3 and key[0] == subject and key[2] == value:
                return place
        if (value,) in places:
            return places[value,]
    return places.get((subject, predicate)) or places.get((subject,)) or START


def object_text(term: NamedNode | BlankNode | Literal) -> str:
    """A term as `Places` has it: an IRI, or a literal's form, with `@language` where it has one.

    >>> object_text(Literal("Belgien", language="de"))
    'Belgien@de'
    """
    if isinstance(term, Literal) and term.language:
        return f"{term.value}@{term.language}"
    return term.value
