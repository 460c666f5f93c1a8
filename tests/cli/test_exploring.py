"""`bikgraph sparql`, `find`, `show`, `connect` and `why`."""

from __future__ import annotations

from bikgraph.project import Project
from tests.conftest import Command, run


def test_sparql_syntax_error_has_caret(belgium: Project, command: Command) -> None:
    """A syntax error shows the line with a caret under the column."""
    done = command(belgium, "sparql", "SELECT ?x\nWHERE { ?x a a bik:Actor }")

    assert "line 2, column" in done.stderr
    line, caret = done.stderr.splitlines()[-2:]
    assert line == "  WHERE { ?x a a bik:Actor }"
    assert caret.strip() == "^"


def test_sparql_forms(belgium: Project) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE all run, from an argument or from standard input."""
    assert run(belgium, "sparql", "SELECT (COUNT(*) AS ?n) { ?x a bik:Country }", "--format", "csv").stdout.split() == [
        "n",
        "30",
    ]
    assert run(belgium, "sparql", stdin="ASK { id:be-child-focus a bik:Hotline }").stdout == "yes\n"
    construct = run(
        belgium, "sparql", "CONSTRUCT { ?x a bik:Country } WHERE { ?x a bik:Country }", "--format", "ntriples"
    )
    assert len(construct.stdout.splitlines()) == 30
    assert "id:be-star" in run(belgium, "sparql", "DESCRIBE id:be-star").stdout


def test_sparql_time_limit_holds(belgium: Project) -> None:
    """A query that would run for ever is stopped after the time limit, with status 3."""
    done = run(
        belgium, "sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "1"
    )

    assert done.returncode == 3
    assert "longer than 1 seconds" in done.stderr


def test_find_forgives_typing_errors(belgium: Project) -> None:
    """A misspelt name in any language finds its thing first, with kind and country."""
    first = run(belgium, "find", "mediawjis", "--format", "sparql-tsv").stdout.splitlines()[1]

    assert "<https://w3id.org/bikgraph/id/be-mediawijs>" in first
    assert '"public-agency"' in first
    assert '"BE"' in first
    plain = run(belgium, "find", "mediawjis", "--format", "tsv", "--ids", "short").stdout.splitlines()[1]
    assert plain == "Mediawijs\tpublic-agency\tbe-mediawijs\tMediawijs\tBE\t\tsource-be-sic-2023"


def test_find_says_what_it_understood(project: Project, command: Command) -> None:
    """A country and a kind among the words narrow; standard error says so, and how to undo it, standard output has rows."""
    done = command(project, "find", "ministry", "of", "education", "germany", "--format", "csv")

    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["match", '"Federal Ministry for Education']
    assert done.stderr == (
        "bikgraph: looked for things of kind ministry in DE, as the words say; --words-only takes these as words.\n"
    )


def test_find_in_texts(project: Project, command: Command) -> None:
    """`--texts` finds what notes and purposes say, narrowed by country, kind and years, in each format for programs."""
    done = command(
        project,
        "find",
        "age verification",
        "--texts",
        "--country",
        "France,ES",
        "--year",
        "2024-2026",
        "--format",
        "tsv",
    )
    assert "Sets **age verification** standards" in done.stdout
    assert {line.split("\t")[4] for line in done.stdout.splitlines()[1:]} == {"FR", "ES"}

    done = command(project, "find", "--country", "NO", "--kind", "police", "--format", "json")
    assert '"law-enforcement"' in done.stdout
    assert done.stderr == ""


def test_find_nothing(belgium: Project, command: Command) -> None:
    """Nothing found is no error: what was looked at is said, and what to try."""
    done = command(belgium, "find", "xyzzy")

    assert done.returncode == 0
    assert done.stderr.startswith("bikgraph: nothing resembles 'xyzzy' (looked at: names only")
    assert "--texts" in done.stderr


def test_find_refuses_what_means_nothing(belgium: Project, command: Command) -> None:
    """A wrong filter, and a request without words, are refused with what is accepted; nothing is printed."""
    for arguments, said in (
        (["star", "--country", "Belgiun"], "Did you mean belgi"),
        (["star", "--kind", "polise"], "Did you mean police"),
        (["star", "--year", "18"], "such as 2018 or 2018-2022"),
        (["star", "--topic", "sextingg"], "Did you mean sexting"),
        ([], "There is no word to look for"),
    ):
        done = command(belgium, "find", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert said in done.stderr


def test_a_name_that_is_near_is_offered(belgium: Project, command: Command) -> None:
    """A whole name with a typing error gives the nearest things' slugs."""
    done = command(belgium, "show", "Child Fokus")

    assert done.returncode == 2
    assert "Did you mean be-child-focus" in done.stderr


def test_show_in_and_out_with_sources(belgium: Project) -> None:
    """A description has what a thing says, what is said of it, and the sections that state it."""
    text = run(belgium, "show", "Child Focus", "--all").stdout

    assert "bik:coordinates" in text
    assert "bik:party" in text
    assert "[profile-be-2020-section-2-2" in text
    assert "[one of: profile-be-2020-section-1, " in text
    assert "https://childfocus.be/  [graph:links-homepages (" in text
    assert "Inferred" in text


def test_connect_gives_shortest_chain(belgium: Project) -> None:
    """Two bodies that signed one memorandum are connected through it."""
    text = run(belgium, "connect", "be-child-focus", "Crown Prosecutor's Office", "-n", "1").stdout

    assert "Chain 1 (2 steps)" in text
    assert text.count("bik:party") == 2


def test_why_told_and_inferred(belgium: Project, command: Command) -> None:
    """A told triple names its line and section; an inferred one its rule, axiom and premises down to told ones."""
    told = run(belgium, "why", "be-mou-csam", "party", "be-federal-police").stdout
    assert "told in data/profiles/be-2020.yaml:" in told
    assert "profile-be-2020-section-2-2" in told

    inferred = command(belgium, "why", "be-ministry-of-justice", "coordinates", "bik-2012-pillar-4").stdout
    assert "follows by prp-spo2 from bik:coordinates owl:propertyChainAxiom" in inferred
    assert "(ontology/properties.ttl:" in inferred
    assert inferred.count("told in data/profiles/be-2020.yaml:") == 2
