"""All that is known about a thing, in and out: each statement with its source and whether it was told or inferred."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from bikgraph.lookup import label_of, show
from bikgraph.namespaces import BIK, INFERRED, LABEL, OWL, curie
from bikgraph.tables.table import Table

_DEFAULT = DefaultGraph()
_SOURCE = NamedNode(BIK + "source")
COLUMNS = ["direction", "relation", "other", "otherLabel", "told", "source"]


def describe(store: Store, node: NamedNode, language: str = "en") -> Table:
    """Every statement with `node` as subject (`out`) or object (`in`): COLUMNS, ordered by direction and relation.

    `told` is true if some source states it, false if it was inferred; `source` is that of the statement's subject.
    """
    rows: dict[tuple[Any, ...], None] = {}
    for direction, quads in (
        ("out", store.quads_for_pattern(node, None, None, _DEFAULT)),
        ("in", store.quads_for_pattern(None, None, node, _DEFAULT)),
    ):
        for quad in quads:
            if quad.predicate.value.startswith(OWL + "annotated"):
                continue  # the link's justification repeats the link itself
            other = quad.object if direction == "out" else quad.subject
            graphs = [
                g.graph_name.value
                for g in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
                if isinstance(g.graph_name, NamedNode)
            ]
            told = any(not graph.endswith(INFERRED) for graph in graphs)
            label = label_of(store, other, language) if isinstance(other, NamedNode) else None
            sources = [q.object for q in store.quads_for_pattern(quad.subject, _SOURCE, None, _DEFAULT)] or [None]
            for source in sources:
                rows[
                    (Literal(direction), Literal(curie(quad.predicate.value)), other, label, Literal(told), source)
                ] = None
    ordered = sorted(
        rows, key=lambda row: (row[0].value != "out", row[4].value != "true", row[1].value, str(row[2]), str(row[5]))
    )
    return Table(COLUMNS, ordered, language, "show")


def as_text(store: Store, node: NamedNode, language: str = "en") -> str:
    """The description as text for a terminal."""
    table = describe(store, node, language)
    title = label_of(store, node, language)
    lines = [f"{title.value if title is not None else show(node.value)}  <{node.value}>"]
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
                f"  {relation.value:24} {_value(other, label, relation.value)}"
                + (f"  [{sources}]" if sources and relation.value != "bik:source" else "")
            )
    return "\n".join(lines) + "\n"


def _value(other: Any, label: Any, relation: str) -> str:
    if isinstance(other, Literal):
        return (
            f"{other.value} @{other.language}"
            if other.language and relation in (curie(LABEL), "skos:altLabel")
            else other.value
        )
    shown = show(other.value)
    return f"{label.value} ({shown})" if label is not None and label.value != shown else shown
