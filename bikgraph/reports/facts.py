"""What the report is made of: plain rows that the queries beside this module give, and the same rows counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import label_of, show
from bikgraph.namespaces import BIK, XSD
from bikgraph.reports.fill import share

if TYPE_CHECKING:
    from pyoxigraph import Store

Row = Mapping[str, Any]
# The classes of facts as the report lists them, and actors, which are no facts but stand on sources too.
CLASSES = {
    "Responsibility": "Responsibilities",
    "Membership": "Memberships",
    "Agreement": "Agreements",
    "Policy": "Policies",
    "DataCollection": "Data collections",
    "GoodPractice": "Good practices",
    "Answer": "Answers",
    "Event": "Events",
    "Statement": "Statements",
    "Discrepancy": "Discrepancies",
    "Actor": "Actors",
}
# The classes whose records a country has few enough of, so that counts by country say something.
_BY_COUNTRY = ("Responsibility", "Agreement", "Policy", "DataCollection", "GoodPractice")


@cache
def _query(name: str) -> str:
    return files("bikgraph.reports").joinpath("queries", f"{name}.rq").read_text("utf-8")


def rows(store: Store, name: str) -> list[Row]:
    """The rows of one of the report's queries: IRIs as nodes, numbers and truth values as Python's, all else as text."""
    solutions: Any = store.query(_query(name))
    names = [variable.value for variable in solutions.variables]
    return [{name: _plain(solution[name]) for name in names} for solution in solutions]


def _plain(term: Any) -> Any:
    if not isinstance(term, Literal):
        return term
    if term.datatype.value == XSD + "integer":
        return int(term.value)
    return term.value == "true" if term.datatype.value == XSD + "boolean" else term.value


class Labels:
    """The English labels of things, each looked up once."""

    def __init__(self, store: Store) -> None:
        """Look labels up in `store`."""
        self._store = store
        self._known: dict[NamedNode, str] = {}

    def __call__(self, thing: NamedNode | None, otherwise: str = "across countries") -> str:
        """The label of `thing`, or its slug without one; `otherwise` where there is no thing."""
        if thing is None:
            return otherwise
        if thing not in self._known:
            found = label_of(self._store, thing, "en")
            self._known[thing] = show(thing.value) if found is None else found.value
        return self._known[thing]


def stock(things: Iterable[Row]) -> list[dict[str, Any]]:
    """Of each class: how many things, how many with one source only, and from how many countries."""
    found: dict[str, dict[str, Any]] = {
        name: {"words": words, "things": 0, "one": 0, "none": 0, "countries": set()} for name, words in CLASSES.items()
    }
    for row in things:
        entry = found[row["class"].value.removeprefix(BIK)]
        entry["things"] += 1
        entry["one"] += row["documents"] == 1
        entry["none"] += row["documents"] == 0
        if row["country"] is not None:
            entry["countries"].add(row["country"])
    return [entry | {"countries": len(entry["countries"])} for entry in found.values() if entry["things"]]


def one_source_by_country(things: Iterable[Row], label: Labels) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of a table: of each country and class, how many facts of how many have one source only."""
    counts: dict[NamedNode, Counter[tuple[str, bool]]] = defaultdict(Counter)
    for row in things:
        counts[row["country"]][row["class"].value.removeprefix(BIK), row["documents"] == 1] += 1
    body = []
    for country in sorted((country for country in counts if country is not None), key=label):
        both = [
            (counts[country][name, True], counts[country][name, True] + counts[country][name, False])
            for name in _BY_COUNTRY
        ]
        body.append([label(country), *(f"{one} of {known}" if known else "no data" for one, known in both)])
    return ["Country", *(CLASSES[name] for name in _BY_COUNTRY)], body


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


def discrepancies(found: Iterable[Row]) -> list[dict[str, Any]]:
    """The discrepancies, each once, with all its sources and their addresses."""
    entries: dict[NamedNode, dict[str, Any]] = {}
    for row in found:
        entry = entries.setdefault(
            row["discrepancy"], {"what": row["discrepancy"], "country": row["country"], "sources": []}
        )
        entry["sources"].append((row["source"], None if row["page"] is None else row["page"].value))
    return list(entries.values())


def named(found: Iterable[Row], label: Labels) -> list[dict[str, Any]]:
    """The rows, each with a name for its fact: of a responsibility, membership or answer what it says, of all else its label."""
    spelt = {BIK + name for name in ("Responsibility", "Membership", "Answer")}
    rest = ("first", "second", "third")
    return [
        {
            **row,
            "name": ", ".join(label(row[part]) for part in rest if row[part] is not None)
            if row["class"].value in spelt
            else label(row["fact"]),
        }
        for row in found
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
        "unlinked": sum(not known for known in linked.values()),
        "total": len(linked),
        "countries": counted(countries),
        "kinds": counted(kinds),
    }
