"""`bikgraph sparql`, `find`, `show`, `connect` and `why`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bikgraph import RequestError
from bikgraph.cli.opening import (
    language_option,
    open_graph,
    output_option,
    terminal_width,
    timeout_option,
    write_text,
)
from bikgraph.cli.table_output import chosen_format, format_option, write_table
from bikgraph.endings import choose_format
from bikgraph.exploring import (
    CARD_WIDTH,
    chains_as_text,
    description_as_text,
    explanation_as_text,
    refuse,
)
from bikgraph.plain_text import visible
from bikgraph.tables import DEFAULT_FORMAT, RESULT_FORMATS, Table

# The formats for triples, which the package of exports declares; named here, so that `find` need not load it.
_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")
# A card is not squeezed into fewer columns.
_LEAST_WIDTH = 50


@click.command()
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from FILE.")
@timeout_option
@click.option(
    "--format",
    "format",
    type=click.Choice([*RESULT_FORMATS, *_TRIPLES]),
    help="table, csv, tsv, json or markdown for rows; turtle, ntriples, jsonld or rdfxml for triples. "
    "Default: by the ending of FILE, else table or turtle.",
)
@output_option
@click.pass_context
def sparql(
    ctx: click.Context, query: str | None, file: str | None, timeout: float, format: str | None, output: str | None
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
    _result_format("", format, output)
    result = open_graph(ctx).sparql(text, timeout)
    if isinstance(result, bool):
        write_text(output, _truth(result, _result_format("yes or no", format, output)))
    elif isinstance(result, Table):
        write_table(result, _result_format("rows", format, output), output)
    else:
        from bikgraph.export import triples_as_text

        write_text(output, triples_as_text(result, _result_format("triples", format, output)))


def _result_format(what: str, asked: str | None, output: str | None) -> str:
    """The format for a query's result, by the option and the file's ending; `what` is empty before the result is there.

    Raises RequestError if the two contradict each other, or the result.
    """
    from bikgraph.export import FORMATS as EXPORT_FORMATS

    rows = {name: format.endings for name, format in RESULT_FORMATS.items()}
    triples = {name: EXPORT_FORMATS[name].endings for name in _TRIPLES}
    # An ending of both, .json, is the one that fits the result.
    endings, default = ({**triples, **rows}, "turtle") if what == "triples" else ({**rows, **triples}, DEFAULT_FORMAT)
    chosen = choose_format(endings, asked, output, default)
    fitting = {"rows": [*rows], "triples": [*triples], "yes or no": [DEFAULT_FORMAT, "json", "markdown"]}
    if what and chosen not in fitting[what]:
        kind = "triples" if chosen in triples else "rows"
        raise RequestError(f"The format {chosen} is for {kind}; this query gives {what}: {', '.join(fitting[what])}.")
    return chosen


def _truth(result: bool, format: str) -> str:
    if format == "json":
        return f'{{"head": {{}}, "boolean": {str(result).lower()}}}\n'
    return "yes\n" if result else "no\n"


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
@format_option()
@language_option
@output_option
@click.pass_context
def find(
    ctx: click.Context, words: tuple[str, ...], most: int, format: str | None, lang: str, output: str | None
) -> None:
    """Find things by their names in any language; typing errors are forgiven."""
    chosen = chosen_format(format, output)
    table = open_graph(ctx).find(" ".join(words), lang=lang, most=most)
    write_table(table, chosen, output)
    if not table.terms:
        click.echo("bikgraph: nothing resembles these words.", err=True)


@click.command()
@click.argument("thing")
@click.option("--all", "whole", is_flag=True, help="Print every statement, in and out, told and inferred.")
@format_option("the statements", "text")
@language_option
@output_option
@click.pass_context
def show(ctx: click.Context, thing: str, format: str | None, lang: str, output: str | None, *, whole: bool) -> None:
    """Print what is known of a thing as a card, with its sources as footnotes.

    \b
    bikgraph show Germany
    bikgraph show "Child Focus" --all
    bikgraph show be-mou-csam --format csv
    THING is a slug, a CURIE, an IRI, a whole name, or a country's code. Every other
    format than text has a row for each statement and each of its sources.
    """
    chosen = chosen_format(format, output, "text")
    graph = open_graph(ctx)
    if chosen != "text":
        write_table(graph.show(thing, lang=lang), chosen, output)
    elif whole:
        write_text(output, description_as_text(graph.store, graph.thing(thing), lang, graph.release))
    else:
        to_file = output is not None and output != "-"
        width = min((None if to_file else terminal_width()) or CARD_WIDTH, CARD_WIDTH)
        write_text(output, graph.card(thing, lang=lang).render(max(width, _LEAST_WIDTH)))


@click.command()
@click.argument("start")
@click.argument("end")
@click.option(
    "-n", "--most", type=click.IntRange(1), default=5, show_default=True, help="How many chains to show at the most."
)
@format_option("the chains", "text")
@language_option
@output_option
@click.pass_context
def connect(
    ctx: click.Context, start: str, end: str, most: int, format: str | None, lang: str, output: str | None
) -> None:
    """Find the chains of relationships between two things, the most binding first.

    Agreements, responsibilities and memberships come before a shared project, that before a shared document.
    """
    chosen = chosen_format(format, output, "text")
    graph = open_graph(ctx)
    if chosen == "text":
        write_text(output, chains_as_text(graph.store, graph.thing(start), graph.thing(end), lang, most, graph.release))
    else:
        write_table(graph.connect(start, end, lang=lang, most=most), chosen, output)


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
    proof = open_graph(ctx).why(subject, predicate, object)
    write_text(output, visible(explanation_as_text(proof)))
