"""The rows of a question: its filled query runs, and labels and sources are added.

The query gives IRIs and codes; labels are added here, by one rule, ten times cheaper than in SPARQL
(docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode, QuerySolutions

from bikgraph.namespaces import GRAPH, curie
from bikgraph.questions.binding import Bound, bind, columns_of, fill
from bikgraph.questions.memory import Labels, Memory
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
    places = {variable.value: at for at, variable in enumerate(found.variables)}
    labels = memory.labels(language)
    cells = [_cell(column, places, labels) for column in columns]
    source_at = places.get(SOURCE)
    rows: dict[tuple[Any, ...], dict[NamedNode, None]] = {}
    for solution in found:
        terms = tuple(solution)
        row = tuple([terms[at] if show is None else show(terms[at]) for at, show in cells])
        sources = rows.get(row)
        if sources is None:
            sources = rows[row] = {}
        if source_at is not None and isinstance(source := terms[source_at], NamedNode):
            sources[source] = None
    table = Table(columns, list(rows), language, question.name)
    table.sources = _credited(memory, list(rows.values()), language)
    return table


def rows_for(store: Store, question: Question, given: Mapping[str, str], memory: Memory) -> Table:
    """The rows of a question for parameters as people write them; else as `run`, and as `bind`."""
    bound = bind(store, question, given, memory)
    return run(store, question, bound, columns_of(question, bound), "en", memory=memory)


def _cell(column: str, places: Mapping[str, int], labels: Labels) -> tuple[int, Callable[[Any], Any] | None]:
    """Where in a solution a column's term stands, and what is shown of it if not the term itself."""
    if column in places:
        return places[column], partial(_shown, column) if column in (*_CURIE_COLUMNS, "graph") else None
    return places[label_variable(column, places)], labels.__getitem__


def _credited(memory: Memory, rows: Sequence[Iterable[NamedNode]], language: str) -> list[list[Source]]:
    """The sources of each row; the only one of a row is told to be it."""
    known: dict[NamedNode, Source] = {}
    alone: dict[NamedNode, Source] = {}
    credited = []
    for nodes in rows:
        sources = []
        for node in nodes:
            if node not in known:
                known[node] = memory.source(node, language)
                alone[node] = known[node]._replace(flags=(*known[node].flags, "only-source"))
            sources.append(known[node])
        credited.append([alone[node]] if len(sources) == 1 else sources)
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
