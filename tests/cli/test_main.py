"""The command line as people use it: real processes on the built release."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bikgraph.project import Project
from tests.conftest import ROOT, run


def test_ask_table(project: Project) -> None:
    """A question prints its rows as an aligned table."""
    done = run(project, "ask", "pillar-coordinators", "--country", "BE", "--pillar", "4")

    assert done.returncode == 0
    assert done.stdout.splitlines()[2].split()[0] == "bik-2012-pillar-4"
    assert "Ministry of Justice" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "country", ["BE", "be", "belgium", "Belgique", "België", "country-be", "https://w3id.org/bikgraph/id/country-be"]
)
def test_ask_country_in_any_form(project: Project, country: str) -> None:
    """A country is known by its code, its name in any language, its slug and its IRI."""
    done = run(project, "ask", "gaps", "--country", country, "--format", "csv")

    assert len(done.stdout.splitlines()) == 8, done.stderr


def test_ask_json_is_sparql_results(project: Project) -> None:
    """The JSON form is SPARQL 1.1 results JSON with language tags on labels."""
    data = json.loads(run(project, "ask", "ministries", "--country", "BE", "--format", "json").stdout)

    assert data["head"]["vars"] == ["actor", "actorLabel", "territory", "territoryLabel", "competence", "edition"]
    assert len(data["results"]["bindings"]) == 9
    assert data["results"]["bindings"][0]["actorLabel"]["xml:lang"] == "en"


def test_ask_writes_file(project: Project, tmp_path: Path) -> None:
    """With -o the rows go to the file and nothing to standard output."""
    out = tmp_path / "rows.md"
    done = run(project, "ask", "gaps", "--country", "BE", "--format", "markdown", "-o", str(out))

    assert done.stdout == ""
    assert out.read_text().startswith("| pillar | indicator | indicatorLabel | answer | edition |")
    assert len(out.read_text().splitlines()) == 9


def test_ask_language_falls_back_to_english(project: Project) -> None:
    """A label comes in the language asked for, else in English with its tag shown."""
    done = run(project, "ask", "ministries", "--country", "BE", "--lang", "fr")

    assert "Belgique" in done.stdout
    assert "Service public fédéral Justice" in done.stdout
    assert "Federal Minister for Data Protection (en)" in done.stdout


def test_ask_sources(project: Project) -> None:
    """--sources adds the section that states each row as the last column."""
    done = run(
        project, "ask", "pillar-coordinators", "--country", "BE", "--pillar", "3", "--sources", "--format", "csv"
    )

    header, row = done.stdout.splitlines()
    assert header.endswith(",edition,source")
    assert row.endswith(",2020,https://w3id.org/bikgraph/id/profile-be-2020-section-2-2")


def test_ask_help_names_parameters(project: Project) -> None:
    """The help of a question says what it asks, its parameters and its columns."""
    done = run(project, "ask", "pillar-coordinators", "--help")

    assert "--country COUNTRY" in done.stdout
    assert "Required." in done.stdout
    assert "actorLabel" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ask", "pilar-coordinators", "--country", "BE"], "Did you mean pillar-coordinators"),
        (["ask", "ministries", "--country", "Belgum"], "Did you mean Belgium"),
        (["ask", "ministries"], "needs --country"),
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
        (["draw", "network", "--country", "BE", "-o", "be.gif"], "ends in .svg or .png"),
        (
            ["ask", "gaps", "--country", "BE", "-o", "/nowhere/at/all.csv"],
            "cannot be written: No such file or directory",
        ),
    ],
)
def test_wrong_request(project: Project, arguments: list[str], expected: str) -> None:
    """A wrong request ends with status 2 and a message that says what is meant or accepted."""
    done = run(project, *arguments)

    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_sparql_syntax_error_has_caret(project: Project) -> None:
    """A syntax error shows the line with a caret under the column."""
    done = run(project, "sparql", "SELECT ?x\nWHERE { ?x a a bik:Actor }")

    assert "line 2, column" in done.stderr
    line, caret = done.stderr.splitlines()[-2:]
    assert line == "  WHERE { ?x a a bik:Actor }"
    assert caret.strip() == "^"


def test_sparql_forms(project: Project) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE all run, from an argument or from standard input."""
    assert run(project, "sparql", "SELECT (COUNT(*) AS ?n) { ?x a bik:Country }", "--format", "csv").stdout.split() == [
        "n",
        "30",
    ]
    assert run(project, "sparql", stdin="ASK { id:be-child-focus a bik:Hotline }").stdout == "yes\n"
    construct = run(
        project, "sparql", "CONSTRUCT { ?x a bik:Country } WHERE { ?x a bik:Country }", "--format", "ntriples"
    )
    assert len(construct.stdout.splitlines()) == 30
    assert "id:be-star" in run(project, "sparql", "DESCRIBE id:be-star").stdout


def test_sparql_time_limit_holds(project: Project) -> None:
    """A query that would run for ever is stopped after the time limit, with status 3."""
    done = run(
        project, "sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "1"
    )

    assert done.returncode == 3
    assert "longer than 1 seconds" in done.stderr


