"""The report and the methodology: every section, numbers as other queries count them, one file that needs no other."""

from __future__ import annotations

import base64
import html.parser
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from bikgraph import open
from bikgraph.building import build_release as build
from bikgraph.cli.reports import methodology as methodology_command
from bikgraph.cli.reports import report as report_command
from bikgraph.errors import RequestError
from bikgraph.findings import Finding
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions
from bikgraph.project import Project
from bikgraph.reports import methodology, report, web_page
from bikgraph.reports.methodology import words_file

SECTIONS = [
    "What there is",
    "Coverage by country and edition",
    "Freshness",
    "Facts with one source only",
    "Contradictions",
    "Addresses that nobody could confirm",
    "Sources read in a copy",
    "Agreements whose parties are known in part",
    "Bodies without a link to another graph",
    "Findings of the check",
]
VOID = {"meta", "img", "br", "hr", "link", "input"}


class _Page(html.parser.HTMLParser):
    """What a page holds: its tags in order, and whether each is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def text(graph: KnowledgeGraph) -> str:
    """The report on the checkout's release, in whose data the check found nothing."""
    return report(graph.store, [], graph.ask("contradictions"))


@pytest.fixture(scope="module")
def page(text: str) -> _Page:
    """The same report as a page, parsed."""
    return _Page(web_page(text))


def count(graph: KnowledgeGraph, pattern: str) -> int:
    """How many different ?x there are."""
    found = solutions(
        graph.store,
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}",
    )
    return int(next(iter(found))["n"].value)


