"""What is known of a result format: its name, its files' endings, its media type, and how a table is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from bikgraph.errors import RequestError
from bikgraph.tables.cells import Ids

if TYPE_CHECKING:
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


class ResultFormat(NamedTuple):
    """A format for rows.

    `endings` are those of its files, the usual one first; an ending that several have is the first one's. `writer` is
    its module in this package, and the function in it where that is not `write`: it is given a table that is laid out
    already, and its layout, and gives text that ends in a newline, or bytes if the format is `binary`.

    `ids` is how it names things where nobody asks. `for_people` says that hidden characters are shown, and that notes
    and footnotes stand below the rows; other formats hold the rows alone, every character as it is. `source_rows` says
    that rows are repeated for each of their sources, where these are shown. `needs_iris` says that things have IRIs,
    which slugs cannot stand for; `has_heads`, that there are heads which can be left out. `needs` is the library of an
    extra without which it cannot be written.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    writer: str
    ids: Ids = "full"
    for_people: bool = False
    source_rows: bool = False
    needs_iris: bool = False
    has_heads: bool = False
    binary: bool = False
    needs: str = ""

    def write(self, table: Table, layout: Layout) -> str | bytes:
        """The table, laid out already, in this format."""
        # A question is written in one format: it need not load the others.
        from importlib import import_module

        module, _, function = self.writer.partition(".")
        written = getattr(import_module(f"bikgraph.tables.{module}"), function or "write")(table, layout)
        return cast("str | bytes", written)


def check_installed(format: ResultFormat) -> None:
    """Raise RequestError with the command to install the library that a format needs, if it is missing."""
    if not format.needs:
        return
    from importlib.util import find_spec

    if find_spec(format.needs) is None:
        raise RequestError(
            f"The format {format.name} needs {format.needs}, which is not installed. "
            "Install it with: pip install 'bikgraph[files]'"
        )
