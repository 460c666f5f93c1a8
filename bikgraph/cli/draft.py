"""`bikgraph schema`, `new` and `ids`: help for writing data."""

from __future__ import annotations

from pathlib import Path

import click

from bikgraph import RequestError
from bikgraph.cli.opening import completing, output_option, the_project, write_text
from bikgraph.endings import choose_format


@click.command()
@click.argument("kind", type=click.Choice(["register", "profile", "pages"]), default="profile")
@click.option(
    "--write", is_flag=True, help="Write all three schemas into the project's folder instead of printing one."
)
@output_option
@click.pass_context
def schema(ctx: click.Context, kind: str, output: str | None, *, write: bool) -> None:
    """Print the JSON Schema that gives editors completion while they type."""
    from bikgraph.draft import FILE_KINDS, json_schema, project_vocabulary, to_json, write_schemas

    if write and output is not None:
        raise RequestError("--write names the files itself: give --write or -o, not both.")
    choose_format({"json": [".json"]}, None, output, "json")
    project = the_project(ctx)
    if write:
        for path in write_schemas(project, project.schema_folder):
            click.echo(str(path))
    else:
        write_text(output, to_json(json_schema(project_vocabulary(project), FILE_KINDS[kind])))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--country",
    default="BE",
    show_default=True,
    metavar="CODE",
    shell_complete=completing("values", "country"),
    help="The country that the first files are for, by its code.",
)
def new(folder: Path, country: str) -> None:
    """Make a project of your own in FOLDER: the same layout, ready for your country's data."""
    from bikgraph.draft import new_project

    for path in new_project(folder, country):
        click.echo(str(path))
    click.echo(f"Next: edit {folder / 'data'}, then run: bikgraph --project {folder} check", err=True)


@click.command()
@click.option("--write", is_flag=True, help="Put them into the files; nothing else in these changes.")
@click.pass_context
def ids(ctx: click.Context, *, write: bool) -> None:
    """Give the records of profiles and pages that lack an id the next number of their file."""
    from bikgraph.draft import give_ids

    project = the_project(ctx)
    additions, replaced = give_ids(project, write=write)
    for file, line, text in additions:
        click.echo(f"{file}:{line}: {text}")
    what = "written" if write else "lacking; put them in with: bikgraph ids --write"
    click.echo(f"{len(additions)} lines {what}" if additions else "Every record has its id.", err=True)
    if replaced:
        led = "lead" if write else "will lead"
        click.echo(
            f"{len(replaced)} slugs of the last release {led} on: {project.name_of(project.replaced_file)}", err=True
        )
