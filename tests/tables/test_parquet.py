"""Parquet, read back by pyarrow: typed columns, the question in the metadata."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pyarrow.parquet as pq
from pyoxigraph import Literal

from bikgraph.tables import SOURCE_COLUMNS, Table
from tests.tables.rows import kinds, literal, with_sources


def read(table: Table) -> Any:
    """The pyarrow table of a table's Parquet."""
    return pq.read_table(io.BytesIO(table.to_bytes("parquet")))


def test_columns_are_typed() -> None:
    """A column of one kind has that type; what a row lacks is null; texts that are no numbers stay texts."""
    table = read(kinds())

    assert {field.name: str(field.type) for field in table.schema} == {
        "actor": "string", "actorLabel": "string", "count": "int64", "share": "double", "complete": "bool",
        "year": "int64", "day": "date32[day]", "address": "string", "formula": "string", "broken": "string",
        "nothing": "string",
    }  # fmt: skip
    assert table.column("day").to_pylist() == [datetime.date(2026, 11, 20), None]
    assert table.column("actor").to_pylist()[0] == "https://w3id.org/bikgraph/id/be-star"
    assert table.schema.metadata[b"bikgraph.question"] == b"Which kinds of <terms> are there?"


def test_a_column_of_two_kinds_is_text() -> None:
    """Numbers and texts in one column are texts, each as it is written; whole and broken numbers are numbers."""
    assert read(Table(["x"], [[Literal(1)], [Literal("a")]])).column("x").to_pylist() == ["1", "a"]
    assert read(Table(["x"], [[Literal(1)], [literal("0.5", "decimal")]])).column("x").to_pylist() == [1.0, 0.5]
    assert read(Table(["x"], [[Literal(2**70)]])).column("x").to_pylist() == [str(2**70)]
    assert read(Table(["x"], [])).num_rows == 0


def test_sources_have_rows() -> None:
    """Parquet has a row for each source, with its columns at the end."""
    table = read(with_sources())

    assert table.column_names == ["name", "year", *SOURCE_COLUMNS]
    assert table.num_rows == 5
    assert str(table.schema.field("sourceRetrieved").type) == "date32[day]"
