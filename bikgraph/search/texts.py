"""Things by their texts: notes, purposes, descriptions, competences and titles, and the names of what they link."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bikgraph.search.documents import CONTEXT, SOURCE, TERM
from bikgraph.search.names import Hit
from bikgraph.search.near import Wanted
from bikgraph.search.typed import folded_words, phrase_is_in

if TYPE_CHECKING:
    from bikgraph.search.index import Index
    from bikgraph.search.typed import Typed

# How much of what was typed a thing has to have in its texts together, by the weight of the words; and where nothing
# has as much, how much a thing has to have to be shown as having most of the words.
LEAST_SHARE, LEAST_OF_MOST = 0.75, 0.6
_MOST_CANDIDATES = 600
# A word that only something linked has in its name says less.
_OF_CONTEXT = 0.8
_BEHIND = {SOURCE: 0.9, TERM: 0.85}
# Letters of a text that are shown before and behind the first word that was found, and how long it may be uncut.
_BEFORE, _UNCUT = 50, 160
_MARK = "**"


def search_texts(index: Index, typed: Typed, *, terms: bool = False, least: float = LEAST_SHARE) -> list[Hit]:
    """The things whose names and texts have enough of what was typed, best first; `value` is what fits best, marked.

    `least` is how much they need. Without words the things that fit the filters.
    """
    if not typed.words:
        return _all(index, typed, terms=terms) if typed.filters else []
    (total,) = index.rows("SELECT count(*) FROM document")[0]
    wanted = Wanted(index, typed.telling, "document_vocabulary", total)
    candidates = _candidates(index, wanted, typed, terms=terms, least=least)
    units = _units(index, list(candidates))
    hits = []
    for thing, (iri, sort) in candidates.items():
        hit = _hit(wanted, typed, iri, units[thing], least)
        if hit is not None:
            hits.append(hit._replace(score=hit.score * _BEHIND.get(sort, 1.0)))
    return sorted(hits, key=lambda hit: (-round(hit.score, 6), hit.iri))


Unit = tuple[str, str, str, str]
"""A name or text: field, value, language, folded words."""


def _hit(wanted: Wanted, typed: Typed, iri: str, units: list[Unit], least: float) -> Hit | None:
    together = [0.0] * len(wanted.words)
    best: tuple[float, Unit] | None = None
    phrases = set(typed.phrases)
    for unit in units:
        factor = _OF_CONTEXT if unit[0] == CONTEXT else 1.0
        covered = [factor * value for value in wanted.covered(unit[3].split())]
        together = [max(pair) for pair in zip(together, covered, strict=True)]
        phrases = {phrase for phrase in phrases if not phrase_is_in(phrase, unit[3])}
        share = wanted.share(covered)
        if best is None or share > best[0]:
            best = (share, unit)
    share = wanted.share(together)
    if best is None or share < least or phrases:
        return None
    # Words that stand side by side are meant more likely than the same words in two sentences.
    beside = phrase_is_in(" ".join(word.text for word in wanted.words), best[1][3])
    score = 0.6 * share + 0.3 * best[0] + (0.1 if beside else 0.0)
    field, value, language, _ = best[1]
    return Hit(iri, excerpt(value, wanted), language, score, field)


def excerpt(value: str, wanted: Wanted) -> str:
    """A text with the words that are wanted between `**`, cut to the part where they begin."""
    spans: list[tuple[int, int]] = []
    for start, end, word in folded_words(value):
        if wanted.stands_for_any(word):
            if spans and not value[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    first, last = 0, len(value)
    if len(value) > _UNCUT and spans:
        first = max(0, spans[0][0] - _BEFORE)
        last = min(len(value), first + _UNCUT)
        first = value.rfind(" ", 0, first) + 1 if first else 0
        last = value.rfind(" ", first, last) if last < len(value) and " " in value[first:last] else last
    shown, at = ["…"] if first else [], first
    for start, end in spans:
        if end <= last:
            shown += [value[at:start], _MARK, value[start:end], _MARK]
            at = end
    return "".join([*shown, value[at:last], "…" if last < len(value) else ""])


def _candidates(index: Index, wanted: Wanted, typed: Typed, *, terms: bool, least: float) -> dict[int, tuple[str, int]]:
    condition, values = typed.filters.condition("thing.id")
    query = (
        "SELECT thing.id, iri, sort FROM document_words JOIN thing ON thing.id = document_words.rowid "
        f"WHERE document_words MATCH ? AND sort <= ? AND {condition} ORDER BY rank, thing.id LIMIT ?"
    )
    found = {}
    for match in (wanted.all_of_them(), wanted.enough_of_them(least)):
        for thing, iri, sort in index.rows(query, match, TERM if terms else SOURCE, *values, _MOST_CANDIDATES):
            found[thing] = (iri, sort)
    return found


def _units(index: Index, things: list[int]) -> dict[int, list[Unit]]:
    """The names, then the texts, of each thing."""
    found: dict[int, list[Unit]] = defaultdict(list)
    for start in range(0, len(things), 500):
        some = things[start : start + 500]
        marks = ", ".join("?" * len(some))
        for columns, table in (("'name', value, language, words", "name"), ("field, value, language, words", "text")):
            rows = index.rows(f"SELECT thing, {columns} FROM {table} WHERE thing IN ({marks}) ORDER BY id", *some)
            for thing, *unit in rows:
                found[thing].append((unit[0], unit[1], unit[2], unit[3]))
    return found


def _all(index: Index, typed: Typed, *, terms: bool) -> list[Hit]:
    condition, values = typed.filters.condition("thing.id")
    query = f"SELECT thing.id, iri FROM thing WHERE sort <= ? AND {condition} ORDER BY sort, iri"
    rows = index.rows(query, TERM if terms else SOURCE, *values)
    units = _units(index, [thing for thing, _ in rows])
    return [
        Hit(iri, value, language, 1.0, field) for thing, iri in rows for field, value, language, _ in units[thing][:1]
    ]
