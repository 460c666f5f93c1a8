"""Links to other graphs: valid SSSOM in, triples of their own graph out, and errors with their line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import terms, triples, values
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
        rows = triples(store, graph=NamedNode(f"{GRAPH}links-{name}"))
        linked = {
            subject.value
            for subject, _, obj in rows
            if subject.value.startswith(ID + "country-") and obj.value.startswith(start)
        }
        assert len(linked) == 30, name


def test_links_stay_out_of_the_closure(store: Store) -> None:
    """Nothing is inferred of another graph's IRIs, and nothing is said to be the same as something else."""
    foreign = [
        q
        for q in store.quads_for_pattern(None, None, None, None)
        if terms(q.triple)[0].value.startswith("http://www.wikidata.org/")
    ]

    assert not foreign
    assert not list(store.quads_for_pattern(None, NamedNode(OWL + "sameAs"), None, DefaultGraph()))


def test_homepages_are_foaf(store: Store) -> None:
    """A homepage of the link tables is a foaf:homepage of its body."""
    pages = {page.value for page in values(store, NamedNode(ID + "be-child-focus"), FOAF + "homepage")}

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
    told, findings = read_links(path, path.name, {"country-be"})

    assert [f.line for f in findings] == [line], findings
    assert expected in findings[0].message
    assert len(told) == (7 if line == 6 else 0)


def table(text: str) -> str:
    """A good table with one more row."""
    return HEADER + COLUMNS + GOOD + text


