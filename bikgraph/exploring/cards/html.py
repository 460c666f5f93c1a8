"""A card as HTML for a notebook; every text is escaped, and only web addresses become links."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from bikgraph.exploring.cards.footnotes import Footnotes, cited
from bikgraph.plain_text import one_line

if TYPE_CHECKING:
    from bikgraph.exploring.cards.card import Card

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")


def as_html(card: Card) -> str:
    """The card with its rows as lists; a notebook has room, so that no more rows give way than the card counts."""
    notes = Footnotes()
    parts = [f"<h3>{_text(card.name)} <small><code>{_text(card.slug)}</code></small></h3>", f"<p>{_text(card.kind)}"]
    if card.stated:
        parts.append(f" · stated by {'one of ' if card.one_of else ''}{_text(notes.marks(card.stated))}")
    parts.append("</p>")
    if card.names:
        parts.append(f"<p>Also: {_text('; '.join(card.names))}</p>")
    for section in card.sections:
        rows = [f"{_text(row.text)} <small>{_text(notes.marks(row.sources))}</small>" for row in section.rows]
        if section.left_out:
            rows.append(_text(section.more()))
        parts.append(f"<h4>{_text(section.heading)}</h4>{_list('ul', rows)}")
    if notes.documents:
        parts.append(f"<h4>Sources</h4>{_list('ol', [_text(cited(source)) for source in notes.documents])}")
    parts.append(f"<p>{_text(card.fresh)}</p>")
    return f"<div>{''.join(parts)}</div>"


def _list(tag: str, rows: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{row}</li>' for row in rows)}</{tag}>"


def _text(text: str) -> str:
    """Text as HTML shows it, hidden characters by their code points, web addresses as links."""
    shown, end, parts = one_line(text), 0, []
    for found in _ADDRESS.finditer(shown):
        address = escape(found[0])
        parts += [escape(shown[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(shown[end:])])
