"""Labels by one rule for all faces: the language asked for, then English, then any; the tag is kept."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from bikgraph.namespaces import ALT_LABEL, BIK, ID, LABEL, NOTATION, RDF_TYPE, curie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

_LABEL, _ALT, _NOTATION, _TYPE, _OTHER_CODE = (NamedNode(iri) for iri in (LABEL, ALT_LABEL, NOTATION, RDF_TYPE, BIK + "otherCode"))
_DEFAULT = DefaultGraph()


def label_of(store: Store, iri: NamedNode, language: str = "en") -> Literal | None:
    """The label of `iri` in `language`, else in English, else in the first language there is; None without any."""
    by_language = {quad.object.language or "": quad.object for quad in store.quads_for_pattern(iri, _LABEL, None, _DEFAULT)}
    if not by_language:
        return None
    wanted = language.lower()
    return by_language.get(wanted) or by_language.get(wanted.split("-")[0]) or by_language.get("en") or by_language[min(by_language)]


def show(iri: str) -> str:
    """An IRI as tables show it: the slug of an entity, a CURIE, or the IRI."""
    return iri.removeprefix(ID) if iri.startswith(ID) else curie(iri)


def names(store: Store, cls: str) -> Iterator[tuple[str, NamedNode]]:
    """Every name of every instance of a class: labels, other labels, codes and slug, with the instance."""
    for quad in store.quads_for_pattern(None, _TYPE, NamedNode(cls), _DEFAULT):
        yield quad.subject.value.removeprefix(ID), quad.subject
        for name in names_of(store, quad.subject):
            yield name, quad.subject
        for predicate in (_NOTATION, _OTHER_CODE):
            for found in store.quads_for_pattern(quad.subject, predicate, None, _DEFAULT):
                yield found.object.value, quad.subject


def names_of(store: Store, node: NamedNode) -> Iterator[str]:
    """The labels of a thing and its other labels, in all languages."""
    for predicate in (_LABEL, _ALT):
        for found in store.quads_for_pattern(node, predicate, None, _DEFAULT):
            yield found.object.value


def fold(text: str) -> str:
    """Text without case, accents and outer space, for comparing names.

    >>> fold(" Belgique ") == fold("BELGIQUE")
    True
    >>> fold("Média")
    'media'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()
