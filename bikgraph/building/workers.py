"""The countries' work, spread over processes; what they share is handed to each of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from bikgraph.building.cache import Cache
from bikgraph.building.country import assemble_country, load_shared
from bikgraph.building.graph_result import GraphResult
from bikgraph.building.plan import Work
from bikgraph.building.shared import SharedGraphs
from bikgraph.errors import BikgraphError, ReleaseError
from bikgraph.findings import errors
from bikgraph.project import Project
from bikgraph.release.writer import explained

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

# Below this number of files, starting processes costs more than they save.
_FILES_WORTH_A_PROCESS = 4


def assembled(
    shared: SharedGraphs, todo: Sequence[Work], cache: Cache | None, jobs: int | None
) -> Iterator[list[GraphResult]]:
    """The results of each country's work, as they come; with a cache they are kept there, and hold no triples.

    `jobs` is the most processes to use, one a core by default. Raises what a worker raised; ReleaseError if one died.
    """
    processes = min(jobs or os.cpu_count() or 1, len(todo))
    if processes < 2 or sum(len(work.files) for work in todo) < _FILES_WORTH_A_PROCESS:
        for work in todo:
            yield assemble_and_keep(shared, work, cache)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    yield from _in_processes(context, shared if forks else None, shared, list(todo), cache, processes)


def assemble_and_keep(shared: SharedGraphs, work: Work, cache: Cache | None) -> list[GraphResult]:
    """The results of one country, new ones kept in the cache."""
    cached = {} if cache is None else {name: cache.fill(entry, work.keys[name]) for name, entry in work.cached.items()}
    results = assemble_country(shared, work.files, cached)
    for result in results:
        result.count()
        if cache is None:
            continue
        if result is not cached.get(result.graph) and not errors(result.findings):
            with explained(cache.folder.parent):
                cache.save(result, work.keys[result.graph])
        # They are on disk; sending them between processes costs memory.
        result.told = result.inferred = result.positions = b""
    return results


def _in_processes(
    context: BaseContext,
    handed: SharedGraphs | None,
    shared: SharedGraphs,
    todo: list[Work],
    cache: Cache | None,
    processes: int,
) -> Iterator[list[GraphResult]]:
    workers: dict[Connection, BaseProcess] = {}
    busy: set[Connection] = set()
    try:
        for _ in range(processes):
            ours, theirs = context.Pipe()
            arguments = (theirs, ours, handed, shared.project, shared.reasoner, cache)
            process = context.Process(target=_work_on, args=arguments, daemon=True)  # type: ignore[attr-defined]
            process.start()
            theirs.close()
            workers[ours] = process
            busy.add(ours)
            ours.send(todo.pop(0) if todo else None)
        while busy:
            for connection in [ready for ready in wait(list(busy)) if isinstance(ready, Connection)]:
                yield _received(connection, workers[connection])
                if todo:
                    connection.send(todo.pop(0))
                else:
                    busy.discard(connection)
                    connection.send(None)
    finally:
        # All pipes are closed before any worker is waited for: each worker holds copies of those made before it.
        for connection in workers:
            connection.close()
        for process in workers.values():
            if busy:  # interrupted, or something went wrong: nobody waits for what it would still find
                process.terminate()
        for process in workers.values():
            process.join()


def _received(connection: Connection, process: BaseProcess) -> list[GraphResult]:
    try:
        received = connection.recv()
    except EOFError as error:
        process.join()
        message = f"A process of the build ended early (status {process.exitcode}). Try again with: --jobs 1"
        raise ReleaseError(message) from error
    if isinstance(received, BaseException):
        raise received
    results: list[GraphResult] = received
    return results


def _work_on(
    connection: Connection,
    others: Connection,
    shared: SharedGraphs | None,
    project: Project,
    reasoner: str,
    cache: Cache | None,
) -> None:
    """The life of a worker: it gets one country after another, and sends the results, or what went wrong."""
    others.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        if shared is None:
            shared = load_shared(project, reasoner)
        while (work := connection.recv()) is not None:
            connection.send(assemble_and_keep(shared, work, cache))
    except EOFError:
        return
    except (BikgraphError, OSError, RuntimeError, ValueError, TypeError, KeyError) as error:
        with suppress(OSError):
            connection.send(error)


def _end_with_parent() -> None:
    """A worker whose parent was killed ends, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
