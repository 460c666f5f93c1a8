"""What is known of a result format: its name, its files' endings, its media type, and how a table is written in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bikgraph.tables.table import Table


class ResultFormat(NamedTuple):
    """A format for rows.

    `endings` are those of its files, the usual one first. `write` gives a table as text that ends in a newline, in
    lines of at most `width` columns if the format has lines and a width is given. `for_people` says that hidden
    characters are shown, and that the table's notes stand below its rows; other formats hold the rows alone, every
    character as it is.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    write: Callable[[Table, int | None], str]
    for_people: bool = False
