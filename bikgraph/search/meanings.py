"""What the names of countries, kinds and topics mean as filters: "Belgian" the country BE, "police" a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.lookup import instances, is_a, names_of, triples, values
from bikgraph.namespaces import BIK, LABEL, NOTATION, OWL, RDF_TYPE, SKOS
from bikgraph.search.documents import kebab
from bikgraph.search.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

# The codes of these classes are understood among the words of a search; "launch" or "region" are words like others.
_SPOKEN_KINDS = ("ActorKind", "AgreementKind", "PolicyKind", "PracticeKind", "CollectionKind")
_OTHER_KINDS = ("EventKind", "TerritoryKind")
_HIDDEN_LABEL = SKOS + "hiddenLabel"


def meanings(store: Store) -> set[tuple[str, str, str]]:
    """What names mean: (facet, the folded words of a name, value).

    The facets are `country`, `code` for short names of countries, `kind` and `topic`, `class` for kinds that are
    classes, and `spoken kind` for the names of kinds that are understood among other words.
    """
    return {*_countries(store), *_codes(store), *_classes(store)}


def _row(facet: str, name: str, value: str) -> tuple[str, str, str]:
    return facet, " ".join(words_of(name)), value


def _countries(store: Store) -> Iterator[tuple[str, str, str]]:
    for country in instances(store, BIK + "Country"):
        for code in values(store, country, NOTATION):
            demonyms = [demonym.value for demonym in values(store, country, BIK + "demonym")]
            yield from (_row("country", name, code.value) for name in (*names_of(store, country), *demonyms))
            yield _row("code", code.value, code.value)
            yield from (_row("code", other.value, code.value) for other in values(store, country, BIK + "otherCode"))


def _codes(store: Store) -> Iterator[tuple[str, str, str]]:
    classes = [("kind", cls, cls in _SPOKEN_KINDS) for cls in (*_SPOKEN_KINDS, *_OTHER_KINDS)]
    for facet, cls, is_spoken in [*classes, ("topic", "Topic", False)]:
        for node in instances(store, BIK + cls):
            names = [*names_of(store, node), *(name.value for name in values(store, node, _HIDDEN_LABEL))]
            for code in values(store, node, NOTATION):
                yield _row(facet, code.value, code.value)
                yield from (_row(facet, name, code.value) for name in names)
                if is_spoken:
                    yield from (_row("spoken kind", name, code.value) for name in names)


def _classes(store: Store) -> Iterator[tuple[str, str, str]]:
    for cls in instances(store, OWL + "Class"):
        one = next((node for node, _, _ in triples(store, None, RDF_TYPE, cls)), None)
        # Of classes of codes nobody looks for the things: their codes are kinds themselves.
        if cls.value.startswith(BIK) and one is not None and not is_a(store, one, SKOS + "Concept"):
            code = kebab(cls.value.removeprefix(BIK))
            yield _row("class", code, code)
            yield from (_row("class", name.value, code) for name in values(store, cls, LABEL))
