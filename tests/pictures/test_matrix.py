"""A matrix holds every answer of an edition once, tells what is no answer apart, and says its base."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions
from bikgraph.namespaces import ID
from bikgraph.pictures.matrix import matrix
from tests.pictures.looking import texts

ANSWERS = """
SELECT ?indicator ?country ?code WHERE {
  ?indicator bik:inEdition/bik:year %d . ?record bik:indicator ?indicator ; bik:country/skos:notation ?country ;
    bik:answer ?code .
}
"""


@pytest.mark.parametrize("year", [2018, 2020, 2024, 2025, 2026])
def test_all_answers_are_there(graph: KnowledgeGraph, year: int) -> None:
    """Each cell holds the answer that the graph holds, or says which kind of silence it is."""
    told: dict[tuple[str, str], set[str]] = {}
    for row in solutions(graph.store, ANSWERS % year):
        place = row["indicator"].value.removeprefix(ID), row["country"].value
        told.setdefault(place, set()).add(row["code"].value)
    drawn = matrix(graph.store, NamedNode(f"{ID}edition-{year}"))
    silent = {"no-data", "not-covered"}
    shown = {
        (question.slug, country): key
        for question in drawn.questions
        for country, key in question.classes.items()
        if key not in silent
    }

    assert shown.keys() == told.keys()
    for place, key in shown.items():
        blank = told[place] == {ID + "answer-not-answered"}
        assert key == ("not-answered" if blank else "several" if len(told[place]) > 1 else next(iter(told[place])))
    for question in drawn.questions:
        assert len({mark.sign for mark in question.marks.values()}) == len(question.marks)
        assert len(question.classes) == 30


def test_default_edition(graph: KnowledgeGraph) -> None:
    """The edition with answers of most countries is drawn, with its base and what the others have."""
    text = texts(graph.draw_matrix())

    assert "Better Internet for Kids Policy Map 2018: who answered what" in text
    assert any(line.startswith("2018 edition, 24 of 30 countries with data (the edition covers 26).") for line in text)
    assert any("Other editions: 2020 (4), 2024 (20), 2025 (22), 2026 (2)." in line for line in text)


def test_legend_and_signs(graph: KnowledgeGraph) -> None:
    """The signs are explained below the questions, the kinds of silence in the legend; a shared list once."""
    text = texts(graph.draw_matrix(edition=2020))

    for word in ("not answered", "no data", "several answers"):
        assert word in text
    [shared] = [line for line in text if line.startswith("Where the answers are not listed: 1")]
    assert "existed before last year" in shared


def test_small_page_counts_questions(graph: KnowledgeGraph) -> None:
    """A slide keeps the questions with the most answers, and counts the rest."""
    text = texts(graph.draw_matrix(edition=2020, size="slide"))

    assert "In what form of policy is the topic covered?" in text
    assert any(line.startswith("… and ") and "bikgraph draw matrix --edition 2020" in line for line in text)


def test_edition_without_answers(graph: KnowledgeGraph) -> None:
    """An edition of which no answer is known is refused with those that have some."""
    with pytest.raises(RequestError, match=r"in the edition of 2023. Editions, .*: 2018 \(24\), 2020 \(4\)"):
        graph.draw_matrix(edition=2023)
