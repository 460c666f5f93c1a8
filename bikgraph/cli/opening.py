"""Opening the release for a command, and writing what a command gives."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

import click

from bikgraph.output_file import write_file
from bikgraph.project import Project, find
from bikgraph.release import Release, existing_release

if TYPE_CHECKING:
    from bikgraph import KnowledgeGraph

language_option = click.option(
    "--lang",
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
output_option = click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")


class Session:
    """What one run of the command line has opened so far; each thing is opened once, when it is asked for."""

    def __init__(self, folder: str | None) -> None:
        """Look for the project in `folder`, or around the working directory if None."""
        self._folder = folder

    @cached_property
    def project(self) -> Project:
        """The project that the command line names, or the one found. Raises RequestError if there is none."""
        return find(self._folder)

    @cached_property
    def release(self) -> Release | None:
        """The project's release, if there is one. Raises ReleaseError if it is damaged."""
        return existing_release(self.project)

    def open(self) -> KnowledgeGraph:
        """The project's release opened; where there is none, it is built first, and said so."""
        from bikgraph import KnowledgeGraph, build

        if self.release is not None:
            return KnowledgeGraph(self.project, self.release)
        root = self.project.root
        click.echo(f"bikgraph: {root} has no release yet; building it first (bikgraph build).", err=True)
        return build(self.project)


def session(ctx: click.Context) -> Session:
    """The session of this run."""
    found = ctx.find_root().obj
    if not isinstance(found, Session):
        # A command that is run on its own, or while the shell completes a line: no group has made a session.
        found = ctx.find_root().obj = Session(found)
    return found


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
