"""What answers are about: every column has a meaning, every code its label, and nobody pays who does not read it."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
import yaml
from pyoxigraph import Store

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import instances
from bikgraph.namespaces import RDF, expand
from bikgraph.project import Project
from bikgraph.questions import TYPES, Question, ask, check, column_meanings, meaning_of
from bikgraph.tables import Table
from tests.conftest import ROOT, Command

COUNTRIES = ("BE", "DE", "MT", "NO", "CY")


def columns_of(question: Question) -> list[str]:
    """All columns that the question may have."""
    return [*(["country", "countryLabel"] if question.country_column == "added" else []), *question.columns]


def needed(question: Question, country: str) -> dict[str, Any]:
    """Parameters by which the question gives rows, of the country where it takes one."""
    if question.name == "edition-diff":
        return {"from_": 2018, "to": 2020, "country": country}
    given: dict[str, Any] = {p.name: TYPES[p.type].example for p in question.parameters.values() if p.required}
    return given if "actor" in given or "country" not in question.parameters else given | {"country": country}


def test_every_column_of_every_question_has_a_meaning(graph: KnowledgeGraph) -> None:
    """The file of meanings leaves no column out, and says nothing of a column that there is not."""
    meanings = column_meanings(graph.project)
    columns = {(name, column) for name, question in graph.questions.items() for column in columns_of(question)}

    assert [where for where in sorted(columns) if not meaning_of(meanings, *where).text] == []
    known = {"*Label", *(column for _, column in columns), *(".".join(where) for where in columns)}
    assert set(meanings) - known == set()
    assert "{column}" not in meaning_of(meanings, "gaps", "indicatorLabel").text


def test_classes_of_codes_are_declared_and_have_codes(store: Store, graph: KnowledgeGraph) -> None:
    """The class that a column's codes are of has some in the release."""
    classes = {meaning.codes for meaning in column_meanings(graph.project).values() if meaning.codes}

    assert len(classes) > 8
    assert [cls for cls in classes - {RDF + "Property"} if not instances(store, cls)] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_code_that_occurs_is_told(graph: KnowledgeGraph, country: str) -> None:
    """Each code in a column of codes has its label; of those that the ontology defines, the definition."""
    meanings = column_meanings(graph.project)
    without = []
    for name, question in graph.questions.items():
        table = graph.ask(name, **needed(question, country))
        about = table.about
        assert about is not None
        assert [entry.column for entry in about.columns] == table.columns
        assert "{" not in about.question
        for entry in about.columns:
            cls = meaning_of(meanings, name, entry.column).codes
            told = {code.code for code in entry.codes}
            found = {value for value in (row[entry.column] for row in table) if value is not None} if cls else set()
            codes = {code for value in found for code in value.rsplit("/", 1)[-1].split("; ")}
            # A property of another vocabulary has no label here; what sources disagree on is said in words.
            without += [code for code in codes - told if re.fullmatch(r"[a-z0-9-]+", code)]
            assert all(code.label for code in entry.codes)
    assert without == []


@pytest.mark.parametrize(
    ("name", "given", "words", "asked"),
    [
        ("responsibilities", {}, "Who is responsible for what in all countries?", {}),
        ("responsibilities", {"country": "Zypern"}, "Who is responsible for what in Cyprus?", {"country": "Cyprus"}),
        (
            "pillar-coordinators",
            {"countries": ["BE", "DE", "MT"], "pillar": 4, "edition": 2018},
            "Who coordinates policy under pillar 4 in Belgium, Germany and Malta?",
            {"country": "Belgium, Germany, Malta", "edition": "2018"},
        ),
        (
            "edition-diff",
            {"country": "NO", "from_": 2018, "to": 2020},
            "What changed in Norway between 2018 and 2020?",
            {"country": "Norway", "from": "2018", "to": "2020"},
        ),
        ("agreements-by-kind", {}, "Which agreements of the kind (any) are there?", {}),
        (
            "agreements-by-kind",
            {"kind": "MoU", "year": "2018-2022"},
            "Which agreements of the kind memorandum of understanding are there?",
            {"kind": "memorandum of understanding", "year": "2018-2022"},
        ),
        ("gaps", {"country": "BE"}, "What is missing in Belgium?", {"edition": "2020 (chosen, for none was named)"}),
        ("policies", {"country": "all"}, "Which laws and policies has all countries?", {"country": "all"}),
    ],
)
def test_the_question_is_told_in_words(
    graph: KnowledgeGraph, name: str, given: dict[str, Any], words: str, asked: dict[str, str]
) -> None:
    """Names stand in place of the braces; the edition that was chosen is among what it was asked with."""
    about = graph.ask(name, **given).about

    assert about is not None
    assert about.question == words
    assert asked.items() <= dict(about.parameters).items()


def test_names_are_in_the_language_asked_for(graph: KnowledgeGraph) -> None:
    """What was asked with is named as the rows name it."""
    about = graph.ask("gaps", country="BE", lang="fr").about

    assert about is not None
    assert dict(about.parameters)["country"] == "Belgique"


def test_a_code_of_several_schemes_is_that_of_its_question(graph: KnowledgeGraph) -> None:
    """A code means what its question admits; one with two meanings in the rows is told with both."""
    about = graph.ask("answers", country="all", edition=2018).about

    assert about is not None
    (answers,) = [entry for entry in about.columns if entry.column == "answer"]
    assert len(set(answers.codes)) == len(answers.codes) > 10
    # A number of pillars, which other questions have as a number of ministries.
    assert [code.label for code in answers.codes if code.code == "5"] == ["all five pillars"]
    # Two questions of that edition have each its own none.
    labels = [code.label for code in answers.codes if code.code == "none"]
    assert labels == ["no mechanism", "no regular national collection"]


