"""What a map of answers shows: the class of each country for one question of one edition, ready for `draw_map`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import DefaultGraph, Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import base_sentence, countries_of, label_of
from bikgraph.namespaces import BIK, ID, NOTATION, RDF_TYPE
from bikgraph.pictures.europe_map import Shade

if TYPE_CHECKING:
    from pyoxigraph import Store

_DEFAULT = DefaultGraph()
_BLANK = NamedNode(ID + "answer-not-answered")
_KNOWLEDGE = ("not-answered", "no-data", "not-covered", "several")


class AnswerMap(NamedTuple):
    """The legend's classes, the class of each country by its code, and the words around the map."""

    shades: Sequence[Shade]
    values: Mapping[str, str]
    title: str
    subtitle: str
    footer: str


def answer_map(store: Store, indicator: NamedNode, edition: NamedNode, language: str = "en") -> AnswerMap:
    """Who answered what to `indicator` in `edition`, and of whom nothing is known.

    A country with several different answers is of the class "several": where sources disagree, the map takes no side.
    """
    answers: dict[str, set[NamedNode]] = {}
    for row in store.query(
        f"SELECT ?country ?code WHERE {{ ?record <{BIK}indicator> {indicator} ; <{BIK}country> ?country ; <{BIK}answer> ?code }}"
    ):
        answers.setdefault(row["country"].value, set()).add(row["code"])
    covered = {
        quad.object.value for quad in store.quads_for_pattern(edition, NamedNode(BIK + "covers"), None, _DEFAULT)
    }
    stated = countries_of(store, edition)
    values = {}
    for quad in store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(BIK + "Country"), _DEFAULT):
        code = _value(store, quad.subject, NOTATION)
        values[code] = _class(answers.get(quad.subject.value, set()), is_covered=quad.subject.value in covered)
    codes = sorted(
        {code for found in answers.values() for code in found} - {_BLANK},
        key=lambda code: (_ordinal(store, code), code.value),
    )
    words = {
        "not-answered": "not answered",
        "no-data": "no data",
        "not-covered": "not in this edition"
        if stated is not None and len(covered) == stated
        else "not known to be in this edition",
        "several": "several answers",
    }
    shades = [
        Shade(code.value, _label(store, code, language), "answer") for code in codes if code.value in values.values()
    ]
    shades += [Shade(kind, words[kind], kind) for kind in _KNOWLEDGE if kind in values.values()]
    year = _value(store, edition, BIK + "year")
    known = sum(value not in ("no-data", "not-covered") for value in values.values())
    return AnswerMap(
        shades,
        values,
        f"{_label(store, indicator, language)} ({year})",
        base_sentence(known, stated),
        f"Data: bikgraph, from the country profiles of the {_label(store, edition, language)}, as far as they were read.",
    )


def one_question(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None
) -> tuple[NamedNode, NamedNode]:
    """The question, and its edition, that a code shared by several editions means: that of `edition`, else the latest with answers.

    Raises RequestError that lists the editions with such a question.
    """
    query = (
        f"SELECT ?indicator ?edition ?year (COUNT(?record) AS ?answers) WHERE {{ VALUES ?indicator {{ {' '.join(map(str, indicators))} }} "
        f"?indicator <{BIK}inEdition> ?edition . ?edition <{BIK}year> ?year OPTIONAL {{ ?record <{BIK}indicator> ?indicator }} }} "
        "GROUP BY ?indicator ?edition ?year ORDER BY ?year"
    )
    rows = list(store.query(query))
    fitting = [
        row for row in rows if (row["edition"] == edition if edition is not None else row["answers"].value != "0")
    ]
    if not fitting:
        years = ", ".join(row["year"].value for row in rows)
        raise RequestError(
            f"{'That edition does not ask this question' if edition is not None else 'No answer to this question is known'}. Editions that ask it: {years}."
        )
    return fitting[-1]["indicator"], fitting[-1]["edition"]


def _class(found: set[NamedNode], *, is_covered: bool) -> str:
    if len(found) > 1:
        return "several"
    if _BLANK in found:
        return "not-answered"
    if found:
        return next(iter(found)).value  # type: ignore[no-any-return]
    return "no-data" if is_covered else "not-covered"


def _ordinal(store: Store, code: NamedNode) -> int:
    return int(_value(store, code, BIK + "ordinal") or 99)


def _label(store: Store, node: NamedNode, language: str) -> str:
    found: Literal | None = label_of(store, node, language)
    text: str = node.value if found is None else found.value
    return text


def _value(store: Store, node: NamedNode, predicate: str) -> str:
    found: str = next(
        (quad.object.value for quad in store.quads_for_pattern(node, NamedNode(predicate), None, _DEFAULT)), ""
    )
    return found
