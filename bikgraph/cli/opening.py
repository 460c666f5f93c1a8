"""Opening the release for a command, and writing what a command gives."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bikgraph.cli.session import session
from bikgraph.output_file import write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from bikgraph import KnowledgeGraph
    from bikgraph.project import Project

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completing(name: str, *arguments: str, **options: bool) -> Completer:
    """The completer of this name in `bikgraph.cli.completing`, which is imported when a shell asks.

    With arguments, `name` is what makes one.
    """

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from bikgraph.cli import completing as completers

        found = getattr(completers, name)
        chosen: Completer = found(*arguments, **options) if arguments else found
        return chosen(ctx, parameter, incomplete)

    return complete


language_option = click.option(
    "--lang",
    shell_complete=completing("languages"),
    default="en",
    metavar="TAG",
    show_default=True,
    help="The language of labels; English where there is none.",
)
# That of `bikgraph.exploring.DEFAULT_TIMEOUT`, which a question need not load.
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after this time (exit status 3).",
)
output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=completing("files"),
    help="Write to FILE instead of standard output.",
)


def the_project(ctx: click.Context) -> Project:
    """The project that the command line names, or the one found."""
    return session(ctx).project


def open_graph(ctx: click.Context) -> KnowledgeGraph:
    """The project's release opened; where there is none, it is built first, and said so."""
    return session(ctx).open()


def terminal_width() -> int | None:
    """The width of the terminal that standard output is, or None if it is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def has_colour() -> bool:
    """Whether standard output is a terminal that shows colours, and nobody forbids them (https://no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write_text(output: str | None, text: str) -> None:
    """Write text to the file `output`, whole or not at all, or to standard output: by pages if it outgrows a screen."""
    if output is not None and output != "-":
        write_file(output, lambda out: out.write(text.encode()))
    elif _outgrows_the_screen(text):
        _page(text)
    else:
        click.echo(text, nl=False)


def write_bytes(output: str | None, data: bytes) -> None:
    """Write bytes to the file `output`, whole or not at all, or to standard output as they are."""
    if output is not None and output != "-":
        write_file(output, lambda out: out.write(data))
    else:
        sys.stdout.buffer.write(data)


def _outgrows_the_screen(text: str) -> bool:
    import shutil

    # Who cannot press a key cannot turn a page.
    return sys.stdin.isatty() and sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines


def _page(text: str) -> None:
    import os

    # less: colours shown, the text left on the screen at the end; a reader's own settings hold.
    os.environ.setdefault("LESS", "-FRX")
    os.environ.setdefault("LESSCHARSET", "utf-8")
    click.echo_via_pager(text.removesuffix("\n"), color=has_colour())
