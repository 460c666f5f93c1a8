"""What a map or ranking of answers shows: the class of each country for one question of one edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import countries_of, instances, name_of, show, subjects, text, values
from bikgraph.namespaces import BIK, ID, NOTATION
from bikgraph.pictures.credit import credit
from bikgraph.pictures.europe_map import countries, europe_map
from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.queries import rows
from bikgraph.pictures.shades import Shade

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.pictures.picture import Look, Picture

BLANK = NamedNode(ID + "answer-not-answered")
KNOWLEDGE = ("not-answered", "no-data", "not-covered", "several")


class AnswerMap(NamedTuple):
    """The legend's classes, the class and the name of each country by its code, and the words around the picture.

    All countries of the graph are here, whether the map has boundaries for them or not, and all that it has them for.
    `ranks` has the rank of each answer whose order is known: one more than the number of countries before it.
    """

    shades: Sequence[Shade]
    values: Mapping[str, str]
    names: Mapping[str, str]
    title: str
    slug: str
    subtitle: str
    footer: str
    ranks: Mapping[str, int]


def answer_map(store: Store, indicator: NamedNode, edition: NamedNode, language: str = "en") -> AnswerMap:
    """Who answered what to `indicator` in `edition`, and of whom nothing is known.

    A country with several different answers is of the class "several": where sources disagree, the map takes no side.
    """
    answers: dict[str, set[NamedNode]] = {}
    records = set()
    for row in rows(store, "map-answers", {"indicator": [indicator]}):
        answers.setdefault(row["country"].value, set()).add(row["code"])
        records.add(row["record"])
    covered = {country.value for country in values(store, edition, BIK + "covers")}
    stated = countries_of(store, edition)
    names: dict[str, str] = {}
    classes = dict.fromkeys(countries(), "not-covered")
    for code, country in countries_by_code(store).items():
        names[code] = name_of(store, country, language)
        classes[code] = answer_class(answers.get(country.value, set()), is_covered=country.value in covered)
    shades = _shades(store, edition, answers, set(classes.values()), language)
    return AnswerMap(
        shades,
        classes,
        names,
        f"{isolate(name_of(store, indicator, language))} ({text(store, edition, BIK + 'year')})",
        show(indicator.value),
        " ".join(_base(store, indicator, edition, sum(bool(given - {BLANK}) for given in answers.values()), stated)),
        credit(store, records, language),
        _ranks(store, answers),
    )


def draw_answer_map(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None, look: Look
) -> Picture:
    """A map of who answered what to the question that `indicators` mean in `edition`, else in that of most answers.

    Raises RequestError as `one_question`.
    """
    chosen = answer_map(store, *one_question(store, indicators, edition), look.language)
    words = {"title": look.titled(chosen.title), "subtitle": chosen.subtitle, "footer": chosen.footer}
    return europe_map(chosen.shades, chosen.values, **words, names=chosen.names, slug=chosen.slug, size=look.size)


def one_question(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None
) -> tuple[NamedNode, NamedNode]:
    """The question and its edition that a code of several editions means: that of `edition`, else the most answered.

    Of editions that equally many countries answered, the latest. Raises RequestError that lists the editions with such
    a question.
    """
    asked = list(rows(store, "map-questions", {"indicator": indicators}))
    fitting = [
        row for row in asked if (row["edition"] == edition if edition is not None else row["countries"].value != "0")
    ]
    if not fitting:
        years = ", ".join(row["year"].value for row in asked)
        problem = (
            "No answer to this question is known" if edition is None else "That edition does not ask this question"
        )
        raise RequestError(f"{problem}. Editions that ask it: {years}.")
    most = max(fitting, key=lambda row: (int(row["countries"].value), int(row["year"].value), row["indicator"].value))
    return most["indicator"], most["edition"]


def data_sentence(year: str, known: int, countries: int, stated: int | None) -> str:
    """Which edition a picture shows, and of how many countries it has data.

    >>> data_sentence("2018", 23, 30, 26)
    '2018 edition, 23 of 30 countries with data (the edition covers 26).'
    """
    covers = f" (the edition covers {stated})" if stated is not None and stated != countries else ""
    return f"{year} edition, {known} of {countries} {'country' if countries == 1 else 'countries'} with data{covers}."


def knowledge_words(store: Store, edition: NamedNode) -> dict[str, str]:
    """What the classes without an answer are called; whether a country is not in an edition may not be known."""
    is_whole = len(set(values(store, edition, BIK + "covers"))) == countries_of(store, edition)
    return {
        "not-answered": "not answered",
        "no-data": "no data",
        "not-covered": "not in this edition" if is_whole else "not known to be in this edition",
        "several": "several answers",
    }


def answer_class(given: set[NamedNode], *, is_covered: bool) -> str:
    """The class of a country that gave these answers: the IRI of the only one, or a class of `KNOWLEDGE`."""
    if len(given) > 1:
        return "several"
    if BLANK in given:
        return "not-answered"
    if given:
        return next(iter(given)).value
    return "no-data" if is_covered else "not-covered"


def ordinal(store: Store, code: NamedNode) -> int | None:
    """The place of an answer in the order of its scheme, 1 for the most; None where the order is not known."""
    found = text(store, code, BIK + "ordinal")
    return int(found) if found else None


def in_order(store: Store, codes: Iterable[NamedNode]) -> list[NamedNode]:
    """The answers without the blank in the order of their scheme, those without an order last."""
    return sorted({*codes} - {BLANK}, key=lambda code: (ordinal(store, code) or 99, code.value))


def countries_by_code(store: Store) -> dict[str, NamedNode]:
    """The countries of the graph by their codes, or by their slugs where they have none."""
    found = sorted(instances(store, BIK + "Country"), key=str)
    return {text(store, country, NOTATION) or show(country.value): country for country in found}


def _shades(
    store: Store, edition: NamedNode, answers: Mapping[str, set[NamedNode]], used: set[str], language: str
) -> list[Shade]:
    codes = in_order(store, {code for given in answers.values() for code in given if code.value in used})
    words = knowledge_words(store, edition)
    shades = [Shade(code.value, name_of(store, code, language), "answer") for code in codes]
    return [*shades, *(Shade(kind, words[kind], kind) for kind in KNOWLEDGE if kind in used)]


def _ranks(store: Store, answers: Mapping[str, set[NamedNode]]) -> dict[str, int]:
    """As the saved question country-ranking: of two countries with different answers, the lower ordinal is ahead."""
    orders = {code: ordinal(store, code) for given in answers.values() for code in given}
    best = [
        min(known)
        for given in answers.values()
        if (known := [order for code in given if (order := orders[code]) is not None])
    ]
    return {code.value: 1 + sum(other < order for other in best) for code, order in orders.items() if order is not None}


def _base(store: Store, indicator: NamedNode, edition: NamedNode, known: int, stated: int | None) -> Iterable[str]:
    """Which edition is shown, of how many countries it has answers, and where else the question is asked."""
    total = len(set(instances(store, BIK + "Country")))
    yield data_sentence(text(store, edition, BIK + "year"), known, total, stated)
    codes = values(store, indicator, BIK + "shortCode")
    same = [node for code in codes for node in subjects(store, BIK + "shortCode", code)]
    asked = [*rows(store, "map-questions", {"indicator": same})] if same else []
    others = [f"{row['year'].value} ({row['countries'].value})" for row in asked if row["edition"] != edition]
    if others:
        yield f"Also asked in {', '.join(others)}."
