"""HTML: a page in one file, all values escaped."""

from __future__ import annotations

from html.parser import HTMLParser

from pyoxigraph import Literal, NamedNode

from bikgraph.tables import Layout, Table
from tests.tables.rows import kinds


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.hrefs: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link"):
            self.open.append(tag)
        if tag == "a":
            self.hrefs.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(text: str) -> _Page:
    """The page, read: every element is closed."""
    reader = _Page()
    reader.feed(text)
    assert not reader.open
    return reader


def test_a_page_has_question_rows_and_notes() -> None:
    """The page has the question as its title, the heads, the rows with links, and the notes."""
    text = kinds().render("html")
    read = page(text)

    assert text.startswith("<!DOCTYPE html>\n")
    assert "<title>Which kinds of &lt;terms&gt; are there?</title>" in text
    assert read.tags.count("th") == 11
    assert read.tags.count("td") == 22
    assert "https://example.org/a?b=1&c=2" in read.hrefs
    assert "<p>Base: 2 of 30 countries with data.</p>" in text
    assert not {"script", "img", "link"} & set(read.tags)


def test_hostile_values_are_text() -> None:
    """Markup in values, heads and notes stays text, a script's address is no link, hidden characters are shown."""
    table = Table(["<b>"], [[Literal('"><script>x</script>\u202e')], [NamedNode("javascript:alert(1)")]])
    table.notes = ["<i>note</i>"]
    text = table.render("html")
    read = page(text)

    assert not {"script", "b", "i"} & set(read.tags)
    assert read.hrefs == []
    assert "<U+202E>" in text.replace("&lt;", "<").replace("&gt;", ">")


def test_a_notebook_shows_the_same_table() -> None:
    """What a notebook shows is the page's table with its notes."""
    table = kinds()

    assert table._repr_html_().startswith("<table>")
    assert table._repr_html_() in table.render("html")
    assert "<thead>" not in table.render("html", layout=Layout(headers=False))
