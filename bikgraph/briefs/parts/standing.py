"""How fresh the facts are, and who is joined to whom: two parts that are told in a few sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Part
from bikgraph.briefs.facts import Facts
from bikgraph.reports.fill import number, share

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

_OLD = 5
_MOST_JOINED = 3


def freshness(facts: Facts) -> Part:
    """The newest and oldest source, the days on which they were read, and how many facts are older than five years."""
    sources = facts.rows("sources")
    days = sorted({row["retrieved"] for row in sources if row["retrieved"] is not None})
    dated = sorted({row["year"] for row in sources if row["year"] is not None})
    undated = len({row["document"] for row in sources if row["year"] is None})
    latest = _latest_years(facts)
    limit = int(facts.day[:4]) - _OLD if facts.day else None
    sentences = []
    if dated:
        without = number(undated, "source states", "sources state")
        sentences.append(f"The newest source is of {dated[-1]}, the oldest of {dated[0]}; {without} no year.")
    if days:
        read = f"on {days[0]}" if len(days) == 1 else f"from {days[0]} to {days[-1]}"
        sentences.append(f"They were read {read}.")
    if limit is not None:
        old = sum(year is not None and year < limit for year in latest.values())
        unknown = sum(year is None for year in latest.values())
        sentences.append(
            f"Facts older than {_OLD} years (last stated for a year before {limit}): {share(old, len(latest))}; "
            f"without any year: {unknown}."
        )
    return Part("Freshness", " ".join(sentences) or "No source of this country has a year or a day.")


def _latest_years(facts: Facts) -> dict[NamedNode, int | None]:
    """Of each fact the latest year that it is stated for; where none is told, that of its latest source."""
    told: dict[NamedNode, set[int]] = defaultdict(set)
    of_source: dict[NamedNode, set[int]] = defaultdict(set)
    for row in facts.rows("facts"):
        told[row["fact"]] |= {row[key] for key in ("year", "edition") if row[key] is not None}
        of_source[row["fact"]] |= {row["sourceYear"]} - {None}
    return {fact: max(years or of_source[fact], default=None) for fact, years in told.items()}


def network(facts: Facts) -> Part:
    """How many bodies are joined by what, and which are joined most; the picture shows the rest."""
    joins: dict[NamedNode, set[tuple[NamedNode, ...]]] = defaultdict(set)
    for row in facts.rows("bodies"):
        joins[row["actor"]].add((row["role"], row["function"]))
    agreements = set()
    for row in facts.rows("agreements"):
        agreements.add(row["agreement"])
        if row["party"] is not None:
            joins[row["party"]].add((row["agreement"],))
    if not joins:
        return Part("Network", "No source that was read joins any body to a role or an agreement.")
    most = sorted(joins, key=lambda body: (-len(joins[body]), facts.name(body)))[:_MOST_JOINED]
    named = ", ".join(f"{facts.name(body)} ({len(joins[body])})" for body in most)
    return Part(
        "Network",
        f"{number(len(joins), 'body', 'bodies')} with a role or as a party to an agreement; "
        f"{number(len(agreements), 'agreement')} known. With most roles and agreements: {named}.",
    )
