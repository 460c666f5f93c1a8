"""The search of `bikgraph find`: things by name, and by what their texts say, narrowed and told in a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.exploring.question_meant import as_written
from bikgraph.exploring.record_in_words import label_in_words
from bikgraph.exploring.things import country_of, kind_of
from bikgraph.lookup import Term, value, values
from bikgraph.namespaces import BIK, XSD
from bikgraph.questions.parameters import quoted
from bikgraph.search import (
    LEAST_OF_MOST,
    Filters,
    Hit,
    Index,
    Typed,
    filters_of,
    read,
    search_names,
    search_texts,
    understand,
)
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

COLUMNS = ["match", "kind", "thing", "thingLabel", "country", "year", "source"]
TEXT_COLUMNS = [*COLUMNS, "field"]


class Narrowing(TypedDict, total=False):
    """What narrows or widens a search; several values of one are a list, or joined by commas."""

    country: str | Sequence[str] | None
    """Codes or names of countries."""
    kind: str | Sequence[str] | None
    """Kinds of actors and records, as codes or in words: `law`, `MoU`, `police`."""
    topic: str | Sequence[str] | None
    year: str | int | None
    """A year, or a span such as `2018-2022`."""
    texts: bool
    """Look into notes, purposes, descriptions and competences too, and at records without a name."""
    terms: bool
    """Give terms of the ontology too."""
    words_only: bool
    """Take every word as a word to look for: a country or kind among them is no filter."""


class Found(NamedTuple):
    """The rows of a search, and sentences that say what was understood and what else can be tried."""

    table: Table
    remarks: list[str]


def search(
    store: Store,
    index: Index,
    words: str,
    language: str = "en",
    most: int = 10,
    *,
    country: str | Sequence[str] | None = None,
    kind: str | Sequence[str] | None = None,
    topic: str | Sequence[str] | None = None,
    year: str | int | None = None,
    texts: bool = False,
    terms: bool = False,
    words_only: bool = False,
) -> Found:
    """At most `most` things that fit, best first: COLUMNS, and with `texts` TEXT_COLUMNS.

    `match` is the name that fits best; with `texts` the sentence, the words that were found between `**`, and `field`
    says what it is. `year` is the thing's own, or that of the edition that a role or an answer stands in; `source` is
    the latest. A country or kind
    among the words is a filter, but a thing that is called exactly as the words say is always given, first. Raises
    RequestError for a filter that means nothing, and where there is nothing to look for.
    """
    if not isinstance(words, str):
        raise RequestError(
            f"Words to look for are a text, such as 'ministry of education'; not {type(words).__name__}."
        )
    given = filters_of(index, **as_written({"country": country, "kind": kind, "topic": topic, "year": year}))
    plain = replace(read(words), filters=given)
    if not plain.words and (words.strip() or not given):
        raise RequestError(
            f"There is no word to look for in {quoted(words)}. Give a name, words of it, or a filter, such as: "
            "bikgraph find --country DE --kind ministry"
        )
    typed, hits, remarks = _looked(index, plain, given, texts=texts, terms=terms, words_only=words_only)
    rows = [_row(store, index, hit, language, texts=texts) for hit in hits[:most]]
    table = Table(TEXT_COLUMNS if texts else COLUMNS, rows, language, "find")
    if len(hits) > most:
        remarks.append(f"{most} of {len(hits)} are shown; -n {len(hits)} shows all.")
    if hits and typed.filters.year:
        others = _strict(index, _without(typed, "year"), texts=texts, terms=terms)
        undated = sum(not _years(index, hit.iri) for hit in others)
        remarks += [f"{undated} more have no year of their own: the year leaves them out."] if undated else []
    if hits and not texts and not typed.words:
        unnamed = len(search_texts(index, typed, terms=terms)) - len(hits)
        remarks += [f"{unnamed} more have no name of their own; --texts shows them too."] if unnamed > 0 else []
    if not hits:
        remarks += [_nothing(typed, texts=texts), *_elsewhere(index, typed, plain, texts=texts, terms=terms)]
    return Found(table, remarks)


def _looked(
    index: Index, plain: Typed, given: Filters, *, texts: bool, terms: bool, words_only: bool
) -> tuple[Typed, list[Hit], list[str]]:
    """As what the words were taken in the end, what was found, and the sentences that say so."""
    if words_only:
        return plain, *_best(index, plain, texts=texts, terms=terms)
    typed = understand(index, plain, given)
    hits = _strict(index, typed, texts=texts, terms=terms)
    # A name may have a country or a kind in it: a thing that is called so is never lost to a filter.
    of_country = understand(index, plain, given, kinds=False)
    readings = [reading for reading in (plain, of_country) if typed.understood and reading.words]
    found = (hit for reading in readings for hit in search_names(index, reading, terms=terms) if hit.is_whole)
    called = {hit.iri: hit for hit in found}
    hits = [*called.values(), *(hit for hit in hits if hit.iri not in called)]
    if hits or not typed.understood.kind:
        more: list[str] = []
        if not hits:
            hits, more = _best(index, typed, texts=texts, terms=terms)
        return typed, hits, [*_understood(typed), *more]
    # No thing of that kind has the other words: then the kind was a word like others.
    hits, more = _best(index, of_country, texts=texts, terms=terms)
    if not hits:
        return typed, [], _understood(typed)
    no = f"nothing {typed.filters.in_words()} has the other words: the kind is looked for as a word."
    return of_country, hits, [*_understood(of_country), no, *more]


def _strict(index: Index, typed: Typed, *, texts: bool, terms: bool) -> list[Hit]:
    return (search_texts if texts else search_names)(index, typed, terms=terms)


def _best(index: Index, typed: Typed, *, texts: bool, terms: bool) -> tuple[list[Hit], list[str]]:
    """What has the words, else, in texts, what has most of them, and the sentence that says so."""
    hits = _strict(index, typed, texts=texts, terms=terms)
    if hits or not texts:
        return hits, []
    hits = search_texts(index, typed, terms=terms, least=LEAST_OF_MOST)
    return hits, ["nothing has all of the words; these have most of them."] if hits else []


def _understood(typed: Typed) -> list[str]:
    if not typed.understood:
        return []
    return [f"looked for things {typed.understood.in_words()}, as the words say; --words-only takes these as words."]


def _row(store: Store, index: Index, hit: Hit, language: str, *, texts: bool) -> list[Term | None]:
    node = NamedNode(hit.iri)
    source = _source(store, index, node)
    row: list[Term | None] = [
        Literal(hit.value, language=hit.language) if hit.language else Literal(hit.value),
        Literal(kind_of(store, node)),
        node,
        label_in_words(store, node, language),
        country_of(store, node),
        _year(store, index, node),
        source,
    ]
    return [*row, Literal(hit.field)] if texts else row


def _years(index: Index, iri: str) -> list[int]:
    query = "SELECT value FROM facet JOIN thing ON thing.id = facet.thing WHERE iri = ? AND facet = 'year'"
    return [int(year) for (year,) in index.rows(query, iri)]


def _year(store: Store, index: Index, node: NamedNode) -> Term | None:
    own = value(store, node, BIK + "year")
    years = _years(index, node.value) if own is None else []
    return Literal(str(max(years)), datatype=NamedNode(XSD + "integer")) if years else own


def _source(store: Store, index: Index, node: NamedNode) -> Term | None:
    """The latest of the thing's sources."""
    sources = sorted(source.value for source in values(store, node, BIK + "source"))
    return NamedNode(max(sources, key=lambda iri: max(_years(index, iri), default=0))) if sources else None


