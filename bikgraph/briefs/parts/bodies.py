"""Bodies by function: who does what, since when, and which functions have nobody that is known."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, sources_of, years
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from bikgraph.query_files import Row

# From deciding to doing; a function that is not named here comes after them.
_FUNCTIONS = (
    "policy-coordination", "policy-design", "implementation", "regulation", "enforcement", "hotline", "helpline",
    "awareness", "education", "youth-participation", "data-collection",
)  # fmt: skip
# How much it matters to know of a role; of one that is not named here, little.
_ROLES = {"coordinator": 9, "lead": 9, "oversight": 7, "operator": 6, "funder": 4, "complementary": 3, "advisor": 3}


def place(code: str) -> tuple[int, str]:
    """Where a function stands among the functions."""
    return _FUNCTIONS.index(code) if code in _FUNCTIONS else len(_FUNCTIONS), code


def bodies(facts: Facts) -> Part:
    """The bodies of a country under each function, with their roles and the years that these are stated for."""
    rows = facts.rows("bodies")
    entries = sorted(_entries(facts, rows), key=lambda found: found[0])
    members = _members(facts)
    people = {row["actor"] for row in rows}
    lead = (
        f"{number(len(people), 'body', 'bodies')} with {number(len({*_roles(rows)}), 'stated role')}. "
        "The years are those that a source states the role for: it may have ended since."
        if rows
        else "No source that was read states a role of any body; that does not say that there is none."
    )
    return Part(
        title="Bodies by function",
        lead=lead,
        heads=("Function", "Bodies, their roles, and the years stated for them"),
        widths=(0.18, 0.82),
        entries=tuple(entry for _, entry in entries) + members,
        grouped=True,
        noun=("body under a function", "bodies under a function"),
        more=f"bikgraph ask responsibilities --country {facts.code}",
        share=0.29,
    )


def _roles(rows: Sequence[Row]) -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    return {(row["actor"], row["role"], row["function"]) for row in rows}


def _entries(facts: Facts, rows: Sequence[Row]) -> list[tuple[tuple[tuple[int, str], float, str], Entry]]:
    by_body: dict[tuple[NamedNode, NamedNode], list[Row]] = defaultdict(list)
    for row in rows:
        by_body[row["function"], row["actor"]].append(row)
    found = []
    for (function, actor), own in by_body.items():
        latest = max((_year(row) or 0 for row in own), default=0)
        weight = max(_ROLES.get(row["roleCode"], 1) for row in own) + max(latest - 2010, 0) / 2
        text = f"{facts.name(actor)} ({_role_words(facts, own)})"
        entry = Entry((Item(facts.name(function)), Item(text, sources_of(own))), weight)
        found.append(((place(own[0]["functionCode"]), -weight, text), entry))
    return found


def _year(row: Row) -> int | None:
    year: int | None = row["year"] if row["year"] is not None else row["edition"]
    return year


def _role_words(facts: Facts, own: Sequence[Row]) -> str:
    """Roles with their pillars and years: `lead, 2018, 2025; funder of pillar 1, no year stated`."""
    by_role: dict[NamedNode, list[Row]] = defaultdict(list)
    for row in own:
        by_role[row["role"]].append(row)
    words = []
    for role, rows in sorted(by_role.items(), key=lambda found: max(_year(row) or 0 for row in found[1]), reverse=True):
        pillars = sorted({str(row["number"]) for row in rows if row["number"] is not None})
        named = f" for pillar{'s' if len(pillars) > 1 else ''} {', '.join(pillars)}" if pillars else ""
        when = years(year for row in rows if (year := _year(row)) is not None) or "no year stated"
        words.append(f"{facts.name(role)}{named}, {when}")
    return "; ".join(words)


def _members(facts: Facts) -> tuple[Entry, ...]:
    by_consortium: dict[NamedNode, dict[NamedNode, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.rows("memberships"):
        by_consortium[row["consortium"]][row["member"]].append(row)
    return tuple(
        Entry((Item(f"members of {facts.name(consortium)}"), Item(facts.name(member), sources_of(rows))), 5.0)
        for consortium, members in by_consortium.items()
        for member, rows in members.items()
    )
