"""Files that commands write are what their endings say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from bikgraph.cli.exploring import connect, find, show, sparql
from bikgraph.cli.export import export
from bikgraph.errors import RequestError
from bikgraph.project import Project

COMMANDS = {
    "find": (find, ["Child", "Focus", "-n", "50"]),
    "show": (show, ["be-star"]),
    "connect": (connect, ["be-child-focus", "be-crown-prosecutors-office"]),
    "sparql": (sparql, ["SELECT ?x { ?x a bik:Country }"]),
}
CONSTRUCT = "CONSTRUCT { ?x a bik:Country } WHERE { ?x a bik:Country }"


def call(project: Project, name: str, *more: str) -> Result:
    """Run one of the commands on the project."""
    command, arguments = COMMANDS.get(name, (export, []))
    return CliRunner().invoke(command, [*arguments, *more], obj=str(project.root))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_ending_decides(belgium: Project, tmp_path: Path, name: str) -> None:
    """Without --format a file is written as its ending says, and a text table or text without a known one."""
    for ending in (".csv", ".json", ".md", ".txt", ""):
        done = call(belgium, name, "-o", str(tmp_path / f"rows{ending}"))
        assert (done.exit_code, done.output) == (0, ""), done.exception

    assert (tmp_path / "rows.csv").read_bytes().splitlines(keepends=True)[0].endswith(b"\r\n")
    assert json.loads((tmp_path / "rows.json").read_text("utf-8"))["results"]["bindings"]
    assert (tmp_path / "rows.md").read_text("utf-8").startswith("| ")
    assert (tmp_path / "rows.txt").read_bytes() == (tmp_path / "rows").read_bytes()
    assert (tmp_path / "rows").read_text("utf-8") == call(belgium, name).output


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_contradiction_is_refused(belgium: Project, tmp_path: Path, name: str) -> None:
    """An ending of another format is refused in words, before anything is written."""
    done = call(belgium, name, "--format", "json", "-o", str(tmp_path / "rows.csv"))

    assert isinstance(done.exception, RequestError)
    assert "A file that ends in .csv is csv, not json" in str(done.exception)
    assert not list(tmp_path.iterdir())


def ask_sparql(project: Project, query: str, *more: str) -> Result:
    """Run a query."""
    return CliRunner().invoke(sparql, [query, *more], obj=str(project.root))


def test_sparql_takes_the_ending_that_fits_its_result(belgium: Project, tmp_path: Path) -> None:
    """.json is results of SELECT and ASK, and JSON-LD of CONSTRUCT; .ttl is for triples and .csv for rows alone."""
    for query, key in (("SELECT ?x { ?x a bik:Country }", "results"), ("ASK { ?x a bik:Country }", "boolean")):
        assert ask_sparql(belgium, query, "-o", str(tmp_path / "x.json")).exit_code == 0
        assert key in json.loads((tmp_path / "x.json").read_text("utf-8"))
    for ending, format in ((".json", RdfFormat.JSON_LD), (".nt", RdfFormat.N_TRIPLES), (".ttl", RdfFormat.TURTLE)):
        assert ask_sparql(belgium, CONSTRUCT, "-o", str(tmp_path / f"y{ending}")).exit_code == 0
        assert len(list(parse((tmp_path / f"y{ending}").read_bytes(), format))) == 30
    for query, file, words in (
        ("SELECT ?x { ?x a bik:Country }", "x.ttl", "The format turtle is for triples; this query gives rows: table"),
        (CONSTRUCT, "x.csv", "The format csv is for rows; this query gives triples: turtle"),
        ("ASK { ?x a bik:Country }", "x.csv", "The format csv is for rows; this query gives yes or no: table, json"),
    ):
        assert words in str(ask_sparql(belgium, query, "-o", str(tmp_path / file)).exception)
    assert not (tmp_path / "x.csv").exists()


def test_export_wants_an_ending_that_it_knows(belgium: Project, tmp_path: Path) -> None:
    """Without --format an unknown ending is refused with the list; with it, only one that says otherwise."""
    assert ".ttl (turtle)" in str(call(belgium, "export", "-o", str(tmp_path / "x.owl2")).exception)
    assert "is ntriples, not turtle" in str(
        call(belgium, "export", "--format", "turtle", "-o", str(tmp_path / "x.nt")).exception
    )
    assert not list(tmp_path.iterdir())
    assert call(belgium, "export", "--entity", "be-star", "-o", str(tmp_path / "x.nt")).exit_code == 0
    assert list(parse((tmp_path / "x.nt").read_bytes(), RdfFormat.N_TRIPLES))


def test_errors_do_not_drive_the_terminal(belgium: Project) -> None:
    """A request with an escape sequence is quoted without it, by our errors and by click's."""
    from tests.conftest import run

    for arguments in (["show", "x\x1b[2J"], ["show", "a", "--\x1b[2J"], ["export", "--format", "\x1b[2J"]):
        done = run(belgium, *arguments)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr + done.stdout
