"""How commands write rows: the options that say so, and the writing, to a file, a terminal or another program."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from bikgraph import RequestError
from bikgraph.cli.opening import completing, has_colour, output_option, terminal_width, write_bytes, write_text
from bikgraph.endings import choose_format
from bikgraph.tables import DEFAULT_FORMAT, IDS, RESULT_FORMATS, Layout, check_installed, check_layout

if TYPE_CHECKING:
    from bikgraph.tables import Table

Command = TypeVar("Command", bound=Callable[..., Any])
# A command's own way to write what it found for people, beside tables of rows.
TEXT = "text"
_ENDINGS = ", ".join(dict.fromkeys(format.endings[0] for format in RESULT_FORMATS.values()))


class Output(NamedTuple):
    """Where and how a command writes: the file, or None for standard output, the format's name, and the layout."""

    path: str | None
    format: str
    layout: Layout

    @property
    def to_file(self) -> bool:
        """Whether a file is named, so that no terminal shows it."""
        return self.path is not None and self.path != "-"

    @property
    def for_people(self) -> bool:
        """Whether the format shows notes, so that they need not be said beside it."""
        return self.format == TEXT or RESULT_FORMATS[self.format].for_people

    def write(self, table: Table) -> None:
        """Write the rows."""
        write_rows(table, self)

    def write_text(self, text: str) -> None:
        """Write a command's own text."""
        write_text(self.path, text)


def row_options(
    what: str = "the rows", plain: str = DEFAULT_FORMAT, text_endings: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options by which a command's rows are written; the command has them as its argument `out`, an Output.

    `plain` is the format where nothing names one: `text` for a command with a text of its own, which goes to .txt
    files, and to those with `text_endings`. Before the command runs, RequestError is raised for a format that the
    file's ending contradicts, that lacks its library, or that has not what the options ask.
    """
    names = [*([TEXT] if plain == TEXT else []), *RESULT_FORMATS]
    help = f"How to write {what}. Default: by the ending of FILE ({_ENDINGS}, with or without .gz), else {plain}."

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def collected(*arguments: Any, **given: Any) -> Any:
            layout = layout_of(given)
            asked, path = given.pop("format"), given.pop("output")
            return command(*arguments, out=chosen_output(asked, path, layout, plain, text_endings), **given)

        format_option = click.option("--format", "format", type=click.Choice(names), help=help)
        return format_option(layout_options(output_option(collected)))

    return decorate


_layout_options = [
    click.option(
        "--columns",
        metavar="NAME,…",
        shell_complete=completing("columns"),
        help="Only these columns, in this order.",
    ),
    click.option("--no-headers", is_flag=True, help="Leave the line of column names out."),
    click.option(
        "--ids",
        type=click.Choice(IDS),
        help="Name things by slugs (short), whole IRIs (full), or only by the labels beside them (none).",
    ),
    click.option(
        "--excel", is_flag=True, help="CSV that Excel opens with its letters right (a UTF-8 mark at its head)."
    ),
]


def layout_options(command: Command) -> Command:
    """The options that `layout_of` reads."""
    for option in reversed(_layout_options):
        command = option(command)
    return command


def layout_of(given: dict[str, Any]) -> Layout:
    """The layout that the options ask for; they are taken out of `given`."""
    columns, ids = given.pop("columns"), given.pop("ids")
    names = None if columns is None else tuple(name.strip() for name in columns.split(",") if name.strip())
    return Layout(columns=names, headers=not given.pop("no_headers"), ids=ids, excel=given.pop("excel"))


def chosen_output(
    asked: str | None,
    path: str | None,
    layout: Layout,
    plain: str = DEFAULT_FORMAT,
    text_endings: Sequence[str] = (),
) -> Output:
    """The output for these requests, checked before anything costs time. Raises RequestError if they contradict."""
    endings: Mapping[str, Sequence[str]] = {name: format.endings for name, format in RESULT_FORMATS.items()}
    if plain == TEXT:
        endings = {TEXT: (*RESULT_FORMATS[DEFAULT_FORMAT].endings, *text_endings), **endings}
    if layout.excel and asked is None and (path is None or path == "-"):
        asked = "csv"
    return checked(Output(path, choose_format(endings, asked, path, plain), layout))


def checked(out: Output) -> Output:
    """The output, if its format can be written so. Raises RequestError if not."""
    if out.format == TEXT:
        if out.layout != Layout():
            raise RequestError("--columns, --no-headers, --ids and --excel are for rows. Add --format table, or csv …")
        return out
    format = RESULT_FORMATS[out.format]
    check_layout(format, out.layout)
    check_installed(format)
    if format.binary and not out.to_file and sys.stdout.isatty():
        raise RequestError(f"{format.name} is nothing for a terminal. Name a file: -o rows{format.endings[0]}")
    return out


def write_rows(table: Table, out: Output) -> None:
    """Write rows to the output's file, or to standard output, where a table fits the terminal's width."""
    format = RESULT_FORMATS[out.format]
    if out.to_file or not (format.for_people or sys.stdout.isatty()):
        # Programs get the same bytes from a pipe as from a file.
        write_bytes(out.path, table.to_bytes(out.format, out.layout))
    else:
        layout = out.layout._replace(width=terminal_width(), colour=has_colour())
        write_text(out.path, table.render(out.format, layout=layout))
