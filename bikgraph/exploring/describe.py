"""All that is known about a thing, in and out: each statement, who states it, and whether it was told or inferred."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from bikgraph.exploring.why import Explainer, leaves
from bikgraph.lookup import Node, Term, label_of, name_of, show, triples
from bikgraph.namespaces import LABEL, OWL, curie
from bikgraph.plain_text import one_line
from bikgraph.release.credits import Credit, credits_of
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bikgraph.release import Release

COLUMNS = ["direction", "relation", "other", "otherLabel", "told", "source", "credit", "reason"]
_NAMES = (curie(LABEL), "skos:altLabel")
# A proof takes a few milliseconds: of a thing with more inferred statements, such as a role, none is looked up.
_MOST_PROOFS = 500


def describe(store: Store, node: NamedNode, language: str = "en", release: Release | None = None) -> Table:
    """Every statement with `node` as subject (`out`) or object (`in`): COLUMNS, ordered by direction and relation.

    `told` is true if some source states it, false if it was inferred. `source` states the statement, in the way that
    `credit` says (see `bikgraph.release.credits`): a statement has a row for each of its sources. `reason` is a link
    table's. What was inferred has the sources of what it follows from, or none where they are not known for sure.
    Without the `release` of the store, what each graph is is not known, and nothing is proved.
    """
    graphs = release.graphs if release is not None else {}
    found = [row for row in _statements(store, node) if not row[2].value.startswith(OWL + "annotated")]
    told = {row: credits_of(store, graphs, Triple(*row[1:])) for row in found}
    few = sum(not credits for credits in told.values()) <= _MOST_PROOFS
    explainer = Explainer(release, store) if release is not None and few else None
    rows: dict[tuple[Any, ...], None] = {}
    for (direction, subject, predicate, obj), credits in told.items():
        other = obj if direction == "out" else subject
        label = label_of(store, other, language) if isinstance(other, NamedNode) else None
        head = (Literal(direction), Literal(curie(predicate.value)), other, label, Literal(bool(credits)))
        for credit in credits or [inferred_credit(explainer, Triple(subject, predicate, obj))]:
            reason = Literal(credit.reason) if credit.reason else None
            for source in credit.sources or (None,):
                rows[*head, source, Literal(credit.kind), reason] = None
    ordered = sorted(
        rows,
        key=lambda row: (
            *(row[0].value != "out", row[4].value != "true", row[1].value, str(row[2])),
            *(row[6].value, str(row[5]), str(row[7])),
        ),
    )
    return Table(COLUMNS, ordered, language, "show")


def inferred_credit(explainer: Explainer | None, triple: Triple) -> Credit:
    """The sources of the told statements that an inferred one follows from.

    A statement of which one of several sources states it is no ground to name all of them: it adds none.
    """
    if explainer is None:
        return Credit("inferred")
    release, store = explainer.release, explainer.store
    grounds = [
        credit for leaf in leaves(explainer.explain(triple)) for credit in credits_of(store, release.graphs, leaf)
    ]
    sources = {source for credit in grounds if credit.kind in ("stated", "link") for source in credit.sources}
    return Credit("inferred", tuple(sorted(sources, key=str)))


def as_text(store: Store, node: NamedNode, language: str = "en", release: Release | None = None) -> str:
    """The description as text for a terminal; hidden characters are shown."""
    table = describe(store, node, language, release)
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
            credits = "; ".join(_credits(list(rows)))
            lines.append(
                f"  {one_line(relation.value):24} {one_line(_other(other, label, relation.value))}"
                + (f"  [{one_line(credits)}]" if credits else "")
            )
    return "\n".join(lines) + "\n"


def _credits(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """What stands in brackets behind a statement: a text for each kind of credit."""
    for (kind, reason), group in groupby(rows, key=lambda row: (row[6].value, row[7])):
        sources = [show(row[5].value) for row in group if row[5] is not None]
        if sources:
            told = ", ".join(sources) + (f" ({reason.value})" if reason is not None else "")
            yield {"one-of": "one of: ", "inferred": "follows from "}.get(kind, "") + told


def _statements(store: Store, node: NamedNode) -> Iterator[tuple[str, Node, NamedNode, Term]]:
    for statement in triples(store, node):
        yield "out", *statement
    for statement in triples(store, None, None, node):
        yield "in", *statement


def _other(other: Term, label: Literal | None, relation: str) -> str:
    if isinstance(other, Literal):
        return f"{other.value} @{other.language}" if other.language and relation in _NAMES else other.value
    name = show(other.value)
    return f"{label.value} ({name})" if label is not None and label.value != name else name
