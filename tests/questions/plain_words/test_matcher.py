"""Questions in plain words, measured on `phrasings.yaml`, which was written before the matcher was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bikgraph.errors import NotUnderstood
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.project import Project
from bikgraph.questions.plain_words.matcher import Asker, Understood
from tests.conftest import run

PHRASINGS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "phrasings.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
ASKED = [entry for entry in PHRASINGS if entry["question"] is not None]


@pytest.fixture(scope="module")
def answers(graph: KnowledgeGraph) -> dict[str, Understood | None]:
    """What is answered to each phrasing; None where nothing is."""
    asker = Asker(graph.store, graph.questions)
    return {entry["ask"]: asker.answerable(asker.understand(entry["ask"])) for entry in PHRASINGS}


def test_the_list_is_long_enough(graph: KnowledgeGraph) -> None:
    """At least 120 phrasings, of every question that the issue asked for."""
    assert len(ASKED) >= 120
    assert set(graph.questions) - {entry["question"] for entry in ASKED} == {"responsibilities", "roles-as-of"}


def test_nine_in_ten_are_right(answers: dict[str, Understood | None]) -> None:
    """At least 0.9 of the phrasings give the question and exactly the parameters that are meant."""
    right = [
        entry
        for entry in ASKED
        if (found := answers[entry["ask"]]) is not None
        and (found.question, found.given) == (entry["question"], entry["given"])
    ]

    assert len(right) >= 0.9 * len(ASKED)


def test_none_is_silently_wrong(answers: dict[str, Understood | None]) -> None:
    """What is answered is what is meant; what must not be answered is not."""
    wrong = {
        entry["ask"]: found
        for entry in PHRASINGS
        if (found := answers[entry["ask"]]) is not None
        and (found.question, found.given) != (entry["question"], entry.get("given"))
    }

    assert not wrong


def test_command_is_printed_and_runs(project: Project) -> None:
    """The command understood goes to standard error, the rows to standard output; options go on as usual."""
    done = run(project, "ask", "who coordinates pillar 4 in Belgium?", "--format", "csv")

    assert done.returncode == 0
    understood, note = done.stderr.splitlines()
    assert understood == "bikgraph ask pillar-coordinators --country BE --pillar 4"
    assert note == "bikgraph: Edition 2020: the latest in which Belgium has roles under a pillar."
    assert done.stdout == run(project, *understood.split()[1:], "--format", "csv").stdout


def test_unsure_offers_the_nearest_three(project: Project) -> None:
    """Nothing is answered, three commands are offered, and the exit status is 2; a single word is a name."""
    done = run(project, "ask", "Belgium and the police")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("  bikgraph ask ") == 3
    assert "There is no question 'Belgiun'" in run(project, "ask", "Belgiun").stderr


@pytest.mark.parametrize(
    "words",
    [
        "what is the role of the ministry of education in Germany?",
        "what is the federal police linked to in Germany?",
        "what is the ministry of education linked to in Norway?",
        "who is the ministry of justice in Norway?",
    ],
)
def test_a_body_of_another_country_is_not_meant(graph: KnowledgeGraph, words: str) -> None:
    """Where a country is named, a body of another one that is called so answers nothing."""
    try:
        understood = graph.understand(words)
    except NotUnderstood:
        return
    assert understood.given.get("actor", "de-x")[:3] in ("de-", "no-")
    assert "country" in understood.given or understood.given["actor"][:3] in ("de-", "no-")


def test_python_raises_with_the_nearest(graph: KnowledgeGraph) -> None:
    """The API gives the question, or raises with what may be meant and what is missing."""
    with pytest.raises(NotUnderstood) as raised:
        graph.understand("who coordinates pillar 4?")

    assert raised.value.nearest[0] == (
        "bikgraph ask pillar-coordinators --pillar 4 --country …",
        "Who coordinates policy under {pillar} in {country}?",
    )


@pytest.mark.parametrize(
    "words",
    [
        "",
        "?",
        "who coordinates pillar 4 in " * 300,
        "\u202e\u2066 \u0178 \u0000 '; DROP",
        "2018 2020 2024 BE FR",
        "--",
        "{country}",
        "pillar pillar pillar",
    ],
)
def test_any_words_are_survived(graph: KnowledgeGraph, words: str) -> None:
    """Whatever is typed gives an answer or the nearest questions, never a traceback."""
    asker = Asker(graph.store, graph.questions)
    found = asker.understand(words)

    assert {entry.question for entry in found} == set(graph.questions)
    assert all(0 <= entry.confidence <= 1 for entry in found)
