"""A table as HTML: a page of its own, or the part of one that a notebook shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from bikgraph.plain_text import one_line, visible
from bikgraph.tables.cells import file_value, shown, web_address
from bikgraph.tables.footnotes import details, footnotes, name_of

if TYPE_CHECKING:
    from bikgraph.lookup import Term
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.table import Table


def write(table: Table, layout: Layout) -> str:
    """A page in one file: the question, the rows, notes, and footnotes that link to the sources."""
    title = one_line(table.about.question if table.about is not None and table.about.question else table.name)
    text: str = _templates().get_template("page.html.j2").render(title=title, **_parts(table, layout))
    return text.rstrip("\n") + "\n"


def fragment(table: Table, layout: Layout) -> str:
    """The table with its notes and footnotes alone."""
    text: str = _templates().get_template("table.html.j2").render(**_parts(table, layout))
    return text.rstrip("\n")


def _parts(table: Table, layout: Layout) -> dict[str, Any]:
    notes = footnotes(table)
    sources = []
    for source in notes.sources:
        section, rest = details(source)
        address = source.address
        is_link = bool(web_address(Literal(address)))
        sources.append(
            {
                "name": one_line(name_of(source)),
                "section": one_line(section),
                "address": address if is_link else "",
                "address_text": visible(address),
                "rest": one_line(rest),
            }
        )
    cells = [[_cell(term, table.language, layout) for term in row] for row in table.terms]
    return {
        "heads": [one_line(column) for column in table.columns] if layout.headers else [],
        "rows": list(zip(cells, notes.marks, strict=True)),
        "notes": [visible(note) for note in table.notes],
        "sources": sources,
        "remarks": notes.remarks,
        "language": one_line(table.language),
    }


def _cell(term: Term | None, language: str, layout: Layout) -> dict[str, Any]:
    value = file_value(term)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    address = web_address(term) if isinstance(term, NamedNode) or _is_address(term) else ""
    return {"text": shown(term, language, layout.ids), "address": address, "is_number": is_number}


def _is_address(term: Term | None) -> bool:
    return isinstance(term, Literal) and not term.language and bool(web_address(term))


@cache
def _templates() -> Any:
    # Jinja takes as long to import as a question to answer: only HTML pays.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
