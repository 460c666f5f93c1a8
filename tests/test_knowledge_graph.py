"""The Python API, its forms of an answer, and what it promises about imports."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

import bikgraph
from bikgraph.briefs import brief
from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import ID, PREFIXES
from bikgraph.project import Project
from bikgraph.questions import TYPES
from tests.conftest import ROOT


def test_rows_are_typed(belgium_graph: KnowledgeGraph) -> None:
    """Counts and years are int, truth values bool, texts and IRIs str, and what is missing None."""
    row = belgium_graph.ask("agreements", country="BE", edition=2020)[0]

    assert (row.parties, row.partiesComplete, row.edition) == (4, True, 2020)
    assert row.agreement == ID + "be-mou-csam"
    assert {type(value) for value in row if value is not None} == {str, int, bool}
    assert any(practice.actor is None for practice in belgium_graph.ask("good-practices", country="BE"))


def test_to_pandas_has_the_columns(belgium_graph: KnowledgeGraph) -> None:
    """The data frame has the question's columns and rows."""
    frame = belgium_graph.ask("answer-summary", country="BE").to_pandas()

    assert list(frame.columns) == [
        "pillar",
        "pillarLabel",
        "introduced",
        "existing",
        "notAvailable",
        "notAnswered",
        "edition",
    ]
    assert frame["existing"].tolist() == [0, 18, 8, 3]


def test_notebook_display_escapes(belgium_graph: KnowledgeGraph) -> None:
    """A notebook shows a table, with the text escaped."""
    shown = belgium_graph.ask("gaps", country="BE")._repr_html_()

    assert shown.startswith("<table>")
    assert shown.count("<tr>") == 8
    assert "&#39;" in belgium_graph.ask("answers", country="BE", pillar=1)._repr_html_()


def test_csv_tsv_and_json_read_back(belgium_graph: KnowledgeGraph) -> None:
    """The standard forms can be read by standard readers, with equal values."""
    table = belgium_graph.ask("agreements", country="BE", edition=2020)

    assert list(csv.DictReader(io.StringIO(table.render("csv"))))[0]["parties"] == "4"  # noqa: RUF015
    forms: tuple[tuple[Any, Any], ...] = (
        ("sparql-json", QueryResultsFormat.JSON),
        ("sparql-tsv", QueryResultsFormat.TSV),
    )
    for form, kind in forms:
        solutions = parse_query_results(table.render(form).encode(), kind)
        assert isinstance(solutions, QuerySolutions)
        assert [tuple(solution[name] for name in table.columns) for solution in solutions] == table.terms, form


def test_csv_is_crlf_and_utf8(belgium_graph: KnowledgeGraph) -> None:
    """CSV follows the SPARQL recommendation: CR LF, values without markup."""
    text = belgium_graph.ask("data-collections", country="BE", edition=2020).render("csv")

    assert text.count("\r\n") == 3
    assert "University of Liège" in text


def test_markdown_escapes_bars(belgium_graph: KnowledgeGraph) -> None:
    """A bar within a cell does not end it."""
    from pyoxigraph import Literal

    from bikgraph.tables.table import Table

    assert "a \\| b" in Table(["x"], [[Literal("a | b")]]).render("markdown")


def test_wide_table_fits_the_terminal(belgium_graph: KnowledgeGraph) -> None:
    """On a terminal no line is longer than it is wide."""
    text = belgium_graph.ask("ministries", country="BE").render("table", 80)

    assert max(map(len, text.splitlines())) <= 80


def test_rdflib_gives_the_same_rows(belgium_graph: KnowledgeGraph) -> None:
    """The rdflib Dataset answers SPARQL like the store, each triple once."""
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    rows: Any = belgium_graph.rdflib().query(query)
    own: Any = belgium_graph.sparql(query)

    assert [int(row[0]) for row in rows] == [row.n for row in own]


