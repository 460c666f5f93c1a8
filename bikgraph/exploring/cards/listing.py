"""A listing: a query whose rows become the lines of one section of a card.

The query names the thing in a line `VALUES ?thing { UNDEF }` and gives IRIs and codes. Rows are put together by the
variables that a listing groups by; labels are added here, by the rule of all tables. `?source` becomes footnotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from bikgraph.exploring.cards.card import Row, Section
from bikgraph.lookup import name_of, solutions
from bikgraph.query_files import filled, query_text
from bikgraph.questions.source_credits import sources_of

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.lookup import Term


class Values(tuple[str, ...]):
    """The names or values that one variable has in a group of rows, each once; as text they are joined by commas."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)

    def some(self, most: int) -> str:
        """At most so many of them, and how many more there are."""
        return ", ".join(self[:most]) + (f" and {len(self) - most} more" if len(self) > most else "")

    def after(self, words: str, most: int = 9) -> str:
        """The values behind words that lead to them; nothing if there are none."""
        return f"{words}{self.some(most)}" if self else ""


class Group:
    """The rows of a query that make one line; `group["year"]` has the values of a variable."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self._rows = rows

    def __getitem__(self, variable: str) -> Values:
        return Values(dict.fromkeys(row[variable] for row in self._rows if variable in row))

    def by(self, variable: str) -> dict[str, Group]:
        """The rows put together once more, by the values of one variable."""
        groups: dict[str, list[dict[str, str]]] = {}
        for row in self._rows:
            if variable in row:
                groups.setdefault(row[variable], []).append(row)
        return {value: Group(rows) for value, rows in groups.items()}


class Listing(NamedTuple):
    """A section of a card: its heading, the query behind it, the variables of a line, and the words of one.

    `most` lines are shown at the most, and `least` also where the card is too long; `before` gives a line that stands
    before them, of all rows together, or nothing. `command` prints all, where that is not the thing's whole
    description: it may name a country's `{code}`. Where `counted`, the heading has the number of lines.
    """

    heading: str
    query: str
    group: tuple[str, ...]
    line: Callable[[Group], str]
    most: int = 8
    least: int = 2
    command: str = ""
    counted: bool = False
    before: Callable[[Group], str] | None = None

    def section(self, store: Store, thing: NamedNode, language: str, *, command: str, code: str = "") -> Section | None:
        """The section for a thing, or None if the graph has nothing for it."""
        groups: dict[tuple[Term | None, ...], list[dict[str, Term]]] = {}
        for row in rows_of(store, self.query, thing):
            groups.setdefault(tuple(row.get(name) for name in self.group), []).append(row)
        if not groups:
            return None
        everything = [row for members in groups.values() for row in members]
        first = self.before(named(store, everything, language)) if self.before is not None else ""
        rows = [Row(first)] if first else []
        for members in list(groups.values())[: self.most]:
            nodes = dict.fromkeys(row["source"] for row in members if "source" in row)
            sources = sources_of(store, [node for node in nodes if not isinstance(node, Literal)], language)
            rows.append(Row(self.line(named(store, members, language)), tuple(sources.values())))
        heading = f"{self.heading} ({len(groups)})" if self.counted else self.heading
        return Section(
            heading,
            tuple(rows),
            max(len(groups) - self.most, 0),
            self.command.format(code=code) if self.command else command,
            self.least,
        )


def named(store: Store, rows: Iterable[dict[str, Term]], language: str = "en") -> Group:
    """Rows of a query with the names of their things, as one group."""
    return Group([{name: _name(store, term, language) for name, term in row.items()} for row in rows])


def _name(store: Store, term: Term, language: str) -> str:
    return term.value if isinstance(term, Literal | BlankNode) else name_of(store, term, language)


def rows_of(store: Store, query: str, thing: NamedNode) -> Iterable[dict[str, Term]]:
    """The rows of one of the cards' queries for a thing, each with the variables that it binds."""
    found = solutions(store, filled(query_text(__file__, f"queries/{query}.rq"), {"thing": [thing]}))
    names = [variable.value for variable in found.variables]
    for solution in found:
        yield {name: term for name in names if (term := solution[name]) is not None}
