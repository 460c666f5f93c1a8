"""Questions in plain words in Python: understood as on the command line, said, and never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from bikgraph.errors import NotUnderstood, RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.project import Project
from bikgraph.tables import SOURCE_COLUMNS
from tests.conftest import Command


@pytest.mark.parametrize(
    ("words", "name", "given"),
    [
        ("ministries of Belgium", "ministries", {"country": "BE"}),
        ("Which laws and policies has Germany?", "policies", {"country": "DE"}),
        ("agreements of Malta", "agreements", {"country": "MT"}),
        ("responsibilities in Norway", "responsibilities", {"country": "NO"}),
        ("responsibilities in Cyprus", "responsibilities", {"country": "CY"}),
        ("what changed in Belgium between 2018 and 2020", "edition-diff", {"country": "BE", "from_": 2018, "to": 2020}),
    ],
)
def test_words_are_the_question_that_they_mean(
    graph: KnowledgeGraph, words: str, name: str, given: dict[str, Any]
) -> None:
    """Words give the rows of the saved question, and the first note is the call that asks the same."""
    table = graph.ask(words)

    assert table.terms == graph.ask(name, **given).terms
    assert len(table) > 0
    said = table.notes[0].removeprefix("Understood as: graph.")
    assert said.startswith(f'ask("{name}", ')
    assert eval(f"graph.{said}", {"graph": graph}).terms == table.terms  # noqa: S307 - our own words


def test_words_in_python_are_those_of_the_command_line(
    graph: KnowledgeGraph, project: Project, command: Command
) -> None:
    """Both understand the same, and both say so."""
    done = command(project, "ask", "who coordinates pillar 4 in Belgium?", "--format", "csv")

    assert done.stderr.splitlines()[0] == "bikgraph ask pillar-coordinators --country BE --pillar 4"
    table = graph.ask("who coordinates pillar 4 in Belgium?")
    assert table.notes[0] == 'Understood as: graph.ask("pillar-coordinators", country="BE", pillar="4")'
    assert table.render("csv") == done.stdout


def test_options_go_with_words(graph: KnowledgeGraph) -> None:
    """The language, the sources and the time limit are those of any question."""
    table = graph.ask("ministries of Belgium", lang="fr", sources=True, timeout=30)

    assert "Belgique" in {row.territoryLabel for row in table}
    assert all(row.sourceTitle for row in table)


def test_parameters_win_over_words(graph: KnowledgeGraph) -> None:
    """What is given beside words takes the place of what they name, by another name of the parameter too."""
    table = graph.ask("Which laws and policies has Belgium?", countries=["MT", "NO"], from_=2010)

    assert table.notes[0] == 'Understood as: graph.ask("policies", countries="MT,NO", from_="2010")'
    assert {row.countryLabel for row in table} <= {"Malta", "Norway"}
    with pytest.raises(RequestError, match="has no parameter 'pillars'"):
        graph.ask("Which laws and policies has Belgium?", pillars=1)


def test_what_is_not_clear_offers_the_nearest(graph: KnowledgeGraph) -> None:
    """Words that could mean several questions are no question; the nearest are offered as commands."""
    with pytest.raises(NotUnderstood, match="The nearest questions:\n  bikgraph ask ") as refused:
        graph.ask("what is the weather in Belgium")

    assert len(refused.value.nearest) == 3


@pytest.mark.parametrize("thing", ["Italy", "Child Focus", "be-mou-csam"])
def test_a_thing_is_no_question(graph: KnowledgeGraph, thing: str) -> None:
    """What names a thing, of which the command line shows the card, says how to get the card."""
    with pytest.raises(RequestError, match=r"names a thing, and no question: graph\.card\("):
        graph.ask(thing)


@pytest.mark.parametrize("question", [None, "", "  ", 3, ["ministries"]])
def test_what_is_no_text_is_no_question(graph: KnowledgeGraph, question: Any) -> None:
    """The error says how a question is written."""
    with pytest.raises(RequestError, match="Ask a saved question by its name"):
        graph.ask(question)


def test_a_name_with_a_slip_offers_the_nearest(graph: KnowledgeGraph) -> None:
    """One word that names no question is a misspelt name, and no words."""
    with pytest.raises(RequestError, match="Did you mean ministries"):
        graph.ask("ministeries")


def test_lists_of_values(graph: KnowledgeGraph) -> None:
    """Several values are a list, a tuple, a set, or anything that goes on giving them; in a search too."""
    asked = [graph.ask("policies", country=several).terms for several in (["BE", "DE"], {"BE", "DE"}, "BE,DE")]
    asked.append(graph.ask("policies", country=iter(["DE", "BE"])).terms)

    assert all(rows == asked[0] for rows in asked)
    assert graph.find("ministry", country=["BE", "DE"]).terms == graph.find("ministry", country="BE,DE").terms


def test_rows_with_sources_have_six_columns(graph: KnowledgeGraph) -> None:
    """With sources there is a row for each row and source, as in files; people and JSON get each row once."""
    plain = graph.ask("responsibilities", country="DE")
    table = graph.ask("responsibilities", country="DE", sources=True)

    assert table.columns == [*plain.columns, *SOURCE_COLUMNS]
    row = table[0]
    assert (row["sourceTitle"], row.sourceAddress[:8]) == (row.sourceTitle, "https://")
    assert len(table) == len(table.to_pandas()) == len(table.render("csv").splitlines()) - 1 >= len(plain)
    assert {tuple(row)[: len(plain.columns)] for row in table} == {tuple(row) for row in plain}
    assert [len(row["sources"]) > 0 for row in table.to_dicts()] == [True] * len(plain)
    assert "[1]" in table.render("table")
    assert "sourceTitle" not in table.render("table").splitlines()[0]
    assert 'href="https://' in table._repr_html_()
