"""Markdown from facts: every value that a template shows is escaped, and tables and links are made by one rule.

It is the package's only escaping of Markdown. Labels come from the graph and may hold any character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bikgraph.plain_text import one_line
from bikgraph.tables.cells import shown_in_line
from bikgraph.tables.footnotes import details, footnotes, name_of

if TYPE_CHECKING:
    from bikgraph.tables.layout import Layout
    from bikgraph.tables.sources import Source
    from bikgraph.tables.table import Table

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_START = re.compile(r"^(\d+)([.)])|^([-+=])")


class Markdown(str):
    """Text that is Markdown already, and stays as it is."""

    __slots__ = ()


def text(value: object) -> str:
    r"""A value as Markdown shows it: nothing for None, `Markdown` as it is, all other text escaped and on one line.

    Characters that are hidden, or would drive a terminal, are shown by their code points.

    >>> text("a|b *c*\n<d>")
    'a\\|b \\*c\\* \\<d\\>'
    """
    if value is None:
        return ""
    if isinstance(value, Markdown):
        return value
    escaped = _SPECIAL.sub(r"\\\g<0>", one_line(str(value)))
    return _START.sub(lambda start: f"{start[1]}\\{start[2]}" if start[1] else f"\\{start[3]}", escaped)


def link(words: object, address: str | None) -> Markdown:
    r"""Words that lead to an address; only the words where there is none, or it is no web address.

    >>> link("EU [site]", "https://europa.eu/a b")
    '[EU \\[site\\]](<https://europa.eu/a%20b>)'
    """
    if not address or not address.startswith(("http://", "https://")):
        return Markdown(text(words))
    from urllib.parse import quote

    return Markdown(f"[{text(words)}](<{quote(address, safe=_ADDRESS)}>)")


# What may stand in an address as it is: reserved characters, and % because addresses are encoded already.
_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"


def table(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Markdown:
    r"""A Markdown table; a column whose values are all numbers, or counts such as "3 of 5", stands to the right.

    >>> print(table(["what", "n"], [["a|b", 3]]))
    | what | n |
    | --- | ---: |
    | a\|b | 3 |
    """
    cells = [[text(value) for value in row] for row in rows]
    marks = ["---:" if cells and all(_NUMBER.match(row[at]) for row in cells) else "---" for at in range(len(heads))]
    lines = [[text(head) for head in heads], marks, *cells]
    return Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


_NUMBER = re.compile(r"^(\d[\d.]*( of \d+)?( \((\\[<>])?\d+%\))?|no data|)$")


def write(answer: Table, layout: Layout) -> str:
    """An answer's rows as a Markdown table, with its notes and footnotes below it."""
    notes = footnotes(answer)
    rows: list[list[object]] = []
    for row, mark in zip(answer.terms, notes.marks, strict=True):
        cells: list[object] = [shown_in_line(term, answer.language, layout.ids) for term in row]
        if mark and cells:
            cells[-1] = Markdown(f"{text(cells[-1])} {text(mark)}".strip())
        rows.append(cells)
    heads = answer.columns if layout.headers else [""] * len(answer.columns)
    below = [text(note) for note in answer.notes]
    below += [_footnote(number, source) for number, source in enumerate(notes.sources, 1)]
    below += [text(remark) for remark in notes.remarks]
    return f"{table(heads, rows)}\n" + "".join(f"\n{line}\n" for line in below)


def _footnote(number: int, source: Source) -> Markdown:
    section, rest = details(source)
    address = link(source.address, source.address) if source.address else ""
    words = ", ".join(part for part in (text(name_of(source)), text(section), address) if part)
    separator = " " if rest.startswith("(") else ", "
    return Markdown(f"{text(f'[{number}]')} {words}" + (f"{separator}{text(rest)}" if rest else ""))
