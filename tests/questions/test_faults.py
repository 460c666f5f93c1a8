"""Faulty files of questions: each is found at its line, and hides itself only."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bikgraph.errors import RequestError, TimeLimitExceeded
from bikgraph.exploring.sparql import select
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.project import Project
from bikgraph.questions.expectations import unmet
from bikgraph.questions.faults import check, declared_terms, faults_of
from bikgraph.questions.question import find_question, load_all, load_question
from tests.conftest import ROOT, run

GOOD = """#+ summary: The ministries of a country
#+ question: Which ministries has {country}?
#+ description: All of them.
#+ about: bik:Responsibility
#+ defaultEdition: all
#+ base: country
#+ params:
#+   country: {type: country, required: true}
#+   edition: {type: edition, variable: editionIri}
#+ asks:
#+   - "ministries of {country}"
#+ columns: [country, actor, actorLabel]
#+ expect:
#+   - {params: {country: BE}, rows: 9}

PREFIX bik: <https://w3id.org/bikgraph/ontology#>

SELECT DISTINCT ?country ?actor ?source
WHERE {
  VALUES ?country { UNDEF }
  VALUES ?editionIri { UNDEF }
  ?set bik:country ?country ; bik:edition ?editionIri ; bik:hasResponsibility ?record .
  ?record bik:actor ?actor ; bik:source ?source .
}
ORDER BY ?country ?actor
"""
SELECT_LINE = 18

# By a name for the case: what stands in GOOD, what stands there instead, the rule that finds it, and the line.
FAULTS: dict[str, tuple[str, str, str, int]] = {
    # the file
    "empty": (GOOD, "", "question-empty", 1),
    "only spaces": (GOOD, " \n\t\n", "question-empty", 1),
    "too large": ("ORDER BY", "#" + "x" * 200_000 + "\nORDER BY", "question-size", 1),
    "NUL": ("All of them", "All\x00of them", "question-character", 3),
    "escape": ("ORDER BY", "# \x1b[2J\nORDER BY", "question-character", 25),
    "right-to-left override": ("All of them", "All \u202ethem", "question-character", 3),
    "byte order mark": ("#+ summary", "\ufeff#+ summary", "question-character", 1),
    # the header
    "no header": ("#+", "#", "question-no-header", 1),
    "no YAML": ("All of them.", "all: of: them", "question-header", 3),
    "open brace": ("{type: country, required: true}", "{type: country", "question-header", 9),
    "open quote": ('"ministries of {country}"', '"ministries of {country}', "question-header", 11),
    "tab": ("#+   country: {", "#+ \tcountry: {", "question-header", 8),
    "list": (GOOD[: GOOD.index("\n\n")], "#+ - a\n#+ - b", "question-header", 1),
    "a word": (GOOD[: GOOD.index("\n\n")], "#+ summary", "question-header", 1),
    "anchor": ("All of them.", "&a All of them.", "question-header", 3),
    "alias": ("All of them.", "*a", "question-header", 3),
    "deep": ("All of them.", "[" * 50 + "]" * 50, "question-header", 3),
    "very deep": ("All of them.", "[" * 20_000, "question-header", 3),
    "tag": ("All of them.", "!!python/object:os.system x", "question-header", 3),
    "odd date": ("All of them.", "2020-13-45", "question-header", 1),
    "field twice": ("#+ about:", "#+ summary: again\n#+ about:", "question-duplicate-field", 4),
    "parameter twice": (
        "#+   edition: {", "#+   country: {type: country}\n#+   edition: {", "question-duplicate-field", 9,
    ),
    "type twice": ("{type: country, ", "{type: country, type: actor, ", "question-duplicate-field", 8),
    "unknown field": ("#+ about:", "#+ sumary: x\n#+ about:", "question-unknown-field", 4),
    "chart": ("#+ about:", "#+ chart: bars\n#+ about:", "question-unknown-field", 4),
    "no summary": ("#+ summary: The ministries of a country\n", "", "question-missing-field", 1),
    "no question": ("#+ question: Which ministries has {country}?\n", "", "question-missing-field", 1),
    "no about": ("#+ about: bik:Responsibility\n", "", "question-missing-field", 1),
    "no edition": ("#+ defaultEdition: all\n", "", "question-missing-field", 1),
    "no columns": ("#+ columns: [country, actor, actorLabel]\n#+ base: country\n", "", "question-missing-field", 1),
    "empty summary": ("The ministries of a country", "", "question-field-type", 1),
    "summary a number": ("The ministries of a country", "12", "question-field-type", 1),
    "description a list": ("All of them.", "[a, b]", "question-field-type", 3),
    "columns a text": ("[country, actor, actorLabel]", "country", "question-field-type", 12),
    "columns empty": ("[country, actor, actorLabel]", "[]", "question-field-type", 12),
    "asks a text": ('\n#+   - "ministries of {country}"', " ministries", "question-field-type", 10),
    "asks a number": ('"ministries of {country}"', "12", "question-field-type", 11),
    "params a list": (
        GOOD[GOOD.index("#+ params") : GOOD.index("#+ asks")], "#+ params: [country]\n", "question-field-type", 7,
    ),
    "expect a mapping": ("\n#+   - {params: {country: BE}, rows: 9}", " {rows: 9}", "question-field-type", 13),
    # its parameters
    "unknown type": ("{type: country,", "{type: contry,", "question-parameter-type", 8),
    "no type": ("{type: country, required", "{required", "question-missing-field", 8),
    "type alone": ("{type: country, required: true}", "country", "question-parameter", 8),
    "unknown field of a parameter": ("required: true", "require: true", "question-unknown-field", 8),
    "required a text": ("required: true", "required: perhaps", "question-field-type", 8),
    "parameter with a space": ("#+   country: {", "#+   the country: {", "question-parameter-name", 8),
    "parameter in upper case": ("#+   country: {", "#+   Country: {", "question-parameter-name", 8),
    "parameter called as an option": ("#+   country: {", "#+   lang: {", "question-parameter-name", 8),
    "parameter a number": ("#+   country: {", "#+   12: {", "question-parameter-name", 8),
    "variable with a mark": ("variable: editionIri", "variable: '?editionIri'", "question-variable", 9),
    "variable twice": ("variable: editionIri", "variable: country", "question-variable", 9),
    "default edition": ("defaultEdition: all", "defaultEdition: newest", "question-default-edition", 5),
    "latest without edition": (
        "defaultEdition: all",
        "defaultEdition: latest",
        "question-default-edition",
        5,
    ),
    # what refers to them
    "about no IRI": ("bik:Responsibility", "responsibility", "question-about", 4),
    "about not declared": ("bik:Responsibility", "bik:Responsability", "question-unknown-term", 4),
    "base no column": ("base: country", "base: territory", "question-base", 6),
    "mark of question": ("has {country}?", "has {nation}?", "question-marks", 2),
    "mark of asks": ("of {country}", "of {pillar}", "question-marks", 11),
    "braces": ("has {country}?", "has {country?", "question-marks", 2),
    "a hole in the template": ("has {country}?", "has {country.__class__}?", "question-marks", 2),
    "empty mark": ("has {country}?", "has {}?", "question-marks", 2),
    "column twice": ("actor, actorLabel", "actor, actor", "question-columns", 12),
    "column a number": ("actor, actorLabel", "actor, 5", "question-columns", 12),
    "column not given": ("actor, actorLabel", "actor, ministry", "question-columns", 12),
    "label without node": ("actor, actorLabel", "actor, territoryLabel", "question-columns", 12),
    "column not bound": ("?record bik:actor ?actor", "?record bik:actor ?who", "question-columns", 12),
    "no source": ("?actor ?source", "?actor", "question-source", SELECT_LINE),
    "expect of nothing": ("{country: BE}, rows", "{nation: BE}, rows", "question-expect", 14),
    "expect no rows": ("rows: 9", "rows: many", "question-expect", 14),
    "expect fewer than none": ("rows: 9", "rows: -1", "question-expect", 14),
    "expect Norway": ("{country: BE}, rows", "{country: NO}, rows", "question-expect", 14),
    "expect a date": ("{country: BE}, rows", "{country: 2020-01-01}, rows", "question-expect", 14),
    "expect without what is required": ("{country: BE}, rows", "{edition: 2020}, rows", "question-expect", 14),
    "expect a number": ("- {params: {country: BE}, rows: 9}", "- 9", "question-expect", 14),
    # the query
    "no query": (GOOD[GOOD.index("PREFIX") :], "", "question-no-query", 16),
    "no line for a parameter": ("  VALUES ?editionIri { UNDEF }\n", "", "question-values-line", 9),
    "line in a comment": ("  VALUES ?editionIri", "  # VALUES ?editionIri", "question-values-line", 9),
    "no parameter for a line": ("  VALUES ?editionIri { UNDEF }", "  VALUES ?editionIri { UNDEF } VALUES ?x { UNDEF }",
                                "question-values-line", 21),
    "line in small letters": ("VALUES ?editionIri", "values ?editionIri", "question-values-line", 21),
    "line with a comment": ("VALUES ?editionIri {", "VALUES ?editionIri # of it\n {", "question-values-line", 21),
    "syntax": ("?record bik:actor ?actor ;", "?record bik:actor ;", "question-syntax", 23),
    "no end": ("}\nORDER BY", "ORDER BY", "question-syntax", 24),
    "unbound in groups": ("ORDER BY ?country ?actor", "GROUP BY ?country", "question-syntax", 26),
    "prefix not declared": ("bik:source", "bks:source", "question-prefix", 23),
    "prefix of the package not declared": ("bik:source", "skos:note", "question-prefix", 23),
    "a construct": ("SELECT DISTINCT ?country ?actor ?source", "CONSTRUCT { ?a ?b ?c }", "question-form", SELECT_LINE),
    "an ask": ("SELECT DISTINCT ?country ?actor ?source", "ASK", "question-form", SELECT_LINE),
    "an update": ("SELECT DISTINCT ?country ?actor ?source", "DELETE { ?a ?b ?c }", "question-update", SELECT_LINE),
    "a drop": (GOOD[GOOD.index("SELECT") :], "DROP ALL", "question-update", SELECT_LINE),
    "service": (
        "  ?set bik:country", "  SERVICE <http://a/> { ?a ?b ?c }\n  ?set bik:country", "question-service", 22,
    ),
    "service that cannot be told": (
        "  ?set bik:country", "  LATERAL { ?a ?b ?service }\n  ?set bik:country", "question-service", 22,
    ),
    "term not declared": ("bik:hasResponsibility", "bik:hasResponsability", "question-unknown-term", 22),
    "IRI not declared": (
        "bik:source ?source",
        "<https://w3id.org/bikgraph/ontology#sauce> ?source",
        "question-unknown-term",
        23,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def declared() -> frozenset[str]:
    """What the checkout's ontology declares."""
    terms = declared_terms(Project(ROOT))
    assert terms is not None
    return terms


