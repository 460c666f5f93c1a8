"""The process that runs one query and can be killed: Oxigraph has no time limit of its own in Python.

Reads a JSON request from standard input: `store` (a folder), `query`, `seconds`. Writes a line that says what comes
(`solutions`, `boolean`, `triples`, or `error` with a message), then the results as SPARQL JSON or N-Triples.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from bikgraph.namespaces import PREFIXES

# Bytes that a query may take: ordering all triples of 300 countries takes half of it, a product of all with all any.
MEMORY = 640 * 1024 * 1024


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    with suppress(ImportError):  # not on Windows
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if hard < 0 else min(MEMORY, hard), hard))
    if hasattr(signal, "alarm"):
        signal.alarm(int(request["seconds"]) + 2)  # if the parent is gone, nobody else ends a runaway query
    out = sys.stdout.buffer
    try:
        results = Store.read_only(request["store"]).query(request["query"], prefixes=PREFIXES)
        if isinstance(results, QueryTriples):
            out.write(b"triples\n")
            serialize(results, out, RdfFormat.N_TRIPLES)
        else:
            out.write(b"boolean\n" if isinstance(results, QueryBoolean) else b"solutions\n")
            results.serialize(out, QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        message = error.msg if isinstance(error, SyntaxError) and error.msg else str(error)
        out.write(b"error\n" + message.encode())
    out.flush()


if __name__ == "__main__":
    main()
