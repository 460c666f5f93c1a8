"""`bikgraph build` and `check`."""

from __future__ import annotations

import sys
from typing import Any, cast

import click

from bikgraph.cli.opening import output_option, the_project, write_text
from bikgraph.endings import choose_format
from bikgraph.findings import FORMATS, Format, errors, render, summarise

# GitHub reads its annotations from what a command prints: they have no ending of their own.
_ENDINGS = {"text": [".txt"], "json": [".json"], "github": []}

_jobs_option = click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="How many processes to use. Default: one a core."
)


def _progress() -> Any:
    if not sys.stderr.isatty():
        return None

    def show(stage: str, done: int, total: int) -> None:
        click.echo(f"\r\x1b[K{stage} {done}/{total}", err=True, nl=False)
        if stage == "release" and done == total:
            click.echo("\r\x1b[K", err=True, nl=False)

    return show


@click.command()
@_jobs_option
@click.option(
    "--reasoner",
    type=click.Choice(["rules", "owlrl"]),
    default="rules",
    show_default=True,
    help="The compiled rules, or owlrl, the slow reference.",
)
@click.pass_context
def build(ctx: click.Context, jobs: int | None, reasoner: str) -> None:
    """Read, validate and infer, and swap in the new release."""
    from bikgraph.building import build_release

    project = the_project(ctx)
    summary = build_release(project, reasoner=reasoner, jobs=jobs, progress=_progress())
    if summary.healed:
        click.echo("The release that bikgraph brings along was damaged; it is unfolded anew, and whole.")
        return
    if summary.findings:
        click.echo(render(summary.findings, "text"), err=True, nl=False)
    lines = [
        f"profiles  {summary.profiles}",
        f"triples   {summary.told:,} told, {summary.inferred:,} inferred",
        f"answers   {_answers(summary.answers)}",
        f"findings  {summarise(summary.findings)}",
        f"reused    {summary.reused} of the countries' graphs were unchanged",
        f"CPU time  {', '.join(f'{stage} {seconds:.2f} s' for stage, seconds in summary.seconds.items())}",
        f"release   {project.release / 'current'}",
    ]
    click.echo("\n".join(lines))


def _answers(counts: dict[str, int]) -> str:
    """Counts by code for the tick tables, whose codes many questions share; the other questions' in one sum."""
    ticks = [code for code in ("introduced", "existing", "not-available", "not-answered") if code in counts]
    shown = [f"{code} {counts[code]}" for code in ticks]
    others = sum(counts.values()) - sum(counts[code] for code in ticks)
    return ", ".join([*shown, *([f"{others} to other questions"] if others else [])]) or "none"


@click.command()
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="text, json, or github (annotations). Default: by the ending of FILE, .txt or .json, else text.",
)
@_jobs_option
@output_option
@click.pass_context
def check(ctx: click.Context, format: str | None, jobs: int | None, output: str | None) -> None:
    """Check data and saved questions: every finding with file, line, column, and how to mend it."""
    from bikgraph.building import check_data

    chosen = choose_format(_ENDINGS, format, output, "text")
    found = check_data(the_project(ctx), jobs=jobs, progress=_progress())
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
    write_text(output, render(found, cast("Format", chosen)))
    click.echo(summarise(found), err=True)
    ctx.exit(1 if errors(found) else 0)
