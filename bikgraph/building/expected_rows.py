"""Whether the questions of a project give as many rows of its data as their headers expect, within a time limit."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Store

from bikgraph.building.graph_result import GraphResult
from bikgraph.findings import Finding
from bikgraph.namespaces import GRAPH, INFERRED
from bikgraph.project import Project, package_root
from bikgraph.questions import Question, load_all, unmet
from bikgraph.release.store import load

# Seconds for all entries of one question; a question that people ask takes milliseconds.
TIME_LIMIT = 10.0


def unmet_expectations(project: Project, results: Sequence[GraphResult]) -> Iterator[Finding]:
    """The entries of `expect` that the data of `results`, with their triples, do not meet.

    Only questions of the project's own are judged: the numbers of those that bikgraph brings along are of its own data.
    """
    files = {name: path for name, path in project.question_files().items() if _is_own(project, path)}
    questions = load_all(project).questions
    asked = [name for name in files if name in questions and questions[name].expect]
    if not asked:
        return
    store = _store(results)
    for name in asked:
        yield from _limited(store, questions[name], project.name_of(files[name]))


def _is_own(project: Project, path: Path) -> bool:
    if project.root == package_root():
        return True
    brought = package_root() / "queries" / path.name
    return path.is_relative_to(project.root) and not (brought.is_file() and brought.read_bytes() == path.read_bytes())


def _store(results: Sequence[GraphResult]) -> Store:
    """The data as a release would hold them: named graphs, and their merge."""
    store = Store()
    for result in results:
        for name, lines in ((result.graph, result.told), (result.graph + INFERRED, result.inferred)):
            if lines:
                load(store, lines.replace(b" .\n", f" <{GRAPH}{name}> .\n".encode()))
    return store


def _limited(store: Store, question: Question, file: str) -> list[Finding]:
    """The unmet expectations of one question; a process of its own, which can be ended, asks the store."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return unmet(store, question, file)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send_unmet, args=(theirs, store, question, file), daemon=True)
    process.start()
    theirs.close()
    try:
        if ours.poll(TIME_LIMIT):
            findings: list[Finding] = ours.recv()
            return findings
    except EOFError:
        pass  # the process ended without a word: out of memory, which is no end either
    finally:
        process.kill()
        process.join()
        ours.close()
    message = (
        f"What this question expects was not found within {TIME_LIMIT:g} seconds: it may never end. "
        "Begin it at what is asked for (a country, a body); join no two patterns without a variable that they share."
    )
    return [Finding(file, 1, 1, "error", "question-too-slow", message)]


def _send_unmet(connection: Connection, store: Store, question: Question, file: str) -> None:
    connection.send(unmet(store, question, file))
