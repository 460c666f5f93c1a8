"""The edition that a question takes if none is named: the one in which most of the countries asked for have records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.lookup import solutions
from bikgraph.query_files import Terms, filled, query_text

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.memory import Memory


class EditionHoldings(NamedTuple):
    """An edition, its year, and the countries that have records in it."""

    edition: NamedNode
    year: int
    countries: frozenset[NamedNode]


class Holdings(NamedTuple):
    """The editions with records of one class, the one with the most countries first, of equals the latest."""

    editions: list[EditionHoldings]

    @property
    def countries(self) -> set[NamedNode]:
        """The countries that have records in any of the editions."""
        return {country for edition in self.editions for country in edition.countries}


def holdings(
    store: Store, cls: str, countries: Terms = (), indicators: Terms = (), memory: Memory | None = None
) -> Holdings:
    """The editions with records of class `cls`, of these countries or of all, answering these indicators or any.

    It is found outside the question, which may give no row for the edition.
    """
    asked = _terms(countries), _terms(indicators)
    key = (cls, *(" ".join(term.value for term in terms) for terms in asked))
    if memory is not None and key in memory.holdings:
        return memory.holdings[key]
    bound: dict[str, Terms] = {"class": [NamedNode(cls)]}
    bound |= {name: terms for name, terms in zip(("country", "indicator"), asked, strict=True) if terms}
    years: dict[NamedNode, int] = {}
    found: dict[NamedNode, set[NamedNode]] = {}
    for row in solutions(store, filled(query_text(__file__, "default_edition.rq"), bound)):
        edition, year, country = row["edition"], row["year"], row["country"]
        if isinstance(edition, NamedNode) and isinstance(country, NamedNode):
            years[edition] = int(year.value)  # bik:year is a literal
            found.setdefault(edition, set()).add(country)
    editions = [EditionHoldings(edition, years[edition], frozenset(nodes)) for edition, nodes in found.items()]
    result = Holdings(sorted(editions, key=lambda entry: (-len(entry.countries), -entry.year)))
    if memory is not None:
        memory.holdings[key] = result
    return result


def _terms(given: Terms) -> Sequence[NamedNode]:
    return sorted((term for term in given if isinstance(term, NamedNode)), key=lambda term: term.value)


def years_of(editions: Iterable[EditionHoldings], country: NamedNode) -> list[int]:
    """The years of the editions in which a country has records, in order."""
    return sorted(entry.year for entry in editions if country in entry.countries)