def test_good_question_has_no_fault(tmp_path: Path, declared: frozenset[str]) -> None:
    """The question that the faulty ones are made of has none."""
    path = tmp_path / "good.rq"
    path.write_text(GOOD, "utf-8")

    assert faults_of(path, "queries/good.rq", declared) == []


@pytest.mark.parametrize("case", FAULTS)
def test_fault_is_found(tmp_path: Path, declared: frozenset[str], case: str) -> None:
    """Each fault is found by its rule and at its line, with words that say how to mend it."""
    before, after, rule, line = FAULTS[case]
    assert before in GOOD or case == "no columns"
    text = GOOD.replace(before, after, 1 if case != "no header" else -1)
    if case == "no columns":
        text = GOOD.replace("#+ columns: [country, actor, actorLabel]\n", "")
    if case == "latest without edition":
        text = text.replace("#+   edition: {type: edition, variable: editionIri}\n", "")
    path = tmp_path / "faulty.rq"
    path.write_text(text, "utf-8", newline="")

    findings = faults_of(path, "queries/faulty.rq", declared)

    assert (rule, line) in {(found.rule, found.line) for found in findings}, findings
    assert all(found.file == "queries/faulty.rq" and found.severity == "error" for found in findings)
    with pytest.raises(RequestError, match="cannot be asked"):
        load_question(path, declared=declared)


