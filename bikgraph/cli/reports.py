"""`bikgraph report` and `bikgraph methodology`: texts about the graph, as Markdown or as a web page in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bikgraph.cli.opening import open_graph, write_text
from bikgraph.errors import RequestError

if TYPE_CHECKING:
    from bikgraph.reports.web_page import Form

_ENDINGS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_output_option = click.option(
    "-o", "--output", metavar="FILE", help="Write to FILE, .html or .md, instead of standard output."
)
_format_option = click.option(
    "--format", "form", type=click.Choice(("html", "markdown")), help="Default: by the ending of FILE, else markdown."
)


@click.command()
@_format_option
@_output_option
@click.pass_context
def report(ctx: click.Context, form: str | None, output: str | None) -> None:
    """Write the quality report: coverage, freshness, sources, contradictions, what is not known.

    \b
    bikgraph report -o report.html
    bikgraph report --format markdown
    """
    chosen = _form(form, output)
    write_text(output, open_graph(ctx).report(chosen))


@click.command()
@_format_option
@_output_option
@click.pass_context
def methodology(ctx: click.Context, form: str | None, output: str | None) -> None:
    """Write the methodology: scope, what each code means, how facts were coded, limits and biases.

    \b
    bikgraph methodology -o methodology.html
    """
    chosen = _form(form, output)
    write_text(output, open_graph(ctx).methodology(chosen))


def _form(form: str | None, output: str | None) -> Form:
    """The format asked for, else that of the file's ending. Raises RequestError for an ending that tells none."""
    if form is not None:
        return cast("Form", form)
    if output is None or output == "-":
        return "markdown"
    ending = Path(output).suffix.lower()
    if ending not in _ENDINGS:
        raise RequestError(
            f"A report's file ends in .html or .md, not {ending or 'in nothing'!r}. Choose with: --format html or --format markdown"
        )
    return cast("Form", _ENDINGS[ending])
