"""A matrix: the questions of an edition down, the countries across, and in each cell what the country answered.

An answer is a number, its place in the order of the question's answers, darker for more; or a letter where the answers
have no order. The words stand below the question. What is no answer has a pattern, and how many countries answered
stands at the end of the row. A question without a record of any country is counted below, not drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import countries_of, name_of, show, subjects, text, values
from bikgraph.namespaces import BIK, SKOS
from bikgraph.pictures.answer_map import (
    BLANK,
    answer_class,
    countries_by_code,
    data_sentence,
    in_order,
    knowledge_words,
    ordinal,
)
from bikgraph.pictures.canvas import INK
from bikgraph.pictures.credit import credit
from bikgraph.pictures.lettering import isolate
from bikgraph.pictures.queries import rows
from bikgraph.pictures.shades import Look, Shade, looks

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.lookup import Node

# Of one lightness: answers without an order are no more and no less than each other.
_TINTS = ("#BFD9EC", "#F6D9B8", "#BFE5D6", "#E8CBDD", "#E9E3A8", "#D5D5EE")


class Mark(NamedTuple):
    """What stands for an answer: a number or letter, its place among the others, the answer in words, its colour."""

    sign: str
    place: tuple[int, int]
    label: str
    look: Look


class Question(NamedTuple):
    """A row: the question, the class of each country by code (the IRI of an answer, or of `KNOWLEDGE`), and marks.

    `scheme` tells the questions that have the same possible answers.
    """

    name: str
    slug: str
    scheme: str
    classes: Mapping[str, str]
    marks: Mapping[str, Mark]
    answered: int


class Matrix(NamedTuple):
    """The questions that have answers, what the classes without an answer are called, and the words around them."""

    questions: list[Question]
    codes: list[str]
    knowledge: Mapping[str, str]
    title: str
    subtitle: str
    notes: list[str]
    command: str


def matrix(store: Store, edition: NamedNode | None, language: str = "en") -> Matrix:
    """All answers of `edition`, or of the edition that most countries answered, of equals the latest.

    Raises RequestError that lists the editions with answers, if none is known of this one.
    """
    chosen, others = _chosen(store, edition)
    countries = countries_by_code(store)
    covered = {country.value for country in values(store, chosen, BIK + "covers")}
    answers: dict[NamedNode, dict[str, set[NamedNode]]] = {}
    schemes: dict[NamedNode, NamedNode | None] = {}
    records: set[Node] = set()
    for row in rows(store, "matrix-answers", {"edition": [chosen]}):
        given = answers.setdefault(row["indicator"], {})
        schemes[row["indicator"]] = row["scheme"]
        if row["record"] is not None:
            given.setdefault(row["country"].value, set()).add(row["code"])
            records.add(row["record"])
    questions = []
    for indicator, given in answers.items():
        if not given:
            continue
        classes = {
            code: answer_class(given.get(country.value, set()), is_covered=country.value in covered)
            for code, country in sorted(countries.items())
        }
        used = {answer.value for answer in set().union(*given.values())}
        marks = {key: mark for key, mark in _marks(store, schemes[indicator], used, language).items() if key in used}
        answered = sum(bool(codes - {BLANK}) for codes in given.values())
        name = name_of(store, indicator, language)
        scheme = schemes[indicator]
        named = scheme.value if scheme is not None else indicator.value
        questions.append(Question(name, show(indicator.value), named, classes, marks, answered))
    known = len({country for given in answers.values() for country, codes in given.items() if codes - {BLANK}})
    year = text(store, chosen, BIK + "year")
    silent = len(answers) - len(questions)
    stated = countries_of(store, chosen)
    also = f" Other editions: {', '.join(others)}." if others else ""
    notes = [credit(store, records, language)]
    if silent:
        asks = "question of this edition has" if silent == 1 else "questions of this edition have"
        notes.insert(0, f"{silent} more {asks} no answer here of any country.")
    return Matrix(
        questions,
        sorted(countries),
        knowledge_words(store, chosen),
        f"{isolate(name_of(store, chosen, language))}: who answered what",
        data_sentence(year, known, len(countries), stated) + also,
        notes,
        f"bikgraph draw matrix --edition {year} -o matrix.svg",
    )


def _chosen(store: Store, edition: NamedNode | None) -> tuple[NamedNode, list[str]]:
    """The edition, and the others with how many countries answered in each."""
    found = list(rows(store, "matrix-editions", {}))
    answered = [row for row in found if row["countries"].value != "0"]
    told = {row["edition"]: f"{row['year'].value} ({row['countries'].value})" for row in answered}
    if edition is None and answered:
        most = max(answered, key=lambda row: (int(row["countries"].value), int(row["year"].value)))
        edition = most["edition"]
    if edition is None or edition not in told:
        year = f" in the edition of {text(store, edition, BIK + 'year')}" if edition is not None else ""
        listed = f" Editions, with how many countries answered: {', '.join(told.values())}." if told else ""
        raise RequestError(f"The graph knows no answer of any country{year}.{listed}")
    return edition, [words for other, words in told.items() if other != edition]


def _marks(store: Store, scheme: NamedNode | None, used: set[str], language: str) -> dict[str, Mark]:
    """The signs of all answers of a scheme, the unordered by letters, those of one place with a letter after it."""
    known = set(subjects(store, SKOS + "inScheme", scheme)) if scheme is not None else set()
    codes = in_order(store, known | {NamedNode(code) for code in used})
    faces = looks([Shade(code.value, "", "answer") for code in codes])
    marks = {}
    for i, code in enumerate(codes):
        label, place = name_of(store, code, language), ordinal(store, code)
        if place is None:
            look = Look(_TINTS[i % len(_TINTS)], "", INK)
            marks[code.value] = Mark(_letter(i), (99, i), label, look)
            continue
        same = [other for other in codes if ordinal(store, other) == place]
        within = same.index(code)
        sign = f"{place}{_letter(within) if len(same) > 1 else ''}"
        marks[code.value] = Mark(sign, (place, within), label, faces[code.value]._replace(hatch=""))
    return marks


def _letter(place: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[place % 26]