def test_a_workbook_tells_what_it_holds(graph: KnowledgeGraph) -> None:
    """The second sheet has the question in words, parameters, base, columns with codes, and sources."""
    table = graph.ask("pillar-coordinators", country="BE", lang="fr")
    book: Any = openpyxl.load_workbook(io.BytesIO(table.to_bytes("xlsx")))
    lines = [tuple(cell for cell in row if cell is not None) for row in book["About"].iter_rows(values_only=True)]

    assert lines[:4] == [
        ("Question",),
        ("Who coordinates policy under any pillar in Belgique?",),
        ("country", "Belgique"),
        ("edition", "2020 (chosen, for none was named)"),
    ]
    assert ("Base",) in lines
    assert ("actor", "The body that coordinates policy under the pillar.") in lines
    assert (
        "actorLabel",
        "The name of actor, in the language asked for, else in English, else in another, which is told.",
    ) in lines
    (pillar,) = [line for line in lines if line and line[0] == "pillar: bik-2012-pillar-4"]
    assert pillar[1].startswith("Fighting against")
    assert any(line[0].startswith("[1] ") for line in lines if line)


def test_with_columns_and_sources_the_workbook_tells_the_same(graph: KnowledgeGraph) -> None:
    """A table of other columns or rows is about the same question."""
    table = graph.ask("gaps", country="BE", sources=True)

    once = graph.ask("gaps", country="BE").about
    assert table.about is not None
    assert once is not None
    assert (table.about.question, table.about.parameters, table.about.columns) == (
        once.question, once.parameters, once.columns,
    )  # fmt: skip
    assert table.with_columns(["answer"]).about is table.about


def test_what_nobody_reads_is_not_looked_up(graph: KnowledgeGraph) -> None:
    """Meanings are read when a workbook is written, once, and for no other format."""
    read = []

    def meanings() -> dict[str, Any]:
        read.append(1)
        return {}

    table = ask(graph.store, graph.questions["gaps"], {"country": "BE"}, meanings=meanings)
    for format in ("table", "csv", "tsv", "json", "jsonl", "markdown", "html", "parquet", "sparql-json"):
        table.to_bytes(format)
    assert read == []
    table.to_bytes("xlsx")
    table.to_bytes("xlsx")
    assert read == [1]


def test_a_page_is_headed_by_the_question(graph: KnowledgeGraph) -> None:
    """An HTML file has the question in words as its title."""
    assert "<h1>What is missing in Malta?</h1>" in graph.ask("gaps", country="MT", edition=2020).render("html")


def test_a_table_of_no_question_is_about_nothing(graph: KnowledgeGraph) -> None:
    """What a query of one's own gives has no codebook."""
    assert graph.find("police").about is None
    assert Table(["x"], []).about is None


FAULTY = {
    "no YAML": ("actor: {\n", 2, "The file is no YAML"),
    "a list": ("- actor\n", 1, "The file is a mapping"),
    "no text": ("actor: a\nkind: 3\n", 2, "kind has no text. Write: kind:"),
    "empty": ('kind: " "\n', 1, "kind has no text"),
    "no meaning": ("kind: {codes: bik:Role}\n", 1, "kind has no text"),
    "unknown field": ("kind: {meaning: x, code: bik:Role}\n", 1, "kind has no field code. Did you mean codes?"),
    "no class": (
        "a: b\nkind: {meaning: x, codes: Role}\n",
        2,
        "codes of kind is the class of the codes, such as bik:Role",
    ),
}


@pytest.mark.parametrize("case", list(FAULTY))
def test_a_faulty_file_is_found(own_tiny: Project, case: str) -> None:
    """A check says where it is wrong and how to mend it, and so does whoever reads it."""
    text, line, message = FAULTY[case]
    path = own_tiny.root / "queries" / "columns.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")

    (finding,) = check(own_tiny)
    assert (finding.file, finding.line, finding.severity) == ("queries/columns.yaml", line, "error")
    assert message in finding.message
    with pytest.raises(RequestError, match=f"queries/columns.yaml:{line}: "):
        column_meanings(own_tiny)


def test_a_projects_own_meanings_win(own_tiny: Project, command: Command) -> None:
    """A file of one's own adds meanings and replaces ours, in the description of a question too."""
    path = own_tiny.root / "queries" / "columns.yaml"
    path.parent.mkdir()
    path.write_text("gaps.answer: What is lacking.\nmine: My own.\n", "utf-8")
    meanings = column_meanings(own_tiny)

    assert [meaning_of(meanings, "gaps", column).text for column in ("answer", "mine")] == [
        "What is lacking.",
        "My own.",
    ]
    assert meaning_of(meanings, "answers", "answer").codes == expand("bik:AnswerCode")
    assert "  answer     What is lacking.\n" in command(own_tiny, "questions", "gaps").stdout
    assert '"answer": "What is lacking."' in command(own_tiny, "questions", "gaps", "--format", "json").stdout


def test_our_file_is_read_as_it_stands() -> None:
    """No key stands twice in it, of which YAML would keep one in silence."""
    lines = (ROOT / "queries" / "columns.yaml").read_text("utf-8").splitlines()
    keys = [line.partition(":")[0] for line in lines if line and not line.startswith("#")]

    assert len(keys) == len(set(keys)) == len(yaml.safe_load("\n".join(lines)))
