"""What an analyst types, as written, over real data: each command gives what it promises, for more than one country."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from bikgraph.project import Project
from tests.conftest import Command

COUNTRIES = ("BE", "DE", "MT", "NO", "CY")


def rows(command: Command, project: Project, *arguments: str) -> list[dict[str, str]]:
    """The rows that a command prints as CSV."""
    done = command(project, *arguments, "--format", "csv", "--ids", "short")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("country", COUNTRIES)
def test_ministries_and_responsibilities_of_each(project: Project, command: Command, country: str) -> None:
    """`ask ministries` and `ask responsibilities` have rows, and each ministry says what it is competent for or why not."""
    ministries = rows(command, project, "ask", "ministries", "--country", country)
    roles = rows(command, project, "ask", "responsibilities", "--country", country)

    assert len(ministries) >= 2
    assert any(row["competence"] for row in ministries)
    assert len(roles) >= 10
    assert all(row["function"] and row["role"] and row["actorLabel"] and row["kind"] for row in roles)
    ministries_with_roles = {row["actor"] for row in roles if "ministry" in row["kind"]}
    assert ministries_with_roles <= {row["actor"] for row in ministries}


def test_all_responsibilities(project: Project, command: Command) -> None:
    """All 641 are reached: those without a pillar and without a year too; `--year` is the column's, a span too."""
    all_of_them = rows(command, project, "ask", "responsibilities")
    assert len(all_of_them) == 641
    assert any(not row["pillar"] for row in all_of_them)
    assert any(not row["year"] for row in all_of_them)
    of_2018 = rows(command, project, "ask", "responsibilities", "--year", "2018")
    span = rows(command, project, "ask", "responsibilities", "--year", "2018-2022")
    assert {row["year"] for row in of_2018} == {"2018"}
    assert {int(row["year"]) for row in span} <= set(range(2018, 2023))
    assert len(of_2018) < len(span)


def test_kinds_in_peoples_words(project: Project, command: Command) -> None:
    """MoU, NGO and police are values; a class takes in its kinds, and the most specific is shown."""
    mous = rows(command, project, "ask", "agreements", "--kind", "MoU", "--country", "IE,BE")
    assert {row["kind"] for row in mous} == {"memorandum-of-understanding"}
    ngos = rows(command, project, "ask", "responsibilities", "--kind", "NGO")
    assert all("ngo" in row["kind"].split("; ") for row in ngos)
    public = rows(command, project, "ask", "responsibilities", "--kind", "public-organisation", "--country", "DE")
    police = rows(command, project, "ask", "responsibilities", "--kind", "police", "--country", "DE,MT,NO")
    assert {"ministry"} <= {row["kind"] for row in public}
    assert police
    assert all("law-enforcement" in row["kind"] for row in police)


@pytest.mark.parametrize("country", ["FR,DE", "all", None])
def test_several_countries_or_all(project: Project, command: Command, country: str | None) -> None:
    """Several countries, all, or none: then the country stands first; `--countries` is the same option."""
    chosen = [] if country is None else ["--country", country]
    several = rows(command, project, "ask", "agreements", *chosen)
    one = rows(command, project, "ask", "agreements", "--country", "FR")

    assert list(several[0])[:2] == ["country", "countryLabel"]
    assert list(several[0])[2:] == list(one[0])
    if country == "FR,DE":
        assert {row["country"] for row in several} == {"country-fr", "country-de"}
        assert several == rows(command, project, "ask", "agreements", "--countries", "FR,DE")
    else:
        assert len({row["country"] for row in several}) == 28


def test_the_default_edition_is_said(project: Project, command: Command) -> None:
    """The edition in which most of the countries have records, and of how many; countries that share none are told."""
    coverage = command(project, "ask", "country-ranking", "--indicator", "coverage").stdout
    assert "Edition 2025: of the 30 countries asked for, 22 have answers in it" in coverage
    ministries = command(project, "ask", "country-ranking", "--indicator", "ministries-involved").stdout
    assert "Edition 2018: of the 30 countries asked for, 23 have answers in it" in ministries
    apart = command(project, "ask", "compare-countries", "--country", "BE,DE").stdout
    assert "Edition 2018" in apart
    alone = command(project, "ask", "gaps", "--country", "BE,DE").stdout
    assert "no edition has tick tables of two of the countries asked for" in alone


def test_no_rows_explain_themselves(project: Project, command: Command) -> None:
    """What was looked at, who has such facts, and the command to go on with; `--fail-empty` is exit status 1."""
    done = command(project, "ask", "answer-summary", "--country", "DE", "--fail-empty")

    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "No rows. Looked at: Germany" in said
    assert "Only Belgium 2020 has tick tables in the graph." in said
    assert "Of Germany the graph holds 23 responsibilities and 10 laws and policies: " in said
    assert "bikgraph ask responsibilities --country DE" in said
    empty = command(project, "ask", "answer-summary", "--country", "DE", "--format", "json")
    assert json.loads(empty.stdout) == []
    assert "Only Belgium 2020 has tick tables in the graph." in empty.stderr


