"""For how many of the 30 countries each question has rows, and for how many the graph holds facts of its kind."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import NamedNode, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import instances, solutions, text
from bikgraph.namespaces import BIK, NOTATION
from bikgraph.project import Project
from bikgraph.questions import load_all
from tests.conftest import ROOT

# Countries with rows, and countries with records of the class that the header's `about` names. A new question is added
# here; where the two differ, its header says in `fewer` why. None: the records of the class belong to no country.
TABLE: dict[str, tuple[int, int | None]] = {
    "agreement-parties": (28, 28),
    "agreements": (28, 28),
    "agreements-by-kind": (28, 28),
    "answer-summary": (1, 1),
    "answers": (30, 30),
    "bound-together": (27, 28),
    "compare-countries": (30, 30),
    "consortium-members": (1, 1),
    "contradictions": (10, 10),
    "coordination-models": (21, 30),
    "country-ranking": (28, 30),
    "coverage": (30, 30),
    "cross-pillar-actors": (4, 13),
    "data-collections": (26, 26),
    "edition-diff": (15, 30),
    "gaps": (1, 1),
    "good-practices": (30, 30),
    "implementation-roles": (7, 13),
    "law-timeline": (29, 30),
    "links": (30, None),
    "ministries": (30, 30),
    "pillar-coordinators": (2, 13),
    "policies": (30, 30),
    "responsibilities": (30, 30),
    "roles-as-of": (30, 30),
    "safer-internet-centres": (30, 30),
    "same-role-elsewhere": (29, 30),
    "similar-countries": (30, 30),
    "sources": (30, 30),
    "who-signs-with-police": (22, 28),
}
# What a question is asked with besides the country, where it needs it.
NEEDED: dict[str, dict[str, str]] = {
    "country-ranking": {"indicator": "coverage"},
    "edition-diff": {"from": "2024", "to": "2025"},
    "same-role-elsewhere": {"actor": "be-child-focus"},
}
QUESTIONS = load_all(Project(ROOT)).questions
BY_COUNTRY = sorted(name for name, question in QUESTIONS.items() if "country" in question.parameters)


@cache
def codes(store: Store) -> dict[NamedNode, str]:
    """The code of each country."""
    return {country: text(store, country, NOTATION) for country in instances(store, BIK + "Country")}


def with_facts(store: Store, cls: str) -> set[str]:
    """The codes of the countries that records of a class belong to."""
    query = f"SELECT DISTINCT ?country {{ ?record a <{cls}> ; bik:country ?country }}"
    return {codes(store)[row["country"]] for row in solutions(store, query)}


@pytest.mark.parametrize("name", BY_COUNTRY)
def test_rows_for_every_country_with_facts(graph: KnowledgeGraph, name: str) -> None:
    """A question has rows for each country that the graph holds facts of its kind of, or its header says why not."""
    question = QUESTIONS[name]
    every = set(codes(graph.store).values())
    asked = {code: graph.ask_loaded(question, {"country": code, **NEEDED.get(name, {})}) for code in every}
    rows = {code for code, table in asked.items() if len(table)}
    facts = with_facts(graph.store, question.about)

    assert len(every) == 30
    assert (len(rows), len(facts) or None) == TABLE[name], f"without rows: {sorted(facts - rows)}"
    assert not facts or rows <= facts, f"rows, but no {question.about}: {sorted(rows - facts)}"
    assert rows == facts or question.fewer or not facts
    for code in every - rows:
        # An empty answer says what was looked at, and what to ask instead.
        first, *others = asked[code].notes
        assert first.startswith("No rows. Looked at: ")
        assert any(": bikgraph ask " in note for note in others), (code, asked[code].notes)


def test_the_table_has_every_question() -> None:
    """A new question that takes a country cannot be left out of the table."""
    assert sorted(TABLE) == BY_COUNTRY


def test_suggested_commands_run_and_have_rows(graph: KnowledgeGraph) -> None:
    """The commands that empty answers name give rows."""
    commands = {
        note.rpartition(": bikgraph ask ")[2]
        for name in BY_COUNTRY
        for code in ("CY", "DE", "MT", "NO")
        for note in graph.ask_loaded(QUESTIONS[name], {"country": code, **NEEDED.get(name, {})}).notes
        if ": bikgraph ask " in note
    }

    assert len(commands) >= 4
    for command in commands:
        name, *options = command.split()
        given = dict(zip((option.removeprefix("--") for option in options[::2]), options[1::2], strict=True))
        assert len(graph.ask_loaded(QUESTIONS[name], given)), command
