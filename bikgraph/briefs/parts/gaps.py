"""What the graph does not know of a country, and why: never a no, unless it is the country's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, listed, sources_of
from bikgraph.briefs.parts.answers import SILENCE
from bikgraph.briefs.parts.bodies import place
from bikgraph.namespaces import ID
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bikgraph.query_files import Row

_OWN_NO = ID + "answer-not-available"
_MOST_NAMED = 3


def gaps(facts: Facts) -> Part:
    """The gaps of a country with their reasons."""
    entries = tuple(
        Entry((Item(what), why), weight) for weight, what, why in sorted(_all(facts), key=lambda gap: -gap[0])
    )
    return Part(
        title="Gaps, and why",
        lead="What the graph does not know of this country. A gap says nothing about the country itself, "
        "unless it is called the country's own no.",
        heads=("What is not known", "Why"),
        widths=(0.34, 0.66),
        entries=entries,
        noun=("gap", "gaps"),
        more=facts.full_command,
        share=0.16,
    )


def _all(facts: Facts) -> Iterator[tuple[float, str, Item]]:
    yield from _own_answers(facts)
    yield from _editions(facts)
    if not any(row["tick"] is True for row in facts.rows("answers")):
        lands = number(facts.tick_table_countries, "country", "countries")
        yield (
            5,
            "Measures pillar by pillar",
            Item(f"Their tick tables are in the graph for {lands} only, not for this one."),
        )
    known = {row["function"] for row in facts.rows("bodies")}
    functions = sorted(facts.rows("functions"), key=lambda row: place(row["functionCode"]))
    missing = [facts.name(row["function"]) for row in functions if row["function"] not in known]
    if missing:
        why = (
            f"No source that was read states such a role: {listed(missing)}. "
            "Who carries out a survey or a practice is not counted here."
        )
        yield 8, f"Roles for {number(len(missing), 'function')}", Item(why)
    yield from _weak_sources(facts)


def _own_answers(facts: Facts) -> Iterator[tuple[float, str, Item]]:
    for code, weight, what, why in (
        (_OWN_NO, 9.5, "not available", "The country's own no"),
        (SILENCE, 9, "left blank", "The country left them blank, which is neither yes nor no"),
    ):
        rows = [row for row in facts.rows("answers") if row["code"].value == code]
        names = dict.fromkeys(facts.name(row["indicator"]) for row in rows)
        if names:
            years = ", ".join(map(str, sorted({row["year"] for row in rows})))
            named = f"{why}: {listed(names, _MOST_NAMED, '; ')}"
            yield weight, f"{number(len(names), 'question')} of {years}: {what}", Item(named, sources_of(rows))


def _editions(facts: Facts) -> Iterator[tuple[float, str, Item]]:
    """The editions without a profile of the country, by reason, and the questions without an answer in the others."""
    items: dict[object, list[Row]] = {}
    for row in facts.rows("items"):
        items.setdefault(row["edition"], []).append(row)
    answered = {row["indicator"] for row in facts.rows("answers")}
    without: dict[str, list[int]] = {}
    for row in facts.rows("editions"):
        if row["profile"] is None:
            without.setdefault(_why_none(row), []).append(row["year"])
            continue
        open_items = [item for item in items.get(row["edition"], []) if item["indicator"] not in answered]
        if not open_items:
            continue
        why = (
            "The whole form is in the graph"
            if row["whole"] is True
            else "Only a part of the form is in the graph, so silence says nothing"
        )
        names = listed([facts.name(item["indicator"]) for item in open_items], _MOST_NAMED, "; ")
        what = f"{len(open_items)} of {number(len(items[row['edition']]), 'known question')} of {row['year']}"
        yield 7 + (row["year"] - 2015) / 20, what, Item(f"{why}: {names}")
    for why, years in without.items():
        named = ", ".join(map(str, sorted(years)))
        yield 6, f"Edition{'s' if len(years) > 1 else ''} {named} of the policy map", Item(why)


def _why_none(row: Row) -> str:
    """Why an edition has no profile of the country, from what is known of the countries that it covers."""
    if row["covered"] is True:
        reason = "Covers this country, but no page of it on this country was read."
        return reason if row["profiles"] else "Covers this country, but the graph has no country's profile of it."
    if not row["known"]:
        return "Which countries it covers is not known, and the graph has no country's profile of it."
    if row["count"] is not None and row["known"] >= row["count"]:
        return "Does not cover this country."
    return "Which countries it covers is known in part; this one is not among those known."


def _weak_sources(facts: Facts) -> Iterator[tuple[float, str, Item]]:
    weak = facts.rows("unverified")
    if weak:
        count = len({row["fact"] for row in weak})
        why = "Unverified: no source states this whose address somebody could confirm."
        yield 8.5, f"Whether {number(count, 'fact is', 'facts are')} true", Item(why, sources_of(weak))
    by_case: dict[str, list[Row]] = {}
    for row in facts.rows("discrepancies"):
        by_case.setdefault(facts.name(row["discrepancy"]), []).append(row)
    for name, rows in by_case.items():
        yield 6.5, "Which of two sources is right", Item(name, sources_of(rows))
