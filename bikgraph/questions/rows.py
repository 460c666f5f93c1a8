"""The rows of a question: its filled query runs, and labels and sources are added.

The query gives IRIs and codes; labels are added here, by one rule, ten times cheaper than in SPARQL
(docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions

from bikgraph.namespaces import GRAPH, curie
from bikgraph.questions.binding import Bound, fill
from bikgraph.questions.memory import Memory
from bikgraph.tables.table import Source, Table

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

SOURCE = "source"
_CURIE_COLUMNS = ("relation", "predicate")
# What runs a SELECT query: the store itself, or a process with a time limit.
RunQuery = Callable[[str], QuerySolutions]


def run(
    store: Store,
    question: Question,
    bound: Bound,
    columns: list[str],
    language: str,
    run_query: RunQuery | None = None,
    memory: Memory | None = None,
) -> Table:
    """Run the filled query and add labels; rows that differ only in their source are one row, with all its sources."""
    memory = memory or Memory(store)
    query = fill(question, bound)
    found = run_query(query) if run_query is not None else cast("QuerySolutions", store.query(query))
    variables = {variable.value for variable in found.variables}
    rows: dict[tuple[Any, ...], dict[NamedNode, None]] = {}
    for solution in found:
        row: list[Any] = []
        for column in columns:
            if column in variables:
                row.append(_shown(column, solution[column]))
                continue
            node = solution[label_variable(column, variables)]
            row.append(memory.label(node, language) if isinstance(node, NamedNode) else None)
        sources = rows.setdefault(tuple(row), {})
        if SOURCE in variables and isinstance(source := solution[SOURCE], NamedNode):
            sources[source] = None
    table = Table(columns, list(rows), language, question.name)
    table.sources = _credited(memory, list(rows.values()), language)
    return table


def _credited(memory: Memory, rows: Sequence[Iterable[NamedNode]], language: str) -> list[list[Source]]:
    """The sources of each row; the only one of a row is told to be it."""
    credited = []
    for nodes in rows:
        sources = [memory.source(node, language) for node in nodes]
        if len(sources) == 1:
            sources = [sources[0]._replace(flags=(*sources[0].flags, "only-source"))]
        credited.append(sources)
    return credited


def label_variable(column: str, variables: Container[str]) -> str:
    """The variable whose thing a label column names: `?answerNode`, if there is one, for a column `answer` of codes."""
    name = column.removesuffix("Label")
    return f"{name}Node" if f"{name}Node" in variables else name


def _shown(column: str, term: Any) -> Any:
    if isinstance(term, NamedNode):
        if column in _CURIE_COLUMNS:
            return Literal(curie(term.value))
        if column == "graph":
            return Literal(term.value.removeprefix(GRAPH).removeprefix("links-"))
    return term
