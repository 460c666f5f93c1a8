"""`bikgraph ask` and `bikgraph questions`."""

from __future__ import annotations

import math
import os
import shlex
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bikgraph import RequestError, TimeLimitExceeded
from bikgraph.cli.opening import completing, language_option, open_graph, the_project, timeout_option
from bikgraph.cli.question_output import catalogue, description, takes_in_words
from bikgraph.cli.session import session
from bikgraph.cli.table_output import TEXT, Output, row_options
from bikgraph.plain_text import visible
from bikgraph.questions import TYPES, Parameter, Question, check_names, column_meanings, find_question, load_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _Questions(click.Group):
    """The saved questions as commands of their own, with their parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(load_all(the_project(ctx), _headers(ctx)).questions)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(find_question(the_project(ctx), cmd_name, _headers(ctx)))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        words = _words(args)
        if _names_a_thing(ctx, " ".join(words)):
            from bikgraph.cli.exploring import show  # a saved question does not need it

            click.echo(
                visible(
                    f"bikgraph: this names a thing, so here is its card: bikgraph show {shlex.join([' '.join(words)])}"
                ),
                err=True,
            )
            return "show", show, [" ".join(words), *args[len(words) :]]
        if len(words) > 1 or " " in words[0].strip():
            understood = open_graph(ctx).understand(" ".join(words))
            click.echo(visible(understood.command()), err=True)
            if understood.unused:
                click.echo(visible(f"bikgraph: not used: {', '.join(understood.unused)}"), err=True)
            given = [part for name, value in understood.given.items() for part in (f"--{name}", value)]
            return understood.question, self.get_command(ctx, understood.question), [*given, *args[len(words) :]]
        return args[0], self.get_command(ctx, args[0]), args[1:]


def _headers(ctx: click.Context) -> Mapping[str, Any] | None:
    release = session(ctx).release
    return None if release is None else release.questions


def _names_a_thing(ctx: click.Context, text: str) -> bool:
    """Whether a text is exactly the name of a country or of another thing, and of no saved question."""
    if text.startswith("-") or session(ctx).release is None or the_project(ctx).question_file(text) is not None:
        return False
    from bikgraph.exploring import called  # a saved question does not need it

    graph = open_graph(ctx)
    return len(called(graph.store, text, lambda: graph.index)) == 1


def _words(args: list[str]) -> list[str]:
    """The arguments before the first option: one word names a question, several are a question in plain words."""
    first_option = next((at for at, argument in enumerate(args) if argument.startswith("-")), len(args))
    return args[: max(first_option, 1)]


@click.group(cls=_Questions, subcommand_metavar="QUESTION [OPTIONS]...")
def ask() -> None:
    """Answer a saved question, by its name or in plain words.

    \b
    bikgraph ask ministries --country Belgique --format csv -o ministries.csv
    bikgraph ask "who coordinates pillar 4 in Belgium?"
    bikgraph ask Italy               the card of what is named
    bikgraph ask QUESTION --help     what the question takes
    """


def _command(question: Question) -> click.Command:
    options: list[click.Parameter] = [_option(parameter) for parameter in question.parameters.values()]

    @click.command(question.name, params=options, help=_help(question), short_help=question.summary)
    @language_option
    @row_options()
    @click.option("--sources", is_flag=True, help="Say of each row where it is stated: title, address, section, day.")
    @timeout_option
    @click.option("--fail-empty", is_flag=True, help="Exit status 1 if there are no rows.")
    @click.pass_context
    def command(ctx: click.Context, /, **given: Any) -> None:
        _answer(ctx, question, **given)

    return command


def _option(parameter: Parameter) -> click.Option:
    needed = " Required." if parameter.required else ""
    takes = takes_in_words(parameter)
    metavar = f"{parameter.type.upper()}{',…' if parameter.several else ''}"
    names = [parameter.name, *(TYPES[parameter.type].other_names if parameter.name == parameter.type else ())]
    return click.Option(
        [*(f"--{name}" for name in names), parameter.name],
        metavar=metavar,
        help=f"{takes[0].upper()}{takes[1:]}.{needed}",
        shell_complete=completing("values", parameter.type, several=parameter.several),
    )


def _help(question: Question) -> str:
    text = f"{question.question}\n\n{question.description}".strip()
    return f"{text}\n\nColumns: {', '.join(question.columns)}."


def _answer(
    ctx: click.Context,
    question: Question,
    *,
    lang: str,
    out: Output,
    sources: bool,
    fail_empty: bool,
    timeout: float,
    **given: Any,
) -> None:
    values = {name: text for name, text in given.items() if text is not None}
    check_names(question, values)
    graph = open_graph(ctx)
    with _time_limit(timeout):
        table = graph.ask_loaded(question, values, lang, sources=sources)
    out.write(table)
    if not out.for_people:
        for note in table.notes:
            click.echo(visible(f"bikgraph: {note}"), err=True)
    if fail_empty and not table.terms:
        ctx.exit(1)


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End the process if the block takes longer: Oxigraph cannot be stopped, and another process would be slower.

    Nothing has been written by then. While a query runs, Oxigraph lets other threads run.
    """

    def stop() -> None:
        click.echo(
            f"bikgraph: The question ran longer than {seconds:g} seconds and was stopped. "
            "Narrow it by its parameters, or raise --timeout.",
            err=True,
        )
        sys.stderr.flush()
        os._exit(TimeLimitExceeded.exit_status)

    if math.isnan(seconds):
        raise RequestError("--timeout takes a number of seconds, such as 30.")
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


