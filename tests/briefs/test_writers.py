"""Each format shows every text as it is, whatever characters it has, and gives the same bytes again."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyoxigraph import NamedNode
from pypdf import PdfReader

from bikgraph.briefs.brief import brief_bytes
from bikgraph.briefs.content import Brief, Entry, Item, Part, Source
from bikgraph.briefs.gather import gathered
from bikgraph.briefs.writers import markdown, pdf, web_page, word
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.plain_text import one_line
from bikgraph.release import Release

SOURCE = NamedNode("https://w3id.org/bikgraph/id/source-x")
ODD = st.text("&<>*_#[]$\\`\"'|~{}()=-+!/@%^:;,.é中 ab1\n", min_size=1, max_size=30).map(one_line).filter(bool)


def odd_brief(name: str) -> Brief:
    """A brief in which every text is `name`."""
    entry = Entry((Item(name), Item(name, (SOURCE,))))
    part = Part(name, name, (name, name), (0.4, 0.6), (entry,), noun=(name, name), more="bikgraph x", left_out=2)
    source = Source(1, name, name, "https://example.org/?a=1&b=<2>", "2026-01-01", (name,))
    return Brief(name, name, SOURCE.value, "2026-01-01", (part,), (source,), {SOURCE: 1}, None, name)


class Page(HTMLParser):
    """The words of a page, its tags, and what its attributes hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its attributes."""
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        """Keep the words between tags."""
        self.words.append(data)


def close(text: str) -> str:
    """Text without white space, for formats that break lines where they like."""
    return re.sub(r"\s", "", text)


@given(ODD)
@settings(max_examples=60, deadline=None)
def test_html_shows_any_character(name: str) -> None:
    """A name stands in a page as it is, and opens no tag."""
    page = Page(web_page.write(odd_brief(name)).decode())

    assert "".join(page.words).count(name) >= 9
    assert page.tags.count("tr") == 2
    assert set(page.tags) == set(Page(web_page.write(odd_brief("x")).decode()).tags)


@given(ODD)
@settings(max_examples=60, deadline=None)
def test_markdown_shows_any_character(name: str) -> None:
    """A name reads in Markdown as it is, and makes no markup."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    page = Page(parser.render(markdown.write(odd_brief(name)).decode()))
    plain = Page(parser.render(markdown.write(odd_brief("x")).decode()))

    assert close("".join(page.words)).count(close(name)) >= 9
    assert sorted(page.tags) == sorted(plain.tags)


@given(ODD)
@settings(max_examples=30, deadline=None)
def test_word_shows_any_character(name: str) -> None:
    """A name stands in a document's headings and tables as it is."""
    document = opened(word.write(odd_brief(name)))

    assert document.paragraphs[0].text == name
    assert document.tables[0].cell(1, 0).text == name
    assert document.tables[0].cell(1, 1).text == f"{name}1"
    assert document.core_properties.title == name


@given(ODD)
@settings(max_examples=30, deadline=None)
def test_pdf_shows_any_character(name: str) -> None:
    """Typst takes a name as data: nothing in it is read as markup, and the title is the name."""
    reader = PdfReader(io.BytesIO(pdf.write(odd_brief(name))))

    assert reader.metadata is not None
    assert reader.metadata.title == name
    # A font may draw some letters as one; what Typst would read as markup is there, letter by letter.
    words = close("".join(page.extract_text() for page in reader.pages))
    for mark in set(name) & set("*_#[]$\\`<>&"):
        assert words.count(mark) >= 9 * name.count(mark)


def opened(data: bytes) -> Document:
    """A Word document from its bytes."""
    return docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("format", ["html", "markdown", "docx", "pdf"])
def test_same_release_gives_the_same_bytes(tiny_graph: KnowledgeGraph, format: str) -> None:
    """A brief has no moment of writing, no random name, no order of chance in it."""
    assert brief_bytes(tiny_graph, "MT", format) == brief_bytes(tiny_graph, "Malta", format)


def test_word_tells_no_moment(tiny_graph: KnowledgeGraph) -> None:
    """All members of the .docx have one fixed moment, and the properties that of the release."""
    data = brief_bytes(tiny_graph, "MT", "docx")

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    day = gathered(tiny_graph, tiny_graph.thing("country-mt")).day
    assert opened(data).core_properties.created is not None
    assert f"{opened(data).core_properties.created:%Y-%m-%d}" == (day or "2000-01-01")


def test_html_serves_readers_who_do_not_see(graph: KnowledgeGraph) -> None:
    """The page has a language, a title, headings in order, heads for columns and rows, names for its regions, words
    for its picture; each number leads to a source, and nothing is fetched from elsewhere.
    """
    text = brief_bytes(graph, "IE", "html").decode()
    page = Page(text)
    found = list(zip(page.tags, page.attributes, strict=True))

    assert ("html", {"lang": "en"}) in found
    assert "<title>Ireland: policy for children&#39;s internet use</title>" in text
    assert [tag for tag in page.tags if re.fullmatch(r"h\d", tag)] == ["h1"] + ["h2"] * 10
    assert all(attributes.get("scope") in {"col", "row"} for tag, attributes in found if tag == "th")
    picture = next(attributes for tag, attributes in found if tag == "img")
    assert "joined by lines" in (picture["alt"] or "")
    assert (picture["src"] or "").startswith("data:image/svg+xml;base64,")
    names = [attributes["id"] for attributes in page.attributes if "id" in attributes]
    assert len(names) == len(set(names))
    inner = {str(a["href"])[1:] for tag, a in found if tag == "a" and str(a["href"]).startswith("#")}
    assert inner <= set(names)
    assert {tag for tag in page.tags if tag in {"script", "link", "iframe"}} == set()


def test_word_has_heads_and_words_for_its_picture(graph: KnowledgeGraph) -> None:
    """Tables repeat their heads, headings are headings, the picture has words."""
    document = opened(brief_bytes(graph, "IE", "docx"))

    styles = [p.style.name for p in document.paragraphs if p.style is not None and "Heading" in str(p.style.name)]
    assert styles == ["Heading 1"] + ["Heading 2"] * 10
    assert all(table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader") for table in document.tables)
    assert "joined by lines" in document.element.xpath("//wp:docPr/@descr")[0]
    assert len(document.tables) == 6


def test_pdf_is_tagged(graph: KnowledgeGraph) -> None:
    """The PDF says that it is tagged, in which language, and by which standard; its picture has words."""
    reader = PdfReader(io.BytesIO(brief_bytes(graph, "IE", "pdf")))
    root: Any = reader.root_object

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_a_country_without_facts_has_a_brief(tiny_graph: KnowledgeGraph) -> None:
    """Where nothing is known, the brief says so, part by part, and why there is no picture."""
    text = brief_bytes(tiny_graph, "NO", "markdown").decode()

    assert "No source that was read states a role of any body; that does not say that there is none." in text
    assert "There is no picture of the network: The graph knows no responsibility" in text
    assert "The graph names no source for this country." in text


@pytest.fixture(scope="module")
def tiny_graph(tiny_release: Release, tiny: object) -> KnowledgeGraph:
    """The tiny country's release, opened."""
    from bikgraph.project import Project

    assert isinstance(tiny, Project)
    return KnowledgeGraph(tiny, tiny_release)
