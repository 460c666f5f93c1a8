"""`bikgraph ask` and `bikgraph questions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bikgraph.cli.opening import language_option, open_graph, output_option, terminal_width, the_project, write_text
from bikgraph.errors import BikgraphError
from bikgraph.knowledge_graph import existing_release
from bikgraph.questions.ask import bind, check_names
from bikgraph.questions.question import Parameter, Question, find_question, load_question
from bikgraph.tables.table import FORMATS

if TYPE_CHECKING:
    from bikgraph.project import Project

_ACCEPTS = {
    "country": "a code (BE), a name in any language, or a slug",
    "edition": "a year, such as 2020",
    "pillar": "a number, a title, or a slug",
    "actor": "a slug, or a name",
    "indicator": "a code, such as coverage, a slug, or the wording of the question",
    "agreement-kind": "a kind of agreement",
    "year": "a year, such as 2020",
    "text": "text",
}


class _Questions(click.Group):
    """The saved questions as commands of their own, with their parameters as options."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(the_project(ctx).question_files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        project = the_project(ctx)
        return _command(project, find_question(project, cmd_name, _headers(project)))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        words = _words(args)
        if len(words) > 1 or " " in words[0].strip():
            understood = open_graph(the_project(ctx)).understand(" ".join(words))
            click.echo(understood.command(), err=True)
            given = [part for name, value in understood.given.items() for part in (f"--{name}", value)]
            return understood.question, self.get_command(ctx, understood.question), [*given, *args[len(words) :]]
        return args[0], self.get_command(ctx, args[0]), args[1:]


def _headers(project: Project) -> Any:
    release = existing_release(project)
    return None if release is None else release.manifest.get("questions")


def _words(args: list[str]) -> list[str]:
    """The arguments before the first option: one word is the name of a question, several are a question in plain words."""
    first_option = next((at for at, argument in enumerate(args) if argument.startswith("-")), len(args))
    return args[: max(first_option, 1)]


@click.group(cls=_Questions, subcommand_metavar="QUESTION [OPTIONS]...")
def ask() -> None:
    """Answer a saved question, by its name or in plain words.

    \b
    bikgraph ask ministries --country Belgique --format csv -o ministries.csv
    bikgraph ask "who coordinates pillar 4 in Belgium?"
    bikgraph ask QUESTION --help     what the question takes
    """


def _command(project: Project, question: Question) -> click.Command:
    options = [_option(parameter) for parameter in question.parameters.values()]

    def callback(**given: Any) -> None:
        _answer(project, question, **given)

    command = click.Command(
        question.name, callback=callback, params=list(options), help=_help(question), short_help=question.summary
    )
    for decorate in (
        click.option("--sources", is_flag=True, help="Add a column with the section or page that states each row."),
        output_option,
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            default="table",
            show_default=True,
            help="How to write the rows.",
        ),
        language_option,
    ):
        decorate(command)
    return command


def _option(parameter: Parameter) -> click.Option:
    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from bikgraph.questions.parameters import accepted

        try:
            release = existing_release(the_project(ctx))
            values = (
                accepted(release.open(), parameter.type) if release is not None and parameter.type != "text" else []
            )
        except BikgraphError:
            return []
        return [value for value in values if value.lower().startswith(incomplete.lower())]

    needed = " Required." if parameter.required else ""
    takes = _takes(parameter)
    metavar = f"{parameter.type.upper()}{',…' if parameter.several else ''}"
    return click.Option(
        [f"--{parameter.name}"],
        metavar=metavar,
        help=f"{takes[0].upper()}{takes[1:]}.{needed}",
        shell_complete=complete,
    )


def _takes(parameter: Parameter) -> str:
    return (
        f"two or more, joined by commas, or all: each {_ACCEPTS[parameter.type]}"
        if parameter.several
        else _ACCEPTS[parameter.type]
    )


def _help(question: Question) -> str:
    text = f"{question.question}\n\n{question.description}".strip()
    return f"{text}\n\nColumns: {', '.join(question.columns)}."


def _answer(
    project: Project, question: Question, *, lang: str, form: Any, output: str | None, sources: bool, **given: Any
) -> None:
    values = {name: text for name, text in given.items() if text is not None}
    check_names(question, values)

    def refuse_wrong_values() -> None:
        from bikgraph.building.country import read_told

        bind(read_told(project), question, values)

    graph = open_graph(project, refuse_wrong_values)
    table = graph.ask_loaded(question, values, lang, sources=sources)
    width = terminal_width() if output is None else None
    write_text(output, table.render(form, width))
    if form not in ("table", "markdown"):
        for note in table.notes:
            click.echo(f"bikgraph: {note}", err=True)
    if not table.terms and form == "table":
        click.echo("bikgraph: no rows.", err=True)


@click.command()
@click.argument("name", required=False)
@click.option(
    "--sparql", "as_sparql", is_flag=True, help="Print the question as SPARQL that runs in any editor, labels included."
)
@language_option
@click.pass_context
def questions(ctx: click.Context, name: str | None, *, as_sparql: bool, lang: str) -> None:
    """List the saved questions, or say what one asks, takes and gives."""
    project = the_project(ctx)
    if name is None:
        loaded = [load_question(path) for path in project.question_files().values()]
        wide = max(len(question.name) for question in loaded)
        click.echo("".join(f"{question.name:{wide}}  {question.question}\n" for question in loaded), nl=False)
        return
    question = find_question(project, name)
    if as_sparql:
        from bikgraph.questions.standalone import standalone

        click.echo(standalone(question, lang), nl=False)
        return
    lines = [question.question, *([question.description] if question.description else []), "", "Parameters:"]
    release = existing_release(project)
    store = release.open() if release is not None else None
    for parameter in question.parameters.values():
        lines.append(f"  --{parameter.name:10} {_takes(parameter)}{' (required)' if parameter.required else ''}")
        if store is not None and parameter.type not in ("text", "year"):
            lines.append(f"  {'':12} {_listed(store, parameter.type)}")
    default = {
        "latest": "the country's latest edition with records of this kind",
        "all": "every record",
        "none": "none",
    }[question.default_edition]
    lines += [
        "",
        f"Edition, if not given: {default}.",
        f"Columns: {', '.join(question.columns)}",
        "",
        f"bikgraph ask {question.name} "
        + " ".join(f"--{p.name} …" for p in question.parameters.values() if p.required),
    ]
    click.echo("\n".join(line.rstrip() for line in lines))


def _listed(store: Any, kind: str, most: int = 12) -> str:
    from bikgraph.questions.parameters import accepted

    values = accepted(store, kind)
    return ", ".join(values[:most]) + (f", … ({len(values)} in all)" if len(values) > most else "")
