"""An explanation for programs: a tree of JSON objects, and a table with a row for each step and place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal

from bikgraph.lookup import Term, node_of, show, terms
from bikgraph.namespaces import curie
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from bikgraph.exploring.why import Explanation, Told

COLUMNS = [
    "step", "premiseOf", "subject", "relation", "object", "told", "file", "line", "column", "source", "rule", "axiom",
]  # fmt: skip


def as_table(explanation: Explanation) -> Table:
    """The steps of a proof: COLUMNS.

    Step 1 is the triple itself; `premiseOf` is the number of the step that follows from this one. `told` is true where
    a file states the step, with a row for each place and source, else false with the rule and the axiom.
    """
    rows: list[tuple[Term | None, ...]] = []
    _add(explanation, None, rows, [0])
    return Table(COLUMNS, rows, name="why")


def _add(explanation: Explanation, above: int | None, rows: list[tuple[Term | None, ...]], last: list[int]) -> None:
    last[0] += 1
    step = last[0]
    subject, predicate, obj = terms(explanation.triple)
    head = (
        Literal(step),
        None if above is None else Literal(above),
        subject,
        Literal(curie(predicate.value)),
        obj,
        Literal(not explanation.rule),
    )
    reasons = _text(explanation.rule), _text(explanation.axiom)
    if not explanation.places:
        rows.append((*head, None, None, None, None, *reasons))
    for place in explanation.places:
        where = Literal(place.file), Literal(place.line), Literal(place.column)
        rows += [(*head, *where, node_of(source), *reasons) for source in place.sources]
        if not place.sources:
            rows.append((*head, *where, None, *reasons))
    for premise in explanation.premises:
        _add(premise, step, rows, last)


def as_json(explanation: Explanation, *, whole_iris: bool = True) -> str:
    """The proof as a tree: each triple with the places that tell it, or its rule, its axiom and its premises."""
    return json.dumps(_tree(explanation, whole_iris), ensure_ascii=False, indent=2) + "\n"


def _tree(explanation: Explanation, whole_iris: bool) -> dict[str, Any]:
    subject, predicate, obj = terms(explanation.triple)
    tree: dict[str, Any] = {
        "subject": _name(subject, whole_iris),
        "predicate": _name(predicate, whole_iris),
        "object": _name(obj, whole_iris),
        "told": not explanation.rule,
    }
    if isinstance(obj, Literal):
        tree |= {"language": obj.language} if obj.language else {"datatype": _name(obj.datatype, whole_iris)}
    if explanation.rule:
        premises = [_tree(premise, whole_iris) for premise in explanation.premises]
        return tree | {"rule": explanation.rule, "axiom": explanation.axiom or None, "premises": premises}
    return tree | {"places": [_place(place, whole_iris) for place in explanation.places]}


def _place(place: Told, whole_iris: bool) -> dict[str, Any]:
    nodes = [node_of(source) for source in place.sources]
    sources = [_name(node, whole_iris) for node in nodes if node is not None]
    return {"file": place.file, "line": place.line, "column": place.column, "sources": sources}


def _name(term: Term, whole_iris: bool) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if whole_iris or isinstance(term, Literal) else show(term.value)


def _text(words: str) -> Literal | None:
    return Literal(words) if words else None
