"""Files that commands write are what their endings say."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from bikgraph.cli.exploring import connect, find, show, sparql
from bikgraph.cli.export import export
from bikgraph.errors import RequestError
from bikgraph.project import Project
from tests.conftest import run

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
    data = json.loads((tmp_path / "rows.json").read_text("utf-8"))
    assert data["results"]["bindings"] if name == "sparql" else data[0].keys()
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
    for arguments in (["show", "x\x1b[2J"], ["show", "a", "--\x1b[2J"], ["export", "--format", "\x1b[2J"]):
        done = run(belgium, *arguments)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr + done.stdout


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_ending_gives_what_it_says(belgium: Project, tmp_path: Path, name: str) -> None:
    """xlsx and parquet are binary files that their readers open, jsonl has a row a line, html is a page."""
    for ending in ("xlsx", "parquet", "jsonl", "html", "tsv"):
        done = call(belgium, name, "-o", str(tmp_path / f"rows.{ending}"))
        assert (done.exit_code, done.output) == (0, ""), done.exception

    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx")["Rows"]
    assert [cell.value for cell in sheet[1]] == list(rows[0])
    assert sheet.max_row == len(rows) + 1
    assert pq.read_table(tmp_path / "rows.parquet").num_rows == len(rows)
    assert (tmp_path / "rows.tsv").read_text("utf-8").splitlines()[0].split("\t") == list(rows[0])
    assert (tmp_path / "rows.html").read_text("utf-8").count("<tr>") == len(rows) + 1


@pytest.mark.parametrize(("arguments", "ending"), [(["ask"], "csv"), (["find", "Star"], "xlsx"), (["export"], "nt")])
def test_gz_is_packed(belgium: Project, tmp_path: Path, arguments: list[str], ending: str) -> None:
    """Any format of rows and of exports is packed where .gz follows its ending, and holds the same."""
    request = [*arguments, "gaps", "--country", "BE"] if arguments == ["ask"] else arguments
    for name in (f"a.{ending}", f"a.{ending}.gz", f"b.{ending}.gz"):
        assert run(belgium, *request, "-o", str(tmp_path / name)).returncode == 0

    assert gzip.decompress((tmp_path / f"a.{ending}.gz").read_bytes()) == (tmp_path / f"a.{ending}").read_bytes()
    assert (tmp_path / f"a.{ending}.gz").read_bytes() == (tmp_path / f"b.{ending}.gz").read_bytes()


def test_an_ending_of_other_files_is_refused(belgium: Project, tmp_path: Path) -> None:
    """A file that ends as rows do is no export, nor one that ends as an export a table, whatever the format asked."""
    for arguments, words in (
        (["export", "-o", "x.csv"], "names no format. Endings: .ttl (turtle)"),
        (["export", "--format", "turtle", "-o", "x.csv"], "ends in .csv is no turtle. Name it x.ttl."),
        (["find", "Star", "-o", "x.ods"], "names no format"),
        (["find", "Star", "--format", "csv", "-o", "x.ttl.gz"], "ends in .ttl is no csv. Name it x.csv.gz."),
    ):
        done = run(belgium, *arguments[:-1], str(tmp_path / arguments[-1]))
        assert done.returncode == 2
        assert words in done.stderr
    assert not list(tmp_path.iterdir())


def test_json_of_sparql_is_sparqls_and_rows_is_the_list(belgium: Project) -> None:
    """`sparql --format json` stays SPARQL's JSON; the plain list of the other commands is called rows there."""
    query = "SELECT ?x (1 AS ?n) { ?x a bik:Country } ORDER BY ?x LIMIT 1"
    spoken = json.loads(ask_sparql(belgium, query, "--format", "json").output)

    assert spoken == json.loads(ask_sparql(belgium, query, "--format", "sparql-json").output)
    assert spoken["head"]["vars"] == ["x", "n"]
    country = spoken["results"]["bindings"][0]["x"]["value"]
    assert json.loads(ask_sparql(belgium, query, "--format", "rows").output) == [{"x": country, "n": 1}]
    assert json.loads(ask_sparql(belgium, query, "--format", "jsonl", "--columns", "n").output) == {"n": 1}
    assert "for rows; this query gives none" in str(ask_sparql(belgium, CONSTRUCT, "--ids", "short").exception)