def test_enough_cases() -> None:
    """The table has at least 60 faulty files."""
    assert len(FAULTS) >= 60


def test_not_utf8(tmp_path: Path) -> None:
    """A byte that is no UTF-8 is found at its place."""
    path = tmp_path / "latin.rq"
    path.write_bytes(GOOD.replace("All of", "Ällø of").encode("latin-1"))

    assert [(f.rule, f.line, f.column) for f in faults_of(path, "latin.rq", None)] == [("question-encoding", 3, 17)]


@pytest.mark.parametrize("kind", ["fifo", "folder", "link to nothing", "link to a fifo"])
def test_no_regular_file(tmp_path: Path, kind: str) -> None:
    """What is no regular file is never opened: a pipe would be waited for without end."""
    path = tmp_path / "odd.rq"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link to nothing":
        path.symlink_to(tmp_path / "nothing")
    else:
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")

    assert [found.rule for found in faults_of(path, "odd.rq", None)] == ["question-unreadable"]


@pytest.mark.parametrize(
    "name", ["two words", "it's", 'a"b', "Upper", "ümlaut", "under_score", "-dash", "a--b", "a\nb", "a<b", "\udcff"]
)
def test_name_of_file(tmp_path: Path, name: str) -> None:
    """A name that cannot become an IRI and a command is a fault of its own, shown without its odd bytes."""
    path = Path(os.fsdecode(os.fsencode(str(tmp_path / f"{name}.rq"))))
    path.write_text(GOOD, "utf-8")

    findings = faults_of(path, f"queries/{name}.rq", None)

    assert [found.rule for found in findings] == ["question-name"]
    findings[0].file.encode()


