"""How much is known of each country in each edition, and in its other pages: a grid of cells, and the editions' sums.

Five states are kept apart: answers, a profile read that gave other facts but no answer, covered but nothing read, not
in the edition, and not known whether in it. A question that a profile leaves blank was read; one without data was
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.reports.facts import Labels, rows

if TYPE_CHECKING:
    from pyoxigraph import Store

PAGES = "other pages"


class Cell(NamedTuple):
    """One country in one edition or in its other pages.

    `state` is "answers", "facts", "pages", "no-data", "not-covered" or "unknown".
    """

    state: str
    answered: int = 0
    blank: int = 0
    questions: int = 0
    records: int = 0

    @property
    def words(self) -> str:
        """The cell as text."""
        if self.state == "answers":
            return f"{self.answered} of {self.questions} answered{f', {self.blank} left blank' if self.blank else ''}"
        if self.state == "facts":
            return f"no answer read; {self.records} other {'fact' if self.records == 1 else 'facts'}"
        if self.state == "pages":
            return f"{self.records} {'fact' if self.records == 1 else 'facts'}"
        return {"no-data": "no data", "not-covered": "not covered", "unknown": "not known to be covered"}[self.state]


class Column(NamedTuple):
    """An edition, with its year as `name`, or the other pages: what it covers, if known, its cells by country."""

    name: str
    stated: int | None
    listed: int
    questions: int
    definition: str
    cells: Mapping[str, Cell]
    whole: int

    def count(self, *states: str) -> int:
        """How many cells are in one of `states`."""
        return sum(cell.state in states for cell in self.cells.values())

    def total(self, what: str) -> int:
        """The sum of a number over all cells, such as "answered"."""
        return sum(getattr(cell, what) for cell in self.cells.values())

    @property
    def profiles(self) -> int:
        """How many countries have data in the column."""
        return self.count("answers", "facts", "pages")

    @property
    def blanks(self) -> int:
        """How many questions profiles leave blank."""
        return self.total("blank")

    @property
    def possible(self) -> int | None:
        """How many answers there would be if every country's profile were known; None if the base is not known."""
        return None if self.stated is None or not self.questions else self.stated * self.questions


class Coverage(NamedTuple):
    """The countries' names by code, the columns with a country in them, and the editions of which none is known."""

    countries: Mapping[str, str]
    columns: Sequence[Column]
    others: Sequence[Column]


def coverage(store: Store, label: Labels) -> Coverage:
    """The coverage of all countries and editions of the release in `store`."""
    codes = {row["country"]: row["code"] for row in rows(store, "countries")}
    covered = {(row["edition"], row["country"]) for row in rows(store, "covered")}
    sets: dict[tuple[Any, Any], list[Any]] = {}
    for row in rows(store, "sets"):
        sets.setdefault((row["edition"], row["country"]), []).append(row)
    columns = []
    for edition in rows(store, "editions"):
        node, complete = edition["edition"], edition["stated"] == edition["listed"]
        cells = {
            code: _cell(
                sets.get((node, country), ()),
                edition["questions"],
                listed=(node, country) in covered,
                complete=complete,
            )
            for country, code in codes.items()
        }
        whole = sum(row["whole"] is True for country in codes for row in sets.get((node, country), ()))
        columns.append(
            Column(
                str(edition["year"]),
                edition["stated"],
                edition["listed"],
                edition["questions"],
                edition["definition"] or "",
                cells,
                whole,
            )
        )
    pages = {code: _pages(sets.get((None, country), ())) for country, code in codes.items()}
    known = [column for column in columns if column.listed or column.count("answers", "facts")]
    names = sorted(((code, label(country)) for country, code in codes.items()), key=lambda pair: pair[1])
    return Coverage(
        dict(names),
        [*known, Column(PAGES, len(codes), len(codes), 0, "", pages, 0)],
        [column for column in columns if column not in known],
    )


def _cell(record_sets: Iterable[Any], questions: int, *, listed: bool, complete: bool) -> Cell:
    counted = [sum(row[what] for row in record_sets) for what in ("answered", "blank", "records")]
    if record_sets:
        return Cell("answers" if counted[0] or counted[1] else "facts", counted[0], counted[1], questions, counted[2])
    return Cell("no-data" if listed else "not-covered" if complete else "unknown", questions=questions)


def _pages(record_sets: Iterable[Any]) -> Cell:
    records = sum(row["records"] for row in record_sets)
    return Cell("pages" if records else "no-data", records=records)
