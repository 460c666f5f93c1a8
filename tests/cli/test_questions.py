"""`bikgraph ask` and `bikgraph questions`: rows in any format and language, and what a question takes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bikgraph.cli.questions import _command
from bikgraph.project import Project
from bikgraph.questions import load_all
from bikgraph.questions.header_faults import TAKEN
from bikgraph.tables import SOURCE_COLUMNS
from tests.conftest import ROOT, Command, run


def test_ask_table(belgium: Project) -> None:
    """A question prints its rows as an aligned table."""
    done = run(belgium, "ask", "pillar-coordinators", "--country", "BE", "--pillar", "4")

    assert done.returncode == 0
    assert done.stdout.splitlines()[2].split()[0] == "bik-2012-pillar-4"
    assert "Ministry of Justice" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "country", ["BE", "be", "belgium", "Belgique", "België", "country-be", "https://w3id.org/bikgraph/id/country-be"]
)
def test_ask_country_in_any_form(belgium: Project, country: str, command: Command) -> None:
    """A country is known by its code, its name in any language, its slug and its IRI."""
    done = command(belgium, "ask", "gaps", "--country", country, "--format", "csv")

    assert len(done.stdout.splitlines()) == 8, done.stderr


def test_no_parameter_hides_an_option(belgium: Project) -> None:
    """What a header may not call a parameter are the names of the command's own options, every one of them."""
    for question in load_all(belgium).questions.values():
        options = {option.name for option in _command(question).params} - {*question.parameters}
        assert options <= TAKEN, question.name


def test_ask_json_is_a_list_of_rows(belgium: Project, command: Command) -> None:
    """JSON is a list of objects keyed by column, numbers native."""
    data = json.loads(command(belgium, "ask", "ministries", "--country", "BE", "--format", "json").stdout)

    assert len(data) == 13
    assert list(data[0]) == ["actor", "actorLabel", "territory", "territoryLabel", "competence", "edition"]
    assert data[0]["actor"].startswith("https://w3id.org/bikgraph/id/be-")
    assert {row["edition"] for row in data} == {2018, 2020, None}


def test_ask_has_sparql_results_too(belgium: Project, command: Command) -> None:
    """SPARQL's own JSON has language tags on labels."""
    done = command(belgium, "ask", "ministries", "--country", "BE", "--format", "sparql-json")
    data = json.loads(done.stdout)

    assert data["head"]["vars"] == ["actor", "actorLabel", "territory", "territoryLabel", "competence", "edition"]
    assert len(data["results"]["bindings"]) == 13
    assert data["results"]["bindings"][0]["actorLabel"]["xml:lang"] == "en"


def test_ask_writes_file(belgium: Project, tmp_path: Path, command: Command) -> None:
    """With -o the rows go to the file and nothing to standard output."""
    out = tmp_path / "rows.md"
    done = command(belgium, "ask", "gaps", "--country", "BE", "--format", "markdown", "-o", str(out))

    assert done.stdout == ""
    assert out.read_text().startswith("| pillar | indicator | indicatorLabel | answer | edition |")
    assert len([line for line in out.read_text().splitlines() if line.startswith("|")]) == 9


def test_ask_language_falls_back_to_english(belgium: Project, command: Command) -> None:
    """A label comes in the language asked for, else in English with its tag shown."""
    done = command(belgium, "ask", "ministries", "--country", "BE", "--lang", "fr")

    assert "Belgique" in done.stdout
    assert "Service public fédéral Justice" in done.stdout
    assert "Federal Minister for Data Protection (en)" in done.stdout


def test_ask_sources(belgium: Project, command: Command) -> None:
    """--sources adds the section that states each row, and what is known of it, as the last columns."""
    done = run(
        belgium, "ask", "pillar-coordinators", "--country", "BE", "--pillar", "3", "--sources", "--format", "csv"
    )

    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert list(row)[-7:] == ["edition", *SOURCE_COLUMNS]
    assert row["source"] == "https://w3id.org/bikgraph/id/profile-be-2020-section-2-2"
    assert (row["sourceTitle"][:26], row["sourceSection"]) == ("Country profile of Belgium", "2.2")
    assert "only-source" in row["sourceFlags"].split()


def test_ask_sources_for_people(belgium: Project, command: Command) -> None:
    """In a table the sources are numbered footnotes with title, section and flags."""
    asked = ("ask", "pillar-coordinators", "--country", "BE", "--pillar", "3")
    lines = command(belgium, *asked, "--sources").stdout.splitlines()

    assert lines[2].endswith("  [1]")
    (footnote,) = [line for line in lines if line.startswith("[1] ")]
    assert footnote.startswith("[1] Country profile of Belgium")
    assert footnote.endswith(", section 2.2 (only source)")
    assert "[1]" not in command(belgium, *asked).stdout


def test_ask_help_names_parameters(belgium: Project, command: Command) -> None:
    """The help of a question says what it asks, its parameters and its columns."""
    done = command(belgium, "ask", "pillar-coordinators", "--help")

    assert "--country, --countries COUNTRY,…" in done.stdout
    assert "actorLabel" in done.stdout


def test_questions_lists_and_describes(belgium: Project) -> None:
    """All questions are listed with what they ask; one is described with what its parameters accept."""
    listed = run(belgium, "questions").stdout.splitlines()
    assert len(listed) == len(list((ROOT / "queries").glob("*.rq")))

    one = run(belgium, "questions", "pillar-coordinators").stdout
    assert "AT, BE, BG" in one
    assert "Columns: pillar, pillarLabel, actor, actorLabel, edition" in one


def test_questions_sparql_stands_alone(belgium: Project, command: Command) -> None:
    """The SPARQL printed for other editors gives the same rows, labels included."""
    text = command(belgium, "questions", "gaps", "--sparql", "--country", "BE").stdout
    rows = command(belgium, "sparql", text, "--format", "csv").stdout.splitlines()

    assert rows[0] == "pillar,indicator,indicatorLabel,answer,edition"
    assert len(rows) == 8
