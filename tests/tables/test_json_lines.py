"""JSON for programs: rows as objects, values of JSON's own types."""

from __future__ import annotations

import json

from tests.tables.rows import kinds


def test_values_are_native() -> None:
    """Numbers and truth values are JSON's, what is not bound is null, what is no number is its text."""
    first, second = json.loads(kinds().render("json"))

    assert first == {
        "actor": "https://w3id.org/bikgraph/id/be-star",
        "actorLabel": "Star",
        "count": 3,
        "share": 0.5,
        "complete": True,
        "year": 2018,
        "day": "2026-11-20",
        "address": "https://example.org/a?b=1&c=2",
        "formula": "=1+1",
        "broken": "many",
        "nothing": "NaN",
    }
    assert isinstance(first["count"], int)
    assert [value for value in second.values() if value is not None] == ["https://w3id.org/bikgraph/id/be-b-bico"]
    assert list(second) == list(first)


def test_a_line_is_an_object() -> None:
    """JSON Lines has the same objects, one a line."""
    assert [json.loads(line) for line in kinds().render("jsonl").splitlines()] == json.loads(kinds().render("json"))
