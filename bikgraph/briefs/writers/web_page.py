"""A brief as one HTML file with its style and picture inside, which asks the network for nothing."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bikgraph.briefs import words
from bikgraph.reports.web_page import CONTENT_POLICY

if TYPE_CHECKING:
    import jinja2

    from bikgraph.briefs.content import Brief


def write(brief: Brief) -> bytes:
    """The whole page; every text is escaped by the template's engine."""
    picture = base64.b64encode(brief.picture.image).decode() if brief.picture else ""
    page = _environment().get_template("brief.html.j2").render(brief=brief, picture=picture)
    return page.encode()


@cache
def _environment() -> jinja2.Environment:
    import jinja2
    from markupsafe import Markup

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("bikgraph.briefs"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = "".join(
        files(package).joinpath("templates", name).read_text("utf-8")
        for package, name in (("bikgraph.reports", "page.css"), ("bikgraph.briefs", "brief.css"))
    )
    templates.globals.update(
        # Our own style sheets hold no text of others.
        style=Markup(style),  # noqa: S704
        policy=CONTENT_POLICY,
        footer=words.footer,
        sources_lead=words.sources_lead,
        source_words=words.source_words,
        is_web=words.is_web,
    )
    return templates
