"""One RDF term of a table: as people read it, as plain text, and as a value of Python."""

from __future__ import annotations

import datetime
import math
from typing import Any
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode

from bikgraph.lookup import Term, show
from bikgraph.namespaces import XSD
from bikgraph.plain_text import one_line, visible

_WHOLE_NUMBERS = {
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "gYear",
    )
}  # fmt: skip
_NUMBERS = {XSD + name for name in ("decimal", "double", "float")}
_DATE = XSD + "date"
# short: the slugs that people read; full: whole IRIs; none: neither, where a label stands beside them.
Ids = OneOf["short", "full", "none"]


def shown(term: Term | None, language: str = "en", ids: Ids | None = "short") -> str:
    """A term as people read it, hidden characters shown: a text, the slug of an entity, a CURIE or an IRI.

    A text in another language than `language` says in which, but where English is asked for. With `ids` full, IRIs
    stay whole.
    """
    if term is None:
        return ""
    if not isinstance(term, Literal):
        return visible(term.value if ids == "full" else show(term.value))
    other = term.language and term.language != language.lower()
    return visible(f"{term.value} ({term.language})" if other and language != "en" else term.value)


def shown_in_line(term: Term | None, language: str = "en", ids: Ids | None = "short") -> str:
    """A term as `shown`, on one line."""
    return one_line(shown(term, language, ids))


def plain(term: Term | None, ids: Ids | None = "full") -> str:
    """A term as plain text, every character as it is: an IRI, a literal's form, or a blank node's name after `_:`.

    With `ids` short, an IRI is the slug of an entity or a CURIE, if it has one.
    """
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if isinstance(term, NamedNode) and ids == "short":
        return show(term.value)
    return "" if term is None else term.value


def python_value(term: Term | None) -> Any:
    """A term as a plain Python value: `int`, `bool`, `float` or `str`, or None.

    A literal whose text is not of its datatype, which a query may give, is `str`.
    """
    if isinstance(term, Literal):
        datatype = term.datatype.value
        try:
            if datatype in _WHOLE_NUMBERS:
                return int(term.value)
            if datatype == XSD + "boolean":
                return term.value in ("true", "1")
            if datatype in _NUMBERS:
                return float(term.value)
        except ValueError:
            pass
        return term.value
    return None if term is None else term.value


def file_value(term: Term | None, ids: Ids | None = "full") -> int | float | bool | str | None:
    """A term as a value that every format with types has: as `python_value`, things as `plain`.

    Numbers that are none, NaN and the infinities, are texts as RDF spells them.
    """
    if not isinstance(term, Literal):
        return None if term is None else plain(term, ids)
    found: int | float | bool | str = python_value(term)
    return term.value if isinstance(found, float) and not math.isfinite(found) else found


def date_of(term: Term | None) -> datetime.date | None:
    """The day that a term of the datatype xsd:date is, or None for any other."""
    if isinstance(term, Literal) and term.datatype.value == _DATE:
        try:
            return datetime.date.fromisoformat(term.value)
        except ValueError:
            return None
    return None


def web_address(term: Term | None) -> str:
    """The address on the web that a term is, an IRI or a text; empty if it is none."""
    text = "" if term is None else term.value
    is_one = text.startswith(("http://", "https://")) and not any(character.isspace() for character in text)
    return text if is_one else ""
