"""Looking things up in a store's default graph, with types: values, instances, names, and labels by one rule.

pyoxigraph's own types allow RDF 1.2's triple terms as subjects and objects, which no graph here has: the functions here
give `Node` and `Term` instead, so that a checker of types knows what has a `.value`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions

from bikgraph.namespaces import ALT_LABEL, BIK, ID, LABEL, NOTATION, PREFIXES, RDF_TYPE, curie, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store, Triple

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
DEFAULT = DefaultGraph()


def triples(
    store: Store,
    subject: Node | None = None,
    predicate: NamedNode | str | None = None,
    obj: Term | None = None,
    graph: NamedNode | DefaultGraph = DEFAULT,
) -> Iterator[tuple[Node, NamedNode, Term]]:
    """The statements of one graph that fit; None fits everything, a predicate may be given by its IRI."""
    wanted = NamedNode(predicate) if isinstance(predicate, str) else predicate
    for quad in store.quads_for_pattern(subject, wanted, obj, graph):
        yield cast("Node", quad.subject), quad.predicate, cast("Term", quad.object)


def terms(triple: Triple) -> tuple[Node, NamedNode, Term]:
    """The three terms of a triple."""
    return cast("Node", triple.subject), triple.predicate, cast("Term", triple.object)


def in_graph(triple: Triple, graph: NamedNode | DefaultGraph = DEFAULT) -> Quad:
    """A triple as the statement of a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def solutions(store: Store, query: str) -> QuerySolutions:
    """The solutions of a SELECT query; the prefixes of `namespaces.PREFIXES` are known."""
    return cast("QuerySolutions", store.query(query, prefixes=PREFIXES))


def values(store: Store, node: Node, predicate: NamedNode | str) -> list[Term]:
    """All values of a property of a node."""
    return [obj for _, _, obj in triples(store, node, predicate)]


def value(store: Store, node: Node, predicate: NamedNode | str) -> Term | None:
    """One value of a property of a node, or None without any."""
    return next((obj for _, _, obj in triples(store, node, predicate)), None)


def text(store: Store, node: Node, predicate: NamedNode | str) -> str:
    """The IRI or lexical form of one value of a property of a node; empty without any."""
    found = value(store, node, predicate)
    return "" if found is None else found.value


def subjects(store: Store, predicate: NamedNode | str, obj: Term) -> list[NamedNode]:
    """The things, blank nodes apart, that have this value of a property."""
    return [subject for subject, _, _ in triples(store, None, predicate, obj) if isinstance(subject, NamedNode)]


def instances(store: Store, cls: str) -> list[NamedNode]:
    """The things of a class, told or inferred; `cls` is its IRI."""
    return subjects(store, RDF_TYPE, NamedNode(cls))


def is_a(store: Store, node: Node, cls: str) -> bool:
    """Whether a node is an instance of a class, told or inferred; `cls` is its IRI."""
    return next(triples(store, node, RDF_TYPE, NamedNode(cls)), None) is not None


def is_described(store: Store, node: Node) -> bool:
    """Whether the graph says anything of a node."""
    return next(triples(store, node), None) is not None


def label_of(store: Store, node: Node, language: str = "en") -> Literal | None:
    """The label of a node in `language`, else in English, else in the first language there is; None without any."""
    return text_of(store, node, LABEL, language)


def text_of(store: Store, node: Node, predicate: str, language: str = "en") -> Literal | None:
    """The text that a node has in a property, chosen by its language as `label_of` chooses."""
    texts = values(store, node, predicate)
    by_language = {found.language or "": found for found in texts if isinstance(found, Literal)}
    if not by_language:
        return None
    wanted = language.lower()
    return (
        by_language.get(wanted)
        or by_language.get(wanted.split("-")[0])
        or by_language.get("en")
        or by_language[min(by_language)]
    )


def name_of(store: Store, node: Node, language: str = "en") -> str:
    """The text of a node's label by the rule of `label_of`, else the node as `show` has it."""
    found = label_of(store, node, language)
    return show(node.value) if found is None else found.value


def show(iri: str) -> str:
    """An IRI as tables show it: the slug of an entity, a CURIE, or the IRI."""
    return iri.removeprefix(ID) if iri.startswith(ID) else curie(iri)


def node_of(text: str) -> NamedNode | None:
    """The node that a user's text names by slug, CURIE or IRI; None for a text that can be no IRI.

    It is the one place where a user's text becomes an IRI. Whether the graph knows the node is another question.

    >>> node_of("be-star").value
    'https://w3id.org/bikgraph/id/be-star'
    >>> node_of('a"b') is node_of("http://[x") is None
    True
    """
    iri = expand(text) or ID + text
    try:
        # Oxigraph checks less of an IRI than its writers and other people's tools do.
        return (
            None if set(iri) & set(' <>"{}|\\^`') or any(character.isspace() for character in iri) else NamedNode(iri)
        )
    except ValueError:
        return None


def names(store: Store, cls: str) -> Iterator[tuple[str, NamedNode]]:
    """Every name of every instance of a class: labels, other labels, codes and slug, with the instance."""
    for node in instances(store, cls):
        yield node.value.removeprefix(ID), node
        for name in names_of(store, node):
            yield name, node
        for predicate in (NOTATION, BIK + "otherCode"):
            for found in values(store, node, predicate):
                yield found.value, node


def names_of(store: Store, node: Node) -> Iterator[str]:
    """The labels of a node and its other labels, in all languages."""
    for predicate in (LABEL, ALT_LABEL):
        for found in values(store, node, predicate):
            yield found.value


def countries_of(store: Store, edition: NamedNode | None) -> int | None:
    """How many countries an edition covers, or the graph if None; None if the edition's number is not known."""
    if edition is None:
        return len(set(instances(store, BIK + "Country")))
    found = text(store, edition, BIK + "countryCount")
    return int(found) if found else None


def document_of(store: Store, node: Node) -> Node:
    """The document that a section stands in: the one that the section's profile transcribes; any other node itself.

    A section whose profile names no document is credited to the profile.
    """
    profiles = sorted(subjects(store, BIK + "hasSection", node), key=str)
    documents = sorted((found for profile in profiles for found in values(store, profile, BIK + "document")), key=str)
    whole = next((found for found in documents if not isinstance(found, Literal)), None)
    return whole or (profiles[0] if profiles else node)


def base_sentence(known: int, total: int | None, where: str = "") -> str:
    """The sentence that states how many countries an answer rests on; a `total` of None is not known.

    >>> base_sentence(2, None)
    'Base: 2 of an unknown number of countries with data.'
    """
    counted = "an unknown number of" if total is None else total
    return f"Base: {known} of {counted} {'country' if total == 1 else 'countries'} with data{where}."
