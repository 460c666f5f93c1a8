"""A Virtuoso server of one's own: started on free ports of this machine in a given folder, filled, asked, and stopped."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.questions.engines import LANG_STRING, XSD, Cell, Rows, shown

_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 2
[SPARQL]
ResultSetMaxRows = 1000000
"""
_SECONDS_TO_START = 90
_SECONDS_TO_ANSWER = 60


class Virtuoso:
    """A running server."""

    def __init__(self, folder: Path, sql_port: int, http_port: int) -> None:
        """`folder` is the one that it may read files from."""
        self._folder = folder
        self._sql_port = sql_port
        self._endpoint = f"http://127.0.0.1:{http_port}/sparql"

    def load(self, graph: str, turtle: bytes | None) -> None:
        """Put the triples of a Turtle or N-Triples text into a named graph."""
        assert turtle, f"{graph} is empty"
        path = self._folder / "load.ttl"
        path.write_bytes(turtle)
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{self._sql_port}", "dba", "dba", "ERRORS=STDOUT"],
            input=f"DB.DBA.TTLP_MT(file_to_string_output('{path}'), '', '{graph}', 0);\n",
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS_TO_START,
        )
        assert "Error" not in done.stdout, done.stdout

    def rows(self, query: str, default_graph: str, named_graphs: Sequence[str] = ()) -> Rows:
        """The rows that its SPARQL endpoint answers, in the form of `engines`."""
        form = [("query", query), ("default-graph-uri", default_graph)]
        form += [("named-graph-uri", graph) for graph in named_graphs]
        request = urllib.request.Request(  # noqa: S310 - an address of our own
            self._endpoint, urlencode(form).encode(), {"Accept": "application/sparql-results+json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS_TO_ANSWER) as response:  # noqa: S310
                answered = json.load(response)
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode("utf-8", "replace")[:1000] + "\n" + query) from error
        except TimeoutError as error:
            raise AssertionError(f"no answer within {_SECONDS_TO_ANSWER} s:\n{query}") from error
        columns = answered["head"]["vars"]
        return [
            shown(columns, [_cell(binding.get(column)) for column in columns])
            for binding in answered["results"]["bindings"]
        ]

    def answers(self) -> bool:
        """Whether its endpoint answers by now."""
        try:
            with urllib.request.urlopen(self._endpoint, timeout=_SECONDS_TO_ANSWER):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


def _cell(binding: dict[str, Any] | None) -> Cell:
    if binding is None:
        return None
    value: str = binding["value"]
    if binding["type"] == "uri":
        return value
    language = binding.get("xml:lang", "")
    datatype = binding.get("datatype", LANG_STRING if language else f"{XSD}string")
    if datatype == f"{XSD}boolean":
        # It writes truth values as 1 and 0, which XML Schema knows as the same.
        value = {"1": "true", "0": "false"}.get(value, value)
    return (value, language, datatype)


@contextmanager
def started(folder: Path) -> Iterator[Virtuoso]:
    """A server with an empty database in `folder`, which is stopped at the end."""
    sql_port, http_port = _free_ports(2)
    settings = folder / "virtuoso.ini"
    settings.write_text(_SETTINGS.format(folder=folder, sql_port=sql_port, http_port=http_port), "utf-8")
    output = folder / "output.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", str(settings)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        server = Virtuoso(folder, sql_port, http_port)
        end = time.monotonic() + _SECONDS_TO_START
        while not server.answers():
            assert process.poll() is None, output.read_text("utf-8", "replace")
            assert time.monotonic() < end, output.read_text("utf-8", "replace")
            time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_ANSWER)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
