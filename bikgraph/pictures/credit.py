"""Which documents the records of a picture come from, in a line for its foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.lookup import name_of, text
from bikgraph.namespaces import NOTATION
from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.queries import rows

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.lookup import Node

LICENCE = "Drawn by bikgraph; data under CC BY 4.0."
_MOST_NAMED = 4


def credit(store: Store, records: Iterable[Node], language: str, country: NamedNode | None = None) -> str:
    """The editions and the publishers of the pages that these records name as their sources, and the licence.

    At most four publishers are named, those of the most pages first; with a `country`, the command that lists all.
    """
    stated = sorted(set(records), key=lambda record: record.value)
    if not stated:
        return LICENCE
    editions: dict[str, tuple[str, str]] = {}
    publishers: dict[str, set[str]] = {}
    unnamed: set[str] = set()
    for row in rows(store, "credit", {"record": stated}):
        edition, publisher, document = row["edition"], row["publisher"], row["document"].value
        if edition is not None:
            editions[edition.value] = (row["year"].value, isolate(name_of(store, edition, language)))
        elif publisher is not None:
            publishers.setdefault(isolate(name_of(store, publisher, language)), set()).add(document)
        else:
            unnamed.add(document)
    named = [name for _, name in sorted(editions.values())]
    counted = Counter({name: len(documents) for name, documents in publishers.items()})
    pages = set().union(unnamed, *publishers.values())
    if pages:
        most = sorted(counted, key=lambda name: (-counted[name], name))[:_MOST_NAMED]
        more = len(counted) - len(most)
        also = [f"{more} other publisher{'s' if more > 1 else ''}"] if more else []
        of = f" of {_listed([*most, *also])}" if most else ""
        other = "other " if named else ""
        named.append(f"{len(pages)} {other}document{'s' if len(pages) > 1 else ''}{of}")
    where = f" All: bikgraph ask sources --country {text(store, country, NOTATION)}." if country and named else ""
    return f"Sources: {'; '.join(named)}.{where} {LICENCE}" if named else LICENCE


def _listed(names: list[str]) -> str:
    return " and ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
