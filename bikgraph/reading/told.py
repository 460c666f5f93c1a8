"""What a file tells and where: its statements as a JSON-LD node, each with its place, and the slugs that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bikgraph.namespaces import ID, RDF_TYPE
from bikgraph.places import Place
from bikgraph.reading import yaml_source as ys
from bikgraph.vocabulary import Field

Node = dict[str, Any]
"""A node of JSON-LD: keys of the context to values."""


class Value(NamedTuple):
    """One value of a field: its text as places have it (see `bikgraph.places`), its JSON value, and where it stands."""

    text: str
    json: Any
    place: Place


@dataclass(frozen=True)
class Reference:
    """A slug that a file refers to, to be looked up once all files are read; `classes` are what the field may name.

    `may_be_foreign` tells that it may stand in another country's register.
    """

    slug: str
    place: Place
    key: str
    classes: frozenset[str] = frozenset()
    may_be_foreign: bool = False


@dataclass
class Completed:
    """A file as a JSON-LD node without context, with where each of its statements stands.

    `places` maps (subject IRI, predicate IRI, object as text), (subject, predicate) and (subject,) to line and column;
    an object's text is its IRI, or a literal's form with `@language`, if any. `told` has the distinct statements, each
    as such a triple; `declared` maps the slugs that the file describes to their classes.
    """

    source: ys.SourceFile
    document: Node = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    declared: dict[str, set[str]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    not_doubles: set[frozenset[str]] = field(default_factory=set)
    """The pairs of slugs that editors looked at and keep apart: notes to `check`, which are not told."""

    def declare(self, slug: str, cls: str, node: ys.Node, *, minted: bool) -> None:
        """Tell that the thing `slug` is of class `cls`, at `node`; a second record of that kind is reported.

        `minted` says that the slug was made from the record's fields.
        """
        before = self.declared.get(slug)
        if before is not None and (minted or cls in before):
            first = self.places[(ID + slug,)].line
            what = "Two records say the same thing" if minted else "Two records have this id"
            remedy = "Join them into one" + ("" if minted else ", or give this one another id")
            self.source.report(node, "duplicate-record", f"{what} (first on line {first}). {remedy}.", slug)
        self.declared.setdefault(slug, set()).add(cls)
        self.tell(slug, RDF_TYPE, cls, ys.position(node))

    def add(self, data: Node, known: Field, values: list[Value]) -> None:
        """Put a field's values into the node `data`, and tell each of them."""
        if not values:
            return
        key = known.term.key
        if known.term.is_language_map:
            texts: dict[str, list[str]] = {}
            for value in values:
                language, text = value.json
                texts.setdefault(language, []).append(text)
            data[key] = {language: _one_or_all(listed) for language, listed in texts.items()}
        else:
            data[key] = _one_or_all([value.json for value in values])
        for value in values:
            self.tell(data["id"], known.term.iri, value.text, value.place)

    def tell(self, slug: str, predicate: str, text: str, place: Place) -> None:
        """Note a statement and its place; of a statement that is told twice, the first place counts."""
        subject = ID + slug
        self.places.setdefault((subject, predicate, text), place)
        self.places.setdefault((subject, predicate), place)
        self.places.setdefault((subject,), place)
        self.told.add((subject, predicate, text))


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
