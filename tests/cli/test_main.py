"""The command line as a whole: what a wrong request is told, which project is meant, and what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bikgraph.project import Project
from tests.conftest import ROOT, Command, run


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask", "pilar-coordinators", "--country", "BE"], "Did you mean pillar-coordinators"),
        (["ask", "ministries", "--country", "Belgum"], "Did you mean Belgium"),
        (["ask", "country-ranking"], "needs --indicator"),
        (["ask", "ministries", "--country", "BE", "--pillar", "4"], "No such option"),
        (["ask", "gaps", "--country", "BE", "--edition", "1999"], "There is no edition '1999'"),
        (["ask", "pillar-coordinators", "--country", "BE", "--pillar", "9"], "There is no pillar '9'"),
        (["ask", "gaps", "--country", "BE", "--format", "xml"], "'xml' is not one of"),
        (["aks", "gaps"], "Did you mean ask?"),
        (["show", "be-child-focsu"], "Did you mean be-child-focus"),
        (["why", "be-child-focus", "bik:coordinates", "bik-2012-pillar-4"], "It holds: bik-2012-pillar-3"),
        (["sparql", "SELECT ?x WHERE { ?x a bik:Actor"], "syntax error in line 1"),
        (["sparql", "INSERT DATA { <a:a> <a:b> <a:c> }"], "a release is read-only"),
        (["sparql", "PREFIX a: <b:>\n# INSERT\nDELETE WHERE { ?s ?p ?o }"], "a release is read-only"),
        (["sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "SERVICE"),
        (["sparql", ""], "The query is empty"),
        (["sparql", "--file", "nowhere.rq"], "nowhere.rq cannot be read: No such file or directory"),
        (["export", "--country", "BE", "--profile", "be-2020"], "Give one of"),
        (["draw", "network", "--country", "BE", "-o", "be.gif"], "ends in .svg, .png or .pdf"),
        (
            ["ask", "gaps", "--country", "BE", "-o", "/nowhere/at/all.csv"],
            "cannot be written: No such file or directory",
        ),
    ],
)
def test_wrong_request(belgium: Project, arguments: list[str], expected: str, command: Command) -> None:
    """A wrong request ends with status 2 and a message that says what is meant or accepted."""
    done = command(belgium, *arguments)

    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_slow_libraries_stay_out_of_ask(belgium: Project) -> None:
    """To answer a question neither rdflib nor pyshacl nor owlrl nor anything else that is slow is imported."""
    code = (
        "import sys; from bikgraph.cli.main import run; run(sys.argv[1:]); print([m for m in "
        "('rdflib','pyshacl','owlrl','networkx','pandas','rapidfuzz','matplotlib','pyld','subprocess') if m in "
        "sys.modules])"
    )
    command = [sys.executable, "-c", code, "--project", str(belgium.root), "ask", "gaps", "--country", "BE"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_project_of_environment_and_folder(belgium: Project, tmp_path: Path) -> None:
    """The project is the environment's, or the folder's around the user, or the one that is named; a wrong one is
    named.
    """
    assert (
        run(
            None, "ask", "gaps", "--country", "BE", env={"BIKGRAPH_PROJECT": str(belgium.root)}, cwd=tmp_path
        ).returncode
        == 0
    )
    assert run(None, "ask", "gaps", "--country", "BE", cwd=belgium.data / "profiles").returncode == 0
    wrong = run(Project(tmp_path), "ask", "gaps", "--country", "BE")
    assert wrong.returncode == 2
    assert "has no data/ folder" in wrong.stderr
