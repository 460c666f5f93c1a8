"""What may be run on a release: a query that only reads it, and asks no other server."""

from __future__ import annotations

from bikgraph.errors import RequestError
from bikgraph.questions.query_text import Unreadable, is_update, service_clause, tokens


def refuse(query: str) -> None:
    """Raise RequestError for what is no read-only query of this graph: nothing, an update, or a call to another server.

    It is decided on the query as it is parsed, not on its letters: a variable, a name, a comment or a string may have
    any word. A query that has the word SERVICE and cannot be parsed here, though Oxigraph might, is refused. FROM and
    FROM NAMED need no refusal: they name graphs of the release, and Oxigraph fetches none.
    """
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise RequestError(f"The query is not valid Unicode at character {error.start + 1}.") from error
    if next(tokens(query), None) is None:
        raise RequestError("The query is empty. Give one as an argument, with --file, or on standard input.")
    if is_update(query):
        raise RequestError(
            "This is an update, and a release is read-only. Change the data in data/ and run: bikgraph build"
        )
    try:
        clause = service_clause(query)
    except Unreadable as error:
        where = f" (line {error.token.place.line}, column {error.token.place.column})" if error.token else ""
        raise RequestError(
            f"The query has the word SERVICE{where}, and it cannot be told whether it asks another server: "
            f"as SPARQL 1.1 it cannot be read ({error}). Mend that, or write another word."
        ) from error
    if clause is not None:
        raise RequestError(
            f"SERVICE in line {clause.place.line}, column {clause.place.column} asks another server, which is "
            "not allowed here. Export the graph and federate it on your own endpoint."
        )
