"""What the report is made of: plain rows that the queries beside this module give, and the same rows counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from bikgraph import query_files
from bikgraph.lookup import name_of
from bikgraph.namespaces import BIK
from bikgraph.plain_text import plural
from bikgraph.query_files import Row
from bikgraph.reports.fill import share

if TYPE_CHECKING:
    from pyoxigraph import Store

# The kinds of facts of which a country's sources tell nothing: answers come from one profile by their nature,
# discrepancies from two sources, and of the others a country has so few that a share says nothing.
_NOT_BY_COUNTRY = frozenset(
    BIK + name for name in ("Answer", "Discrepancy", "Event", "Membership", "Statement", "Actor")
)


# The order in which readers of the report are used to them; kinds that are not named here come after them.
_ORDER = (
    "Responsibility", "Membership", "Agreement", "Policy", "DataCollection", "GoodPractice", "Answer",
    "Event", "Statement",
)  # fmt: skip


def rows(store: Store, name: str, **values: Iterable[NamedNode]) -> list[Row]:
    """The rows of one of the reports' queries, as `query_files.rows` gives them."""
    return query_files.rows(store, __file__, name, **values)


def kinds_of_facts(store: Store) -> dict[NamedNode, str]:
    """The classes of facts, as the ontology in the release has them, with their names in the plural; actors last."""
    words = {row["class"]: plural(row["label"]).capitalize() for row in rows(store, "classes")}

    def place(kind: NamedNode) -> tuple[bool, int, str]:
        name = kind.value.removeprefix(BIK)
        return name == "Actor", _ORDER.index(name) if name in _ORDER else len(_ORDER), words[kind]

    return {kind: words[kind] for kind in sorted(words, key=place)}


class Labels:
    """The English labels of things, each looked up once."""

    def __init__(self, store: Store) -> None:
        """Look labels up in `store`."""
        self._store = store
        self._names: dict[NamedNode, str] = {}

    def __call__(self, thing: NamedNode | None, otherwise: str = "across countries") -> str:
        """The label of `thing`, or its slug without one; `otherwise` where there is no thing."""
        if thing is None:
            return otherwise
        if thing not in self._names:
            self._names[thing] = name_of(self._store, thing, "en")
        return self._names[thing]


def stock(things: Iterable[Row], kinds: Mapping[NamedNode, str]) -> list[dict[str, Any]]:
    """Of each kind of facts: how many things, how many with one source only, and from how many countries."""
    entries: dict[NamedNode, dict[str, Any]] = {
        kind: {"words": words, "things": 0, "one": 0, "none": 0, "countries": set()} for kind, words in kinds.items()
    }
    for row in things:
        entry = entries[row["class"]]
        entry["things"] += 1
        entry["one"] += row["documents"] == 1
        entry["none"] += row["documents"] == 0
        if row["country"] is not None:
            entry["countries"].add(row["country"])
    return [entry | {"countries": len(entry["countries"])} for entry in entries.values() if entry["things"]]


def one_source_by_country(
    things: Iterable[Row], kinds: Mapping[NamedNode, str], label: Labels
) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of a table: of each country and kind, how many facts of how many have one source only."""
    counts: dict[NamedNode, Counter[tuple[NamedNode, bool]]] = defaultdict(Counter)
    for row in things:
        counts[row["country"]][row["class"], row["documents"] == 1] += 1
    listed = [kind for kind in kinds if kind.value not in _NOT_BY_COUNTRY]
    body = []
    for country in sorted((country for country in counts if country is not None), key=label):
        one_and_more = [(counts[country][kind, True], counts[country][kind, False]) for kind in listed]
        body.append(
            [label(country), *(f"{one} of {one + more}" if one + more else "no data" for one, more in one_and_more)]
        )
    return ["Country", *(kinds[kind] for kind in listed)], body


def by_month(counted: Iterable[tuple[str | None, int]]) -> dict[str, Any]:
    """Days with counts as months: oldest and newest day, counts by month, how many have a day of how many."""
    months: Counter[str] = Counter()
    days, total = set(), 0
    for day, count in counted:
        total += count
        if day is not None:
            days.add(day)
            months[day[:7]] += count
    return {
        "oldest": min(days, default=None),
        "newest": max(days, default=None),
        "months": dict(months),
        "dated": sum(months.values()),
        "total": total,
    }


def discrepancies(disagreements: Iterable[Row]) -> list[dict[str, Any]]:
    """The discrepancies, each once, with all its sources and their addresses."""
    entries: dict[NamedNode, dict[str, Any]] = {}
    for row in disagreements:
        entry = entries.setdefault(
            row["discrepancy"], {"what": row["discrepancy"], "country": row["country"], "sources": []}
        )
        entry["sources"].append((row["source"], None if row["page"] is None else row["page"].value))
    return list(entries.values())


def named(facts: Iterable[Row], label: Labels) -> list[dict[str, Any]]:
    """The facts, each with a name: of a responsibility, membership or answer what it says, of all else its label."""
    spelt = {BIK + name for name in ("Responsibility", "Membership", "Answer")}
    rest = ("first", "second", "third")
    return [
        {
            **row,
            "name": ", ".join(label(row[part]) for part in rest if row[part] is not None)
            if row["class"].value in spelt
            else label(row["fact"]),
        }
        for row in facts
    ]


def unlinked(bodies: Iterable[Row], label: Labels) -> dict[str, Any]:
    """The actors without a link, of how many, by country and by kind; an actor of two kinds counts under both."""
    linked: dict[NamedNode, bool] = {}
    homes: dict[NamedNode, NamedNode | None] = {}
    kinds: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for row in bodies:
        linked[row["actor"]] = bool(row["linked"])
        homes[row["actor"]] = row["country"]
        kinds[row["kind"]].add(row["actor"])
    countries: dict[NamedNode | None, set[NamedNode]] = defaultdict(set)
    for actor, country in homes.items():
        countries[country].add(actor)

    def counted(groups: Mapping[Any, set[NamedNode]]) -> list[tuple[str, str]]:
        order = sorted(groups, key=lambda group: (group is None, label(group)))
        return [
            (label(group), share(sum(not linked[actor] for actor in groups[group]), len(groups[group])))
            for group in order
        ]

    return {
        "unlinked": sum(not has_link for has_link in linked.values()),
        "total": len(linked),
        "countries": counted(countries),
        "kinds": counted(kinds),
    }