def test_thing_by_any_name(graph: KnowledgeGraph) -> None:
    """A body under its several names is one thing; a name of two things asks which."""
    names = [
        "be-ministry-of-justice",
        "Service public fédéral Justice",
        "Federal Minister of Justice",
        "minister of justice",
        ID + "be-ministry-of-justice",
    ]
    assert {graph.thing(name).value for name in names} == {ID + "be-ministry-of-justice"}
    with pytest.raises(RequestError, match="Several things are called"):
        graph.thing("French Community of Belgium")
    with pytest.raises(RequestError, match="be-ministry-of-justice, cz-ministry-of-justice"):
        graph.thing("Ministry of Justice")


def test_unknown_question_offers_the_nearest(belgium_graph: KnowledgeGraph) -> None:
    """A misspelt question names the ones that may be meant."""
    with pytest.raises(RequestError, match="Did you mean ministries"):
        belgium_graph.ask("ministeries", country="BE")


def test_connect_across_two_steps_and_none(belgium_graph: KnowledgeGraph) -> None:
    """Chains are shortest, their steps follow on one another, and unconnected things give none."""
    assert len(belgium_graph.connect("be-star", "be-child-focus")) == 0
    chain = belgium_graph.connect("be-csem", "be-cert-be", most=1)
    assert [row.step for row in chain] == [1, 2, 3, 4]
    assert {row.relation for row in chain} == {"bik:member", "bik:consortium"}


def test_public_names_are_exact() -> None:
    """`__all__` is sorted, and every name in it can be had."""
    assert bikgraph.__all__ == sorted(bikgraph.__all__)
    assert all(getattr(bikgraph, name) is not None for name in bikgraph.__all__)
    assert str(bikgraph.BIK.Actor) == "https://w3id.org/bikgraph/ontology#Actor"


def test_importing_is_light() -> None:
    """Importing the package imports no library."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import bikgraph; print(sorted({{'rdflib', 'pyoxigraph', "
        f"'click', 'yaml'}} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_why_gives_links_and_schema(belgium_graph: KnowledgeGraph) -> None:
    """A link leads to its row, a code to its line, and a schema triple to the axioms that it follows from."""
    link = belgium_graph.why("country-be", "skos:exactMatch", "wikidata:Q31").places[0]
    assert link.file == "data/links/wikidata.sssom.tsv"
    row = (belgium_graph.project.root / link.file).read_text("utf-8").splitlines()[link.line - 1]
    assert row.startswith("bikid:country-be\t")
    code = belgium_graph.why("role-lead", "label", "lead").places[0]
    assert (code.file, code.line > 1) == ("ontology/schemes/roles.ttl", True)
    proof = belgium_graph.why("bik:Ministry", "rdfs:subClassOf", "bik:Actor")
    assert proof.rule == "scm-sco"
    assert all(premise.places or premise.premises for premise in proof.premises)


def test_why_of_every_inferred_triple_ends_in_told_ones(belgium_graph: KnowledgeGraph) -> None:
    """Each triple that Belgium's profile infers has a proof down to told triples with a file and a line."""
    from pyoxigraph import NamedNode

    from bikgraph.exploring.why import Explainer, Explanation
    from bikgraph.namespaces import GRAPH, INFERRED

    def leaves(proof: Explanation) -> list[Explanation]:
        return [leaf for premise in proof.premises for leaf in leaves(premise)] if proof.premises else [proof]

    explainer = Explainer(belgium_graph.release, belgium_graph.store)
    inferred = sorted(
        (
            q.triple
            for q in belgium_graph.store.quads_for_pattern(None, None, None, NamedNode(GRAPH + "be-2020" + INFERRED))
        ),
        key=str,
    )
    for triple in inferred[::60]:
        proof = explainer.explain(triple)
        assert proof.rule, triple
        assert all(leaf.places and leaf.places[0].line > 1 for leaf in leaves(proof)), triple


