"""What belongs to an export: everything, or one country, profile or entity, as parts of named graphs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import Node, is_a, subjects, triples, value, values
from bikgraph.namespaces import BIK, DCT, ID, INFERRED, NOTATION, OWL, RDF_TYPE, graph_name
from bikgraph.nearest import did_you_mean
from bikgraph.release.graphs import GraphInfo

# What each named graph is, by its short name, such as `be-2020`.
Graphs = Mapping[str, GraphInfo]


class Selection(NamedTuple):
    """What to export: everything, or one country (an IRI), one profile (such as `be-2020`), or one entity (an IRI).

    A country is all its graphs; the bodies, sources and countries of the shared registers that they name; every
    source and document that any of these is stated by; and the links of what the country describes. An entity is its
    own statements, and the records that name it with theirs. A record comes with the slugs that it had before. A link
    comes with its row of the link table, which says why it links: no source of the thing states it.
    """

    country: NamedNode | None = None
    profile: str | None = None
    entity: NamedNode | None = None


class Part(NamedTuple):
    """A named graph, and the subjects to take from it; None takes all."""

    graph: NamedNode
    subjects: frozenset[Node] | None = None


def parts(store: Store, selection: Selection, graphs: Graphs, *, told: bool = False) -> list[Part]:
    """The parts of the release in `store` that `selection` names, in the order of their graphs' names.

    `graphs` says what each graph is; with `told`, what was inferred is left out. Raises RequestError if there is
    nothing, and if more than one of country, profile and entity are named.
    """
    if sum(part is not None for part in selection) > 1:
        raise RequestError("Name one of country, profile and entity, not several.")
    names = [name for name in store.named_graphs() if isinstance(name, NamedNode)]
    wanted = sorted(
        (name for name in names if not (told and name.value.endswith(INFERRED))), key=lambda name: name.value
    )
    if selection.profile is not None:
        return _parts_of_profile(selection.profile, wanted, graphs)
    if selection.country is not None:
        return _parts_of_country(store, selection.country, wanted, graphs)
    if selection.entity is not None:
        chosen = {selection.entity, *_records_naming(store, selection.entity)}
        chosen |= _replaced_by(store, chosen)
        return [Part(name, frozenset({*chosen, *_rows_linking(store, name, chosen)})) for name in wanted]
    return [Part(name) for name in wanted]


def _parts_of_profile(profile: str, wanted: Iterable[NamedNode], graphs: Graphs) -> list[Part]:
    profiles = sorted(name for name, info in graphs.items() if info.kind == "profile")
    if profile not in profiles:
        raise RequestError(
            f"There is no profile {profile!r}.{did_you_mean(profile, profiles)} Profiles: {', '.join(profiles)}."
        )
    return [Part(name) for name in wanted if _short_name(name) == profile]


def _parts_of_country(store: Store, country: NamedNode, wanted: list[NamedNode], graphs: Graphs) -> list[Part]:
    codes = {code.value.lower() for key in (NOTATION, BIK + "otherCode") for code in values(store, country, key)}
    infos = {name: graphs[short] for name in wanted if (short := _short_name(name)) in graphs}
    whole = [name for name, info in infos.items() if info.country and info.country in codes]
    if not whole:
        raise RequestError(f"The graph holds no data of {country.value.removeprefix(ID)} yet.")
    told = [name for name in whole if not name.value.endswith(INFERRED)]
    described = {subject for name in told for subject, _, _ in triples(store, graph=name)}
    registers = [name for name, info in infos.items() if info.kind == "register"]
    named = _named(store, told, registers)
    beside = frozenset((named | _sources(store, described | named)) - described | {country})
    # Another country's links are its own.
    linked = described | {node for node in beside if node == country or not is_a(store, node, BIK + "Country")}
    result = []
    for name in wanted:
        info = infos.get(name)
        if name in whole:
            result.append(Part(name))
        elif info is not None and info.kind == "links":
            result.append(Part(name, frozenset({*linked, *_rows_linking(store, name, linked)})))
        elif info is not None and info.kind == "replaced":
            result.append(Part(name, frozenset(_replaced_by(store, described))))
        elif info is not None and (info.kind == "register" or info.country):
            result.append(Part(name, beside))
    return result


def _named(store: Store, told: Iterable[NamedNode], registers: Iterable[NamedNode]) -> set[Node]:
    """The bodies, documents and countries of the shared registers that the graphs in `told` name."""
    shared = {subject for name in registers for subject, _, _ in triples(store, graph=name)}
    named = {obj for name in told for _, _, obj in triples(store, graph=name) if not isinstance(obj, Literal)}
    return named & shared


def _sources(store: Store, nodes: Iterable[Node]) -> set[Node]:
    """The sources and documents by which any of `nodes` is stated, and those by which these are stated in turn."""
    sources: set[Node] = set()
    waiting = set(nodes)
    while waiting:
        ends = (end for node in waiting for key in ("source", "document") for end in values(store, node, BIK + key))
        waiting = {end for end in ends if not isinstance(end, Literal)} - sources
        sources |= waiting
    return sources


def _rows_linking(store: Store, graph: NamedNode, linked: Container[Node]) -> Iterator[Node]:
    """The rows of a link table that say why any of these things is linked."""
    for row, _, end in triples(store, None, OWL + "annotatedSource", graph=graph):
        if not isinstance(end, Literal) and end in linked:
            yield row


def _replaced_by(store: Store, nodes: Iterable[Node]) -> set[NamedNode]:
    """The slugs that any of these records had before."""
    before = (old for node in nodes for old in subjects(store, DCT + "isReplacedBy", node))
    return {old for old in before if value(store, old, RDF_TYPE) is None}  # bodies have successors too


def _short_name(graph: NamedNode) -> str:
    return graph_name(graph.value).removesuffix(INFERRED)


def _records_naming(store: Store, entity: NamedNode) -> Iterator[NamedNode]:
    for subject, _, _ in triples(store, None, None, entity):
        if isinstance(subject, NamedNode) and is_a(store, subject, BIK + "Record"):
            yield subject
