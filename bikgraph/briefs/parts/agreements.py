"""Agreements, with the parties that are named; where these are not all, "at least".

What bodies agree among each other stands before what an industry promises: it gives way last.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, listed, sources_of, with_kind
from bikgraph.namespaces import ID
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from bikgraph.query_files import Row

_MOST_PARTIES = 5
_SELF_REGULATION = ID + "agreement-kind-self-regulatory-code"
# Years that an agreement between bodies is ahead of a code, and the year by which one without any is put.
_AHEAD, _UNDATED = 200.0, 1900


def agreements(facts: Facts) -> Part:
    """The agreements of a country: those between bodies, then self-regulatory codes, each the newest first."""
    by_agreement: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in facts.rows("agreements"):
        by_agreement[row["agreement"]].append(row)
    entries = [_entry(facts, agreement, rows) for agreement, rows in by_agreement.items()]
    return Part(
        title="Agreements",
        lead=f"{number(len(entries), 'agreement')}, those between bodies first, then codes, the newest first. "
        "“At least”: the source may not name all."
        if entries
        else "No source that was read names an agreement; that does not say that there is none.",
        heads=("Year", "Agreement, and its kind", "Parties"),
        widths=(0.1, 0.4, 0.5),
        entries=tuple(sorted(entries, key=lambda entry: -entry.weight)),
        noun=("agreement", "agreements"),
        more=f"bikgraph ask agreements --country {facts.code}",
        share=0.15,
    )


def _entry(facts: Facts, agreement: NamedNode, rows: list[Row]) -> Entry:
    kinds = {row["kind"] for row in rows if row["kind"] is not None}
    year = next((row["year"] for row in rows if row["year"] is not None), None)
    name = with_kind(facts.name(agreement), sorted(map(facts.name, kinds)))
    named = sorted({facts.name(row["party"]) for row in rows if row["party"] is not None})
    complete = any(row["complete"] is True for row in rows)
    count = number(len(named), "party", "parties")
    parties = f"{count if complete else f'at least {count}'}: {listed(named, _MOST_PARTIES)}"
    return Entry(
        (
            Item("no year" if year is None else str(year)),
            Item(name, sources_of(rows)),
            Item(parties if named else "parties not named"),
        ),
        (year or _UNDATED) + (0.0 if {kind.value for kind in kinds} == {_SELF_REGULATION} else _AHEAD),
    )