def test_find_typing_errors_and_languages(belgium_graph: KnowledgeGraph) -> None:
    """Names in other languages and with typing errors lead to the same thing."""
    for words, slug in (
        ("Belgiën", "country-be"),
        ("Média Animaton", "be-media-animation"),
        ("konsumers", None),
        ("federal polise", "be-federal-police"),
        ("B-BICO", "be-b-bico"),
    ):
        first = next(iter(belgium_graph.find(words, most=1)), None)
        if slug:
            assert first is not None
            assert first.thing == ID + slug, words


def test_json_of_labels_has_tags(belgium_graph: KnowledgeGraph) -> None:
    """A label in another language than asked for shows which."""
    data = json.loads(belgium_graph.ask("ministries", country="BE", lang="de").render("sparql-json"))
    tags = {row["territoryLabel"]["xml:lang"] for row in data["results"]["bindings"] if "territoryLabel" in row}

    assert tags == {"de", "en"}


def test_a_release_alone_is_enough(tiny: Project, tmp_path: Path) -> None:
    """What is exported, reported and explained comes out of the release: the project's files may be gone."""
    root = tmp_path / "alone"
    shutil.copytree(tiny.root / "release", root / "release", symlinks=True)
    alone = bikgraph.open(Project(root))
    whole = bikgraph.open(tiny)

    assert alone.report() == whole.report()
    for format in ("turtle", "jsonld", "nquads"):
        written = [io.BytesIO(), io.BytesIO()]
        for graph, out in zip((alone, whole), written, strict=True):
            graph.export(out, format, country="MT")
        assert written[0].getvalue() == written[1].getvalue()
    assert alone.why("mt-police", "a", "org:Organization") == whole.why("mt-police", "a", "org:Organization")


