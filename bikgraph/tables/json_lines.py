"""The rows as a list of JSON objects, and as one object a line, each keyed by column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bikgraph.tables.cells import file_value, plain
from bikgraph.tables.sources import as_data, sources_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


def write_list(table: Table, layout: Layout) -> str:
    """A list of objects, each on a line of its own; what a row lacks is null."""
    lines = [f" {line}" for line in _objects(table, layout)]
    return ("[\n" + ",\n".join(lines) + "\n]\n") if lines else "[]\n"


def write_lines(table: Table, layout: Layout) -> str:
    """An object a line (https://jsonlines.org); nothing for no rows."""
    return "".join(f"{line}\n" for line in _objects(table, layout))


def _objects(table: Table, layout: Layout) -> Iterator[str]:
    for row, sources in zip(table.terms, sources_of_rows(table), strict=True):
        values: dict[str, Any] = {
            column: file_value(term, layout.ids) for column, term in zip(table.columns, row, strict=True)
        }
        if table.shows_sources:
            values["sources"] = [as_data(source, plain(source.node, layout.ids)) for source in sources]
        yield json.dumps(values, ensure_ascii=False, allow_nan=False)
