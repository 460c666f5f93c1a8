"""Stage 6b: any SPARQL 1.1 query on a release, under a time limit that holds whatever the query does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results

from bikgraph.errors import RequestError, TimeLimitExceeded
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_TIMEOUT = 30.0
_UPDATE = re.compile(r"\s*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(PREFIX\s+[^\s<]*\s*<[^>]*>|BASE\s*<[^>]*>)", re.IGNORECASE)
# Comments, IRIs and strings, in which a keyword is no keyword.
_NO_KEYWORDS = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*""", re.DOTALL
)
_PLACE = re.compile(r"\b(?:at|line) (\d+):(\d+)")


def sparql(store_folder: Path, query: str, timeout: float = DEFAULT_TIMEOUT) -> Table | bool | list[Triple]:
    """The result of `query`: a table (SELECT), a truth value (ASK), or triples (CONSTRUCT, DESCRIBE).

    Raises RequestError for an update, a SERVICE clause or a syntax error, and TimeLimitExceeded after `timeout` seconds.
    """
    refuse(query)
    request = json.dumps({"store": str(store_folder), "query": query, "seconds": timeout})
    # The worker runs this package from wherever this process found it.
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); from bikgraph.exploring.sparql_worker import main; main()"
    command: Sequence[str] = [sys.executable, "-c", code]
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise TimeLimitExceeded(
            f"The query ran longer than {timeout:g} seconds and was stopped. Narrow it, add a LIMIT, or raise --timeout."
        ) from error
    kind, _, payload = done.stdout.partition(b"\n")
    if kind == b"triples":
        return [quad.triple for quad in parse(payload, RdfFormat.N_TRIPLES)]
    if kind in (b"solutions", b"boolean"):
        results: Any = parse_query_results(payload, QueryResultsFormat.JSON)
        if kind == b"boolean":
            return bool(results)
        variables = [variable.value for variable in results.variables]
        return Table(variables, [[solution[name] for name in variables] for solution in results], name="sparql")
    if kind == b"error":
        raise RequestError(explain(query, payload.decode()))
    raise RequestError(
        f"The query ended without a result (status {done.returncode}); it may have run out of memory. Narrow it or add a LIMIT."
    )


def refuse(query: str) -> None:
    """Raise RequestError for what is no read-only query of this graph: nothing, an update, or a call to another server."""
    bare = _NO_KEYWORDS.sub(
        lambda match: "<>" if match.group().startswith("<") else ('""' if not match.group().startswith("#") else " "),
        query,
    )
    if not bare.strip():
        raise RequestError("The query is empty. Give one as an argument, with --file, or on standard input.")
    while (match := _PROLOGUE.match(bare)) is not None:
        bare = bare[match.end() :]
    if _UPDATE.match(bare):
        raise RequestError(
            "This is an update, and a release is read-only. Change the data in data/ and run: bikgraph build"
        )
    if re.search(r"\bSERVICE\b", bare, re.IGNORECASE):
        raise RequestError(
            "SERVICE asks another server, which is not allowed here. Export the graph and federate it on your own endpoint."
        )


def explain(query: str, message: str) -> str:
    """A syntax error with its line and a caret under its column."""
    match = _PLACE.search(message)
    if match is None:
        return f"The query cannot be run: {message}"
    line, column = int(match.group(1)), int(match.group(2))
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1].replace("\t", " ")
    text = message.split(": ", 1)[-1]
    return f"The query has a syntax error in line {line}, column {column}: {text}\n  {shown}\n  {' ' * (column - 1)}^"
