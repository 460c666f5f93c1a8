"""The rows as Apache Parquet, columns typed; pyarrow writes it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from bikgraph.tables.cells import date_of, file_value, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bikgraph.lookup import Term
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table

_MOST, _LEAST = 2**63 - 1, -(2**63)


def write(table: Table, layout: Layout) -> bytes:
    """A file with a column of numbers, days, truth values or texts for each; the question stands in its metadata."""
    # pyarrow takes longer to import than most questions to answer.
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays, fields = [], []
    for at, column in enumerate(table.columns):
        name, values = _typed([row[at] for row in table.terms], layout)
        array = pa.array(values, type=pa.type_for_alias(name))
        arrays.append(array)
        fields.append(pa.field(column, array.type))
    notes = {f"bikgraph.note.{number}": note for number, note in enumerate(table.notes, 1)}
    about = {"bikgraph.question": table.about.question} if table.about is not None else {}
    schema = pa.schema(fields, metadata={"bikgraph.name": table.name, **about, **notes})
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def _typed(terms: Sequence[Term | None], layout: Layout) -> tuple[str, list[Any]]:
    """A column's type, by pyarrow's name, and its values: texts where the terms are of several kinds."""
    bound = [term for term in terms if term is not None]
    values = [file_value(term, layout.ids) for term in terms]
    kinds = {type(value) for value in values if value is not None}
    if bound and all(date_of(term) is not None for term in bound):
        return "date32", [date_of(term) for term in terms]
    if kinds == {bool}:
        return "bool", values
    fits = all(_LEAST <= value <= _MOST for value in values if isinstance(value, int))
    if kinds == {int} and fits:
        return "int64", values
    if kinds and kinds <= {int, float} and fits:
        return "double", [None if value is None else float(value) for value in values]
    return "string", [None if term is None else plain(term, layout.ids) for term in terms]
