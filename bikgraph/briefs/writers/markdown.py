"""A brief as Markdown: tables, sources as a numbered list, the picture at the end of the file."""

from __future__ import annotations

import base64
from importlib.resources import files
from typing import TYPE_CHECKING

from bikgraph.briefs import words
from bikgraph.reports.fill import environment, fill
from bikgraph.tables.markdown import Markdown, table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bikgraph.briefs.content import Brief, Item, Part


def write(brief: Brief) -> bytes:
    """The whole file; every text is escaped as the reports' templates do it."""
    template = environment().from_string(
        files("bikgraph.briefs").joinpath("templates", "brief.md.j2").read_text("utf-8")
    )
    picture = ""
    if brief.picture is not None:
        picture = f"{brief.picture.media_type};base64,{base64.b64encode(brief.picture.image).decode()}"
    filled = fill(
        template,
        brief=brief,
        picture=Markdown(picture),
        rows=_rows,
        code=_code,
        footer=words.footer,
        sources_lead=words.sources_lead,
        source_words=words.source_words,
    )
    return filled.encode()


def _rows(brief: Brief, part: Part) -> Markdown:
    return table(part.heads, [[_cell(brief, cell) for cell in row.cells] for row in part.rows()])


def _cell(brief: Brief, cell: Sequence[Item]) -> Markdown:
    told = []
    for item in cell:
        notes = ", ".join(map(str, brief.notes(item)))
        told.append(f"{text(item.text)} \\[{notes}\\]" if notes else text(item.text))
    return Markdown(" · ".join(told))


def _code(command: str) -> Markdown:
    # The commands are ours, and hold no backquote.
    return Markdown(f"`{command}`")
