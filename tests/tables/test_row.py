"""Rows are tuples with names, also those that are no names of Python."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from bikgraph.tables import Table

TABLE = Table(["actorLabel", "from"], [[Literal("Star"), Literal(2018)], [Literal("Bico"), None]])


def test_values_by_name_attribute_and_place() -> None:
    """A value is reached by column, attribute and index; a row is still the tuple of its values."""
    row = TABLE[0]

    assert (row["actorLabel"], row.actorLabel, row[0], row[-1]) == ("Star", "Star", "Star", 2018)
    assert row["from"] == 2018
    assert row == ("Star", 2018)
    assert row[:1] == ("Star",)
    assert [each["from"] for each in TABLE] == [2018, None]
    name, year = row
    assert (name, year) == row


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """A misspelt column raises KeyError with the one that was meant, and all that there are."""
    with pytest.raises(KeyError, match=r"no column 'actorlabel'\. Did you mean actorLabel\? Columns: actorLabel, from"):
        TABLE[0]["actorlabel"]
    with pytest.raises(IndexError):
        TABLE[0][7]


def test_rows_as_dictionaries() -> None:
    """`to_dicts` gives plain dictionaries by column."""
    assert TABLE.to_dicts() == [{"actorLabel": "Star", "from": 2018}, {"actorLabel": "Bico", "from": None}]
