"""`bikgraph export`."""

from __future__ import annotations

import sys

import click

from bikgraph import RequestError
from bikgraph.cli.opening import completing, open_graph, output_option
from bikgraph.export import FORMATS, export_format
from bikgraph.output_file import write_file

_ENDINGS = ", ".join(ending for format in FORMATS.values() for ending in format.endings)


@click.command()
@click.option(
    "--format",
    "format",
    type=click.Choice(list(FORMATS)),
    help=f"Default: by the ending of FILE ({_ENDINGS}); turtle on standard output.",
)
@output_option
@click.option("--told", is_flag=True, help="Leave out what was inferred.")
@click.option(
    "--country",
    metavar="COUNTRY",
    shell_complete=completing("values", "country"),
    help="Only what belongs to this country.",
)
@click.option(
    "--profile",
    metavar="PROFILE",
    shell_complete=completing("profiles"),
    help="Only this profile, such as be-2020.",
)
@click.option("--entity", metavar="THING", shell_complete=completing("things"), help="Only this thing and its records.")
@click.pass_context
def export(
    ctx: click.Context,
    format: str | None,
    output: str | None,
    country: str | None,
    profile: str | None,
    entity: str | None,
    *,
    told: bool,
) -> None:
    """Write the graph, or a part of it, in an RDF format.

    \b
    bikgraph export -o bikgraph.ttl
    bikgraph export --format jsonld --country BE --told
    """
    if sum(part is not None for part in (country, profile, entity)) > 1:
        raise RequestError("Give one of --country, --profile and --entity, not several.")
    chosen = export_format(format, output)
    graph = open_graph(ctx)
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo(f"\rexport {done:,}/{total:,}", err=True, nl=done >= total)

    if output is None or output == "-":
        graph.export(sys.stdout.buffer, chosen, told=told, country=country, profile=profile, entity=entity)
        return
    write_file(
        output,
        lambda out: graph.export(
            out, chosen, told=told, country=country, profile=profile, entity=entity, progress=progress
        ),
    )
