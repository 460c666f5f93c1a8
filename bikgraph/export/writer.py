"""Stage 6c: the graph, or a part of it, in an RDF format.

Turtle, N-Triples, RDF/XML and JSON-LD hold the triples, each once; TriG and N-Quads hold the named graphs by name. What
is written is sorted, so the same release gives the same bytes, and it is streamed subject by subject, so that memory does
not grow with the graph; JSON-LD alone is framed as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from bikgraph.errors import RequestError
from bikgraph.namespaces import BIK, GRAPH, ID, INFERRED, OWL, PREFIXES, RDF_TYPE

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_DEFAULT = DefaultGraph()
_LINKS = GRAPH + "links-"
Progress = Callable[[int, int], None]
# A named graph, and the subjects to take from it (None: all).
Part = tuple[NamedNode, "set[Any] | None"]


class Selection(NamedTuple):
    """What to export: everything, or one country (an IRI), one profile (such as `be-2020`), or one entity (an IRI).

    A country is its actors, profiles and pages with the links of what they describe. An entity is its own statements, and
    the records that name it with theirs.
    """

    country: NamedNode | None = None
    profile: str | None = None
    entity: NamedNode | None = None


def export(
    store: Store,
    out: BinaryIO,
    form: str,
    selection: Selection,
    *,
    context: Mapping[str, Any],
    told: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write `selection` of `store` to the binary file `out` in the format `form`, one of FORMATS.

    With `told`, what was inferred is left out. `context` is the project's JSON-LD context; `progress` is called with the subjects written and their number. Raises RequestError for an unknown format or an
    empty selection.
    """
    if form not in FORMATS:
        raise RequestError(f"There is no format {form!r}. Formats: {', '.join(FORMATS)}.")
    parts = list(_parts(store, selection, told=told))
    if form in ("trig", "nquads"):
        serialize(_quads(store, parts, progress), out, FORMATS[form], prefixes=PREFIXES if form == "trig" else None)
        return
    triples = _triples(store, parts, progress)
    if form == "jsonld":
        out.write(_framed(triples, context))
    else:
        serialize(triples, out, FORMATS[form], prefixes=None if form == "ntriples" else PREFIXES)


def _parts(store: Store, selection: Selection, *, told: bool) -> Iterator[Part]:
    graphs = sorted(
        (g for g in store.named_graphs() if not (told and g.value.endswith(INFERRED))), key=lambda g: g.value
    )
    if selection.profile is not None:
        name = GRAPH + selection.profile
        found = [g for g in graphs if g.value in (name, name + INFERRED)]
        if not found or not _is_a(store, f"{ID}profile-{selection.profile}", "CountryProfile"):
            profiles = sorted(
                q.subject.value.removeprefix(ID + "profile-")
                for q in store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(BIK + "CountryProfile"), _DEFAULT)
            )
            raise RequestError(f"There is no profile {selection.profile!r}. Profiles: {', '.join(profiles)}.")
        yield from ((g, None) for g in found)
    elif selection.country is not None:
        yield from _parts_of_country(store, selection.country, graphs)
    elif selection.entity is not None:
        subjects = {selection.entity, *_records_naming(store, selection.entity)}
        yield from ((g, subjects) for g in graphs)
    else:
        yield from ((g, None) for g in graphs)


def _parts_of_country(store: Store, country: NamedNode, graphs: list[NamedNode]) -> Iterator[Part]:
    names = set()
    for quad in store.quads_for_pattern(None, NamedNode(BIK + "country"), country, _DEFAULT):
        word, _, rest = quad.subject.value.removeprefix(ID).partition("-")
        for cls, prefix, name in (
            ("Register", "register", rest),
            ("CountryProfile", "profile", rest),
            ("CountryPages", "pages", f"{rest}-pages"),
        ):
            if word == prefix and _is_a(store, quad.subject.value, cls):
                names |= {GRAPH + name, GRAPH + name + INFERRED}
    if not names:
        raise RequestError(f"The graph holds no data of {country.value.removeprefix(ID)} yet.")
    own = [g for g in graphs if g.value in names]
    yield from ((g, None) for g in own)
    described = {quad.subject for g in own for quad in store.quads_for_pattern(None, None, None, g)} | {country}
    source = NamedNode(OWL + "annotatedSource")
    for g in graphs:
        if g.value.startswith(_LINKS):
            rows = {quad.subject for quad in store.quads_for_pattern(None, source, None, g) if quad.object in described}
            yield g, described | rows


