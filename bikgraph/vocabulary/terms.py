"""What the context, the shapes and the schemes declare, one by one: terms, fields, codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bikgraph.namespaces import OWL, PREFIXES


@dataclass(frozen=True)
class Term:
    """A term of the JSON-LD context: `key` in YAML, `iri` in RDF, and how its values are written."""

    key: str
    iri: str
    is_reference: bool = False
    is_language_map: bool = False
    datatype: str | None = None


@dataclass
class Field:
    """A field that records of some class may have, as its property shapes constrain it."""

    term: Term
    classes: list[str] = field(default_factory=list)
    required: bool = False
    single: bool = False
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    longest: int | None = None
    """The most characters that a text may have."""
    message: str = ""
    unique_language: bool = False
    languages: list[str] = field(default_factory=list)
    """The languages that have to be there, each of them."""
    is_for_check: bool = False
    """Whether it is a note to those who check the data, and no statement of the graph."""
    is_shared: bool = False
    """Whether a value out of other classes may stand beside: the record is described as another class elsewhere too."""


@dataclass(frozen=True)
class Code:
    """A concept of a closed list: its IRI, notation, English label and schemes."""

    iri: str
    notation: str
    label: str
    schemes: frozenset[str] = frozenset()


def term_of(key: str, value: Any, context: dict[str, Any]) -> Term | None:
    """The term that an entry of the context declares, or None if it is a prefix or a keyword."""
    if isinstance(value, dict):
        kind = value.get("@type")
        return Term(
            key,
            _absolute(value["@id"], context),
            kind == "@id",
            value.get("@container") == "@language",
            _absolute(kind, context) if kind and kind != "@id" else None,
        )
    return None


def _absolute(name: str, context: dict[str, Any]) -> str:
    prefix, _, local = name.partition(":")
    namespace = context.get(prefix) or PREFIXES.get(prefix) or (OWL if prefix == "owl" else "")
    return f"{namespace}{local}"