def _nothing(typed: Typed, *, texts: bool) -> str:
    """The sentence that says what was looked at, and in vain."""
    within = f" {typed.filters.in_words()}" if typed.filters else ""
    if not typed.words:
        return f"nothing{within} is known{'' if texts else ' by a name'}."
    words = quoted(" ".join(word.written for word in typed.telling))
    where = "names, notes, purposes, descriptions, competences" if texts else "names only, in all languages"
    return f"nothing{within} resembles {words} (looked at: {where})."


def _elsewhere(index: Index, typed: Typed, plain: Typed, *, texts: bool, terms: bool) -> list[str]:
    """What is found when a request that gave nothing is widened, one way at a time."""
    tried = []
    if not texts and (count := len(search_texts(index, typed, terms=terms))):
        tried.append(f"{count} in the texts (--texts)")
    if typed.understood and (count := len(_strict(index, plain, texts=texts, terms=terms))):
        tried.append(f"{count} with all words as words (--words-only)")
    for facet, codes in typed.filters.facets().items():
        if codes and (count := len(_strict(index, _without(typed, facet), texts=texts, terms=terms))):
            tried.append(f"{count} without the {facet}")
    if not terms and (count := len(_strict(index, typed, texts=texts, terms=True))):
        tried.append(f"{count} among the terms of the ontology (--terms)")
    if tried:
        return [f"there would be {', '.join(tried)}."]
    return [] if texts else ["--texts looks into notes, purposes and descriptions too."]


def _without(typed: Typed, facet: str) -> Typed:
    filters = Filters(**{name: () if name == facet else codes for name, codes in typed.filters.facets().items()})
    return replace(typed, filters=filters)
