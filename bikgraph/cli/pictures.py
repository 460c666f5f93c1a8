"""`bikgraph draw`: pictures of the graph."""

from __future__ import annotations

from pathlib import Path

import click

from bikgraph.cli.opening import language_option, open_graph
from bikgraph.pictures import check_ending


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
    open_graph(ctx).draw_network(country, output, edition=edition, lang=lang)


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
    open_graph(ctx).draw_map(indicator, output, edition=edition, lang=lang)
