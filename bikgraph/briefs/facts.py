"""The facts of one country for its brief: rows of the queries beside this module, and names fit for one line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph import query_files
from bikgraph.lookup import name_of
from bikgraph.namespaces import ID
from bikgraph.nearest import fold
from bikgraph.plain_text import one_line
from bikgraph.query_files import Row

if TYPE_CHECKING:
    from bikgraph.knowledge_graph import KnowledgeGraph


class Facts:
    """What the graph has on `country`, with names in `language`."""

    def __init__(self, graph: KnowledgeGraph, country: NamedNode, language: str = "en") -> None:
        self.graph = graph
        self.country = country
        self.language = language
        self._names: dict[NamedNode, str] = {}
        self._rows: dict[str, list[Row]] = {}

    def rows(self, query: str) -> list[Row]:
        """The rows of one of the briefs' queries about this country."""
        if query not in self._rows:
            self._rows[query] = query_files.rows(self.graph.store, __file__, query, country=[self.country])
        return self._rows[query]

    def name(self, thing: NamedNode) -> str:
        """The label of a thing on one line, or its slug without one."""
        if thing not in self._names:
            self._names[thing] = one_line(name_of(self.graph.store, thing, self.language))
        return self._names[thing]

    @cached_property
    def code(self) -> str:
        """The country as commands take it: `IE`."""
        return self.country.value.removeprefix(ID + "country-").upper()

    @property
    def full_command(self) -> str:
        """The command that shows all rows of the brief, for parts that no one saved question shows."""
        return f"bikgraph brief {self.code} --full -o {self.code.lower()}.html"

    @cached_property
    def day(self) -> str:
        """The newest day on which any page was read, as YYYY-MM-DD: what the brief counts years from."""
        return self.rows("newest_day")[0]["newest"] or ""

    @cached_property
    def tick_table_countries(self) -> int:
        """How many countries' tick tables of measures the graph has."""
        return max((row["countries"] for row in self.rows("items") if row["tick"] is True), default=0)


def sources_of(rows: Iterable[Row]) -> tuple[NamedNode, ...]:
    """The sources that rows name, each once, in their order."""
    return tuple(dict.fromkeys(row["source"] for row in rows if row["source"] is not None))


def listed(words: Iterable[str], most: int | None = None, joined: str = ", ") -> str:
    """Words in a row; of more than `most`, the rest are counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b, c', 'a, b and 2 more')
    """
    every = list(words)
    if most is None or len(every) <= most:
        return joined.join(every)
    return f"{joined.join(every[:most])} and {len(every) - most} more"


def with_kind(name: str, kinds: Iterable[str], *more: str) -> str:
    """A name with its kinds in brackets, but for those that it says itself.

    >>> with_kind("Online Safety Act", ["law"]), with_kind("Action Plan 2018", ["action plan"])
    ('Online Safety Act (law)', 'Action Plan 2018')
    """
    told = [*(kind for kind in sorted(set(kinds)) if fold(kind) not in fold(name)), *more]
    return f"{name} ({', '.join(told)})" if told else name


def years(found: Iterable[int]) -> str:
    """Years in order, each once.

    >>> years([2025, 2018, 2025])
    '2018, 2025'
    """
    return ", ".join(str(year) for year in sorted(set(found)))


def in_words(code: str) -> str:
    """A code as words.

    >>> in_words("emerging-priority")
    'emerging priority'
    """
    return code.replace("-", " ")