def test_rdflib_knows_our_prefixes(graph: KnowledgeGraph) -> None:
    """Queries in rdflib run without PREFIX lines, with the prefixes of the exports."""
    dataset = graph.rdflib()
    known = {prefix: str(namespace) for prefix, namespace in dataset.namespaces()}
    query = (
        "SELECT ?body ?code WHERE { ?body a bik:Ministry, org:Organization ; bik:kind/skos:notation ?code . "
        "FILTER EXISTS { GRAPH graph:be-2020 { ?record bik:actor ?body } } } ORDER BY ?body"
    )

    assert {prefix: known[prefix] for prefix in PREFIXES} == PREFIXES
    rows: Any = dataset.query(query)
    own: Any = graph.sparql(query)
    assert [str(row[0]) for row in rows] == [row.body for row in own]
    assert len(own) > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("turtle",), "'turtle' is a format, and the file is missing. Write graph.export('bikgraph.ttl')"),
        (("jsonld",), "'jsonld' is a format, and the file is missing"),
        ((), "No file is given. Write graph.export("),
        ((None, "turtle"), "No file is given"),
        (("-",), "'-' names no file"),
        (("x.csv",), "The ending '.csv' names no format. Endings: .ttl (turtle)"),
        (("x.csv", "turtle"), "A file that ends in .csv is no turtle. Name it x.ttl"),
        ((Path("x.nt"), "turtle"), "A file that ends in .nt is ntriples, not turtle"),
        (("x",), "'x' has no ending, and so names no format"),
        ((io.StringIO(),), "The file is open for text, and an export is bytes"),
        ((3,), "int is no file"),
        ((io.BytesIO(), "csv"), "There is no format 'csv'. Formats: turtle"),
    ],
)
def test_an_export_needs_a_file(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[Any, ...], said: str
) -> None:
    """What is no file, or one of another format, is refused before anything is written, with what to write."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RequestError, match=re.escape(said)):
        graph.export(*arguments)

    assert list(tmp_path.iterdir()) == []


def test_an_export_takes_a_path_or_a_file(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A path, as text or Path, is a file of the format of its ending; an open file is Turtle, or what is asked for."""
    out = io.BytesIO()
    graph.export(out, entity="be-star")
    graph.export(str(tmp_path / "star.ttl"), entity="be-star")
    graph.export(tmp_path / "star.nt.gz", entity="be-star")
    packed = io.BytesIO()
    graph.export(packed, "ntriples", entity="be-star")

    assert (tmp_path / "star.ttl").read_bytes() == out.getvalue()
    assert b"@prefix bik:" in out.getvalue()
    assert gzip.decompress((tmp_path / "star.nt.gz").read_bytes()) == packed.getvalue()
    with pytest.raises(RequestError, match="one of country, profile and entity"):
        graph.export(out, country="BE", profile="be-2020")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda graph: graph.report("report.html"), "is markdown or html, not 'report.html'"),
        (lambda graph: graph.methodology("pdf"), "is markdown or html, not 'pdf'"),
        (lambda graph: graph.ask("gaps", country="BE").save("csv"), "csv is a format, and no file: name a file"),
        (lambda graph: graph.ask("gaps", country="BE").save(io.BytesIO(), "csv"), "table.to_bytes('csv')"),
        (lambda graph: graph.draw_map("coverage", io.BytesIO()), "BytesIO is none. Without a path the picture is"),
        (lambda graph: graph.draw_timeline("BE").save(None), "picture.bytes('.svg')"),
        (lambda graph: graph.draw_timeline("BE", "svg"), "ends in .svg, .png or .pdf"),
        (lambda graph: graph.draw_network(["BE"]), "There is no country"),
        (lambda graph: graph.draw_map(3), "There is no indicator '3'"),
        (lambda graph: brief(graph, "BE", io.BytesIO()), "bytes('html') go anywhere"),  # type: ignore[arg-type]
        (lambda graph: brief(graph, "BE", format="txt"), "Formats: html, markdown, docx, pdf"),
        (lambda graph: graph.card(None), "Name a thing by its slug"),
        (lambda graph: graph.show(3), "Name a thing by its slug"),
        (lambda graph: graph.find(["ministry"]), "Words to look for are a text"),
        (lambda graph: graph.sparql(None), "A query is a text"),
    ],
)
def test_a_wrong_call_says_how_it_is_written(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Any, said: str
) -> None:
    """No method takes what it cannot use in silence, or ends in an error of Python's own."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RequestError, match=re.escape(said)):
        call(graph)

    assert list(tmp_path.iterdir()) == []


def test_a_notebook_shows_all_that_there_is_to_see(graph: KnowledgeGraph) -> None:
    """Tables, cards and briefs show as HTML, pictures as SVG: well-formed, with what they tell."""
    table = graph.ask("ministries of Malta")._repr_html_()
    card = graph.card("Malta")._repr_html_()
    page = brief(graph, "MT")._repr_html_()
    picture = graph.draw_timeline("MT")._repr_svg_()

    assert "<table>" in table
    assert "Understood as" in table
    assert "<h3>Malta" in card
    frame = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox style="[^"]*"></iframe>', page)
    assert frame is not None
    assert html.unescape(frame[1]).encode() == brief(graph, "Malta").bytes("html")
    assert ElementTree.fromstring(picture).tag.endswith("svg")  # noqa: S314 - our own


def test_every_row_is_a_tuple_a_mapping_and_a_dictionary(graph: KnowledgeGraph) -> None:
    """A row's values are found by name, as attribute and in `to_dicts`, in every question."""
    for name, question in graph.questions.items():
        needed = {p.name: TYPES[p.type].example for p in question.parameters.values() if p.required}
        table = graph.ask(name, **({"from_": 2018, "to": 2020} if name == "edition-diff" else needed))
        for row, as_dict in zip(table[:3], table.to_dicts()[:3], strict=True):
            assert {column: row[column] for column in table.columns} == as_dict
            assert row.actor == row["actor"] if "actor" in table.columns else True
