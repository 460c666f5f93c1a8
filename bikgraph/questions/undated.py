"""What a question leaves out because nobody said when it was: rows without a year are no rows of another year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bikgraph.questions.binding import Bound
from bikgraph.questions.memory import Memory
from bikgraph.questions.rows import rows_for

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question


def left_out(
    store: Store, question: Question, bound: Bound, memory: Memory, find: Callable[[str], Question | None]
) -> list[str]:
    """The sentence that says how many rows without a year are left out, with the command that shows them; else none.

    The header's `undated` names the question that has these rows: itself, if years are left out only where some are
    asked for.
    """
    years = {parameter.name for parameter in question.parameters.values() if parameter.type == "year"}
    if not question.undated or (question.undated == question.name and years.isdisjoint(bound.given)):
        return []
    whole = question if question.undated == question.name else find(question.undated)
    if whole is None or "year" not in whole.columns:
        return []
    given = {name: text for name, text in bound.given.items() if name not in years and name in whole.parameters}
    table = rows_for(store, whole, given, memory)
    at = table.columns.index("year")
    number = sum(row[at] is None for row in table.terms)
    if not number:
        return []
    rows = "1 row has no year and is" if number == 1 else f"{number} rows have no year and are"
    return [f"{rows} left out; with them: {whole.command(given)}"]