MORE = GOOD.replace("Q31", "Q32")
WIDE = COLUMNS.replace("\n", "\tcomment\tobject_source\n")
NO_TERM_ROW = "bikid:country-be\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t0.9\t\t"
# Content, line, rule; None: read without a finding.
HOSTILE: dict[str, tuple[str | bytes, int, str | None]] = {
    "nothing at all": ("", 1, "empty-file"),
    "a column twice": (HEADER + COLUMNS.replace("\n", "\tconfidence\n") + GOOD, 4, "duplicate-column"),
    "the subject twice": (HEADER + COLUMNS.replace("predicate_id", "subject_id"), 4, "missing-column"),
    "an empty prefix that nobody declares": (table(MORE.replace("wikidata:", ":")), 6, "bad-iri"),
    "an empty prefix, declared": (
        table(MORE.replace("wikidata:", ":")).replace("#  bikid", "#  '': http://example.org/\n#  bikid"),
        7,
        None,
    ),
    "an empty cell": (table(MORE.replace("wikidata:Q32", "")), 6, "bad-iri"),
    "NUL": (table(MORE.replace("Q32", "Q\0")), 6, "control-character"),
    "an escape sequence": (table(MORE.replace("Q32", "Q\x1b[31m")), 6, "control-character"),
    "an address that is none": (table(MORE.replace("wikidata:Q32", "http://[x")), 6, "bad-iri"),
    "an address with a space": (table(MORE.replace("wikidata:Q32", "http://a b")), 6, "bad-iri"),
    "a quote in an address": (table(MORE.replace("Q32", 'Q"32')), 6, "bad-iri"),
    "half an escape in an address": (table(MORE.replace("Q32", "%zz")), 6, "bad-iri"),
    "a brace by its prefix": (table(MORE.replace("Q32", "{x}")), 6, "bad-iri"),
    "an invisible character in an address": (table(MORE.replace("Q32", "Q\u200b32")), 6, "bad-iri"),
    "a prefix that makes no address": (
        table(MORE).replace("http://www.wikidata.org/entity/", "http://[wikidata/"),
        5,
        "bad-iri",
    ),
    "a prefix that is no address": (table(MORE).replace("http://www.wikidata.org/entity/", "mailto:"), 5, "bad-iri"),
    "a header that is a list": ("#- a\n#- b\n" + COLUMNS, 1, "header-syntax"),
    "a header that is a word": ("# words\n" + COLUMNS, 1, "header-syntax"),
    "prefixes that are a list": ("#curie_map: [a]\n" + COLUMNS, 1, "header-syntax"),
    "prefixes that are nothing": ("#x: y\n#curie_map:\n" + COLUMNS, 2, "header-syntax"),
    "a prefix that is a list": ("#curie_map:\n#  a: [b]\n" + COLUMNS, 2, "header-syntax"),
    "a header with a day that is none": ("#mapping_date: 2020-13-45\n" + HEADER + COLUMNS + GOOD, 5, None),
    "a header with a key that is a list": ("#? [a]\n#: b\n" + HEADER + COLUMNS + GOOD, 6, None),
    "a header with an alias bomb": (
        "#a: &a [x, x]\n#b: &b [*a, *a]\n#c: [*b, *b]\n" + HEADER + COLUMNS + GOOD,
        7,
        None,
    ),
    "a header that is open": ("#curie_map: {a: 'b\n" + COLUMNS, 2, "header-syntax"),
    "another meaning of skos": (
        table(MORE).replace("#  bikid", "#  skos: http://example.org/\n#  bikid"),
        2,
        "fixed-prefix",
    ),
    "a confidence of 1e999": (table(MORE.replace("0.95", "1e999")), 6, "bad-value"),
    "a confidence of nan": (table(MORE.replace("0.95", "nan")), 6, "bad-value"),
    "a confidence of inf": (table(MORE.replace("0.95", "inf")), 6, "bad-value"),
    "a confidence of -0.1": (table(MORE.replace("0.95", "-0.1")), 6, "bad-value"),
    "a confidence with an underscore": (table(MORE.replace("0.95", "0_1")), 6, "bad-value"),
    "a confidence in Arabic digits": (table(MORE.replace("0.95", "\u0661")), 6, "bad-value"),
    "a confidence of a million digits": (table(MORE.replace("0.95", "0." + "9" * 1_000_000)), 6, "table-syntax"),
    "the same row twice": (table(GOOD), 6, "duplicate-record"),
    "an open quotation mark": (table('"' + MORE), 6, "table-syntax"),
    "a cell of two hundred kilobytes": (table(MORE.replace("Q32", "Q" * 200_000)), 6, "table-syntax"),
    "Latin-1": (table(MORE.replace("Q32", "Q\xe9")).encode("latin-1"), 6, "encoding"),
    "UTF-16": (table(MORE).encode("utf-16"), 1, "encoding"),
    "a scheme that is none": (HEADER + WIDE + NO_TERM_ROW + "nonsense:x\n", 5, "bad-iri"),
    "too large": (b"#" * 6_000_000, 1, "file-size"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_table_gives_a_finding(tmp_path: Path, case: str) -> None:
    """Whatever a table holds, it gives a finding at its line, or is read; nothing is raised."""
    text, line, rule = HOSTILE[case]
    path = tmp_path / "hostile.sssom.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    told, findings = read_links(path, path.name, {"country-be"})

    assert ({(f.line, f.rule) for f in findings} >= {(line, rule)}) if rule else (findings == [] and told), findings
    assert all((f.is_error and f.message.endswith(".")) or "Did you mean" in f.message for f in findings)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("0.95", "0.95"),
        ("1", "1"),
        ("1.0", "1"),
        ("0", "0"),
        ("0.0000001", "0.0000001"),
        ("1e-7", "0.0000001"),
        ("0.12345678", "0.12345678"),
        (".5", "0.5"),
    ],
)
def test_confidence_is_a_decimal_as_it_was_written(tmp_path: Path, written: str, text: str) -> None:
    """A confidence keeps all its digits, and is a valid xsd:decimal however small it is."""
    path = tmp_path / "small.sssom.tsv"
    path.write_text(HEADER + COLUMNS + GOOD.replace("0.95", written))
    told, findings = read_links(path, path.name, {"country-be"})

    assert findings == []
    assert [str(t.object) for t in told if t.predicate.value.endswith("confidence")] == [
        f'"{text}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    ]


@pytest.mark.parametrize("name", ["a b", 'a"b', "<x>", "a\nb", "", "ü", "a%zz", "-a"])
def test_table_whose_name_makes_no_graph_is_refused(tmp_path: Path, name: str) -> None:
    """The name of a table becomes the IRI of its graph: one with a space or a quote is refused in words."""
    path = tmp_path / f"{name}.sssom.tsv"
    path.write_text(HEADER + COLUMNS + GOOD)
    told, findings = read_links(path, "x", {"country-be"})

    assert (told, [f.rule for f in findings]) == ([], ["file-name"])
    assert "Rename the file" in findings[0].message
