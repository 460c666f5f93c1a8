"""The command line, a thin face over the Python API.

Each command is imported when it is used, so that a question pays for nothing else. `main` is the only place that turns
errors into text and an exit status: 0 done, 1 the data are at fault, 2 the request is at fault, 3 a time limit, 130
Ctrl-C.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

import bikgraph
from bikgraph import BikgraphError, DataError
from bikgraph.cli.opening import completing
from bikgraph.cli.session import Session
from bikgraph.plain_text import visible

_COMMANDS = {
    "ask": "questions",
    "questions": "questions",
    "sparql": "exploring",
    "find": "exploring",
    "show": "exploring",
    "connect": "exploring",
    "why": "exploring",
    "export": "export",
    "draw": "pictures",
    "report": "reports",
    "methodology": "reports",
    "brief": "briefs",
    "check": "building",
    "build": "building",
    "schema": "draft",
    "new": "draft",
    "ids": "draft",
    "completion": "completion",
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        return None if module is None else getattr(import_module(f"bikgraph.cli.{module}"), cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], [*_COMMANDS], n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]}?" if near else f"Commands: {', '.join(_COMMANDS)}."
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--project",
    metavar="DIR",
    envvar="BIKGRAPH_PROJECT",
    shell_complete=completing("folders"),
    help="The project's folder. Default: the one around you, else the data that bikgraph brings along.",
)
@click.version_option(bikgraph.__version__, prog_name="bikgraph")
@click.pass_context
def cli(ctx: click.Context, project: str | None) -> None:
    """Ask and build the knowledge graph of national policy for children's internet use.

    \b
    bikgraph ask pillar-coordinators --country BE --pillar 4
    bikgraph questions
    """
    ctx.obj = Session(project)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status. Prints what went wrong to standard error."""
    if arguments is None and os.environ.get("_BIKGRAPH_COMPLETE"):
        from bikgraph.cli.completing import answer  # a shell asks what completes a line

        return answer(cli)
    try:
        status = cli.main(arguments, prog_name="bikgraph", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        written = io.StringIO()
        error.show(written)
        click.echo(visible(written.getvalue()), err=True, nl=False)
        return 2
    except DataError as error:
        return _data_at_fault(error)
    except BikgraphError as error:
        click.echo(f"bikgraph: {error}", err=True)
        return error.exit_status
    except (KeyboardInterrupt, click.Abort):
        click.echo("bikgraph: interrupted; what was released before is unchanged.", err=True)
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep the interpreter from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        named = f": {error.filename}" if error.filename else ""
        click.echo(visible(f"bikgraph: {error.strerror or error}{named}"), err=True)
        return 2
    except Exception as error:
        if os.environ.get("BIKGRAPH_TRACEBACK"):
            raise
        if "orruption" in str(error):  # RocksDB's checksum of a block: what is damaged is never answered from
            click.echo(f"bikgraph: The release is damaged ({error}). Make it anew with: bikgraph build", err=True)
            return 2
        told = visible(f"{type(error).__name__}: {error}")
        click.echo(
            f"bikgraph: this should not have happened: {told}. "
            "Please report it, with what BIKGRAPH_TRACEBACK=1 prints.",
            err=True,
        )
        return 2
    return status if isinstance(status, int) else 0  # what ctx.exit(n) gave, or nothing


def _data_at_fault(error: DataError) -> int:
    from bikgraph.findings import render, summarise

    click.echo(render(error.findings, "text"), err=True, nl=False)
    click.echo(
        f"\nbikgraph: {summarise(error.findings)}. Nothing was built; what was released before is unchanged.", err=True
    )
    return error.exit_status