def _project(own_project: Project, **files: str) -> Project:
    for name, text in files.items():
        (own_project.root / "queries" / f"{name}.rq").write_text(text, "utf-8")
    return own_project


def test_faulty_question_hides_itself_only(own_project: Project) -> None:
    """The list, the others, plain words, build and check go on; the faulty one is told where it is looked for."""
    _project(own_project, bad=GOOD.replace("bik:actor ?actor", "bik:actr ?actor"), broken="#+ {")
    os.mkfifo(own_project.root / "queries" / "pipe.rq")

    listed = run(own_project, "questions")
    assert listed.returncode == 0
    assert "ministries " in listed.stdout
    assert "bad" not in listed.stdout
    assert listed.stderr.count("\n") == 1
    assert "left out, for their files are faulty: bad, broken." in listed.stderr
    assert "bikgraph check" in listed.stderr

    asked = run(own_project, "ask", "bad", "--country", "BE")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "bad.rq:23:11: The ontology declares no bik:actr. Did you mean bik:actor?" in asked.stderr

    assert run(own_project, "ask", "--help").returncode == 0
    assert run(own_project, "ask", "ministries", "--country", "BE").returncode == 0
    assert run(own_project, "ask", "who coordinates pillar 4 in Belgium?").returncode == 0

    checked = run(own_project, "check")
    assert checked.returncode == 1
    assert "queries/bad.rq" in checked.stdout
    assert "queries/pipe.rq:1:1: warning: " in checked.stdout

    built = run(own_project, "build")
    assert built.returncode == 0, built.stderr
    assert "warning: The ontology declares no bik:actr." in built.stderr
    assert run(own_project, "ask", "bad", "--country", "BE").returncode == 2
    assert run(own_project, "ask", "ministries", "--country", "BE").returncode == 0


