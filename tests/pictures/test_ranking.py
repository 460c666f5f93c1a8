"""A ranking says what the saved question country-ranking says, and of how many countries."""

from __future__ import annotations

import pytest

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.pictures import answer_map, one_question
from bikgraph.questions.parameters import resolve
from tests.pictures.looking import texts

CODES = ("coverage", "ministries-involved", "influence", "childrens-rights", "policy-shape", "strategy-addressed")


@pytest.mark.parametrize("code", CODES)
def test_ranks_are_those_of_the_saved_question(graph: KnowledgeGraph, code: str) -> None:
    """Rank, countries and base are those of country-ranking for the same edition, over all countries."""
    asked = one_question(graph.store, resolve(graph.store, "indicator", "indicator", code), None)
    drawn = answer_map(graph.store, *asked)
    year = drawn.subtitle.split(" ")[0]
    rows = list(graph.ask("country-ranking", indicator=code, edition=year))
    several = {country for country, key in drawn.values.items() if key == "several"}
    told = {
        (row.country.rsplit("-", 1)[-1].upper(), int(row.rank) if row.rank else None)
        for row in rows
        if row.country.rsplit("-", 1)[-1].upper() not in several
    }
    shown = {
        (country, drawn.ranks.get(key))
        for country, key in drawn.values.items()
        if key not in {"several", "no-data", "not-covered", "not-answered"}
    }

    assert shown == told
    assert drawn.subtitle.startswith(f"{year} edition, {rows[0].base.split(' ')[0]} of 30 countries with data")


def test_default_edition_is_that_of_most_answers(graph: KnowledgeGraph) -> None:
    """Coverage is drawn for 2025 (22 countries), not for 2026 (2); ministries for 2018 (23), not for 2020 (1)."""
    for draw in (graph.draw_ranking, graph.draw_map):
        coverage, ministries = texts(draw("coverage")), texts(draw("ministries-involved"))
        assert (
            "2025 edition, 22 of 30 countries with data (the edition covers 29). Also asked in 2024 (20), 2026 (2)."
            in coverage
        )
        assert any(line.startswith("2018 edition, 23 of 30 countries with data") for line in ministries)


def test_what_is_no_answer_is_told_apart(graph: KnowledgeGraph) -> None:
    """Blanks, no data and countries outside the edition are bars of their own, without ranks, below the answers."""
    text = texts(graph.draw_ranking("coverage"))

    assert text.index("present, not a priority") < text.index("no data") < text.index("not in this edition")
    assert text[text.index("no data") + 1] == "7 countries"
    assert "rank 22: 1 country" in text


def test_unordered_answers_have_no_rank(graph: KnowledgeGraph) -> None:
    """Answers whose order nobody knows get no ranks, and that is said."""
    text = texts(graph.draw_ranking("policy-shape", edition=2018))

    assert any("These answers have no order: no ranks." in line for line in text)
    assert not [line for line in text if line.startswith("rank ")]
