"""`bikgraph export` and `bikgraph draw`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bikgraph.cli.opening import language_option, open_graph, the_project
from bikgraph.errors import RequestError
from bikgraph.output_file import write_file
from bikgraph.pictures import check_ending

FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the ending of FILE, else turtle.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of standard output.")
@click.option("--told", is_flag=True, help="Leave out what was inferred.")
@click.option("--country", metavar="COUNTRY", help="Only what belongs to this country.")
@click.option("--profile", metavar="PROFILE", help="Only this profile, such as be-2020.")
@click.option("--entity", metavar="THING", help="Only this thing and its records.")
@click.pass_context
def export(
    ctx: click.Context,
    form: str | None,
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
    chosen = form or _format_of(output)
    graph = open_graph(the_project(ctx))
    shown = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shown:
            click.echo(f"\rexport {done:,}/{total:,} triples", err=True, nl=done >= total)

    if output is None or output == "-":
        graph.export(sys.stdout.buffer, chosen, told=told, country=country, profile=profile, entity=entity)
    else:
        write_file(
            output,
            lambda out: graph.export(
                out, chosen, told=told, country=country, profile=profile, entity=entity, progress=progress
            ),
        )  # type: ignore[arg-type]


def _format_of(output: str | None) -> str:
    endings = {
        ".ttl": "turtle",
        ".trig": "trig",
        ".nt": "ntriples",
        ".nq": "nquads",
        ".jsonld": "jsonld",
        ".json": "jsonld",
        ".rdf": "rdfxml",
        ".xml": "rdfxml",
    }
    return endings.get(Path(output).suffix, "turtle") if output else "turtle"


@click.group()
def draw() -> None:
    """Draw a picture of the graph."""


@draw.command()
@click.option("--country", required=True, metavar="COUNTRY", help="A code (BE), a name in any language, or a slug.")
@click.option("--edition", metavar="EDITION", help="A year. Default: all that is known.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The picture, .svg or .png.")
@language_option
@click.pass_context
def network(ctx: click.Context, country: str, edition: str | None, output: str, lang: str) -> None:
    """Draw a country's actors, their roles under each pillar, and its agreements."""
    check_ending(Path(output))  # before a project without a release is built for nothing
    open_graph(the_project(ctx)).draw_network(country, output, edition=edition, lang=lang)


@draw.command()
@click.option(
    "--indicator",
    required=True,
    metavar="INDICATOR",
    help="A code, such as coverage, a slug, or the wording of the question.",
)
@click.option("--edition", metavar="EDITION", help="A year. Default: the latest with an answer.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The picture, .svg or .png.")
@language_option
@click.pass_context
def map(ctx: click.Context, indicator: str, edition: str | None, output: str, lang: str) -> None:
    """Draw a map of the 30 countries: who answered what to one question.

    \b
    bikgraph draw map --indicator coverage --edition 2025 -o coverage.svg
    """
    check_ending(Path(output))  # before a project without a release is built for nothing
    open_graph(the_project(ctx)).draw_map(indicator, output, edition=edition, lang=lang)
