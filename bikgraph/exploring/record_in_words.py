"""A name for what has none of its own: who a record is of, and what it says: `Arcom: oversight, regulation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from bikgraph.lookup import Node, label_of, name_of, values
from bikgraph.namespaces import BIK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

# Before the colon the first of these that the record has, behind it all of the others.
_WHO = ("actor", "member", "indicator", "involves")
_WHAT = ("role", "consortium", "function", "pillar", "territory", "answer")


def label_in_words(store: Store, node: Node, language: str = "en") -> Literal | None:
    """The label of a thing, else the names of what it links as one line; None for what links nothing of the kind."""
    label = label_of(store, node, language)
    if label is not None:
        return label
    who = next((names for name in _WHO if (names := _names(store, node, [name], language))), [])
    what = _names(store, node, _WHAT, language)
    words = ": ".join(part for part in (" and ".join(who), ", ".join(what)) if part)
    return Literal(words) if words else None


def _names(store: Store, node: Node, properties: Iterable[str], language: str) -> list[str]:
    named = [
        sorted(name_of(store, obj, language) for obj in values(store, node, BIK + name) if not isinstance(obj, Literal))
        for name in properties
    ]
    # What is counted or measured is a literal: it is told as it is.
    return list(dict.fromkeys(name for names in named for name in names))
