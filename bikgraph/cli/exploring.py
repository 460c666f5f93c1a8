"""`bikgraph sparql`, `find`, `show`, `connect` and `why`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bikgraph.cli.opening import language_option, open_graph, output_option, terminal_width, write_text
from bikgraph.errors import RequestError
from bikgraph.exploring.sparql import DEFAULT_TIMEOUT, refuse
from bikgraph.tables.table import FORMATS, Table

_TRIPLE_FORMATS = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
_format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to write the rows."
)


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from FILE.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after this time (exit status 3).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *_TRIPLE_FORMATS]),
    help="table, csv, tsv, json or markdown for rows; turtle, ntriples, jsonld or rdfxml for triples.",
)
@output_option
@click.pass_context
def sparql(
    ctx: click.Context, query: str | None, file: str | None, timeout: float, form: Any, output: str | None
) -> None:
    """Run any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    \b
    bikgraph sparql 'SELECT ?ministry WHERE { ?ministry a bik:Ministry }'
    bikgraph sparql --file query.rq --timeout 5
    bikgraph sparql < query.rq
    The prefixes bik, id, graph, skos, org, prov and others are known.
    """
    text = _query_text(query, file)
    refuse(text)
    result = open_graph(ctx).sparql(text, timeout)
    if isinstance(result, bool):
        write_text(
            output,
            f'{{"head": {{}}, "boolean": {str(result).lower()}}}\n'
            if form == "json"
            else f"{'yes' if result else 'no'}\n",
        )
    elif isinstance(result, Table):
        if form in _TRIPLE_FORMATS:
            raise RequestError(f"The format {form} is for triples; this query gives rows: {', '.join(FORMATS)}.")
        write_text(output, result.render(form or "table", terminal_width() if output is None else None))
    else:
        if form in FORMATS:
            raise RequestError(
                f"The format {form} is for rows; this query gives triples: {', '.join(_TRIPLE_FORMATS)}."
            )
        write_text(output, _triples(result, form or "turtle"))


def _triples(triples: list[Any], form: str) -> str:
    from pyoxigraph import RdfFormat, serialize

    from bikgraph.namespaces import PREFIXES

    ordered = sorted(set(triples), key=str)
    data: bytes = serialize(ordered, format=getattr(RdfFormat, _TRIPLE_FORMATS[form]), prefixes=PREFIXES)
    return data.decode()


def _query_text(query: str | None, file: str | None) -> str:
    if query is not None and file is not None:
        raise RequestError("Give the query as an argument or with --file, not both.")
    if query is not None and query != "-":
        return query
    try:
        data = Path(file).read_bytes() if file is not None and file != "-" else sys.stdin.buffer.read()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise RequestError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"The query is not UTF-8 at byte {error.start}. Save it as UTF-8.") from error


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-n", "--most", type=click.IntRange(1), default=10, show_default=True, help="How many things to show at the most."
)
@_format_option
@language_option
@output_option
@click.pass_context
def find(ctx: click.Context, words: tuple[str, ...], most: int, form: Any, lang: str, output: str | None) -> None:
    """Find things by their names in any language; typing errors are forgiven."""
    table = open_graph(ctx).find(" ".join(words), lang=lang, most=most)
    write_text(output, table.render(form, terminal_width() if output is None else None))
    if not table.terms:
        click.echo("bikgraph: nothing resembles these words.", err=True)


@click.command()
@click.argument("thing")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS[1:]]),
    default="text",
    show_default=True,
    help="How to write the statements.",
)
@language_option
@output_option
@click.pass_context
def show(ctx: click.Context, thing: str, form: Any, lang: str, output: str | None) -> None:
    """Print all that is known about a thing, in and out, with sources.

    THING is a slug (be-child-focus), a CURIE, an IRI, or a whole name.
    """
    from bikgraph.exploring.describe import as_text

    graph = open_graph(ctx)
    node = graph.thing(thing)
    write_text(
        output, as_text(graph.store, node, lang) if form == "text" else graph.show(thing, lang=lang).render(form)
    )


@click.command()
@click.argument("start")
@click.argument("end")
@click.option(
    "-n", "--most", type=click.IntRange(1), default=5, show_default=True, help="How many chains to show at the most."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS[1:]]),
    default="text",
    show_default=True,
    help="How to write the chains.",
)
@language_option
@output_option
@click.pass_context
def connect(ctx: click.Context, start: str, end: str, most: int, form: Any, lang: str, output: str | None) -> None:
    """Find the shortest chains of relationships between two things."""
    from bikgraph.exploring.chains import as_text

    graph = open_graph(ctx)
    text = (
        as_text(graph.store, graph.thing(start), graph.thing(end), lang, most)
        if form == "text"
        else graph.connect(start, end, lang=lang, most=most).render(form)
    )
    write_text(output, text)


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object")
@output_option
@click.pass_context
def why(ctx: click.Context, subject: str, predicate: str, object: str, output: str | None) -> None:
    """Say where a triple comes from: file, line and section, or rule and premises.

    \b
    bikgraph why be-ministry-of-justice bik:coordinates bik-2012-pillar-4
    """
    from bikgraph.exploring.why import as_text

    write_text(output, as_text(open_graph(ctx).why(subject, predicate, object)))