def test_find_forgives_typing_errors(project: Project) -> None:
    """A misspelt name in any language finds its thing first, with kind and country."""
    first = run(project, "find", "mediawjis", "--format", "tsv").stdout.splitlines()[1]

    assert "<https://w3id.org/bikgraph/id/be-mediawijs>" in first
    assert '"public-agency"' in first
    assert '"BE"' in first


def test_show_in_and_out_with_sources(project: Project) -> None:
    """A description has what a thing says, what is said of it, and the sections that state it."""
    text = run(project, "show", "Child Focus").stdout

    assert "bik:coordinates" in text
    assert "bik:party" in text
    assert "[profile-be-2020-section-2-2" in text
    assert "Inferred" in text


def test_connect_gives_shortest_chain(project: Project) -> None:
    """Two bodies that signed one memorandum are connected through it."""
    text = run(project, "connect", "be-child-focus", "Crown Prosecutor's Office", "-n", "1").stdout

    assert "Chain 1 (2 steps)" in text
    assert text.count("bik:party") == 2


def test_why_told_and_inferred(project: Project) -> None:
    """A told triple names its line and section; an inferred one its rule, axiom and premises down to told ones."""
    told = run(project, "why", "be-mou-csam", "party", "be-federal-police").stdout
    assert "told in data/profiles/be-2020.yaml:" in told
    assert "profile-be-2020-section-2-2" in told

    inferred = run(project, "why", "be-ministry-of-justice", "coordinates", "bik-2012-pillar-4").stdout
    assert "follows by prp-spo2 from bik:coordinates owl:propertyChainAxiom" in inferred
    assert "(ontology/properties.ttl:" in inferred
    assert inferred.count("told in data/profiles/be-2020.yaml:") == 2


def test_questions_lists_and_describes(project: Project) -> None:
    """All questions are listed with what they ask; one is described with what its parameters accept."""
    listed = run(project, "questions").stdout.splitlines()
    assert len(listed) == len(list((ROOT / "queries").glob("*.rq")))

    one = run(project, "questions", "pillar-coordinators").stdout
    assert "AT, BE, BG" in one
    assert "Columns: pillar, pillarLabel, actor, actorLabel, edition" in one


def test_questions_sparql_stands_alone(project: Project) -> None:
    """The SPARQL printed for other editors gives the same rows, labels included."""
    text = run(project, "questions", "gaps", "--sparql").stdout
    rows = run(project, "sparql", text, "--format", "csv").stdout.splitlines()

    assert rows[0] == "pillar,indicator,indicatorLabel,answer,edition"
    assert len(rows) == 8


def test_closed_pipe_is_no_error(project: Project) -> None:
    """A reader that stops early ends the command without a complaint."""
    command = f"{sys.executable} -m bikgraph --project {project.root} export --format ntriples | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )

    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_slow_libraries_stay_out_of_ask(project: Project) -> None:
    """To answer a question neither rdflib nor pyshacl nor owlrl nor anything else that is slow is imported."""
    code = "import sys; from bikgraph.cli.main import run; run(sys.argv[1:]); print([m for m in ('rdflib','pyshacl','owlrl','networkx','pandas','rapidfuzz','matplotlib','pyld','subprocess') if m in sys.modules])"
    command = [sys.executable, "-c", code, "--project", str(project.root), "ask", "gaps", "--country", "BE"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_project_of_environment_and_folder(project: Project, tmp_path: Path) -> None:
    """The project is the environment's, or the folder's around the user, or the one that is named; a wrong one is named."""
    assert (
        run(
            None, "ask", "gaps", "--country", "BE", env={"BIKGRAPH_PROJECT": str(project.root)}, cwd=tmp_path
        ).returncode
        == 0
    )
    assert run(None, "ask", "gaps", "--country", "BE", cwd=project.data / "profiles").returncode == 0
    wrong = run(Project(tmp_path), "ask", "gaps", "--country", "BE")
    assert wrong.returncode == 2
    assert "has no data/ folder" in wrong.stderr


def test_new_project_works_the_same_way(tmp_path: Path) -> None:
    """A new project is checked, is built by its first question, and answers for its own country."""
    root = tmp_path / "mine"
    assert run(None, "new", str(root), "--country", "FR").returncode == 0
    mine = Project(root)
    checked = run(mine, "check")
    assert checked.returncode == 0, checked.stdout

    lacking = run(mine, "ask", "pillar-coordinators")
    assert lacking.returncode == 2
    assert "needs --country" in lacking.stderr
    assert not (root / "release").exists()

    wrong = run(mine, "ask", "pillar-coordinators", "--country", "Frnce")
    assert wrong.returncode == 2
    assert "no release yet; building it first" in wrong.stderr
    assert "Did you mean France" in wrong.stderr

    done = run(mine, "ask", "pillar-coordinators", "--country", "France", "--format", "csv")
    assert done.stderr == ""
    assert "fr-example-ministry" in done.stdout

    again = run(None, "new", str(root))
    assert again.returncode == 2
    assert "is there already" in again.stderr