def test_sources_of_each_row(project: Project, command: Command) -> None:
    """Footnotes under a table, six columns in files, a list in JSON; what one unverified page alone says is marked."""
    text = command(project, "ask", "agreements", "--country", "IE", "--sources").stdout
    assert "[1] " in text
    assert "http" in text
    assert "retrieved 2026-11-23" in text
    assert "†" in command(project, "ask", "agreements", "--country", "IE").stdout
    in_file = rows(command, project, "ask", "agreements", "--country", "IE", "--sources")
    assert list(in_file[0])[-6:] == [
        "source", "sourceTitle", "sourceAddress", "sourceSection", "sourceRetrieved", "sourceFlags"
    ]  # fmt: skip
    assert any("unverified" in row["sourceFlags"].split() for row in in_file)
    listed = json.loads(
        command(project, "ask", "agreements", "--country", "IE", "--sources", "--format", "json").stdout
    )
    assert all(isinstance(row["sources"], list) and row["sources"] for row in listed)


def test_discrepancies_and_codes_that_may_be_one(project: Project, command: Command) -> None:
    """The 22 recorded discrepancies are listed; what may be the same answer is no change."""
    assert len(rows(command, project, "ask", "contradictions")) == 22
    changes = rows(command, project, "ask", "edition-diff", "--from", "2024", "--to", "2025")
    unsure = {"emerging-priority", "emerging-priority-partially-covered"}
    pairs = [row for row in changes if {row["before"], row["after"]} == unsure]
    assert pairs
    assert {row["change"] for row in pairs} == {"not-comparable"}


def test_cards(project: Project, command: Command) -> None:
    """A country, a body and an agreement on a screen; a country wins over its namesakes; --all prints statements."""
    for thing, said in (
        ("Germany", ("Germany (country-de)", "Who does what", "How fresh")),
        ("Child Focus", ("be-child-focus", "hotline", "Agreements")),
        ("be-mou-csam", ("Parties", "Federal Police", "Ministry of Justice")),
    ):
        card = command(project, "show", thing).stdout
        assert all(words in card for words in said), card
        assert len(card.splitlines()) <= 60
        assert len(command(project, "show", thing, "--all").stdout.splitlines()) > len(card.splitlines())
    assert command(project, "ask", "Italy").stdout == command(project, "show", "Italy").stdout


def test_chains_that_bind_come_first(project: Project, command: Command) -> None:
    """The memorandum before the shared project."""
    chains = command(project, "connect", "be-child-focus", "be-federal-police").stdout
    assert chains.index("agreement") < chains.index("project")


def test_find_takes_a_country_among_the_words(project: Project, command: Command) -> None:
    """`find ministry of education germany` gives Germany's, and the notes that answer a question are found."""
    found = rows(command, project, "find", "ministry", "of", "education", "germany")
    assert {row["country"] for row in found} == {"DE"}
    laws = rows(command, project, "find", "Which countries have a law on age verification?", "--texts")
    assert {"ES", "FR", "GB"} <= {row["country"] for row in laws}


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet", "csv.gz"])
def test_a_file_is_what_its_ending_says(project: Project, command: Command, tmp_path: Path, ending: str) -> None:
    """Every ending of rows gives that format; box drawings are in none."""
    path = tmp_path / f"fr.{ending}"
    assert command(project, "ask", "policies", "--country", "FR", "-o", str(path)).returncode == 0
    data = path.read_bytes()
    head = {"xlsx": b"PK", "parquet": b"PAR1", "csv.gz": b"\x1f\x8b", "json": b"[", "jsonl": b"{", "html": b"<!"}

    assert "─".encode() not in data
    assert data.lower().startswith(head.get(ending, b"|" if ending == "md" else b"policy").lower())


def test_an_ending_that_no_writer_knows(project: Project, command: Command, tmp_path: Path) -> None:
    """It is refused, and nothing is written."""
    for arguments in (["export"], ["ask", "policies"], ["brief", "IE"], ["draw", "network", "--country", "CY"]):
        done = command(project, *arguments, "-o", str(tmp_path / "x.abc"))
        assert done.returncode == 2
        assert ".abc" in done.stderr
    assert command(project, "export", "-o", str(tmp_path / "x.csv")).returncode == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("country", COUNTRIES)
def test_pictures_of_each(project: Project, command: Command, tmp_path: Path, country: str) -> None:
    """A network, the bodies by function and a timeline are drawn of each country, Cyprus too."""
    for picture in ("network", "bodies", "timeline"):
        path = tmp_path / f"{picture}.svg"
        assert command(project, "draw", picture, "--country", country, "-o", str(path)).returncode == 0
        assert path.read_text("utf-8").count("<text") >= 8


def test_pillars_have_their_own_numbers(project: Project, command: Command, tmp_path: Path) -> None:
    """Estonia's only pillar is the fifth, not the third in a list."""
    path = tmp_path / "ee.svg"
    command(project, "draw", "network", "--country", "EE", "-o", str(path))
    assert "Pillar 5" in path.read_text("utf-8")
