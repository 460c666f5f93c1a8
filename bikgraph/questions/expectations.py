"""Whether a question gives as many rows as its header expects (`expect`), asked of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.errors import RequestError, TimeLimitExceeded
from bikgraph.findings import Finding
from bikgraph.places import START
from bikgraph.questions.binding import bind
from bikgraph.questions.question_file import placed_header
from bikgraph.questions.rows import RunQuery, run

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question


def unmet(store: Store, question: Question, file: str, run_query: RunQuery | None = None) -> list[Finding]:
    """The entries of `expect` that the store does not meet: another number of rows, a value that means nothing, no end.

    `file` is what messages call the question's file. `run_query` runs a query elsewhere, so that one without end can be
    stopped; it raises TimeLimitExceeded then. Rows are counted once each, without the column `source` unless the
    question has it.
    """
    findings = []
    places = placed_header(question.sparql) if question.expect else None
    for index, entry in enumerate(question.expect):
        given = {name: str(value) for name, value in entry["params"].items()}
        try:
            bound = bind(store, question, given)
            rows = len(run(store, question, bound, question.columns, "en", run_query))
        except TimeLimitExceeded:
            message = (
                "The query took too long with these parameters. Begin it at the country; join no two without a link."
            )
            rule, value = "question-too-slow", ""
        except RequestError as error:
            message, rule, value = str(error), "question-expect", ""
        else:
            if rows == entry["rows"]:
                continue
            message = (
                f"{entry['rows']} rows are expected, and the data give {rows}. Mend the query, the data or the number."
            )
            rule, value = "question-expect", str(rows)
        at = places.place("expect", index) if places is not None else START
        findings.append(Finding(file, at.line, at.column, "error", rule, message, value))
    return findings