def test_release_holds_sound_questions(own_project: Project) -> None:
    """A header that a build has parsed is used while the file is unchanged; a changed file is checked again."""
    project = _project(own_project, good=GOOD)
    headers = {"good": {"text": GOOD, "header": {"summary": "kept"}}}

    with pytest.raises(KeyError):  # the header of the release is taken as it is
        find_question(project, "good", headers)
    _project(own_project, good=GOOD + "\n")
    assert find_question(project, "good", headers).summary == "The ministries of a country"
    assert load_all(project, headers).faulty == []


def test_checkout_is_sound() -> None:
    """The package's own questions have no fault."""
    assert check(Project(ROOT)) == []


def test_unmet_expectation(belgium_graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Another number of rows than expected, and a value that means nothing, are found at their lines."""
    path = tmp_path / "good.rq"
    path.write_text(GOOD.replace("rows: 9}", "rows: 1}\n#+   - {params: {country: Nowhere}, rows: 0}"), "utf-8")
    findings = unmet(belgium_graph.store, load_question(path), "queries/good.rq")

    assert [(found.rule, found.line) for found in findings] == [("question-expect", 14), ("question-expect", 15)]
    assert "1 rows are expected, and the data give" in findings[0].message
    assert "There is no country 'Nowhere'" in findings[1].message


EVERYTHING = GOOD.replace(
    "?record bik:actor ?actor", "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o .\n  ?record bik:actor ?actor"
).replace("SELECT DISTINCT ?country ?actor ?source", "SELECT ?country ?actor ?source (COUNT(*) AS ?n)").replace(
    "ORDER BY ?country ?actor", "GROUP BY ?country ?actor ?source"
)  # fmt: skip


def test_expectation_without_end_is_stopped(belgium_graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A query that joins everything with everything is ended by a time limit, and found."""
    path = tmp_path / "endless.rq"
    path.write_text(EVERYTHING, "utf-8")
    folder = belgium_graph.release.folder / "store"

    started = time.monotonic()
    findings = unmet(belgium_graph.store, load_question(path), "endless.rq", lambda query: select(folder, query, 1))

    assert [found.rule for found in findings] == ["question-too-slow"]
    assert time.monotonic() - started < 30


def test_ask_has_a_time_limit(own_project: Project) -> None:
    """`ask` stops such a question with status 3 and a sentence; nothing is written. The Python API raises."""
    _project(own_project, endless=EVERYTHING)
    out = own_project.root / "rows.csv"

    done = run(own_project, "ask", "endless", "--country", "BE", "--timeout", "1", "-o", str(out), "--format", "csv")

    assert (done.returncode, done.stdout) == (3, "")
    assert "bikgraph: The question ran longer than 1 seconds and was stopped." in done.stderr
    assert not out.exists()
    assert "--timeout SECONDS" in run(own_project, "ask", "ministries", "--help").stdout


def test_python_ask_has_a_time_limit(own_project: Project) -> None:
    """With a timeout the rows are the same, and a question without end raises TimeLimitExceeded."""
    from bikgraph.release import release as releases

    _project(own_project, endless=EVERYTHING)
    release = releases.current(own_project.release)
    assert release is not None
    graph = KnowledgeGraph(own_project, release)

    table = graph.ask("ministries", country="BE")
    assert table.terms == graph.ask("ministries", country="BE", timeout=30).terms
    assert len(table) > 0
    with pytest.raises(TimeLimitExceeded):
        graph.ask("endless", country="BE", timeout=0.5)
