"""`bikgraph draw`: pictures of the graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from bikgraph.cli.opening import completing, language_option, open_graph
from bikgraph.pictures import SIZES, check_ending, look

_F = TypeVar("_F", bound=Callable[..., Any])

_country = click.option(
    "--country",
    required=True,
    metavar="COUNTRY",
    shell_complete=completing("values", "country"),
    help="A code (BE), a name in any language, or a slug.",
)
_edition = click.option(
    "--edition",
    metavar="EDITION",
    shell_complete=completing("values", "edition"),
    help="A year. Default: all that is known.",
)
_best_edition = click.option(
    "--edition",
    metavar="EDITION",
    shell_complete=completing("values", "edition"),
    help="A year. Default: the edition that most countries answered; the picture says which.",
)
_indicator = click.option(
    "--indicator",
    required=True,
    metavar="INDICATOR",
    shell_complete=completing("values", "indicator"),
    help="A code, such as coverage, a slug, or the wording of the question.",
)


def _look_options(command: _F) -> _F:
    """The options that every picture has."""
    for option in (
        language_option,
        click.option("--title", metavar="TEXT", help="A title in place of the picture's own."),
        click.option(
            "--size",
            metavar=f"[{'|'.join(SIZES)}]",
            shell_complete=completing("words", *SIZES),
            help="A slide of 16:9 (13.33 x 7.5 in), a page of A4 or a square. Default: as large as what is shown.",
        ),
        click.option(
            "-o",
            "--output",
            required=True,
            metavar="FILE",
            shell_complete=completing("files"),
            help="The picture, .svg, .png or .pdf.",
        ),
    ):
        command = option(command)
    return command


@click.group()
def draw() -> None:
    """Draw a picture of the graph."""


@draw.command()
@_country
@_edition
@_look_options
@click.pass_context
def network(ctx: click.Context, /, country: str, edition: str | None, output: str, **chosen: Any) -> None:
    """Draw a country's bodies, their roles under pillars and for functions, and its agreements.

    \b
    bikgraph draw network --country EE --edition 2018 -o ee.svg
    """
    _check(output, chosen)
    open_graph(ctx).draw_network(country, output, edition=edition, **chosen)


@draw.command()
@_country
@_edition
@_look_options
@click.pass_context
def bodies(ctx: click.Context, /, country: str, edition: str | None, output: str, **chosen: Any) -> None:
    """Draw who has which part in which function in a country.

    \b
    bikgraph draw bodies --country CY --size page -o cy.pdf
    """
    _check(output, chosen)
    open_graph(ctx).draw_bodies(country, output, edition=edition, **chosen)


@draw.command()
@_country
@_look_options
@click.pass_context
def timeline(ctx: click.Context, /, country: str, output: str, **chosen: Any) -> None:
    """Draw a country's laws, other policies and agreements on a line of years.

    \b
    bikgraph draw timeline --country NO --size slide -o no.png
    """
    _check(output, chosen)
    open_graph(ctx).draw_timeline(country, output, **chosen)


@draw.command()
@_indicator
@_best_edition
@_look_options
@click.pass_context
def map(ctx: click.Context, /, indicator: str, edition: str | None, output: str, **chosen: Any) -> None:
    """Draw a map of the 30 countries: who answered what to one question.

    \b
    bikgraph draw map --indicator coverage --edition 2025 -o coverage.svg
    """
    _check(output, chosen)
    open_graph(ctx).draw_map(indicator, output, edition=edition, **chosen)


@draw.command()
@_indicator
@_best_edition
@_look_options
@click.pass_context
def ranking(ctx: click.Context, /, indicator: str, edition: str | None, output: str, **chosen: Any) -> None:
    """Draw the answers to one question in their order, each a bar of the countries that gave it.

    \b
    bikgraph draw ranking --indicator ministries-involved -o ministries.svg
    """
    _check(output, chosen)
    open_graph(ctx).draw_ranking(indicator, output, edition=edition, **chosen)


@draw.command()
@_best_edition
@_look_options
@click.pass_context
def matrix(ctx: click.Context, /, edition: str | None, output: str, **chosen: Any) -> None:
    """Draw all answers of an edition: questions down, countries across.

    \b
    bikgraph draw matrix --edition 2024 -o answers.pdf
    """
    _check(output, chosen)
    open_graph(ctx).draw_matrix(output, edition=edition, **chosen)


def _check(output: str, chosen: dict[str, Any]) -> None:
    """Refuse what cannot be drawn before a project without a release is built for nothing."""
    check_ending(Path(output))
    look(chosen["size"], chosen["title"])
