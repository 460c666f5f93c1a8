"""A triple as a user writes it: slugs, CURIEs, IRIs or labels for subject and object, a CURIE or name between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store, Triple

from bikgraph.errors import RequestError
from bikgraph.exploring.things import thing
from bikgraph.lookup import show, triples, values
from bikgraph.namespaces import BIK, RDF_TYPE, curie, expand
from bikgraph.nearest import did_you_mean
from bikgraph.questions.parameters import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bikgraph.search import Index


def statement(store: Store, subject: str, predicate: str, obj: str, index: Callable[[], Index]) -> Triple:
    """The triple of the graph that the three words mean; `index` opens the index where a name is looked up.

    Raises RequestError that says which word means nothing, and what the graph holds instead.
    """
    node = thing(store, subject, index)
    relation = _predicate(store, node, predicate)
    held = values(store, node, relation)
    text, _, tag = obj.rpartition("@")
    for value in held:
        if isinstance(value, Literal):
            if value.value == obj or (value.value == text and value.language == tag.lower()):
                return Triple(node, relation, value)
        elif value.value in (expand(obj), obj) or show(value.value) == obj:
            return Triple(node, relation, value)
    try:
        target = thing(store, obj, index)
    except RequestError:
        target = None
    if target is not None and target in held:
        return Triple(node, relation, target)
    listed = ", ".join(sorted(show(value.value) for value in held)[:10])
    raise RequestError(
        f"The graph does not hold {show(node.value)} {curie(relation.value)} {quoted(obj)}. It holds: {listed}."
    )


def _predicate(store: Store, node: NamedNode, text: str) -> NamedNode:
    iri = RDF_TYPE if text == "a" else expand(text) or BIK + text
    used = {relation.value for _, relation, _ in triples(store, node)}
    if iri in used:
        return NamedNode(iri)
    by_local_name = [known for known in used if re.split(r"[#/]", known)[-1] == text]
    if len(by_local_name) == 1:
        return NamedNode(by_local_name[0])
    names = sorted(curie(known) for known in used)
    raise RequestError(
        f"The graph holds no {quoted(text)} of {show(node.value)}.{did_you_mean(text[:200], names)} "
        f"It holds: {', '.join(names)}."
    )
