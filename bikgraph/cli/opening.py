"""Opening the release for a command, and writing what a command gives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from bikgraph import project as projects
from bikgraph.output_file import write_file

if TYPE_CHECKING:
    from bikgraph.knowledge_graph import KnowledgeGraph
    from bikgraph.project import Project

language_option = click.option(
    "--lang",
    default="en",
    metavar="TAG",
    show_default=True,
    help="The language of labels; English where there is none.",
)
output_option = click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")


def the_project(ctx: click.Context) -> Project:
    """The project that the command line names, or the one found."""
    return projects.find(ctx.find_root().obj)


def open_graph(project: Project, before_building: Callable[[], None] | None = None) -> KnowledgeGraph:
    """The project's release opened; where there is none, `before_building` may refuse the request, then it is built."""
    from bikgraph import knowledge_graph as graph

    if graph.existing_release(project) is None:
        if before_building is not None:
            before_building()
        click.echo(f"bikgraph: {project.root} has no release yet; building it first (bikgraph build).", err=True)
    return graph.open(project)


def terminal_width() -> int | None:
    """The width of the terminal that standard output is, or None if it is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def write_text(output: str | None, text: str) -> None:
    """Write text to the file `output`, whole or not at all, or to standard output."""
    if output is None or output == "-":
        click.echo(text, nl=False)
        return
    write_file(output, lambda out: out.write(text.encode()))
