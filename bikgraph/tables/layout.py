"""How a table is laid out, in any format: which columns, with or without heads, how things are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.tables.cells import Ids
from bikgraph.tables.sources import SOURCE_COLUMNS, with_source_rows

if TYPE_CHECKING:
    from bikgraph.tables.result_format import ResultFormat
    from bikgraph.tables.table import Table

IDS: tuple[Ids, ...] = ("short", "full", "none")
LABEL = "Label"


class Layout(NamedTuple):
    """What a reader asks of a table's form; every part has a default.

    `width` is the terminal's, in columns: None leaves lines as long as they are. `columns` are those wanted, in this
    order, None for all. `ids` is the format's own habit if None. `excel` begins CSV with the mark by which Excel
    knows UTF-8. `colour` says whether a terminal shows colours, `keeps_columns` that a narrow one leaves none out.
    """

    width: int | None = None
    columns: tuple[str, ...] | None = None
    headers: bool = True
    ids: Ids | None = None
    excel: bool = False
    colour: bool = False
    keeps_columns: bool = False


def check_layout(format: ResultFormat, layout: Layout) -> None:
    """Raise RequestError if a format cannot be laid out so, before anything costs time."""
    if layout.excel and format.name != "csv":
        raise RequestError(f"--excel marks CSV for Excel; the format here is {format.name}. Add --format csv.")
    if not layout.headers and not format.has_heads:
        raise RequestError(f"The format {format.name} has no line of heads that --no-headers could leave out.")
    if layout.ids == "short" and format.needs_iris:
        raise RequestError(f"The format {format.name} has whole IRIs: --ids full or none.")
    if layout.columns is not None and not layout.columns:
        raise RequestError("--columns takes names of columns, joined by commas, such as actorLabel,year.")


def laid_out(table: Table, format: ResultFormat, layout: Layout) -> Table:
    """The table with the rows and columns that the format shall hold.

    Where the format has a row for each source, or `layout` names a column of the sources, each row is repeated for
    each of its sources. Raises RequestError for a column that there is not.
    """
    wanted = layout.columns
    own = set(table.columns)
    names_sources = table.knows_sources and any(name in SOURCE_COLUMNS and name not in own for name in wanted or ())
    if names_sources or (table.shows_sources and format.source_rows):
        expanded = with_source_rows(table)
        if wanted is not None and not names_sources:
            wanted = (*wanted, *(name for name in expanded.columns if name not in own and name not in wanted))
        table = expanded
    columns = table.columns if wanted is None else [_known(name, table) for name in dict.fromkeys(wanted)]
    if layout.ids == "none":
        columns = [column for column in columns if column + LABEL not in columns]
    return table if columns == table.columns else table.with_columns(columns)


def _known(name: str, table: Table) -> str:
    if name in table.columns:
        return name
    from bikgraph.nearest import did_you_mean

    known = [
        *table.columns,
        *(column for column in SOURCE_COLUMNS if table.knows_sources and column not in table.columns),
    ]
    raise RequestError(f"There is no column {name!r}.{did_you_mean(name, known)} Columns: {', '.join(known)}.")
