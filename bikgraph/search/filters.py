"""What a search is narrowed by: countries, kinds, topics and years, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bikgraph.errors import RequestError
from bikgraph.nearest import did_you_mean
from bikgraph.search.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bikgraph.search.index import Index

YEARS = range(1800, 2101)
# The facets of `meaning` in which a name of an option is looked up, the first that knows it.
_MEANT_IN = {"country": ("code", "country"), "kind": ("kind", "class"), "topic": ("topic",)}
_MOST_LISTED, _MOST_QUOTED = 40, 60
_SPAN = re.compile(r"\s*(\d{4})\s*(?:[-\N{EN DASH}/]|\.\.)?\s*(\d{4})?\s*")


@dataclass(frozen=True)
class Filters:
    """Codes of countries, kinds and topics, of each of which one has to fit, and years; empty for all."""

    country: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    year: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self.facets().values())

    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values by facet."""
        return {"country": self.country, "kind": self.kind, "topic": self.topic, "year": self.year}

    def condition(self, column: str) -> tuple[str, list[str]]:
        """A condition of SQL that the thing in `column` fits, with its values; always true without a filter."""
        parts, given = ["1"], []
        for facet, codes in self.facets().items():
            if codes:
                marks = ", ".join("?" * len(codes))
                parts.append(f"{column} IN (SELECT thing FROM facet WHERE facet = ? AND value IN ({marks}))")
                given += [facet, *codes]
        return " AND ".join(parts), given

    def in_words(self) -> str:
        """The filters as people read them: "of kind ministry in DE", years as a span."""
        said = [
            f"{before} {' or '.join(codes)}"
            for before, codes in (("of kind", self.kind), ("in", self.country), ("on", self.topic))
            if codes
        ]
        if self.year:
            said.append(f"of {self.year[0]}" + (f" to {self.year[-1]}" if len(self.year) > 1 else ""))
        return " ".join(said)


def filters_of(
    index: Index,
    *,
    country: str | None = None,
    kind: str | None = None,
    topic: str | None = None,
    year: str | None = None,
) -> Filters:
    """The filters that people's words mean; several values of one are joined by commas.

    None is no filter. Raises RequestError that says what is accepted, the nearest first; for an empty text too.
    """
    given = {"country": country, "kind": kind, "topic": topic}
    codes = {facet: tuple(dict.fromkeys(_codes(index, facet, text))) for facet, text in given.items()}
    return Filters(codes["country"], codes["kind"], codes["topic"], tuple(_years(year)))


def singular(words: str) -> Iterator[str]:
    """Words as they are, and as what may be one of several: "ministries", "memoranda of understanding".

    >>> list(singular("ministries"))
    ['ministries', 'ministry', 'ministri', 'ministrie']
    >>> list(singular("codes of conduct"))
    ['codes of conduct', 'code of conduct']
    """
    yield words
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if words.endswith(ending) and len(words) > len(ending) + 1:
            yield words.removesuffix(ending) + instead
    first, _, rest = words.partition(" ")
    if rest and first.endswith("s"):
        yield f"{first.removesuffix('s')} {rest}"
    elif rest and first.endswith("a"):
        yield f"{first.removesuffix('a')}um {rest}"


def _codes(index: Index, facet: str, text: str | None) -> Iterator[str]:
    for part in (text or "").split(","):
        if not part.strip():
            continue
        words = " ".join(words_of(part))
        found = [code for name in singular(words) for code in meaning(index, facet, name)]
        if not found:
            raise RequestError(_unknown(index, facet, part.strip()))
        yield from found
    if text is not None and not text.replace(",", "").strip():
        raise RequestError(_unknown(index, facet, text))


def meaning(index: Index, facet: str, words: str) -> list[str]:
    """The codes that folded words mean as a country, kind or topic."""
    for place in _MEANT_IN[facet]:
        rows = index.rows("SELECT DISTINCT value FROM meaning WHERE facet = ? AND name = ?", place, words)
        if rows:
            return [value for (value,) in rows]
    return []


def accepted(index: Index, facet: str) -> list[str]:
    """The codes that a search can be narrowed to as `country`, `kind` or `topic`, in order."""
    return sorted({value for _, value in _named(index, facet)})


def _named(index: Index, facet: str) -> list[tuple[str, str]]:
    """The names by which a facet is narrowed, each with the code that it means."""
    places = _MEANT_IN[facet]
    marks = ", ".join("?" * len(places))
    return index.rows(f"SELECT name, value FROM meaning WHERE facet IN ({marks})", *places)


def _unknown(index: Index, facet: str, text: str) -> str:
    rows = _named(index, facet)
    quoted = repr(text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…")
    if not rows:
        return f"There is no {facet} {quoted} (--{facet}): this release has no {facet}s."
    codes = sorted({value for _, value in rows})
    listed = ", ".join(codes[:_MOST_LISTED]) + (", …" if len(codes) > _MOST_LISTED else "")
    near = did_you_mean(text[:200], sorted({name for name, _ in rows} | {*codes}), 3)
    return f"There is no {facet} {quoted} (--{facet}).{near} Accepted: {listed}."


def _years(text: str | None) -> Iterator[str]:
    if text is None:
        return
    match = _SPAN.fullmatch(text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if first not in YEARS or last not in YEARS or first > last:
        quoted = repr(text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…")
        raise RequestError(
            f"{quoted} is no year (--year). Expected a year or a span from {YEARS[0]} to {YEARS[-1]}, "
            "such as 2018 or 2018-2022."
        )
    yield from map(str, range(first, last + 1))
