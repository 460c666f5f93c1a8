"""A saved question as one SPARQL query with its labels, for other people's editors and servers.

The question's own SELECT stays whole, as a sub-select without the source and the order; labels are joined to its rows,
and the rows are put in order outside. What a row lacks has no label: a label of an unbound variable would be every
label that there is. Lines of parameters that are not given are left out, for to some engines UNDEF joins with nothing.
Comments at the top say what it asks, with which parameters, and of which graph.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bikgraph.errors import RequestError
from bikgraph.namespaces import GRAPH, LABEL, PREFIXES
from bikgraph.query_files import without_unfilled
from bikgraph.questions.binding import Bound, columns_of, fill
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


def standalone_query(question: Question, bound: Bound, language: str = "en") -> str:
    """The question's query with a column for each of its columns, labels in `language`, else in English, else in any.

    It gives the rows that `ask` gives for what the question is `bound` to (`binding.bind`), in the same order, except
    that a property is its whole IRI in the columns `relation` and `predicate`, and a set of links in `graph`. Raises
    RequestError for a language that is no tag such as `fr` or `de-at`.
    """
    if not _TAG.fullmatch(language):
        raise RequestError(f"{quoted(language)} is no language tag. Expected one such as fr or de-at.")
    columns = columns_of(question, bound)
    parts = _parts(without_unfilled(fill(question, bound)))
    if SOURCE not in columns:
        # The same row with another source is no other row.
        parts = parts._replace(order=[key for key in parts.order if key != f"?{SOURCE}"])
    labels = [column for column in columns if column.endswith("Label") and column not in parts.projected]
    nodes = {column: label_variable(column, parts.projected) for column in labels}
    ordered = dict.fromkeys(name for key in parts.order for name in re.findall(r"\?(\w+)", key))
    inner = dict.fromkeys([*(c for c in columns if c not in nodes), *nodes.values(), *ordered])
    prologue, label_property = _with_rdfs(parts.prologue) if labels else (parts.prologue, "")
    lines = [
        *(f"# {' '.join(comment.split())}" for comment in _comments(question, bound, language, labelled=bool(labels))),
        "",
        prologue,
        "",
        f"SELECT {' '.join(f'?{column}' for column in columns)}",
        "WHERE {",
        "  {",
        f"    SELECT DISTINCT {' '.join(f'?{name}' for name in inner)}",
        f"    WHERE {{{_indented(parts.where)}}}",
        "  }",
        *(line for column, node in nodes.items() for line in _label(column, node, label_property, language)),
        "}",
        *([f"ORDER BY {' '.join(parts.order)}"] if parts.order else []),
    ]
    return "\n".join(lines) + "\n"


def _comments(question: Question, bound: Bound, language: str, *, labelled: bool) -> list[str]:
    """What a reader of the query alone has to know: what it asks, how it was made, what was chosen, and of what."""
    given = [f"--{name}={value}" for name, value in bound.given.items()]
    comments = [
        question.question,
        f"Made by: bikgraph {shlex.join(['questions', question.name, '--sparql', *given, '--lang', language])}",
    ]
    if bound.holdings is not None and bound.holdings.editions:
        chosen = bound.holdings.editions[0]
        comments.append(
            f"Edition: {chosen.year}, in which most of these countries have records; --edition names another."
        )
    if labelled:
        comments.append(f"Labels: in {', else in '.join(_tags(language))}, else in the first language that there is.")
    # On a server that keeps graphs apart, the merge stands in a graph of its own.
    comments.append(f"Ask the release's default graph; on a server, with {GRAPH}all as default graph.")
    if re.search(r"\bGRAPH\b", question.sparql):
        comments.append(f"It reads named graphs too: those of links, {GRAPH}links-….")
    return comments


def _with_rdfs(prologue: str) -> tuple[str, str]:
    """The prologue with the prefix of `rdfs:label`, and that property as the query writes it."""
    declared = f"PREFIX rdfs: <{PREFIXES['rdfs']}>"
    if declared in prologue:
        return prologue, "rdfs:label"
    if re.search(r"^PREFIX rdfs:", prologue, re.MULTILINE):  # some other namespace
        return prologue, f"<{LABEL}>"
    return f"{prologue}\n{declared}".lstrip(), "rdfs:label"


def _tags(language: str) -> list[str]:
    """The languages that a label is looked for in: the one wanted, it without its region, and English."""
    wanted = language.lower()
    return list(dict.fromkeys([wanted, wanted.split("-")[0], "en"]))


def _label(column: str, node: str, label_property: str, language: str) -> list[str]:
    """The lines that bind `column` to the label of `node`, by the rule of `lookup.label_of`."""
    named = f"?{column}_of"
    lines = [f"  BIND (COALESCE(?{node}, <urn:nothing>) AS {named})"]
    options = []
    for tag in _tags(language):
        option = f"?{column}_{tag.replace('-', '_')}"
        options.append(option)
        lines.append(f'  OPTIONAL {{ {named} {label_property} {option} . FILTER (LANG({option}) = "{tag}") }}')
    first, other = f"?{column}_first", f"?{column}_other"
    lines += [
        "  OPTIONAL {",
        f"    {named} {label_property} {first} .",
        f"    FILTER NOT EXISTS {{ {named} {label_property} {other} . FILTER (LANG({other}) < LANG({first})) }}",
        "  }",
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
