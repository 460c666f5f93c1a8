"""Asking a saved question: what is given becomes terms, the query runs, and the answer says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bikgraph.questions.binding import Bound, bind, columns_of
from bikgraph.questions.memory import Memory
from bikgraph.questions.notes import notes
from bikgraph.questions.rows import RunQuery, run

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.column_meanings import Meanings
    from bikgraph.questions.question import Question
    from bikgraph.tables.about import About
    from bikgraph.tables.table import Table


def ask(
    store: Store,
    question: Question,
    given: Mapping[str, str],
    language: str = "en",
    *,
    sources: bool = False,
    run_query: RunQuery | None = None,
    memory: Memory | None = None,
    find: Callable[[str], Question | None] | None = None,
    meanings: Callable[[], Meanings] | None = None,
) -> Table:
    """The question's rows for the parameters `given`, as people write them.

    With `sources` the table tells the sources of each row. `run_query` runs the filled query elsewhere than in `store`,
    and may raise when it takes too long. `memory` is what was looked up of the store before; `find` gives another
    question by its name, for a table without rows offers some. `meanings` reads what columns mean, when somebody wants
    to know what the table is about. Raises RequestError for an unknown parameter, a value that means nothing, or one
    that is missing.
    """
    memory = memory or Memory(store)
    bound = bind(store, question, given, memory)
    table = run(store, question, bound, columns_of(question, bound), language, run_query, memory)
    table.shows_sources = sources
    table.tell_about(lambda: _about(store, question, bound, table, meanings))
    find = find or (lambda _: None)
    if table.terms:
        table.notes = notes(store, question, bound, table, memory)
    else:
        from bikgraph.questions.no_rows import why_none  # most questions have rows, and start without it

        table.notes = why_none(store, question, bound, memory, find, language)
    if question.undated:
        from bikgraph.questions.undated import left_out

        table.notes += left_out(store, question, bound, memory, find)
    return table


def _about(
    store: Store, question: Question, bound: Bound, table: Table, meanings: Callable[[], Meanings] | None
) -> About:
    # Few tables are written where somebody reads it.
    from bikgraph.questions.about import about

    return about(store, question, bound, table, meanings or dict)
