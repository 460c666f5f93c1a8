"""Saved questions as `bikgraph questions` tells them: a table of all, the description of one as text or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from bikgraph import RequestError
from bikgraph.plain_text import visible
from bikgraph.questions import TYPES, Meanings, Parameter, Question, meaning_of
from bikgraph.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store

_COLUMNS = ["name", "question", "summary", "parameters", "columns"]


def catalogue(questions: Iterable[Question]) -> Table:
    """A row for each question: name, question, summary, and its parameters and columns, divided by spaces."""
    rows = [
        (
            question.name,
            question.question,
            question.summary,
            " ".join(question.parameters),
            " ".join(question.columns),
        )
        for question in questions
    ]
    return Table(_COLUMNS, [[Literal(text) for text in row] for row in rows], name="questions")


def description(question: Question, store: Store | None, format: str, meanings: Meanings) -> str:
    """What a question asks, takes and gives, as `text` or `json`; with the values that `store` knows, if it is given.

    `meanings` say what its columns hold.
    Raises RequestError for another format.
    """
    if format == "json":
        return json.dumps(_as_data(question, store, meanings), ensure_ascii=False, indent=2) + "\n"
    if format == "text":
        return _as_text(question, store, meanings)
    raise RequestError(f"The description of one question is text or json, not {format}; the list of all is rows.")


def takes_in_words(parameter: Parameter) -> str:
    """What a parameter takes, in words."""
    takes = TYPES[parameter.type].takes
    several = "; several are joined by commas" + (", all of them are all" if TYPES[parameter.type].cls else "")
    return f"{takes}{several}" if parameter.several else takes


def _accepted(parameter: Parameter, store: Store | None) -> list[str]:
    return list(TYPES[parameter.type].accepted(store)) if store is not None else []


def _as_data(question: Question, store: Store | None, meanings: Meanings) -> dict[str, Any]:
    return {
        "name": question.name,
        "question": question.question,
        "summary": question.summary,
        "description": question.description,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "several": parameter.several,
                "takes": takes_in_words(parameter),
                "accepts": _accepted(parameter, store),
            }
            for parameter in question.parameters.values()
        ],
        "defaultEdition": question.default_edition,
        "columns": question.columns,
        "meanings": {column: meaning_of(meanings, question.name, column).text for column in question.columns},
    }


def _as_text(question: Question, store: Store | None, meanings: Meanings) -> str:
    lines = [question.question, *([question.description] if question.description else []), "", "Parameters:"]
    for parameter in question.parameters.values():
        needed = " (required)" if parameter.required else ""
        lines.append(f"  --{parameter.name:10} {takes_in_words(parameter)}{needed}")
        values = _accepted(parameter, store)
        if values:
            lines.append(f"  {'':12} {_listed(values)}")
    default = {
        "latest": "the one in which most of the countries asked for have such records, of equals the latest",
        "all": "every record",
        "none": "none",
    }[question.default_edition]
    lines += [
        "",
        f"Edition, if not given: {default}.",
        f"Columns: {', '.join(question.columns)}",
        *_meanings(question, meanings),
        "",
        f"bikgraph ask {question.name} "
        + " ".join(f"--{p.name} …" for p in question.parameters.values() if p.required),
    ]
    return visible("\n".join(line.rstrip() for line in lines)) + "\n"


def _meanings(question: Question, meanings: Meanings) -> list[str]:
    # A column of names goes without saying.
    columns = [column for column in question.columns if not column.endswith("Label")]
    told = {column: meaning_of(meanings, question.name, column).text for column in columns}
    wide = max(map(len, columns), default=0)
    return [f"  {column:{wide}}  {text}" for column, text in told.items() if text]


def _listed(values: list[str], most: int = 12) -> str:
    return ", ".join(values[:most]) + (f", … ({len(values)} in all)" if len(values) > most else "")
