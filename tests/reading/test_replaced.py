"""The table of replaced records: what its rows tell, and what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.lookup import terms
from bikgraph.namespaces import DCT, ID, OWL, RDFS, curie
from bikgraph.reading.replaced import read_replaced, table_with

HEAD = "slug\treplacedBy\tnote\n"
DESCRIBED = {"be-2020-r001", "be-2020-r002", "be-star"}


def read(folder: Path, text: str) -> tuple[list[tuple[str, str, str]], list[tuple[int, str, str]]]:
    """The statements of a table, abbreviated, and line, rule and message of what is wrong."""
    path = folder / "replaced-records.tsv"
    path.write_text(text, "utf-8")
    triples, findings = read_replaced(path, "data/replaced-records.tsv", DESCRIBED)
    told = [
        (subject.value.removeprefix(ID), curie(predicate.value), obj.value.removeprefix(ID))
        for subject, predicate, obj in map(terms, triples)
    ]
    return told, [(finding.line, finding.rule, finding.message) for finding in findings]


def test_a_row_leads_on(tmp_path: Path) -> None:
    """The old slug is deprecated and replaced; it has no class."""
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    told, found = read(tmp_path, HEAD + "old-one\tbe-2020-r001\nold-two\tbe-2020-r001\tJoined.\n")
    read_replaced(tmp_path / "replaced-records.tsv", "x", DESCRIBED, places)  # type: ignore[arg-type]

    assert found == []
    assert told == [
        ("old-one", "owl:deprecated", "true"),
        ("old-one", "dct:isReplacedBy", "be-2020-r001"),
        ("old-two", "owl:deprecated", "true"),
        ("old-two", "dct:isReplacedBy", "be-2020-r001"),
        ("old-two", "rdfs:comment", "Joined."),
    ]
    assert places[ID + "old-two", DCT + "isReplacedBy", ID + "be-2020-r001"] == (3, 1)
    assert {key[1] for key in places} == {OWL + "deprecated", DCT + "isReplacedBy", RDFS + "comment"}


def test_a_withdrawn_record_leads_nowhere(tmp_path: Path) -> None:
    """It is deprecated, with the reason."""
    told, found = read(tmp_path, HEAD + "be-2020-r003\t\tIts source says no such thing.\n")

    assert found == []
    assert [predicate for _, predicate, _ in told] == ["owl:deprecated", "rdfs:comment"]


REFUSED = {
    "no columns": ("old\tbe-star\n", 1, "missing-column", "slug, replacedBy, note"),
    "nothing": ("", 1, "missing-column", "slug, replacedBy, note"),
    "one cell": (HEAD + "old\n", 2, "table-syntax", "has 1 cells"),
    "four cells": (HEAD + "old\tbe-star\ta\tb\n", 2, "table-syntax", "has 4 cells"),
    "an empty line": (HEAD + "\nold\tbe-star\n", 2, "table-syntax", "has 0 cells"),
    "an old slug that is none": (HEAD + "Old one\tbe-star\n", 2, "bad-slug", "lower-case words"),
    "no old slug": (HEAD + "\tbe-star\n", 2, "bad-slug", "lower-case words"),
    "a new slug that is none": (HEAD + "old\tBE star\n", 2, "bad-slug", "lower-case words"),
    "an old slug twice": (HEAD + "old\tbe-star\nold\tbe-2020-r001\n", 3, "duplicate-record", "on line 2"),
    "a record that is there": (HEAD + "be-star\tbe-2020-r001\n", 2, "still-described", "Remove this row"),
    "a new slug of nothing": (HEAD + "old\tbe-2020-r003\n", 2, "unknown-slug", "Did you mean be-2020-r00"),
    "two steps": (HEAD + "old\tolder\nolder\tbe-star\n", 2, "replaced-twice", "is replaced itself, on line 3"),
    "itself": (HEAD + "old\told\n", 2, "replaced-twice", "is replaced itself, on line 2"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_row_is_found(case: str, tmp_path: Path) -> None:
    """The fault is found in its line, with what to do, and the row tells nothing."""
    text, line, rule, message = REFUSED[case]
    told, found = read(tmp_path, text)

    assert [(where, what, message in words) for where, what, words in found] == [(line, rule, True)]
    assert all(told_of[0] != "be-star" for told_of in told)


def test_rows_are_added_once(tmp_path: Path) -> None:
    """What a table lists stays, notes too; what it lacks is added in order."""
    path = tmp_path / "replaced-records.tsv"
    first = table_with(path, {"b": "be-2020-r002"})
    path.write_text(first + "c\t\tWithdrawn.\n", "utf-8")

    second = table_with(path, {"a": "be-2020-r001", "b": "be-star"})

    assert first == HEAD + "b\tbe-2020-r002\n"
    assert second == HEAD + "a\tbe-2020-r001\nb\tbe-2020-r002\nc\t\tWithdrawn.\n"
