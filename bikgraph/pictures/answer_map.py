"""What a map of answers shows: the class of each country for one question of one edition, ready for `draw_map`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import base_sentence, countries_of, instances, name_of, show, text, values
from bikgraph.namespaces import BIK, ID, NOTATION
from bikgraph.pictures.europe_map import countries, draw_map
from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.queries import rows
from bikgraph.pictures.shades import Shade

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

_BLANK = NamedNode(ID + "answer-not-answered")
_KNOWLEDGE = ("not-answered", "no-data", "not-covered", "several")


class AnswerMap(NamedTuple):
    """The legend's classes, the class and the name of each country by its code, and the words around the map.

    All countries of the graph are here, whether the map has boundaries for them or not, and all that it has them for.
    """

    shades: Sequence[Shade]
    values: Mapping[str, str]
    names: Mapping[str, str]
    title: str
    slug: str
    subtitle: str
    footer: str


def answer_map(store: Store, indicator: NamedNode, edition: NamedNode, language: str = "en") -> AnswerMap:
    """Who answered what to `indicator` in `edition`, and of whom nothing is known.

    A country with several different answers is of the class "several": where sources disagree, the map takes no side.
    """
    answers: dict[str, set[NamedNode]] = {}
    for row in rows(store, "map-answers", {"indicator": [indicator]}):
        answers.setdefault(row["country"].value, set()).add(row["code"])
    covered = {country.value for country in values(store, edition, BIK + "covers")}
    stated = countries_of(store, edition)
    names: dict[str, str] = {}
    classes = dict.fromkeys(countries(), "not-covered")
    for country in sorted(instances(store, BIK + "Country"), key=str):
        code = text(store, country, NOTATION) or show(country.value)
        names[code] = name_of(store, country, language)
        classes[code] = _class(answers.get(country.value, set()), is_covered=country.value in covered)
    codes = sorted(
        {code for given in answers.values() for code in given} - {_BLANK},
        key=lambda code: (int(text(store, code, BIK + "ordinal") or 99), code.value),
    )
    is_whole = stated is not None and len(covered) == stated
    words = {
        "not-answered": "not answered",
        "no-data": "no data",
        "not-covered": "not in this edition" if is_whole else "not known to be in this edition",
        "several": "several answers",
    }
    shades = [
        Shade(code.value, name_of(store, code, language), "answer") for code in codes if code.value in classes.values()
    ]
    shades += [Shade(kind, words[kind], kind) for kind in _KNOWLEDGE if kind in classes.values()]
    source = isolate(name_of(store, edition, language))
    question = isolate(name_of(store, indicator, language))
    known = sum(value not in {"no-data", "not-covered"} for value in classes.values())
    return AnswerMap(
        shades,
        classes,
        names,
        f"{question} ({text(store, edition, BIK + 'year')})",
        show(indicator.value),
        base_sentence(known, stated),
        f"Data: bikgraph, from the country profiles of the {source}, as far as they were read.",
    )


def draw_answer_map(
    store: Store,
    indicators: Iterable[NamedNode | Literal],
    edition: NamedNode | Literal | None,
    path: Path,
    language: str = "en",
) -> None:
    """Draw who answered what to the question that `indicators` mean in `edition`, or in the latest with an answer.

    Raises RequestError as `one_question`, and for an ending of `path` that is no picture's.
    """
    chosen = answer_map(store, *one_question(store, indicators, edition), language)
    words = {"title": chosen.title, "subtitle": chosen.subtitle, "footer": chosen.footer}
    draw_map(chosen.shades, chosen.values, path, **words, names=chosen.names, slug=chosen.slug)


def one_question(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None
) -> tuple[NamedNode, NamedNode]:
    """The question and its edition that a code of several editions means: that of `edition`, else the latest answered.

    Raises RequestError that lists the editions with such a question.
    """
    asked = list(rows(store, "map-questions", {"indicator": indicators}))
    fitting = [
        row for row in asked if (row["edition"] == edition if edition is not None else row["answers"].value != "0")
    ]
    if not fitting:
        years = ", ".join(row["year"].value for row in asked)
        problem = (
            "No answer to this question is known" if edition is None else "That edition does not ask this question"
        )
        raise RequestError(f"{problem}. Editions that ask it: {years}.")
    return fitting[-1]["indicator"], fitting[-1]["edition"]


def _class(given: set[NamedNode], *, is_covered: bool) -> str:
    if len(given) > 1:
        return "several"
    if _BLANK in given:
        return "not-answered"
    if given:
        return next(iter(given)).value
    return "no-data" if is_covered else "not-covered"