def section(text: str, title: str) -> str:
    """The part of the report below a heading."""
    return re.split(r"^## ", text.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_section_is_there_in_order(text: str) -> None:
    """The headings of the second level."""
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize(
    ("words", "cls"),
    [
        ("Responsibilities", "Responsibility"),
        ("Agreements", "Agreement"),
        ("Policies", "Policy"),
        ("Data collections", "DataCollection"),
        ("Good practices", "GoodPractice"),
        ("Answers", "Answer"),
        ("Discrepancies", "Discrepancy"),
        ("Actors", "Actor"),
    ],
)
def test_headline_numbers_are_those_of_the_graph(graph: KnowledgeGraph, text: str, words: str, cls: str) -> None:
    """Numbers and countries of each class, counted by queries of their own."""
    number, countries = count(graph, f"?x a bik:{cls}"), count(graph, f"?y a bik:{cls} ; bik:country ?x")
    assert f"| {words} | {number} | {countries} of {count(graph, '?x a bik:Country')} |" in text


def test_one_source_is_one_document(graph: KnowledgeGraph, text: str) -> None:
    """Two sections of one profile are one source: counted here in Python, from sources and sections."""
    query = """SELECT ?x ?source ?whole WHERE {
      ?x a bik:Record ; bik:source ?source OPTIONAL { ?profile bik:hasSection ?source ; bik:document ?whole }
    }"""
    documents: dict[str, set[str]] = {}
    for row in solutions(graph.store, query):
        documents.setdefault(row["x"].value, set()).add((row["whole"] or row["source"]).value)
    one = sum(len(found) == 1 for found in documents.values())
    assert f"Of {len(documents)} facts, {one} of {len(documents)} " in text


def test_coverage_is_that_of_the_saved_question(graph: KnowledgeGraph, text: str) -> None:
    """Each cell with data agrees with the question coverage; each other says which kind of not known it is."""
    heads, *lines = [
        line.strip("| ").split(" | ")
        for line in section(text, "Coverage by country and edition").split("### By country")[1].strip().splitlines()
    ]
    cells = {(line[0], head): cell for line in lines[1:] for head, cell in zip(heads, line, strict=True)}
    seen = set()
    for row in graph.ask("coverage"):
        key = (row.countryLabel, str(row.edition) if row.edition else "Other pages")
        seen.add(key)
        if row.edition and row.answers:
            assert cells[key].startswith(f"{row.answers} of {row.questions} answered")
        else:
            assert re.match(r"\d+ facts?$|no answer read; \d+ other facts?$", cells[key])
    rest = {cell for key, cell in cells.items() if key not in seen and key[1] != "Country"}
    assert rest == {"no data", "not covered", "not known to be covered"}
    assert cells["Belgium", "2020"] == "38 of 43 answered, 5 left blank"
    assert len(lines) - 1 == count(graph, "?x a bik:Country")


def test_what_is_not_known_is_told_apart(text: str) -> None:
    """Blank, no data and unknown base stand in columns of their own."""
    assert re.search(r"^\| 2020 \| 4 of 30 \| 26 \| 1 of 4 \| 43 \| 43 \| 5 \| 1242 \| 1290 \|$", text, re.MULTILINE)
    assert re.search(r"^\| 2026 \| 3 of an unknown number \| unknown \|", text, re.MULTILINE)
    assert "**Unknown is not no.**" in text


def test_sources_are_counted(graph: KnowledgeGraph, text: str) -> None:
    """Copies, addresses in doubt and days of reading."""
    documents = count(graph, "?x a bik:SourceDocument")
    copies, unverified = (
        count(graph, "?x a bik:SourceDocument ; bik:readInCopy true"),
        count(graph, "?x a bik:SourceDocument ; bik:unverified true"),
    )
    assert f"{copies} of {documents} source documents were read" in section(text, "Sources read in a copy")
    assert len(re.findall(r"^\| (?!Country|---)", section(text, "Sources read in a copy"), re.MULTILINE)) == copies
    unconfirmed = section(text, "Addresses that nobody could confirm")
    assert f"{unverified} of {documents} source documents" in unconfirmed
    assert len(re.findall(r"^- \[", unconfirmed, re.MULTILINE)) == unverified
    facts = count(
        graph,
        "?d a bik:SourceDocument ; bik:unverified true . ?x bik:source ?d . "
        "{ ?x a bik:Record } UNION { ?x a bik:Actor }",
    )
    assert len(re.findall(r"^\| (?!Country|---)", unconfirmed, re.MULTILINE)) == facts
    dated = count(graph, "?x a bik:SourceDocument ; bik:retrieved ?day")
    assert f"| Source documents, retrieved | {dated} of {documents} " in section(text, "Freshness")


def test_discrepancies_and_agreements_are_listed(graph: KnowledgeGraph, text: str) -> None:
    """Each stands in a line of its own."""
    disagreements = section(text, "Contradictions").split("### What sources disagree on")[1]
    assert len(re.findall(r"^\| (?!Country|---)", disagreements, re.MULTILINE)) == count(graph, "?x a bik:Discrepancy")
    assert "](<https://" in disagreements
    partial = section(text, "Agreements whose parties are known in part")
    number = count(graph, "?x a bik:Agreement ; bik:partiesComplete false")
    assert len(re.findall(r" \| (?:at least [1-9]\d*|none named) \|$", partial, re.MULTILINE)) == number
    assert f"{number} of {count(graph, '?x a bik:Agreement')} agreements" in partial


def test_unlinked_bodies_are_those_of_no_link_set(graph: KnowledgeGraph, text: str) -> None:
    """Counted here by the quads of the link sets."""
    links = [name for name in graph.store.named_graphs() if "/graph/links-" in name.value]
    linked = {quad.subject for name in links for quad in graph.store.quads_for_pattern(None, None, None, name)}
    actors = {
        quad.subject
        for quad in graph.store.quads_for_pattern(
            None, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(graph.namespace + "Actor")
        )
    }
    assert f"{len(actors - linked)} of {len(actors)} (" in section(text, "Bodies without a link to another graph")


def test_the_page_stands_alone(page: _Page) -> None:
    """No script, no style from elsewhere, no picture but those inside."""
    assert not page.stack
    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in page.tags}
    for tag, attributes in page.tags:
        assert not {"srcset", "data", "poster"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("style") in (None, "text-align:right")
        if "href" in attributes:
            assert tag == "a"
            assert str(attributes["href"]).startswith(("http://", "https://", "#"))
        if "src" in attributes:
            assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")


def test_the_style_asks_for_nothing(text: str) -> None:
    """The style names no address."""
    style = re.search(r"<style>(.*?)</style>", web_page(text), re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|http", style[1])


def test_the_page_is_accessible(page: _Page) -> None:
    """Language, headings in order, heads of tables with a scope, words for the picture, links that lead somewhere."""
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row") for attributes in page.all("th"))
    names = [attributes.get("id") for _, attributes in page.tags if attributes.get("id")]
    assert len(set(names)) == len(names)
    assert {
        str(attributes["href"])[1:] for attributes in page.all("a") if str(attributes["href"]).startswith("#")
    } <= set(names)
    (picture,) = page.all("img")
    assert len(picture["alt"] or "") > 50


def test_the_picture_is_whole_and_quiet(page: _Page) -> None:
    """It is XML, and refers to nothing outside itself."""
    root = ET.fromstring(base64.b64decode(str(page.all("img")[0]["src"]).split(",")[1]))  # noqa: S314 - our own picture
    assert root.tag.endswith("svg")
    addresses = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert addresses
    assert all(value.startswith("#") for value in addresses)


def test_hostile_text_stays_text(own_project: Project) -> None:
    """A label with markup, a finding with a bar and an address of a script reach the page as words."""
    file = own_project.data / "pages" / "be.yaml"
    pages = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    agreement = next(entry for entry in pages["agreements"] if entry["partiesComplete"] is False)
    agreement["label"] = {"en": "A | <script>alert(1)</script> [x](javascript:alert(1)) *b*"}
    file.write_text(yaml.safe_dump(pages | {"checked": "2026-11-23"}, allow_unicode=True), "utf-8")
    build(own_project)
    graph = open(own_project)
    finding = Finding("data/a|b.yaml", 1, 2, "warning", "some-rule", "Not | <b>good</b>.", "`x`")
    made = report(graph.store, [finding], graph.ask("contradictions"), "html")
    parsed = _Page(made)
    assert "script" not in {tag for tag, _ in parsed.tags}
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) *b*" in made
    assert "data/a|b.yaml:1:2" in made
    assert "Not | &lt;b&gt;good&lt;/b&gt;." in made
    assert "some-rule" in made


def test_findings_are_those_of_the_build(belgium_graph: KnowledgeGraph, text: str) -> None:
    """They are handed in: listed, or none, or said to be not known; no file of the project is read for them."""
    finding = Finding("data/x.yaml", 3, 4, "warning", "some-rule", "Not good.", "x")

    assert "`bikgraph check` found nothing" in section(text, "Findings of the check")
    assert "0 errors, 0 warnings" in section(text, "Findings of the check")
    known = section(
        report(belgium_graph.store, [finding], belgium_graph.ask("contradictions")), "Findings of the check"
    )
    assert "found 1 thing in the files that this release was built from" in known
    assert "| data/x.yaml:3:4 | warning | Not good. | x |" in known
    unknown = section(report(belgium_graph.store, None, belgium_graph.ask("contradictions")), "Findings of the check")
    assert "is not known" in unknown
    assert "found nothing" not in unknown


def test_a_new_kind_of_fact_is_reported(belgium_graph: KnowledgeGraph) -> None:
    """A class that the ontology puts below bik:Record has its line in the report, without a change to the report."""
    store = Store()
    for quad in belgium_graph.store.quads_for_pattern(None, None, None, DefaultGraph()):
        store.add(quad)
    bik, rdfs = "https://w3id.org/bikgraph/ontology#", "http://www.w3.org/2000/01/rdf-schema#"
    kind, thing = NamedNode(bik + "Inquiry"), NamedNode("https://w3id.org/bikgraph/id/be-inquiry")
    for subject, predicate, obj in (
        (kind, rdfs + "subClassOf", NamedNode(bik + "Record")),
        (kind, rdfs + "label", Literal("inquiry", language="en")),
        (thing, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", kind),
        (thing, bik + "country", NamedNode("https://w3id.org/bikgraph/id/country-be")),
    ):
        store.add(Quad(subject, NamedNode(predicate), obj))
    made = report(store, None, belgium_graph.ask("contradictions"))

    assert "| Inquiries | 1 | 1 of 30 | 0 of 1 (0%) | 1 |" in made
    assert re.search(r"^\| Country \|.* Inquiries \|", section(made, "Facts with one source only"), re.MULTILINE)


def test_the_old_keyword_still_works(belgium_graph: KnowledgeGraph) -> None:
    """`form` was the name of `format` until 0.1: it is heard for one more minor version, with a warning."""
    with pytest.warns(DeprecationWarning, match="`format`"):
        made = belgium_graph.report(form="html")
    assert made == belgium_graph.report("html")
    with pytest.warns(DeprecationWarning, match="`format`"):
        assert belgium_graph.methodology(form="html").startswith("<!DOCTYPE html>")


def test_an_ending_that_contradicts_is_refused(tmp_path: Path) -> None:
    """A page is not written to a file that says it is Markdown."""
    done = CliRunner().invoke(report_command, ["--format", "html", "-o", str(tmp_path / "report.md")])
    assert isinstance(done.exception, RequestError)
    assert "A file that ends in .md is markdown, not html. Name it report.html" in str(done.exception)


def test_the_same_release_gives_the_same_report(graph: KnowledgeGraph, text: str) -> None:
    """The same bytes twice."""
    assert report(graph.store, [], graph.ask("contradictions")) == text


def test_the_command_writes_by_the_ending(belgium: Project, tmp_path: Path) -> None:
    """As page or Markdown; of a project with one country, the bases say so, and what the check found is said."""
    done = CliRunner().invoke(
        report_command, ["-o", str(tmp_path / "r.md")], obj=str(belgium.root), catch_exceptions=False
    )
    assert done.exit_code == 0
    made = (tmp_path / "r.md").read_text("utf-8")
    assert made.startswith("# Quality report")
    assert "## Findings of the check\n" in made
    assert re.search(r"^\| Good practices \| \d+ \| 1 of 30 \|", made, re.MULTILINE)
    done = CliRunner().invoke(
        methodology_command, ["-o", str(tmp_path / "m.html")], obj=str(belgium.root), catch_exceptions=False
    )
    assert done.exit_code == 0
    assert (tmp_path / "m.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_command_writes_to_standard_output(belgium: Project) -> None:
    """Markdown unless asked for a page."""
    assert CliRunner().invoke(methodology_command, [], obj=str(belgium.root)).output.startswith("# Methodology")
    assert (
        CliRunner()
        .invoke(methodology_command, ["--format", "html"], obj=str(belgium.root))
        .output.startswith("<!DOCTYPE html>")
    )


def test_an_ending_that_tells_no_format_is_refused(tmp_path: Path) -> None:
    """The message says how to choose."""
    done = CliRunner().invoke(report_command, ["-o", str(tmp_path / "report.pdf")])
    assert isinstance(done.exception, RequestError)
    assert "--format" in str(done.exception)


def test_the_methodology_counts_and_explains(graph: KnowledgeGraph) -> None:
    """All sections, numbers of the graph, all questions and codes."""
    made = methodology(graph.store)
    for heading in (
        "Scope",
        "Sources",
        "How facts were coded",
        "Limits",
        "Known biases",
        "Questions and answers by edition",
    ):
        assert f"\n## {heading}\n" in made
    assert f"{count(graph, '?x a bik:SourceDocument')} source documents" in made
    assert (
        "| `coordinator` | coordinator | Coordinates what others do. | "
        f"{count(graph, '?x bik:role id:role-coordinator')} |" in made
    )
    assert len(
        re.findall(
            r"^\| `[a-z0-9-]+` \| .* \| (?:one|several) of a list \| \d+ of (?:\d+|an unknown number) \|$",
            made,
            re.MULTILINE,
        )
    ) == count(graph, "?x a bik:Indicator")
    assert len(re.findall(r"open, no codes", made)) == count(graph, "?x a bik:OpenQuestion")
    assert "{{" not in made
    assert "undefined" not in made
    assert not _Page(methodology(graph.store, format="html")).stack


def test_the_words_are_those_of_the_checkout() -> None:
    """No other file of that name is read."""
    assert words_file() == Path(__file__).parents[2] / "docs" / "methodology.md"


def test_words_that_ask_for_an_unknown_number_are_refused(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """As is a file that is not there."""
    (tmp_path / "words.md").write_text("# Words\n\n{{ counts.nothing }}\n", "utf-8")
    with pytest.raises(RequestError, match="nothing"):
        methodology(graph.store, tmp_path / "words.md")
    with pytest.raises(RequestError, match=re.escape("absent.md")):
        methodology(graph.store, tmp_path / "absent.md")
