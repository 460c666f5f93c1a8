"""The Python API, its forms of an answer, and what it promises about imports."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

import bikgraph
from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import ID
from bikgraph.project import Project
from tests.conftest import ROOT


def test_rows_are_typed(belgium_graph: KnowledgeGraph) -> None:
    """Counts and years are int, truth values bool, texts and IRIs str, and what is missing None."""
    row = belgium_graph.ask("agreements", country="BE", edition=2020)[0]

    assert (row.parties, row.partiesComplete, row.edition) == (4, True, 2020)
    assert row.agreement == ID + "be-mou-csam"
    assert {type(value) for value in row} <= {str, int, bool}
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
    html = belgium_graph.ask("gaps", country="BE")._repr_html_()

    assert html.startswith("<table>")
    assert html.count("<tr>") == 8
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
