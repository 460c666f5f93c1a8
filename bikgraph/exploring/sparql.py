"""Stage 6b: any SPARQL 1.1 query on a release, under a time limit that holds whatever the query does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from bikgraph.errors import ReleaseError, RequestError, TimeLimitExceeded
from bikgraph.exploring.query_guard import refuse
from bikgraph.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_TIMEOUT = 30.0
# What the operating system can wait for: 23 days.
_LONGEST = 2_000_000.0
_PLACE = re.compile(r"\b(?:at|line) (\d+):(\d+)")


def sparql(store_folder: Path, query: str, timeout: float = DEFAULT_TIMEOUT) -> Table | bool | list[Triple]:
    """The result of `query`: a table (SELECT), a truth value (ASK), or triples (CONSTRUCT, DESCRIBE).

    Raises RequestError for an update, a SERVICE clause or a syntax error, and TimeLimitExceeded after `timeout`
    seconds.
    """
    kind, payload = _run(store_folder, query, timeout)
    if kind == b"triples":
        return [quad.triple for quad in parse(payload, RdfFormat.N_TRIPLES)]
    results = parse_query_results(payload, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return bool(results)
    variables = [variable.value for variable in results.variables]
    return Table(variables, [[solution[name] for name in variables] for solution in results], name="sparql")


def select(store_folder: Path, query: str, timeout: float = DEFAULT_TIMEOUT) -> QuerySolutions:
    """The solutions of a SELECT query; else as `sparql`.

    Raises RequestError for a query of another form too.
    """
    kind, payload = _run(store_folder, query, timeout)
    if kind == b"solutions":
        return cast("QuerySolutions", parse_query_results(payload, QueryResultsFormat.JSON))
    raise RequestError("The query is no SELECT: it gives no rows.")


def too_long(timeout: float) -> str:
    """The sentence about a query that was stopped after `timeout` seconds."""
    return f"The query ran longer than {timeout:g} seconds and was stopped. Narrow it, add a LIMIT, or raise --timeout."


def _run(store_folder: Path, query: str, timeout: float) -> tuple[bytes, bytes]:
    if not isinstance(query, str):
        raise RequestError(f"A query is a text, such as 'SELECT * {{ ?s a bik:Actor }}'; not {type(query).__name__}.")
    refuse(query)
    if not timeout > 0:  # not a number is neither
        raise RequestError(f"A time limit is a number of seconds above 0, not {timeout!r}.")
    timeout = min(timeout, _LONGEST)
    request = json.dumps({"store": str(store_folder), "query": query, "seconds": timeout})
    # The worker runs this package from wherever this process found it.
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); "
        "from bikgraph.exploring.sparql_worker import main; main()"
    )
    command: Sequence[str] = [sys.executable, "-c", code]
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise TimeLimitExceeded(too_long(timeout)) from error
    kind, _, payload = done.stdout.partition(b"\n")
    if kind == b"error" and b"orruption" in payload:  # RocksDB's checksum of a block
        raise ReleaseError(f"The release is damaged ({payload.decode()}). Make it anew with: bikgraph build")
    if kind == b"error":
        raise RequestError(explain(query, payload.decode()))
    # A process that died on the way has perhaps written a part: rows that end too early would look like all.
    if done.returncode != 0 or kind not in (b"solutions", b"boolean", b"triples"):
        raise RequestError(
            f"The query ended without a result (status {done.returncode}); it may have run out of memory. "
            "Narrow it or add a LIMIT."
        )
    return kind, payload


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
