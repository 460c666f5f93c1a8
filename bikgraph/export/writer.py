"""The graph, or a part of it, written in an RDF format.

Turtle, N-Triples, RDF/XML and JSON-LD hold the triples, each once; TriG and N-Quads hold the named graphs by name. What
is written is sorted and streamed; JSON-LD alone is framed as a whole. A new format is a row of FORMATS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, NamedTuple

from pyoxigraph import RdfFormat, Store, Triple, serialize

from bikgraph.endings import choose_format
from bikgraph.errors import RequestError
from bikgraph.export.jsonld import framed
from bikgraph.export.selection import Graphs, Selection, parts
from bikgraph.export.statements import Progress, Statements
from bikgraph.namespaces import PREFIXES

Context = Mapping[str, Any]
Writer = Callable[[Statements, BinaryIO, Context], None]


class ExportFormat(NamedTuple):
    """An RDF format: its name, the endings of its files, the usual one first, its media type, and what writes it.

    `holds_graphs` says that it holds named graphs by name, where others hold the triples of all.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    write: Writer
    holds_graphs: bool = False


def _triples(format: RdfFormat, prefixes: dict[str, str] | None = None) -> Writer:
    def write(statements: Statements, out: BinaryIO, _: Context) -> None:
        serialize(statements.triples(), out, format, prefixes=prefixes)

    return write


def _quads(format: RdfFormat, prefixes: dict[str, str] | None = None) -> Writer:
    def write(statements: Statements, out: BinaryIO, _: Context) -> None:
        serialize(statements.quads(), out, format, prefixes=prefixes)

    return write


def _jsonld(statements: Statements, out: BinaryIO, context: Context) -> None:
    out.write(framed(statements.triples(), context))


FORMATS: dict[str, ExportFormat] = {
    format.name: format
    for format in (
        ExportFormat("turtle", (".ttl",), "text/turtle", _triples(RdfFormat.TURTLE, PREFIXES)),
        ExportFormat("trig", (".trig",), "application/trig", _quads(RdfFormat.TRIG, PREFIXES), holds_graphs=True),
        ExportFormat("ntriples", (".nt",), "application/n-triples", _triples(RdfFormat.N_TRIPLES)),
        ExportFormat("nquads", (".nq",), "application/n-quads", _quads(RdfFormat.N_QUADS), holds_graphs=True),
        ExportFormat("jsonld", (".jsonld", ".json"), "application/ld+json", _jsonld),
        ExportFormat("rdfxml", (".rdf", ".xml"), "application/rdf+xml", _triples(RdfFormat.RDF_XML, PREFIXES)),
    )
}


def export_format(asked: str | None, output: str | None) -> str:
    """The name of the format to export in: the one asked for, else by the ending of `output`; Turtle without a file.

    Raises RequestError for an unknown format or ending, and for a format that the file's ending contradicts.

    >>> export_format(None, "be.nt"), export_format(None, None)
    ('ntriples', 'turtle')
    """
    default = "turtle" if output is None or output == "-" else None
    return choose_format({name: format.endings for name, format in FORMATS.items()}, asked, output, default)


def triples_as_text(triples: Iterable[Triple], format: str) -> str:
    """The triples that a query gives, each once, sorted, as text in one of FORMATS that holds triples."""
    rdf = RdfFormat.from_media_type(FORMATS[format].media_type)
    if rdf is None or FORMATS[format].holds_graphs:
        raise RequestError(f"The format {format} is not for triples.")
    ordered = sorted(set(triples), key=str)
    prefixes = None if rdf == RdfFormat.N_TRIPLES else PREFIXES
    return (serialize(ordered, format=rdf, prefixes=prefixes) or b"").decode()


def export(
    store: Store,
    out: BinaryIO,
    format: str,
    selection: Selection,
    *,
    graphs: Graphs,
    context: Context,
    told: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write `selection` of `store` to the binary file `out` in one of FORMATS.

    `graphs` says what each named graph is, and `context` is the JSON-LD context: both come with the release. With
    `told`, what was inferred is left out; `progress` is called with how many are written and how many there are.
    Raises RequestError for an unknown format or an empty selection.
    """
    if format not in FORMATS:
        raise RequestError(f"There is no format {format!r}. Formats: {', '.join(FORMATS)}.")
    statements = Statements(store, parts(store, selection, graphs, told=told), progress)
    FORMATS[format].write(statements, out, context)
