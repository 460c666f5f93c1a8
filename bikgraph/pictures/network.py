"""A country's network as data: its bodies, and what each is joined to: pillars, functions, agreements, consortia.

A role under a pillar is joined to the pillar, with the pillar's own number; a role under none, to its function. The
pillars of a strategy are a column of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import name_of, text
from bikgraph.namespaces import BIK, NOTATION
from bikgraph.pictures.credit import credit
from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.queries import rows
from bikgraph.pictures.roles import kinds_of

if TYPE_CHECKING:
    from pyoxigraph import QuerySolution, Store

    from bikgraph.lookup import Node

FUNCTIONS, JOINS = "Functions", "Agreements and consortia"
_JOIN = "join "  # a consortium that has roles too is drawn twice: as a body, and as what joins its members


class Line(NamedTuple):
    """One body, what it is joined to, and how: a role, `party`, `consortium`, or `same`."""

    actor: str
    other: str
    kind: str


class Box(NamedTuple):
    """What bodies are joined to: its column's heading, a line above its name and one below, its place in the order."""

    column: str
    above: str
    name: str
    below: str
    order: tuple[int, str]


class Network(NamedTuple):
    """Lines, boxes by their keys, and names and kinds of the bodies; the words for title, subtitle and foot."""

    lines: list[Line]
    boxes: Mapping[str, Box]
    names: Mapping[str, str]
    kinds: Mapping[str, set[str]]
    title: str
    subtitle: str
    credit: str
    command: str


def network(store: Store, country: NamedNode, edition: NamedNode | None, language: str = "en") -> Network:
    """The network of `country` in `edition`, or in all that is known.

    Raises RequestError that says what to run instead, if no responsibility, agreement or membership is known there.
    """
    given = {"country": [country], "chosen": [edition] if edition is not None else []}
    boxes: dict[str, Box] = {}
    lines: set[Line] = set()
    records: set[Node] = set()
    editions: set[NamedNode | None] = set()
    for row in rows(store, "responsibilities", given):
        key = (row["pillar"] or row["function"] or row["role"]).value
        if row["pillar"] is not None:
            number = "" if row["number"] is None else row["number"].value
            strategy = "" if row["strategy"] is None else name_of(store, row["strategy"], language)
            name = name_of(store, row["pillar"], language)
            boxes[key] = Box(_pillars(strategy), f"Pillar {number}".strip(), name, "", (int(number or 99), name))
        else:
            name = name_of(store, row["function"], language) if row["function"] is not None else "no function is named"
            boxes[key] = Box(FUNCTIONS, "", name, "", (0, name))
        lines.add(Line(row["actor"].value, key, row["role"].value))
        records.add(row["record"])
        editions.add(row["edition"])
    for agreement, group in groupby(rows(store, "agreements", given), key=itemgetter("agreement")):
        stated = list(group)
        boxes[agreement.value] = _agreement(store, stated, language)
        lines |= {Line(row["party"].value, agreement.value, "party") for row in stated if row["party"] is not None}
        records.add(agreement)
        editions |= {row["edition"] for row in stated}
    for row in rows(store, "memberships", given):
        consortium = row["consortium"].value
        name = name_of(store, row["consortium"], language)
        boxes[_JOIN + consortium] = Box(JOINS, "", name, "consortium", (1, name))
        lines.add(Line(row["member"].value, _JOIN + consortium, "consortium"))
        records.add(row["record"])
        editions.add(row["edition"])
    if not boxes:
        raise RequestError(nothing(store, country, edition, "responsibility, agreement or membership", "network"))
    actors = {line.actor for line in lines}
    lines |= {Line(actor, _JOIN + actor, "same") for actor in actors if _JOIN + actor in boxes}
    name = isolate(name_of(store, country, language))
    code = text(store, country, NOTATION)
    year = text(store, edition, BIK + "year") if edition is not None else ""
    return Network(
        sorted(lines),
        boxes,
        {actor: name_of(store, NamedNode(actor), language) for actor in actors},
        {actor: kinds_of(store, actor) for actor in actors},
        f"{name} {year}".strip() + ": who does what",
        basis(store, editions),
        credit(store, records, language, country),
        command("network", code, year),
    )


def basis(store: Store, editions: Collection[NamedNode | None]) -> str:
    """Which editions the records of a picture are from, and whether some are from pages that belong to none (None)."""
    known = [edition for edition in editions if edition is not None]
    years = sorted(text(store, edition, BIK + "year") for edition in known)
    parts = [f"the {'edition' if len(years) == 1 else 'editions'} of {', '.join(years)}"] if years else []
    parts += ["pages that belong to no edition"] if None in editions else []
    return f"From {' and '.join(parts)}." if parts else ""


def nothing(store: Store, country: NamedNode, edition: NamedNode | None, what: str, picture: str) -> str:
    """The message about a country of which there is nothing to draw: what was looked for, and what there is instead."""
    code = text(store, country, NOTATION)
    year = f" in the edition of {text(store, edition, BIK + 'year')}" if edition is not None else ""
    given = {"country": [country], "chosen": []}
    kinds = ("responsibilities", "agreements") if picture == "network" else ("responsibilities",)
    is_known = edition is not None and any(True for kind in kinds for _ in rows(store, kind, given))
    instead = f"What is known of all years: {command(picture, code)}. " if is_known else ""
    return (
        f"The graph knows no {what} of {name_of(store, country)}{year}. "
        f"{instead}What it knows of each country and edition: bikgraph ask coverage."
    )


def command(picture: str, code: str, year: str = "") -> str:
    """The command that draws a picture of a country as large as it needs.

    >>> command("network", "BE", "2020")
    'bikgraph draw network --country BE --edition 2020 -o be.svg'
    """
    edition = f" --edition {year}" if year else ""
    return f"bikgraph draw {picture} --country {code}{edition} -o {code.lower()}.svg"


def _pillars(strategy: str) -> str:
    if strategy.lower().startswith("pillars"):
        return strategy
    return f"Pillars of the {strategy}" if strategy else "Pillars"


def _agreement(store: Store, own: Sequence[QuerySolution], language: str) -> Box:
    """An agreement's box: its name, and its year or years with the number of parties where not all are named."""
    years = sorted({row["year"].value for row in own if row["year"] is not None})
    parties = len({row["party"].value for row in own if row["party"] is not None})
    incomplete = any(row["complete"] is not None and row["complete"].value == "false" for row in own)
    told = [", ".join(years) or "year not known"]
    if parties == 0:
        told.append("no party is named")
    elif incomplete:
        told.append(f"at least {parties} {'party' if parties == 1 else 'parties'}")
    name = name_of(store, own[0]["agreement"], language)
    return Box(JOINS, "", name, "; ".join(told), (0, name))
