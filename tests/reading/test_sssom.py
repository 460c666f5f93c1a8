"""Links to other graphs: valid SSSOM in, triples of their own graph out, and errors with their line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import FOAF, GRAPH, ID, OWL
from bikgraph.reading.sssom import read_links
from tests.conftest import ROOT

TABLES = sorted((ROOT / "data" / "links").glob("*.sssom.tsv"))
HEADER = "#curie_map:\n#  bikid: https://w3id.org/bikgraph/id/\n#  wikidata: http://www.wikidata.org/entity/\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\n"
GOOD = "bikid:country-be\tskos:exactMatch\twikidata:Q31\tsemapv:ManualMappingCuration\t0.95\n"


# In a process of its own: sssom-py and its dependencies warn at import, and warnings are errors here.
VALIDATE = """
import sys
from sssom.constants import SchemaValidationType
from sssom.parsers import parse_sssom_table
from sssom.validators import validate
kinds = [SchemaValidationType.JsonSchema, SchemaValidationType.PrefixMapCompleteness]
for path in sys.argv[1:]:
    table = parse_sssom_table(path)
    reports = validate(table, validation_types=kinds, fail_on_error=False)
    print(path.rsplit("/", 1)[-1], len(table.df), sum(len(report.results) for report in reports.values()))
"""


def test_tables_are_valid_sssom() -> None:
    """Every committed table passes the validators of sssom-py."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", VALIDATE, *map(str, TABLES)], capture_output=True, text=True, check=True
    )
    reports = [line.split() for line in done.stdout.splitlines()]

    assert [name for name, _, _ in reports] == [path.name for path in TABLES]
    assert all(int(rows) > 0 and faults == "0" for _, rows, faults in reports), done.stdout


def test_thirty_countries_in_three_graphs(store: Store) -> None:
    """Each of the 30 countries is linked to the EU authority table, Wikidata and GeoNames."""
    for name, start in (
        ("eu-authority", "http://publications.europa.eu/resource/authority/country/"),
        ("wikidata", "http://www.wikidata.org/entity/Q"),
        ("geonames", "https://sws.geonames.org/"),
    ):
        rows = store.quads_for_pattern(None, None, None, NamedNode(f"{GRAPH}links-{name}"))
        linked = {
            q.subject.value
            for q in rows
            if q.subject.value.startswith(ID + "country-") and q.object.value.startswith(start)
        }
        assert len(linked) == 30, name


def test_links_stay_out_of_the_closure(store: Store) -> None:
    """Nothing is inferred of another graph's IRIs, and nothing is said to be the same as something else."""
    foreign = [
        q
        for q in store.quads_for_pattern(None, None, None, None)
        if q.subject.value.startswith("http://www.wikidata.org/")
    ]

    assert not foreign
    assert not list(store.quads_for_pattern(None, NamedNode(OWL + "sameAs"), None, DefaultGraph()))


def test_homepages_are_foaf(store: Store) -> None:
    """A homepage of the link tables is a foaf:homepage of its body."""
    pages = {
        q.object.value
        for q in store.quads_for_pattern(
            NamedNode(ID + "be-child-focus"), NamedNode(FOAF + "homepage"), None, DefaultGraph()
        )
    }

    assert "https://childfocus.be/" in pages


def test_question_shows_them(graph: KnowledgeGraph) -> None:
    """The question `links` has a row a link, with predicate, target and the target graph's short name."""
    rows = {
        (row.subject.removeprefix(ID), row.predicate, row.target, row.graph) for row in graph.ask("links", country="BE")
    }

    assert ("country-be", "skos:exactMatch", "http://www.wikidata.org/entity/Q31", "wikidata") in rows
    assert ("be-child-focus", "foaf:homepage", "https://childfocus.be/", "homepages") in rows


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (HEADER + COLUMNS + GOOD.replace("country-be", "country-xx"), 5, "A link's subject is a thing of this graph"),
        (HEADER + COLUMNS + GOOD.replace("wikidata:", "wikidat:"), 5, "Did you mean wikidata"),
        (HEADER + COLUMNS + GOOD.replace("0.95", "high"), 5, "A confidence is a number from 0 to 1"),
        (HEADER + COLUMNS + GOOD + GOOD.replace("\t0.95", ""), 6, "This row has 4 cells"),
        (HEADER + COLUMNS.replace("\tconfidence", ""), 4, "The table lacks the column confidence"),
        (HEADER, 4, "The table has no rows"),
        ("#curie_map: [\n" + COLUMNS, 2, "not valid YAML"),
    ],
)
def test_bad_table_is_reported_at_its_line(tmp_path: Path, text: str, line: int, expected: str) -> None:
    """A fault in a table is named with its line and what was expected."""
    path = tmp_path / "bad.sssom.tsv"
    path.write_text(text)
    triples, findings = read_links(path, path.name, {"country-be"})

    assert [f.line for f in findings] == [line], findings
    assert expected in findings[0].message
    assert len(triples) == (7 if line == 6 else 0)
