"""`bikgraph brief`: a country on two printed pages."""

from __future__ import annotations

import click

from bikgraph.briefs import ENDINGS, brief_bytes, check_format
from bikgraph.cli.opening import completing, language_option, open_graph
from bikgraph.output_file import write_file


@click.command()
@click.argument("country", shell_complete=completing("values", "country"))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    shell_complete=completing("files"),
    help="The brief: .html, .md, .docx or .pdf; - with --format for standard output.",
)
@click.option("--format", "format", type=click.Choice(tuple(ENDINGS)), help="Default: by the ending of FILE.")
@click.option("--full", is_flag=True, help="All rows, on as many pages as they take.")
@language_option
@click.pass_context
def brief(ctx: click.Context, country: str, output: str, format: str | None, full: bool, lang: str) -> None:
    """Write a brief on COUNTRY: two printed pages, then its sources, numbered.

    Bodies by function, laws by year, agreements, answers beside those of Europe, gaps with their reasons, changes
    since the edition before, freshness and the network. Rows that do not fit give way, and are counted. HTML and
    Markdown need nothing more; .docx and .pdf need: pip install 'bikgraph[documents]'.

    \b
    bikgraph brief IE -o ie.html
    bikgraph brief Belgique -o be.pdf --lang fr
    """
    chosen = check_format(format, output)  # before a project without a release is built for nothing
    data = brief_bytes(open_graph(ctx), country, chosen, lang=lang, full=full)
    if output == "-":
        click.echo(data, nl=False)
    else:
        write_file(output, lambda out: out.write(data))
