"""A triple as a user writes it: slugs, CURIEs, IRIs or labels for its subject and object, a CURIE or a name for its predicate."""

from __future__ import annotations

import re

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from bikgraph.errors import RequestError
from bikgraph.exploring.things import thing
from bikgraph.lookup import show
from bikgraph.namespaces import BIK, RDF_TYPE, curie, expand
from bikgraph.nearest import did_you_mean

_DEFAULT = DefaultGraph()


def statement(store: Store, subject: str, predicate: str, obj: str) -> Triple:
    """The triple of the graph that the three words mean.

    Raises RequestError that says which word means nothing, and what the graph holds instead.
    """
    node = thing(store, subject)
    relation = _predicate(store, node, predicate)
    values = [quad.object for quad in store.quads_for_pattern(node, relation, None, _DEFAULT)]
    text, _, tag = obj.rpartition("@")
    for value in values:
        if isinstance(value, Literal):
            if value.value == obj or (value.value == text and value.language == tag.lower()):
                return Triple(node, relation, value)
        elif value.value in (expand(obj), obj) or show(value.value) == obj:
            return Triple(node, relation, value)
    try:
        target = thing(store, obj)
    except RequestError:
        target = None
    if target is not None and target in values:
        return Triple(node, relation, target)
    listed = ", ".join(sorted(show(value.value) for value in values)[:10])
    raise RequestError(f"The graph does not hold {show(node.value)} {curie(relation.value)} {obj}. It holds: {listed}.")


def _predicate(store: Store, node: NamedNode, text: str) -> NamedNode:
    iri = RDF_TYPE if text == "a" else expand(text) or BIK + text
    used = {quad.predicate.value for quad in store.quads_for_pattern(node, None, None, _DEFAULT)}
    if iri in used:
        return NamedNode(iri)
    by_local_name = [known for known in used if re.split(r"[#/]", known)[-1] == text]
    if len(by_local_name) == 1:
        return NamedNode(by_local_name[0])
    names = sorted(curie(known) for known in used)
    raise RequestError(
        f"The graph holds no {text} of {show(node.value)}.{did_you_mean(text, names)} It holds: {', '.join(names)}."
    )
