"""All that is known about a thing, in and out: each statement with its source and whether it was told or inferred."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Store

from bikgraph.lookup import Node, Term, label_of, name_of, show, triples, values
from bikgraph.namespaces import BIK, INFERRED, LABEL, OWL, curie
from bikgraph.plain_text import one_line
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ["direction", "relation", "other", "otherLabel", "told", "source"]
_NAMES = (curie(LABEL), "skos:altLabel")


def describe(store: Store, node: NamedNode, language: str = "en") -> Table:
    """Every statement with `node` as subject (`out`) or object (`in`): COLUMNS, ordered by direction and relation.

    `told` is true if some source states it, false if it was inferred; `source` is that of the statement's subject.
    """
    rows: dict[tuple[Any, ...], None] = {}
    for direction, subject, predicate, obj in _statements(store, node):
        if predicate.value.startswith(OWL + "annotated"):
            continue  # the link's justification repeats the link itself
        other = obj if direction == "out" else subject
        label = label_of(store, other, language) if isinstance(other, NamedNode) else None
        told = Literal(_is_told(store, subject, predicate, obj))
        for source in (*values(store, subject, BIK + "source"),) or (None,):
            rows[Literal(direction), Literal(curie(predicate.value)), other, label, told, source] = None
    ordered = sorted(
        rows, key=lambda row: (row[0].value != "out", row[4].value != "true", row[1].value, str(row[2]), str(row[5]))
    )
    return Table(COLUMNS, ordered, language, "show")


def as_text(store: Store, node: NamedNode, language: str = "en") -> str:
    """The description as text for a terminal; hidden characters are shown."""
    table = describe(store, node, language)
    lines = [f"{one_line(name_of(store, node, language))}  <{one_line(node.value)}>"]
    headings = {
        ("out", "true"): "Told",
        ("out", "false"): "Inferred",
        ("in", "true"): "Told of it by others",
        ("in", "false"): "Inferred of it by others",
    }
    for key, group in groupby(table.terms, key=lambda row: (row[0].value, row[4].value)):
        lines += ["", headings[key]]
        for statement, rows in groupby(group, key=lambda row: row[1:4]):
            relation, other, label = statement
            sources = ", ".join(show(row[5].value) for row in rows if row[5] is not None)
            lines.append(
                f"  {one_line(relation.value):24} {one_line(_other(other, label, relation.value))}"
                + (f"  [{one_line(sources)}]" if sources and relation.value != "bik:source" else "")
            )
    return "\n".join(lines) + "\n"


def _statements(store: Store, node: NamedNode) -> Iterator[tuple[str, Node, NamedNode, Term]]:
    for statement in triples(store, node):
        yield "out", *statement
    for statement in triples(store, None, None, node):
        yield "in", *statement


def _is_told(store: Store, subject: Node, predicate: NamedNode, obj: Term) -> bool:
    graphs = (quad.graph_name for quad in store.quads_for_pattern(subject, predicate, obj, None))
    return any(isinstance(graph, NamedNode) and not graph.value.endswith(INFERRED) for graph in graphs)


def _other(other: Term, label: Literal | None, relation: str) -> str:
    if isinstance(other, Literal):
        return f"{other.value} @{other.language}" if other.language and relation in _NAMES else other.value
    name = show(other.value)
    return f"{label.value} ({name})" if label is not None and label.value != name else name
