"""`bikgraph report` and `bikgraph methodology`: texts about the graph, as Markdown or as a web page in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from bikgraph.cli.opening import completing, open_graph, write_text
from bikgraph.endings import choose_format
from bikgraph.reports import ENDINGS

if TYPE_CHECKING:
    from bikgraph.reports import Format

_output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=completing("files"),
    help="Write to FILE, .html or .md, instead of standard output.",
)
_format_option = click.option(
    "--format",
    "format",
    type=click.Choice(("html", "markdown")),
    help="Default: by the ending of FILE; markdown on standard output.",
)


@click.command()
@_format_option
@_output_option
@click.pass_context
def report(ctx: click.Context, format: str | None, output: str | None) -> None:
    """Write the quality report: coverage, freshness, sources, contradictions, what is not known.

    \b
    bikgraph report -o report.html
    bikgraph report --format markdown
    """
    chosen = _chosen(format, output)
    write_text(output, open_graph(ctx).report(chosen))


@click.command()
@_format_option
@_output_option
@click.pass_context
def methodology(ctx: click.Context, format: str | None, output: str | None) -> None:
    """Write the methodology: scope, what each code means, how facts were coded, limits and biases.

    \b
    bikgraph methodology -o methodology.html
    """
    chosen = _chosen(format, output)
    write_text(output, open_graph(ctx).methodology(chosen))


def _chosen(asked: str | None, output: str | None) -> Format:
    """The format asked for, else that of the file's ending. Raises RequestError if they contradict, or tell none."""
    default = "markdown" if output is None or output == "-" else None
    return cast("Format", choose_format(ENDINGS, asked, output, default))