def _records_naming(store: Store, entity: NamedNode) -> set[Any]:
    return {
        quad.subject
        for quad in store.quads_for_pattern(None, None, entity, _DEFAULT)
        if isinstance(quad.subject, NamedNode) and _is_a(store, quad.subject.value, "Record")
    }


def _is_a(store: Store, iri: str, cls: str) -> bool:
    return (
        next(store.quads_for_pattern(NamedNode(iri), NamedNode(RDF_TYPE), NamedNode(BIK + cls), _DEFAULT), None)
        is not None
    )


def _subjects(store: Store, parts: list[Part]) -> list[Any]:
    found = set()
    for graph, subjects in parts:
        found |= {
            quad.subject
            for quad in store.quads_for_pattern(None, None, None, graph)
            if subjects is None or quad.subject in subjects
        }
    if not found:
        raise RequestError("There is nothing to export in this selection.")
    return sorted(found, key=str)


def _triples(store: Store, parts: list[Part], progress: Progress | None) -> Iterator[Triple]:
    subjects = _subjects(store, parts)
    for done, subject in enumerate(subjects, 1):
        own = {
            q.triple
            for graph, chosen in parts
            if chosen is None or subject in chosen
            for q in store.quads_for_pattern(subject, None, None, graph)
        }
        yield from sorted(own, key=_type_first)
        if progress and (done % 500 == 0 or done == len(subjects)):
            progress(done, len(subjects))


def _quads(store: Store, parts: list[Part], progress: Progress | None) -> Iterator[Quad]:
    for done, part in enumerate(parts, 1):
        graph, chosen = part
        subjects = sorted(
            {
                q.subject
                for q in store.quads_for_pattern(None, None, None, graph)
                if chosen is None or q.subject in chosen
            },
            key=str,
        )
        for subject in subjects:
            yield from sorted(store.quads_for_pattern(subject, None, None, graph), key=_type_first)
        if progress:
            progress(done, len(parts))


def _type_first(statement: Any) -> tuple[bool, str, str]:
    return statement.predicate.value != RDF_TYPE, statement.predicate.value, str(statement.object)


def _framed(triples: Iterator[Triple], context: Mapping[str, Any]) -> bytes:
    """Compact JSON-LD: record sets and registers with their records inside, everything else beside them, nothing lost.

    PyLD compacts; its framing is not used, for it follows every inverse property into the embedded records: a country
    took minutes (docs/decisions/0008).
    """
    from pyld import jsonld

    def no_network(url: str, _: Any) -> Any:
        raise RequestError(f"The JSON-LD context names {url}, which is not loaded: contexts are embedded.")

    # Oxigraph expands: PyLD's own reader compares each statement with all others of its graph, four minutes for 30 countries.
    expanded = json.loads(serialize(triples, format=RdfFormat.JSON_LD))
    compacted = jsonld.compact(
        expanded, context, {"base": ID, "graph": True, "documentLoader": no_network, "processingMode": "json-ld-1.1"}
    )
    nodes = {node["id"]: node for node in compacted["@graph"]}
    inside: set[str] = set()
    for node in compacted["@graph"]:
        for key in (key for key in _holding(context) if key in node):
            node[key] = [
                _embedded(value, nodes, inside) for value in (node[key] if isinstance(node[key], list) else [node[key]])
            ]
    graph = [node for name, node in nodes.items() if name not in inside]
    return (json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _holding(context: Mapping[str, Any]) -> Iterator[str]:
    """The context's terms whose values stand inside the record set or register that holds them."""
    for key, term in context.items():
        if isinstance(term, dict) and term["@id"].startswith(("bik:has", "bik:registers")):
            yield key


def _embedded(value: Any, nodes: Mapping[str, Any], inside: set[str]) -> Any:
    if value in nodes and value not in inside:
        inside.add(value)
        return nodes[value]
    return value
