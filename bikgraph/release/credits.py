"""Who states a statement: the sources of the graph that tells it, not all the sources of its subject.

A record of a profile or of a country's pages has sources of its own, and each of them states the whole record. The
register of a country's bodies lists the sources of a body as a whole: where it lists several, one of them states the
body's homepage, and nothing tells which. A link table says itself why it links. Some statements are the project's own:
when it checked a record, and by which source. A statement that two graphs tell is credited by each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal as OneOf
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store, Triple

from bikgraph.lookup import Node, document_of, is_a, terms, triples, value
from bikgraph.namespaces import BIK, DCT, GRAPH, INFERRED, OWL, RDF_TYPE, RDFS, curie, graph_name
from bikgraph.release.graphs import GraphInfo

Kind = OneOf["stated", "one-of", "link", "project", "inferred"]
KINDS: tuple[Kind, ...] = ("stated", "one-of", "link", "project", "inferred")
# What is said of a record, not by its source: what it is here, who states it, and when that was compared.
_OWN = {RDF_TYPE, DCT + "isReplacedBy", *(BIK + name for name in ("source", "checked", "unverified", "crossBorder"))}
_SSSOM = "https://w3id.org/sssom/"


class Credit(NamedTuple):
    """How one graph credits a statement.

    `stated`: each of `sources` states it. `one-of`: at least one of them does, and nothing tells which. `link`: a link
    table tells it, which is the source, for the reason in `reason`. `project`: this project says it of its own work.
    `inferred`: it follows, and `sources` state what it follows from, as far as that is known. `graph` is the short
    name of the graph that tells it, empty for what was inferred.
    """

    kind: Kind
    sources: tuple[Node, ...] = ()
    graph: str = ""
    reason: str = ""


def credits_of(store: Store, graphs: Mapping[str, GraphInfo], triple: Triple) -> list[Credit]:
    """The credits of a told statement, one for each graph that tells it, in the order of their names; else none.

    `graphs` says what each graph is: `Release.graphs`.
    """
    quads = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    named = {graph_name(quad.graph_name.value) for quad in quads if isinstance(quad.graph_name, NamedNode)}
    told = sorted(name for name in named if not name.endswith(INFERRED))
    return [_credit(store, triple, graphs.get(name, GraphInfo(name, "register"))) for name in told]


def _credit(store: Store, triple: Triple, info: GraphInfo) -> Credit:
    subject, predicate, _ = terms(triple)
    if info.kind == "links":
        return Credit("link", (NamedNode(GRAPH + info.name),), info.name, _reason(store, triple, info.name))
    if predicate.value in _OWN:
        return Credit("project", graph=info.name)
    if is_a(store, subject, BIK + "SourceDocument"):
        return Credit("stated", (subject,), info.name)
    if is_a(store, subject, BIK + "Section"):
        return Credit("stated", (document_of(store, subject),), info.name)
    sources = _sources(store, subject, info.name)
    if not sources:
        return Credit("project", graph=info.name)
    whole_record = info.kind in ("profile", "pages") or len(sources) == 1
    return Credit("stated" if whole_record else "one-of", sources, info.name)


def _sources(store: Store, subject: Node, graph: str) -> tuple[Node, ...]:
    """The sources that one graph names for a subject."""
    found = {obj for _, _, obj in triples(store, subject, BIK + "source", graph=NamedNode(GRAPH + graph))}
    return tuple(sorted((source for source in found if not isinstance(source, Literal)), key=str))


def _reason(store: Store, triple: Triple, graph: str) -> str:
    """Why a link table links: its justification, how sure it is, who says so, and its comment."""
    subject, predicate, obj = terms(triple)
    for row, _, _ in triples(store, None, OWL + "annotatedSource", subject, NamedNode(GRAPH + graph)):
        if (
            value(store, row, OWL + "annotatedProperty") == predicate
            and value(store, row, OWL + "annotatedTarget") == obj
        ):
            return _in_words(store, row)
    return ""


def _in_words(store: Store, row: Node) -> str:
    justification = value(store, row, _SSSOM + "mapping_justification")
    confidence, author = value(store, row, _SSSOM + "confidence"), value(store, row, _SSSOM + "author_label")
    said = [
        curie(justification.value).rsplit("/", 1)[-1] if justification is not None else "",
        f"confidence {confidence.value}" if confidence is not None else "",
        author.value if author is not None else "",
    ]
    comment = value(store, row, RDFS + "comment")
    joined = ", ".join(part for part in said if part)
    return ": ".join(part for part in (joined, comment.value if comment is not None else "") if part)
