"""What is known of a result format: its name, its files' endings, its media type, and how a table is written in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.tables.cells import Ids
from bikgraph.tables.layout import Layout

if TYPE_CHECKING:
    from bikgraph.tables.table import Table


class ResultFormat(NamedTuple):
    """A format for rows.

    `endings` are those of its files, the usual one first; an ending that several have is the first one's. `write` gives
    a table that is laid out already: text that ends in a newline, or bytes. `ids` is how it names things where nobody
    asks. `for_people` says that hidden characters are shown, and that notes and footnotes stand below the rows; other
    formats hold the rows alone, every character as it is. `source_rows` says that rows are repeated for each of their
    sources, where these are shown. `needs_iris` says that things have IRIs, which slugs cannot stand for; `has_heads`,
    that there are heads which can be left out. `module` is the library of an extra that it needs.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    write: Callable[[Table, Layout], str | bytes]
    ids: Ids = "full"
    for_people: bool = False
    source_rows: bool = False
    needs_iris: bool = False
    has_heads: bool = False
    binary: bool = False
    module: str = ""


def check_installed(format: ResultFormat) -> None:
    """Raise RequestError with the command to install the library that a format needs, if it is missing."""
    import importlib.util

    if format.module and importlib.util.find_spec(format.module) is None:
        raise RequestError(
            f"The format {format.name} needs {format.module}, which is not installed. "
            "Install it with: pip install 'bikgraph[files]'"
        )
