"""A question of a project's own is held to the rows that its header expects of the project's data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bikgraph.building import check_data, expected_rows
from bikgraph.project import Project

QUESTION = """\
#+ summary: Bodies of a kind
#+ question: Which bodies are there?
#+ about: bik:Actor
#+ defaultEdition: none
#+ params: {}
#+ columns: [actor, actorLabel]
#+ expect:
#+   - {params: {}, rows: ROWS}
PREFIX bik: <https://w3id.org/bikgraph/ontology#>
SELECT ?actor ?source WHERE { ?actor a bik:Actor ; bik:source ?source PATTERN }
"""


@pytest.fixture
def own(tiny: Project, tmp_path: Path) -> Project:
    """The tiny country with an empty folder for questions."""
    shutil.copytree(tiny.root / "data", tmp_path / "data")
    (tmp_path / "queries").mkdir()
    return Project(tmp_path)


def findings(project: Project, rows: int, pattern: str = "") -> list[tuple[str, int]]:
    """The rules and lines of the findings with a question of this kind."""
    text = QUESTION.replace("ROWS", str(rows)).replace("PATTERN", pattern)
    (project.root / "queries" / "bodies.rq").write_text(text)
    return [(finding.rule, finding.line) for finding in check_data(project, jobs=1)]


def test_expected_rows_are_counted(own: Project) -> None:
    """The right number is no finding, a wrong one an error at its line; questions brought along are not judged."""
    assert findings(own, 4) == []
    assert findings(own, 5) == [("question-expect", 8)]


def test_a_question_without_end_is_ended(own: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that joins everything with everything is stopped, and said so."""
    monkeypatch.setattr(expected_rows, "TIME_LIMIT", 1.0)

    assert findings(own, 4, ". ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c = ?f && ?f = ?i && ?i = ?actor)") == [
        ("question-too-slow", 1)
    ]
