"""Answers by edition beside those of the other countries; the tick tables, where there are any, counted by pillar."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, sources_of
from bikgraph.namespaces import ID
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import NamedNode

    from bikgraph.query_files import Row

SILENCE = ID + "answer-not-answered"


def answers(facts: Facts) -> Part:
    """What the country answered, newest edition first, and how many countries answered what."""
    rows = facts.rows("answers")
    spread = _spread(facts)
    bases = {row["edition"]: row["count"] for row in facts.rows("editions")}
    by_item: dict[NamedNode, list[Row]] = defaultdict(list)
    ticked: dict[tuple[int, NamedNode], list[Row]] = defaultdict(list)
    for row in rows:
        if row["tick"] is True:
            ticked[row["year"], row["pillar"]].append(row)
        else:
            by_item[row["indicator"]].append(row)
    entries = [
        _entry(facts, item, own, spread.get(item, {}), bases.get(own[0]["edition"])) for item, own in by_item.items()
    ]
    entries += [_tick_entry(facts, own) for own in ticked.values()]
    told = sorted({row["year"] for row in rows}, reverse=True)
    return Part(
        title="Answers by edition, beside Europe",
        lead=f"Answers of {number(len(told), 'edition')} of the policy map are known: {', '.join(map(str, told))}. "
        "Under Europe: how many countries of the edition gave which answer, as far as is known; no data is not a no."
        if entries
        else "No answer of this country to any edition of the policy map is known to the graph; no data is not a no.",
        heads=("Edition", "Question", "This country", "Europe"),
        widths=(0.1, 0.24, 0.21, 0.45),
        entries=tuple(sorted(entries, key=lambda entry: -entry.weight)),
        noun=("answer", "answers"),
        more=facts.full_command,
        share=0.25,
    )


def _spread(facts: Facts) -> dict[NamedNode, dict[NamedNode, int]]:
    spread: dict[NamedNode, dict[NamedNode, int]] = defaultdict(dict)
    for row in facts.rows("distribution"):
        spread[row["indicator"]][row["code"]] = row["countries"]
    return spread


def _entry(
    facts: Facts, item: NamedNode, rows: Sequence[Row], spread: Mapping[NamedNode, int], base: int | None
) -> Entry:
    codes = list(dict.fromkeys(row["code"] for row in rows))
    mine = "; ".join("not answered" if code.value == SILENCE else facts.name(code) for code in codes)
    cells = (
        Item(str(rows[0]["year"])),
        Item(facts.name(item)),
        Item(mine, sources_of(rows)),
        Item(_europe(facts, spread, base)),
    )
    return Entry(cells, rows[0]["year"] - (rows[0]["ordinal"] or 0) / 1000)


def _europe(facts: Facts, spread: Mapping[NamedNode, int], base: int | None) -> str:
    """How many countries gave which answer, and of how many: `high: 9 of 29 countries; low: 2; no data: 18`."""
    of = f" of {base} countries" if base is not None else " of an unknown number of countries"
    told = [
        f"{'not answered' if code.value == SILENCE else facts.name(code)}: {count}{of if not at else ''}"
        for at, (code, count) in enumerate(spread.items())
    ]
    # A country may give several answers to some questions: then the counts do not add up to the countries.
    if base is not None and sum(spread.values()) <= base:
        told.append(f"no data: {base - sum(spread.values())}")
    return "; ".join(told)


def _tick_entry(facts: Facts, rows: Sequence[Row]) -> Entry:
    counts = Counter(
        {
            row["indicator"]: "not answered" if row["code"].value == SILENCE else facts.name(row["code"])
            for row in rows
        }.values()
    )
    lands = facts.tick_table_countries
    cells = (
        Item(str(rows[0]["year"])),
        Item(f"Measures under pillar {rows[0]['number']}: {facts.name(rows[0]['pillar'])}"),
        Item("; ".join(f"{answer}: {count}" for answer, count in sorted(counts.items())), sources_of(rows)),
        Item(f"no comparison: the graph has these tables for {number(lands, 'country', 'countries')}"),
    )
    return Entry(cells, rows[0]["year"] - 0.5 - (rows[0]["number"] or 0) / 1000)
