"""The fields that records of a class may have, read off the property shapes of that class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from bikgraph.lookup import Node, Term, triples, value, values
from bikgraph.namespaces import BIK, RDF, SH, XSD
from bikgraph.vocabulary.terms import Field
from bikgraph.vocabulary.terms import Term as ContextTerm

if TYPE_CHECKING:
    from pyoxigraph import Store

# Written by the program beside bik:actor, never by an editor.
_WRITTEN_BY_PROGRAM = frozenset(BIK + name for name in ("coordinator", "leadActor", "complementaryActor"))


def fields_of_shapes(
    shapes: Store, by_iri: Mapping[str, ContextTerm], ranges: Mapping[str, str]
) -> dict[str, dict[str, Field]]:
    """The fields by class IRI and key; `by_iri` has the context's terms, `ranges` the told range of each property."""
    fields: dict[str, dict[str, Field]] = defaultdict(dict)
    for owner, _, shape in triples(shapes, None, SH + "property"):
        target = target_of(shapes, owner)
        path = _one(shapes, shape, "path")
        if not target or path is None or path in _WRITTEN_BY_PROGRAM or path not in by_iri:
            continue
        field = fields[target].setdefault(by_iri[path].key, Field(by_iri[path]))
        _constrain(shapes, shape, field)
        if not field.classes and path in ranges and not ranges[path].startswith(XSD):
            field.classes.append(ranges[path])
    return fields


def target_of(shapes: Store, shape: Node) -> str:
    """The IRI of the class that a shape is about; empty if it has no such target."""
    return _one(shapes, shape, "targetClass") or ""


def members(store: Store, head: Term) -> list[Term]:
    """The members of an RDF list."""
    listed: list[Term] = []
    while head.value != RDF + "nil":
        first, rest = (
            None if isinstance(head, Literal) else value(store, head, RDF + part) for part in ("first", "rest")
        )
        if first is None or rest is None:
            break  # a broken list: what it lists so far
        listed.append(first)
        head = rest
    return listed


def _constrain(shapes: Store, shape: Term, field: Field) -> None:
    """Take over what one property shape says of a field."""
    qualified = None if isinstance(shape, Literal) else value(shapes, shape, SH + "qualifiedValueShape")
    for node in (shape, qualified):
        if node is not None and (cls := _one(shapes, node, "class")):
            field.classes.append(cls)
            field.is_shared |= node == qualified
    if qualified is not None and not isinstance(qualified, Literal):
        for head in values(shapes, qualified, SH + "languageIn"):
            field.languages = [item.value for item in members(shapes, head)]
    field.unique_language |= _one(shapes, shape, "uniqueLang") == "true"
    minimum = _one(shapes, shape, "minCount") or _one(shapes, shape, "qualifiedMinCount")
    field.required |= minimum not in (None, "0")
    field.single |= (_one(shapes, shape, "maxCount") or _one(shapes, shape, "qualifiedMaxCount")) == "1"
    field.pattern = _one(shapes, shape, "pattern") or field.pattern
    field.minimum = _integer(_one(shapes, shape, "minInclusive"), field.minimum)
    field.maximum = _integer(_one(shapes, shape, "maxInclusive"), field.maximum)
    field.is_for_check |= not isinstance(shape, Literal) and value(shapes, shape, BIK + "forCheckOnly") is not None
    field.longest = _integer(_one(shapes, shape, "maxLength"), field.longest)
    field.message = _one(shapes, shape, "message") or field.message


def _one(shapes: Store, shape: Term, name: str) -> str | None:
    if isinstance(shape, Literal):
        return None
    found = value(shapes, shape, SH + name)
    return None if found is None else found.value


def _integer(text: str | None, default: int | None) -> int | None:
    return default if text is None else int(text)
