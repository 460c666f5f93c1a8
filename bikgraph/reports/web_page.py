"""A web page from Markdown: one file with its style inside, which asks the network for nothing.

markdown-it reads the Markdown and lets no HTML through. What this adds is for readers who do not see the page: an
address for each heading, row and column heads of tables, and tables that can be scrolled with the keyboard.
"""

from __future__ import annotations

import html
import re
import warnings
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bikgraph.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Format = Literal["markdown", "html"]
# The endings of a report's files, the usual one first.
ENDINGS: dict[str, tuple[str, ...]] = {"markdown": (".md", ".markdown"), "html": (".html", ".htm")}
# Nothing but the page itself: no script, no font or picture from elsewhere.
CONTENT_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PICTURE = re.compile(r"data:image/(svg\+xml|png);base64,[A-Za-z0-9+/=]+")


def renamed(format: Format, form: Format | None) -> Format:
    """The format asked for, by its old keyword `form` too, which goes with the next minor version.

    Raises RequestError for another than those of ENDINGS.
    """
    if form is not None:
        warnings.warn("The keyword `form` is called `format` now.", DeprecationWarning, stacklevel=3)
        format = form
    if format not in ENDINGS:
        raise RequestError(
            f"A text about the graph is markdown or html, not {str(format)[:60]!r}. It is returned, not written: "
            "Path('report.html').write_text(graph.report('html'), 'utf-8')."
        )
    return format


class _Heading(NamedTuple):
    level: int
    slug: str
    words: str


def web_page(markdown: str, language: str = "en") -> str:
    r"""The Markdown as a whole HTML page; its first heading is the title, its second-level headings the contents.

    >>> '<h2 id="on-tables">On tables</h2>' in web_page("# A page\n\n## On tables\n\nWords.")
    True
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    headings = _name_headings(tokens)
    _name_tables(tokens)
    body = parser.renderer.render(tokens, parser.options, {})
    title = next((heading.words for heading in headings if heading.level == 1), "")
    contents = "".join(
        f'<li><a href="#{heading.slug}">{html.escape(heading.words)}</a></li>\n'
        for heading in headings
        if heading.level == 2
    )
    head, opening, rest = body.partition("<h2")
    navigation = f'<nav aria-label="Contents">\n<ul>\n{contents}</ul>\n</nav>\n' if contents else ""
    style = files("bikgraph.reports").joinpath("templates", "page.css").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{head}{navigation}{opening}{rest}</main>\n</body>\n</html>\n"
    )


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
            return url.startswith(("http://", "https://", "#", "mailto:")) or _PICTURE.fullmatch(url) is not None

    return Parser("commonmark", {"html": False, "xhtmlOut": False}).enable("table")


def _name_headings(tokens: Sequence[Token]) -> list[_Heading]:
    headings: list[_Heading] = []
    taken: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = "".join(
            part.content
            for part in tokens[at + 1].children or []
            if part.type in ("text", "text_special", "code_inline")
        )
        slug = re.sub(r"[^\w-]+", "-", words.lower()).strip("-") or "part"
        while slug in taken:
            slug += "-more"
        taken.add(slug)
        token.attrSet("id", slug)
        headings.append(_Heading(int(token.tag[1]), slug, words))
    return headings


def _name_tables(tokens: list[Token]) -> None:
    """Give heads their scope, make the first cell of each row its head, and let wide tables scroll on their own."""
    from markdown_it.token import Token

    words, count, before = "", 0, list(tokens)
    tokens.clear()
    in_body, first, open_head = False, False, False
    for at, token in enumerate(before):
        if token.type == "heading_open":
            words, count = before[at + 1].content.replace("\\", ""), 0
        elif token.type == "table_open":
            count += 1
            label = f"Table: {words}" if count == 1 else f"Table {count}: {words}"
            attributes: dict[str, Any] = {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
            tokens.append(Token("table_frame_open", "div", 1, attrs=attributes, block=True))
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type in ("tbody_open", "tbody_close"):
            in_body = token.type == "tbody_open"
        elif token.type == "tr_open":
            first = in_body
        elif token.type == "td_open" and first:
            token.tag, first, open_head = "th", False, True
            token.attrSet("scope", "row")
        elif token.type == "td_close" and open_head:
            token.tag, open_head = "th", False
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(Token("table_frame_close", "div", -1, block=True))
