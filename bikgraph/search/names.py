"""Things by their names: typing errors, accents, case and the order of the words are forgiven."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bikgraph.namespaces import ID
from bikgraph.search.documents import SOURCE, TERM
from bikgraph.search.near import Wanted, told
from bikgraph.search.typed import phrase_is_in
from bikgraph.search.words import words_of

if TYPE_CHECKING:
    from bikgraph.search.filters import Filters
    from bikgraph.search.index import Index
    from bikgraph.search.typed import Typed

# How much of what was typed a name has to have, by the weight of the words (docs/decisions/0019: how it was chosen).
LEAST_SHARE = 0.62
# Where a name has all of what was typed, others need this part of it.
SHARE_OF_BEST = 0.8
# A name that is what was typed: it is shown whatever the words were taken for.
_WHOLE_SHARE, _WHOLE_NAME = 0.85, 0.99
_MOST_CANDIDATES = 400
# Of two names that fit alike that of a thing comes before the title of a source and the name of a term.
_BEHIND = {SOURCE: 0.9, TERM: 0.85}


class Hit(NamedTuple):
    """A thing that was found: its IRI, the name or text that fits best, and a score from 0 to 1."""

    iri: str
    value: str
    language: str
    score: float
    field: str = "name"
    is_whole: bool = False
    """Whether the name is what was typed, and nothing more."""


def search_names(index: Index, typed: Typed, *, terms: bool = False) -> list[Hit]:
    """The things whose names have enough of what was typed, best first; terms of the ontology only with `terms`.

    Without words the things that fit the filters, by name.
    """
    if not typed.words:
        return _all(index, typed.filters, terms=terms) if typed.filters else []
    (total,) = index.rows("SELECT count(*) FROM name")[0]
    wanted = Wanted(index, typed.telling, "name_vocabulary", total)
    best: dict[str, Hit] = {}
    shares: dict[str, float] = {}
    for iri, sort, value, language, words, joined in _candidates(index, wanted, typed.filters, terms=terms):
        parts = words.split()
        covered = wanted.covered([*parts, joined] if joined else parts)
        share = wanted.share(covered)
        if share < LEAST_SHARE or not all(phrase_is_in(phrase, words) for phrase in typed.phrases):
            continue
        telling = told(parts)
        of_name = sum(wanted.stands_for_any(part) for part in telling) / len(telling) if parts else 0.0
        if joined and any(word.text == joined for word in wanted.words):
            of_name = 1.0
        score = share * (0.7 + 0.3 * of_name) * _BEHIND.get(sort, 1.0)
        whole = share >= _WHOLE_SHARE and of_name >= _WHOLE_NAME
        hit = Hit(iri, value, language, score, is_whole=whole)
        shares[iri] = max(share, shares.get(iri, 0.0))
        if iri not in best or _rank(hit) < _rank(best[iri]):
            best[iri] = hit
    least = SHARE_OF_BEST * max(shares.values(), default=0.0)
    return sorted((hit for iri, hit in best.items() if shares[iri] >= least), key=_rank)


def things_called(index: Index, words: str) -> list[str]:
    """The IRIs of the things that have a name of these folded words."""
    query = "SELECT DISTINCT iri FROM name JOIN thing ON thing.id = name.thing WHERE words = ? ORDER BY iri"
    return [iri for (iri,) in index.rows(query, words)] if words else []


def _rank(hit: Hit) -> tuple[float, str, str]:
    return -round(hit.score, 6), hit.iri, hit.value


def _candidates(
    index: Index, wanted: Wanted, filters: Filters, *, terms: bool
) -> list[tuple[str, int, str, str, str, str]]:
    condition, values = filters.condition("name.thing")
    query = (
        "SELECT iri, sort, value, language, name.words, name.joined FROM name_words "
        "JOIN name ON name.id = name_words.rowid JOIN thing ON thing.id = name.thing "
        f"WHERE name_words MATCH ? AND sort <= ? AND {condition} ORDER BY rank, name.id LIMIT ?"
    )
    sort = TERM if terms else SOURCE
    found: dict[tuple[str, int, str, str, str, str], None] = {}
    for match in (wanted.all_of_them(), wanted.enough_of_them(LEAST_SHARE)):
        found.update(dict.fromkeys(index.rows(query, match, sort, *values, _MOST_CANDIDATES)))
    return list(found)


def _all(index: Index, filters: Filters, *, terms: bool) -> list[Hit]:
    condition, values = filters.condition("thing.id")
    query = (
        "SELECT iri, min(value), language, sort FROM thing JOIN name ON name.thing = thing.id "
        f"WHERE sort <= ? AND {condition} GROUP BY thing.id ORDER BY sort, min(name.words), iri"
    )
    return [
        Hit(iri, value, language, 1.0)
        for iri, value, language, _ in index.rows(query, TERM if terms else SOURCE, *values)
    ]


def things_beginning(index: Index, beginning: str, most: int) -> list[tuple[str, str]]:
    """At most `most` things whose slug begins so, else those of which a name does: the IRI of each, and a name of it.

    Things of the data and its sources alone: what a user types the beginning of is rarely a term of the ontology.
    """
    name = "coalesce((SELECT value FROM name WHERE thing = thing.id ORDER BY language <> 'en', id LIMIT 1), '')"
    # No letter of a slug or of folded words comes behind the last one.
    start, end = ID + beginning, ID + beginning + "\U0010ffff"
    query = f"SELECT iri, {name} FROM thing WHERE iri >= ? AND iri < ? AND sort <> ? ORDER BY iri LIMIT ?"
    found = index.rows(query, start, end, TERM, most)
    words = " ".join(words_of(beginning))
    if not found and words:
        query = (
            "SELECT iri, value FROM name JOIN thing ON thing.id = name.thing "
            "WHERE words >= ? AND words < ? AND sort <> ? GROUP BY iri ORDER BY iri LIMIT ?"
        )
        found = index.rows(query, words, words + "\U0010ffff", TERM, most)
    return found
