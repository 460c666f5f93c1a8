"""One RDF term of a table: as people read it, as plain text, and as a value of Python."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal

from bikgraph.lookup import Term, show
from bikgraph.namespaces import XSD
from bikgraph.plain_text import one_line, visible

_WHOLE_NUMBERS = {XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "gYear")}
_NUMBERS = {XSD + name for name in ("decimal", "double", "float")}


def shown(term: Term | None, language: str = "en") -> str:
    """A term as people read it, hidden characters shown: a text, the slug of an entity, a CURIE or an IRI.

    A text in another language than `language` says in which, but where English is asked for.
    """
    if term is None:
        return ""
    if not isinstance(term, Literal):
        return visible(show(term.value))
    other = term.language and term.language != language.lower()
    return visible(f"{term.value} ({term.language})" if other and language != "en" else term.value)


def shown_in_line(term: Term | None, language: str = "en") -> str:
    """A term as `shown`, on one line."""
    return one_line(shown(term, language))


def plain(term: Term | None) -> str:
    """A term as plain text, every character as it is: an IRI, a literal's form, or a blank node's name after `_:`."""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return "" if term is None else term.value


def python_value(term: Term | None) -> Any:
    """A term as a plain Python value: `int`, `bool`, `float` or `str`, or None."""
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype in _WHOLE_NUMBERS:
            return int(term.value)
        if datatype == XSD + "boolean":
            return term.value in ("true", "1")
        if datatype in _NUMBERS:
            return float(term.value)
        return term.value
    return None if term is None else term.value
