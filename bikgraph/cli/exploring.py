"""`bikgraph sparql`, `find`, `show`, `connect` and `why`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bikgraph import RequestError
from bikgraph.cli.opening import (
    completing,
    language_option,
    open_graph,
    output_option,
    terminal_width,
    timeout_option,
    write_text,
)
from bikgraph.cli.table_output import TEXT, Output, checked, layout_of, layout_options, row_options
from bikgraph.endings import choose_format
from bikgraph.exploring import (
    CARD_WIDTH,
    chains_as_text,
    description_as_text,
    explanation_as_json,
    explanation_as_table,
    explanation_as_text,
    refuse,
)
from bikgraph.plain_text import visible
from bikgraph.tables import DEFAULT_FORMAT, RESULT_FORMATS, Layout, Table

# The formats for triples, which the package of exports declares; named here, so that `find` need not load it.
_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")
# The formats for rows by the names that they have here: other SPARQL tools call SPARQL's own JSON json.
_ROWS = {"table": "table", "json": "sparql-json", "rows": "json"} | {
    name: name for name in RESULT_FORMATS if name != "json"
}
# A card is not squeezed into fewer columns.
_LEAST_WIDTH = 50


@click.command()
@click.argument("query", required=False)
@click.option(
    "-f", "--file", "file", metavar="FILE", shell_complete=completing("files"), help="Read the query from FILE."
)
@timeout_option
@click.option(
    "--format",
    "format",
    type=click.Choice([*_ROWS, *_TRIPLES]),
    help="table, csv, xlsx … for rows: json is SPARQL's JSON here, and rows the plain list that json is elsewhere; "
    "turtle, ntriples, jsonld or rdfxml for triples. Default: by the ending of FILE, else table or turtle.",
)
@layout_options
@output_option
@click.pass_context
def sparql(
    ctx: click.Context,
    /,
    query: str | None,
    file: str | None,
    timeout: float,
    format: str | None,
    output: str | None,
    **layout: Any,
) -> None:
    """Run any SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    \b
    bikgraph sparql 'SELECT ?ministry WHERE { ?ministry a bik:Ministry }'
    bikgraph sparql --file query.rq --timeout 5
    bikgraph sparql < query.rq
    The prefixes bik, id, graph, skos, org, prov and others are known.
    """
    wanted = layout_of(layout)
    if wanted.excel and format is None and output is None:
        format = "csv"
    text = _query_text(query, file)
    refuse(text)
    chosen = _result_format("", format, output)
    if chosen in _ROWS:
        checked(Output(output, _ROWS[chosen], wanted))
    result = open_graph(ctx).sparql(text, timeout)
    if isinstance(result, Table):
        Output(output, _ROWS[_result_format("rows", format, output)], wanted).write(result)
        return
    if wanted != Layout():
        raise RequestError("--columns, --no-headers, --ids and --excel are for rows; this query gives none.")
    if isinstance(result, bool):
        write_text(output, _truth(result, _result_format("yes or no", format, output)))
    else:
        from bikgraph.export import triples_as_text

        write_text(output, triples_as_text(result, _result_format("triples", format, output)))


def _result_format(what: str, asked: str | None, output: str | None) -> str:
    """The format for a query's result, by the option and the file's ending; `what` is empty before the result is there.

    Raises RequestError if the two contradict each other, or the result.
    """
    from bikgraph.export import FORMATS as EXPORT_FORMATS

    rows = {name: RESULT_FORMATS[format].endings for name, format in _ROWS.items()}
    triples = {name: EXPORT_FORMATS[name].endings for name in _TRIPLES}
    # An ending of both, .json, is the one that fits the result.
    endings, default = ({**triples, **rows}, "turtle") if what == "triples" else ({**rows, **triples}, DEFAULT_FORMAT)
    chosen = choose_format(endings, asked, output, default)
    truths = [DEFAULT_FORMAT, "json", "sparql-json", "markdown"]
    fitting = {"rows": [*rows], "triples": [*triples], "yes or no": truths}
    if what and chosen not in fitting[what]:
        kind = "triples" if chosen in triples else "rows"
        raise RequestError(f"The format {chosen} is for {kind}; this query gives {what}: {', '.join(fitting[what])}.")
    return chosen


def _truth(result: bool, format: str) -> str:
    if format in ("json", "sparql-json"):
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
@click.argument("words", nargs=-1)
@click.option(
    "--country",
    metavar="CODES",
    shell_complete=completing("values", "country", several=True),
    help="Only of these countries: DE, or FR,DE, or names.",
)
@click.option(
    "--kind",
    metavar="KINDS",
    shell_complete=completing("filters", "kind"),
    help="Only actors and records of these kinds: law, ministry, NGO, MoU, police.",
)
@click.option(
    "--topic",
    metavar="TOPICS",
    shell_complete=completing("values", "topic", several=True),
    help="Only what has one of these topics, or a narrower one.",
)
@click.option(
    "--year",
    metavar="YEARS",
    shell_complete=completing("values", "year"),
    help="Only of a year, or of a span: 2018, or 2018-2022.",
)
@click.option("--texts", is_flag=True, help="Search notes, purposes, descriptions and competences too.")
@click.option("--terms", is_flag=True, help="Give the terms of the ontology too: classes, properties, codes.")
@click.option("--words-only", is_flag=True, help="Take a country or a kind among WORDS as a word like others.")
@click.option(
    "-n", "--most", type=click.IntRange(1), default=10, show_default=True, help="How many things to show at the most."
)
@row_options()
@language_option
@click.pass_context
def find(
    ctx: click.Context,
    words: tuple[str, ...],
    country: str | None,
    kind: str | None,
    topic: str | None,
    year: str | None,
    texts: bool,
    terms: bool,
    words_only: bool,
    most: int,
    out: Output,
    lang: str,
) -> None:
    """Find things by their names in any language, or by what their texts say.

    \b
    bikgraph find mediawjis
    bikgraph find ministry of education germany
    bikgraph find age verification --texts
    bikgraph find '"age verification" standard*' --texts --country FR,ES --year 2022-2026
    Accents and typing errors are forgiven, a star ends a word of which only the beginning is known, and words in quotes
    (within the shell's own) stand side by side. A country or a kind among WORDS narrows the search, and this is said.
    """
    found = open_graph(ctx).search(
        " ".join(words),
        lang=lang,
        most=most,
        country=country,
        kind=kind,
        topic=topic,
        year=year,
        texts=texts,
        terms=terms,
        words_only=words_only,
    )
    out.write(found.table)
    for remark in found.remarks:
        click.echo(f"bikgraph: {visible(remark)}", err=True)


@click.command()
@click.argument("thing", shell_complete=completing("things"))
@click.option("--all", "whole", is_flag=True, help="Print every statement, in and out, told and inferred.")
@row_options("the statements", TEXT)
@language_option
@click.pass_context
def show(ctx: click.Context, thing: str, out: Output, lang: str, *, whole: bool) -> None:
    """Print what is known of a thing as a card, with its sources as footnotes.

    \b
    bikgraph show Germany
    bikgraph show "Child Focus" --all
    bikgraph show be-mou-csam --format csv
    THING is a slug, a CURIE, an IRI, a whole name, or a country's code. Every other
    format than text has a row for each statement and each of its sources.
    """
    graph = open_graph(ctx)
    if out.format != TEXT:
        out.write(graph.show(thing, lang=lang))
    elif whole:
        out.write_text(description_as_text(graph.store, graph.thing(thing), lang, graph.release))
    else:
        width = min((None if out.to_file else terminal_width()) or CARD_WIDTH, CARD_WIDTH)
        out.write_text(graph.card(thing, lang=lang).render(max(width, _LEAST_WIDTH)))


@click.command()
@click.argument("start", shell_complete=completing("things"))
@click.argument("end", shell_complete=completing("things"))
@click.option(
    "-n", "--most", type=click.IntRange(1), default=5, show_default=True, help="How many chains to show at the most."
)
@row_options("the chains", TEXT)
@language_option
@click.pass_context
def connect(ctx: click.Context, start: str, end: str, most: int, out: Output, lang: str) -> None:
    """Find the chains of relationships between two things, the most binding first.

    Agreements, responsibilities and memberships come before a shared project, that before a shared document.
    """
    graph = open_graph(ctx)
    if out.format == TEXT:
        out.write_text(chains_as_text(graph.store, graph.thing(start), graph.thing(end), lang, most, graph.release))
        return
    table = graph.connect(start, end, lang=lang, most=most)
    out.write(table)
    if not table.terms:
        click.echo("bikgraph: no chain of told statements connects them.", err=True)


@click.command()
@click.argument("subject", shell_complete=completing("things"))
@click.argument("predicate")
@click.argument("object", shell_complete=completing("things"))
@row_options("the proof: json is a tree, other formats have a row a step", TEXT)
@click.pass_context
def why(ctx: click.Context, subject: str, predicate: str, object: str, out: Output) -> None:
    """Say where a triple comes from: file, line and section, or rule and premises.

    \b
    bikgraph why be-ministry-of-justice bik:coordinates bik-2012-pillar-4
    """
    if out.format == "json" and out.layout.columns is not None:
        raise RequestError("A tree has no columns to choose from: --format jsonl has a row a step.")
    proof = open_graph(ctx).why(subject, predicate, object)
    if out.format == TEXT:
        out.write_text(visible(explanation_as_text(proof)))
    elif out.format == "json":
        out.write_text(explanation_as_json(proof, whole_iris=out.layout.ids != "short"))
    else:
        out.write(explanation_as_table(proof))
