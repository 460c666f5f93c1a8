"""What a table rests on, said beside it: how many countries its rows come from, which agreements are known in part.

Unknown is not no: a summary without its base would read as if every country had answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import base_sentence, countries_of, show, values
from bikgraph.namespaces import BIK

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.tables.table import Table

_COMPLETE, _PARTY = NamedNode(BIK + "partiesComplete"), NamedNode(BIK + "party")
NO_DATA = "no-data"


def notes(store: Store, base: str, bound: Mapping[str, Sequence[NamedNode | Literal]], table: Table) -> list[str]:
    """The notes to a table: its base, counted in the column `base` (empty: none), and its incomplete agreements."""
    return [*([_base(store, base, bound, table)] if base else []), *_incomplete(store, table)]


def _base(store: Store, column: str, bound: Mapping[str, Sequence[NamedNode | Literal]], table: Table) -> str:
    at = table.columns.index(column)
    answer = table.columns.index("answer") if "answer" in table.columns else None
    known = {row[at] for row in table.terms if answer is None or row[answer] is None or row[answer].value != NO_DATA}
    editions = bound.get("editionIri", ())
    edition = next((term for term in editions if isinstance(term, NamedNode)), None) if len(editions) == 1 else None
    asked = bound.get("country", ()) if column == "country" else ()
    total = len(asked) if asked else countries_of(store, edition)
    return base_sentence(
        len(known),
        total,
        f" in the edition of {show(str(edition.value)).removeprefix('edition-')}" if edition is not None else "",
    )


def _incomplete(store: Store, table: Table) -> Iterable[str]:
    if "agreement" not in table.columns or {"parties", "partiesComplete"} & set(table.columns):
        return
    at = table.columns.index("agreement")
    partial = []
    for agreement in sorted({row[at] for row in table.terms if row[at] is not None}, key=str):
        if any(complete.value != "true" for complete in values(store, agreement, _COMPLETE)):
            number = len(values(store, agreement, _PARTY))
            partial.append(f"{show(agreement.value)} (at least {number})")
    if partial:
        yield f"Parties known in part only: {', '.join(partial)}."
