"""How commands write rows: in the format asked for, or in the one that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bikgraph.cli.opening import terminal_width, write_text
from bikgraph.tables import DEFAULT_FORMAT, FORMATS, RESULT_FORMATS, table_format

if TYPE_CHECKING:
    from bikgraph.tables import Table

Command = TypeVar("Command", bound=Callable[..., Any])
_ENDINGS = ", ".join(ending for format in RESULT_FORMATS.values() for ending in format.endings)


def format_option(what: str = "the rows", plain: str = DEFAULT_FORMAT) -> Callable[[Command], Command]:
    """The option `--format` of a command that writes `what`, as the argument `format`.

    `plain` is the command's own name for what a terminal shows.
    """
    names = [plain if name == DEFAULT_FORMAT else name for name in FORMATS]
    text = f"How to write {what}. Default: by the ending of FILE ({_ENDINGS}), else {plain}."
    return click.option("--format", "format", type=click.Choice(names), help=text)


def chosen_format(asked: str | None, output: str | None, plain: str = DEFAULT_FORMAT) -> str:
    """The format to write rows in, `plain` for what a terminal shows; call it before anything costs time.

    Raises RequestError if the file's ending contradicts the format asked for.
    """
    chosen = table_format(DEFAULT_FORMAT if asked == plain else asked, output)
    return plain if chosen == DEFAULT_FORMAT else chosen


def write_table(table: Table, format: str, output: str | None) -> None:
    """Write rows to the file `output`, or to standard output, cut to the terminal's width."""
    to_file = output is not None and output != "-"
    write_text(output, table.render(format, None if to_file else terminal_width()))
