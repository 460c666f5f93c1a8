"""A saved question as one SPARQL query with its labels, for other people's editors and servers.

The question's own SELECT stays whole, as a sub-select without the source and the order; labels are joined to its rows,
and the rows are put in order outside. What a row lacks has no label: a label of an unbound variable would be every
label that there is. Lines of parameters that are not given are left out, for to some engines UNDEF joins with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bikgraph.errors import RequestError
from bikgraph.namespaces import LABEL
from bikgraph.questions.binding import Bound, columns_of, fill
from bikgraph.questions.parameter_lines import without_unfilled
from bikgraph.questions.parameter_type import quoted
from bikgraph.questions.query_text import Token, tokens
from bikgraph.questions.question import Question
from bikgraph.questions.rows import SOURCE, label_variable

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class _Parts(NamedTuple):
    """A SELECT query in parts: its prefixes, its variables, what stands in its WHERE, and its order."""

    prologue: str
    projected: list[str]
    where: str
    order: list[str]


def standalone_query(question: Question, bound: Bound | None = None, language: str = "en") -> str:
    """The question's query with a column for each of its columns, labels in `language`, else in English, else in any.

    `bound` is what the question is asked with: it gives the rows that `ask` gives, in the same order; None leaves every
    parameter open. Raises RequestError for a language that is no tag such as `fr` or `de-at`.
    """
    if not _TAG.fullmatch(language):
        raise RequestError(f"{quoted(language)} is no language tag. Expected one such as fr or de-at.")
    bound = bound if bound is not None else Bound({}, {})
    columns = columns_of(question, bound)
    parts = _parts(without_unfilled(fill(question, bound)))
    if SOURCE not in columns:
        # The same row with another source is no other row.
        parts = parts._replace(order=[key for key in parts.order if key != f"?{SOURCE}"])
    labels = [column for column in columns if column.endswith("Label") and column not in parts.projected]
    nodes = {column: label_variable(column, parts.projected) for column in labels}
    ordered = dict.fromkeys(name for key in parts.order for name in re.findall(r"\?(\w+)", key))
    inner = dict.fromkeys([*(c for c in columns if c not in nodes), *nodes.values(), *ordered])
    lines = [
        f"# {question.question}" + "".join(f" --{name} {value}" for name, value in bound.given.items()),
        parts.prologue,
        f"SELECT {' '.join(f'?{column}' for column in columns)}",
        "WHERE {",
        "  {",
        f"    SELECT DISTINCT {' '.join(f'?{name}' for name in inner)}",
        f"    WHERE {{{_indented(parts.where)}}}",
        "  }",
        *(line for column, node in nodes.items() for line in _label(column, node, language)),
        "}",
        *([f"ORDER BY {' '.join(parts.order)}"] if parts.order else []),
    ]
    return "\n".join(line.replace("\n", " ") if line.startswith("# ") else line for line in lines if line) + "\n"


def _label(column: str, node: str, language: str) -> list[str]:
    """The lines that bind `column` to the label of `node`, by the rule of `lookup.label_of`."""
    wanted = language.lower()
    tags = list(dict.fromkeys([wanted, wanted.split("-")[0], "en"]))
    named = f"?{column}_of"
    lines = [f"  BIND (COALESCE(?{node}, <urn:nothing>) AS {named})"]
    options = []
    for tag in tags:
        option = f"?{column}_{tag.replace('-', '_')}"
        options.append(option)
        lines.append(f'  OPTIONAL {{ {named} <{LABEL}> {option} . FILTER (LANG({option}) = "{tag}") }}')
    first, other = f"?{column}_first", f"?{column}_other"
    lines += [
        f"  OPTIONAL {{ {named} <{LABEL}> {first} .",
        f"    FILTER NOT EXISTS {{ {named} <{LABEL}> {other} . FILTER (LANG({other}) < LANG({first})) }} }}",
        f"  BIND (COALESCE({', '.join([*options, first])}) AS ?{column})",
    ]
    return lines


def _parts(query: str) -> _Parts:
    """Take a SELECT query apart; its header and the comments outside WHERE are left behind."""
    starts = [0]
    for line in query.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(token: Token) -> int:
        return starts[token.place.line - 1] + token.place.column - 1

    sequence = list(tokens(query))
    select = next(at for at, token in enumerate(sequence) if token.is_word("SELECT"))
    opening = next(at for at in range(select, len(sequence)) if sequence[at].text == "{")
    depth, closing = 0, opening
    for at in range(opening, len(sequence)):
        depth += (sequence[at].text == "{") - (sequence[at].text == "}")
        if depth == 0:
            closing = at
            break
    prefixes = [
        f"PREFIX {sequence[at + 1].text} {sequence[at + 2].text}"
        for at in range(select)
        if sequence[at].is_word("PREFIX")
    ]
    projected = [token.text[1:] for token in sequence[select:opening] if token.kind == "variable"]
    where = query[offset(sequence[opening]) + 1 : offset(sequence[closing])]
    return _Parts("\n".join(prefixes), projected, where, _order(query, sequence[closing + 1 :], offset))


def _order(query: str, sequence: Sequence[Token], offset: Callable[[Token], int]) -> list[str]:
    """The keys of ORDER BY, each as its text: a variable, or a call with its brackets."""
    keys: list[str] = []
    start, depth = None, 0
    for token in sequence:
        if depth == 0 and token.is_word("ORDER", "BY"):
            continue
        if depth == 0 and token.kind == "variable":
            keys.append(token.text)
            continue
        start = offset(token) if start is None else start
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.text == ")":
            keys.append(query[start : offset(token) + 1])
            start = None
    return keys


def _indented(where: str) -> str:
    return where.replace("\n", "\n    ")