def test_columns_heads_and_ids(belgium: Project) -> None:
    """--columns, --no-headers, --ids and --excel shape the rows of any command."""
    asked = ("ask", "pillar-coordinators", "--country", "BE", "--pillar", "4")
    for more, lines in (
        (("--columns", "actorLabel,actor", "--ids", "short", "--format", "csv"),
         ["actorLabel,actor", "Ministry of Justice,be-ministry-of-justice"]),
        (("--columns", "actorLabel, actor", "--ids", "none", "--format", "tsv", "--no-headers"),
         ["Ministry of Justice"]),
        (("--columns", "actorLabel", "--excel"), ["\ufeffactorLabel", "Ministry of Justice"]),
    ):  # fmt: skip
        assert run(belgium, *asked, *more).stdout.splitlines() == lines
    refused: list[tuple[tuple[str, ...], str]] = [
        (("--columns", "actorlabel"), "Did you mean actorLabel?"),
        (("--columns", ","), "--columns takes names of columns"),
        (("--format", "json", "--no-headers"), "has no line of heads"),
        (("--format", "tsv", "--excel"), "--excel marks CSV"),
        (("--ids", "long"), "'long' is not one of"),
    ]
    for wrong, words in refused:
        done = run(belgium, *asked, *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
    assert "are for rows. Add --format" in run(belgium, "show", "be-star", "--ids", "full").stderr


def test_why_for_programs(belgium: Project) -> None:
    """`why` gives its proof as a tree of JSON, and as a row for each step with its place."""
    asked = ("why", "be-ministry-of-justice", "bik:coordinates", "bik-2012-pillar-4")
    tree = json.loads(run(belgium, *asked, "--format", "json", "--ids", "short").stdout)
    rows = list(csv.DictReader(io.StringIO(run(belgium, *asked, "--format", "csv", "--ids", "short").stdout)))

    assert (tree["subject"], tree["predicate"], tree["rule"]) == (asked[1], asked[2], "prp-spo2")
    leaf = tree["premises"][1]
    assert leaf["told"] is True
    assert leaf["places"][0]["sources"] == ["profile-be-2020-section-2-2"]
    assert [(row["step"], row["premiseOf"], row["told"]) for row in rows] == [
        ("1", "", "false"), ("2", "1", "false"), ("3", "2", "true"), ("4", "1", "true"),
    ]  # fmt: skip
    assert rows[3]["line"] == str(leaf["places"][0]["line"])
    assert rows[3]["source"] == "profile-be-2020-section-2-2"
    assert "A tree has no columns" in run(belgium, *asked, "--format", "json", "--columns", "step").stderr


def test_questions_for_programs(belgium: Project) -> None:
    """The list of questions is rows, the description of one is JSON; any other form of it is refused."""
    listed = json.loads(run(belgium, "questions", "--format", "json").stdout)
    ministries = next(row for row in listed if row["name"] == "ministries")
    told = json.loads(run(belgium, "questions", "ministries", "--format", "json").stdout)

    assert list(ministries) == ["name", "question", "summary", "parameters", "columns"]
    assert ministries["parameters"].split() == [parameter["name"] for parameter in told["parameters"]]
    assert ministries["columns"].split() == told["columns"]
    assert told["parameters"][0]["required"] is False
    assert "BE" in told["parameters"][0]["accepts"]
    assert "text or json, not csv" in run(belgium, "questions", "ministries", "--format", "csv").stderr


def test_a_query_goes_to_a_file_of_queries(belgium: Project, tmp_path: Path) -> None:
    """`questions --sparql` writes .rq files; the list and a description are none, and a query is no rows."""
    out = tmp_path / "ministries.rq"
    assert run(belgium, "questions", "ministries", "--sparql", "-o", str(out)).returncode == 0
    assert out.read_text("utf-8") == run(belgium, "questions", "ministries", "--sparql").stdout
    for more, words in (
        (["-o", str(tmp_path / "x.rq")], "add the question's name and --sparql"),
        (["ministries", "-o", str(tmp_path / "x.rq")], "add the question's name and --sparql"),
        (["ministries", "--sparql", "-o", str(tmp_path / "x.json")], "questions NAME --sparql -o NAME.rq"),
        (["--sparql"], "questions NAME --sparql"),
    ):
        done = run(belgium, "questions", *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
    assert list(tmp_path.iterdir()) == [out]
