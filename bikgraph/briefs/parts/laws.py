"""Laws and policies by year, the newest first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, sources_of, with_kind
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from bikgraph.query_files import Row


def laws(facts: Facts) -> Part:
    """The laws and policies of a country by the year of their adoption; those without a year come last."""
    by_policy: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in facts.rows("policies"):
        by_policy[row["policy"]].append(row)
    entries = [_entry(facts, policy, rows) for policy, rows in by_policy.items()]
    undated = sum(all(row["year"] is None for row in rows) for rows in by_policy.values())
    lead = f"{number(len(entries), 'law or policy', 'laws and policies')}, by year of adoption, newest first"
    lead += f"; no source states a year for {undated} of them." if undated else "."
    if not entries:
        lead = "No source that was read names a law or policy; that does not say that there is none."
    return Part(
        title="Laws and policies by year",
        lead=lead,
        heads=("Year", "Law or policy, and its kind"),
        widths=(0.1, 0.9),
        entries=tuple(sorted(entries, key=lambda entry: -entry.weight)),
        grouped=True,
        noun=("law or policy", "laws and policies"),
        more=f"bikgraph ask policies --country {facts.code}",
        share=0.13,
    )


def _entry(facts: Facts, policy: NamedNode, rows: list[Row]) -> Entry:
    year = next((row["year"] for row in rows if row["year"] is not None), None)
    end = next((row["end"] for row in rows if row["end"] is not None), None)
    kinds = [facts.name(row["kind"]) for row in rows if row["kind"] is not None]
    text = with_kind(facts.name(policy), kinds, *([f"until {end}"] if end is not None else []))
    return Entry((Item("no year" if year is None else str(year)), Item(text, sources_of(rows))), float(year or 0))