_SPARQL_ENDINGS = (".rq", ".sparql")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    options_metavar="[OPTIONS] [--PARAMETER VALUE]...",
)
@click.argument("name", required=False, shell_complete=completing("questions"))
@click.option(
    "--sparql",
    "as_sparql",
    is_flag=True,
    help="Print the question as SPARQL that gives the rows of ask in any engine, for the parameters that follow.",
)
@row_options("the list; one question's description: text or json", TEXT, _SPARQL_ENDINGS)
@language_option
@click.pass_context
def questions(ctx: click.Context, name: str | None, out: Output, *, as_sparql: bool, lang: str) -> None:
    """List the saved questions, or say what one asks, takes and gives.

    \b
    bikgraph questions policies
    bikgraph questions policies --sparql --country FR
    bikgraph questions --format json
    """
    given = _parameters_of(ctx.args)
    if given and not (name and as_sparql):
        raise RequestError(f"--{next(iter(given))} goes with a question's name and --sparql.")
    is_query = out.path is not None and out.path.lower().removesuffix(".gz").endswith(_SPARQL_ENDINGS)
    if as_sparql and (name is None or out.format != TEXT):
        raise RequestError("--sparql gives one question's query: bikgraph questions NAME --sparql -o NAME.rq")
    if is_query and not as_sparql:
        raise RequestError(f"{out.path} shall be a query by its ending: add the question's name and --sparql.")
    if name is None:
        _list(ctx, out)
        return
    if out.layout.columns is not None:
        raise RequestError("The description of one question has no columns; the list of all has.")
    question = find_question(the_project(ctx), name, _headers(ctx))
    if as_sparql:
        from bikgraph.questions import bind, standalone_query

        check_names(question, given)
        out.write_text(standalone_query(question, bind(open_graph(ctx).store, question, given), lang))
        return
    release = session(ctx).release
    out.write_text(
        description(
            question, release.open() if release is not None else None, out.format, column_meanings(the_project(ctx))
        )
    )


def _parameters_of(arguments: list[str]) -> dict[str, str]:
    """The parameters of a question out of the arguments that the command itself does not know."""
    given: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.removeprefix("--").partition("=")
        if not argument.startswith("--") or not name:
            raise RequestError(f"What is {argument!r} for? Parameters are written --country FR.")
        if not equals:
            value = next(rest, "")
        if not value:
            raise RequestError(f"--{name} needs a value, such as --country FR.")
        if name in given:
            raise RequestError(f"--{name} is given twice. Several values stand in one list: --country FR,DE.")
        given[name] = value
    return given


def _list(ctx: click.Context, out: Output) -> None:
    loaded = load_all(the_project(ctx), _headers(ctx))
    if out.format == TEXT:
        wide = max((len(name) for name in loaded.questions), default=0)
        out.write_text("".join(f"{name:{wide}}  {question.question}\n" for name, question in loaded.questions.items()))
    else:
        out.write(catalogue(loaded.questions.values()))
    if loaded.faulty:
        left_out = ", ".join(name.encode("utf-8", "backslashreplace").decode() for name in loaded.faulty)
        click.echo(
            f"bikgraph: left out, for their files are faulty: {left_out}. Why is said by: bikgraph check", err=True
        )
