"""`bikgraph new`, `check` and `build`, as one comes after the other in a new project."""

from __future__ import annotations

from pathlib import Path

from bikgraph.project import Project
from tests.conftest import run


def test_new_project_works_the_same_way(tmp_path: Path) -> None:
    """A new project is checked, is built by its first question, and answers for its own country."""
    root = tmp_path / "mine"
    assert run(None, "new", str(root), "--country", "FR").returncode == 0
    mine = Project(root)
    checked = run(mine, "check")
    assert checked.returncode == 0, checked.stdout

    lacking = run(mine, "ask", "country-ranking")
    assert lacking.returncode == 2
    assert "needs --indicator" in lacking.stderr
    assert not (root / "release").exists()

    wrong = run(mine, "ask", "pillar-coordinators", "--country", "Frnce")
    assert wrong.returncode == 2
    assert "Did you mean France" in wrong.stderr
    assert "no release yet; building it first" in wrong.stderr

    done = run(mine, "ask", "pillar-coordinators", "--country", "France", "--format", "csv")
    assert done.stderr == "bikgraph: Edition 2020: the latest in which France has roles under a pillar.\n"
    assert "fr-example-ministry" in done.stdout

    again = run(None, "new", str(root))
    assert again.returncode == 2
    assert "is there already" in again.stderr
