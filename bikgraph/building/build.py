"""The build: read, validate, infer, release, for all files of a project; what did not change is not done again."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from filelock import FileLock, Timeout

from bikgraph.building.cache import Cache, code_digest, digest_of
from bikgraph.building.country import Base, GraphResult, assemble_group, to_lines
from bikgraph.errors import DataError, ReleaseError, RequestError
from bikgraph.findings import Finding, errors
from bikgraph.namespaces import BIK, INFERRED
from bikgraph.nearest import did_you_mean
from bikgraph.project import DataFile, Project, packed_dump
from bikgraph.questions.ask import parsed_headers
from bikgraph.questions.catalogue import describe_questions
from bikgraph.reading.sssom import graph_of, read_links
from bikgraph.release.writer import explained, write

Progress = Callable[[str, int, int], None]
# Below this number of changed files, starting processes costs more than they save.
_FILES_WORTH_A_PROCESS = 4
_base: Base | None = None


@dataclass
class Summary:
    """What a build did: `seconds` are CPU seconds by stage, summed over processes."""

    profiles: int = 0
    told: int = 0
    inferred: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    reused: int = 0
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass
class _Work:
    """One group of files with the key of each, and which of them the cache holds."""

    files: list[DataFile]
    keys: dict[str, str]
    cached: dict[str, GraphResult]

    @property
    def is_done(self) -> bool:
        declared = {slug: classes for result in self.cached.values() for slug, classes in result.declared.items()}
        return len(self.cached) == len(self.files) and all(
            slug in declared for result in self.cached.values() for slug in result.foreign
        )


def build(
    project: Project, *, reasoner: str = "rules", jobs: int | None = None, progress: Progress | None = None
) -> Summary:
    """Build and swap in the project's release; returns what was done.

    Raises DataError with all findings if the data have errors, and ReleaseError if the disk refuses; the release that
    was there before is then unchanged.
    """
    if project.is_package and packed_dump() is not None:
        raise RequestError(
            "The data that bikgraph brings along are built already. Make a project of your own with: bikgraph new DIR"
        )
    with _locked(project):
        cache = Cache(project.release / "cache")
        results, keys, summary = _results(project, cache, reasoner, jobs, progress)
        if errors(summary.findings):
            raise DataError(summary.findings)
        started = time.process_time()
        if progress:
            progress("release", 0, 1)
        members, sizes = {}, {}
        for result in sorted(results, key=lambda r: r.graph):
            for graph, path in cache.members(result.graph, keys[result.graph]).items():
                sizes[graph] = result.inferred_count if graph.endswith(INFERRED) else result.told_count
                if sizes[graph]:
                    members[graph] = path
        digest = digest_of(f"{graph} {path.parent.name}" for graph, path in members.items())
        described = {
            "summary": {
                "profiles": summary.profiles,
                "told": summary.told,
                "inferred": summary.inferred,
                "answers": summary.answers,
            },
            "questions": parsed_headers(project.question_files()),
        }
        write(project.release, members, sizes, digest, described)
        cache.keep_only(keys)
        summary.seconds["release"] = time.process_time() - started
        if progress:
            progress("release", 1, 1)
    return summary


def check(project: Project, *, jobs: int | None = None, progress: Progress | None = None) -> list[Finding]:
    """All findings in the project's data, sorted; nothing is written, and nothing is taken from earlier builds."""
    _, _, summary = _results(project, None, "rules", jobs, progress)
    return summary.findings


def _results(
    project: Project, cache: Cache | None, reasoner: str, jobs: int | None, progress: Progress | None
) -> tuple[list[GraphResult], dict[str, str], Summary]:
    files = project.data_files()
    base_key = _base_key(project, files, reasoner)
    keys: dict[str, str] = dict.fromkeys(("ontology", "schemes"), base_key)
    keys |= {file.graph: base_key for file in files if file.group == ""}
    closure_key = digest_of([code_digest(), *(path.read_bytes() for path in project.ontology_files())])
    keys["ontology-closure"] = closure_key
    works = [
        _work(list(group), base_key, cache)
        for _, group in groupby(sorted((f for f in files if f.group), key=lambda f: f.group), key=lambda f: f.group)
    ]
    for work in works:
        keys |= work.keys
    base_results = [
        found
        for graph, key in keys.items()
        if key == base_key and cache is not None and (found := cache.load(graph, key)) is not None
    ]
    todo = [work for work in works if not work.is_done]
    summary = Summary()
    if todo or len(base_results) < sum(key == base_key for key in keys.values()):
        global _base
        started = time.process_time()
        _base = _load_base(project, reasoner, cache, closure_key)
        summary.seconds["ontology"] = time.process_time() - started
        base_results = [result.count() for result in _base.results]
        for result in base_results:
            if cache is not None and not errors(result.findings):
                _save(cache, result, base_key)
    results = [*base_results, *(result for work in works if work.is_done for result in work.cached.values())]
    summary.reused = len(results) - len(base_results)
    for done, group_results in enumerate(_assembled(project, reasoner, todo, cache, jobs), 1):
        results += group_results
        if progress:
            progress("profiles", done, len(todo))
    _base = None
    declared = {slug for result in results for slug in result.declared}
    findings = [finding for result in results for finding in result.findings]
    findings += _across_files(project, results, declared, files)
    for result in _other_graphs(project, declared, findings):
        key = digest_of([code_digest(), result.told])
        keys[result.graph] = key
        if cache is not None and cache.load(result.graph, key) is None:
            _save(cache, result, key)
        results.append(result.count())
    _count(summary, results, findings)
    return results, keys, summary


def _save(cache: Cache, result: GraphResult, key: str) -> None:
    with explained(cache.folder.parent):
        cache.save(result, key)


def _base_key(project: Project, files: list[DataFile], reasoner: str) -> str:
    paths = [
        *project.ontology_files(),
        *project.scheme_files(),
        *project.shape_files(),
        project.context_file,
        *(f.path for f in files if f.group == ""),
    ]
    return digest_of([code_digest(), reasoner, *(part for path in paths for part in (path.name, path.read_bytes()))])


def _work(files: list[DataFile], base_key: str, cache: Cache | None) -> _Work:
    registers = b"".join(
        file.path.read_bytes() for file in files if file.is_register and file.path.stat().st_size < 10_000_000
    )
    keys = {
        file.graph: digest_of(
            [base_key, file.name, file.path.read_bytes() if file.path.stat().st_size < 10_000_000 else b"", registers]
        )
        for file in files
    }
    cached = {
        graph: found
        for graph, key in keys.items()
        if cache is not None and (found := cache.load(graph, key)) is not None
    }
    return _Work(files, keys, cached)


def _load_base(project: Project, reasoner: str, cache: Cache | None, closure_key: str) -> Base:
    # The ontology's own closure takes owlrl a second: it is kept under what it depends on alone.
    kept = cache.load("ontology-closure", closure_key) if cache is not None else None
    closure = cache.fill(kept, closure_key).inferred if cache is not None and kept is not None else None
    base = Base(project, reasoner, closure)
    if cache is not None and closure is None:
        _save(cache, GraphResult("ontology-closure", inferred=base.results[0].inferred), closure_key)
    return base


def _assembled(
    project: Project, reasoner: str, todo: list[_Work], cache: Cache | None, jobs: int | None
) -> Iterator[list[GraphResult]]:
    processes = min(jobs or os.cpu_count() or 1, len(todo))
    if processes < 2 or sum(len(work.files) for work in todo) < _FILES_WORTH_A_PROCESS:
        for work in todo:
            yield _assemble(work, cache)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context(method), _start_worker, (project, reasoner)
    ) as pool:
        futures = [pool.submit(_assemble, work, cache) for work in todo]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _start_worker(project: Project, reasoner: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _base
    if _base is None:
        _base = Base(project, reasoner)


def _end_with_parent() -> None:
    """A worker whose parent was killed ends, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _assemble(work: _Work, cache: Cache | None) -> list[GraphResult]:
    if _base is None:
        raise ReleaseError("The base of the build was not loaded.")
    cached = (
        {graph: cache.fill(result, work.keys[graph]) for graph, result in work.cached.items()}
        if cache is not None
        else {}
    )
    results = assemble_group(_base, work.files, cached)
    for result in results:
        if result is not cached.get(result.graph) and cache is not None and not errors(result.findings):
            _save(cache, result, work.keys[result.graph])
        result.count()
        result.told = result.inferred = b""  # they are on disk; sending them between processes costs memory
    return results


def _across_files(
    project: Project, results: list[GraphResult], declared: set[str], files: list[DataFile]
) -> Iterator[Finding]:
    """What no file shows alone: slugs to be found in other files or in none, slugs of two files, sources that nothing cites, stray files."""
    names = {file.graph: file.name for file in files}
    for result in results:
        for slug in (*result.foreign, *result.abroad):
            if slug not in declared:
                yield Finding(
                    names.get(result.graph, result.graph),
                    1,
                    1,
                    "error",
                    "unknown-slug",
                    f"Nothing has the slug {slug}.{did_you_mean(slug, declared)}",
                    slug,
                )
    owners: dict[str, str] = {}
    paths = {file.graph: file.path for file in files}
    cited = {slug for result in results for slug in result.cited}
    for result in results:
        if result.graph not in paths:
            continue  # the schemes, which are no data file
        for slug, classes in result.declared.items():
            if slug in owners:
                message = f"The slug {slug} is defined in {names[owners[slug]]} too. A thing is defined in one file: give this one another id, or remove one of the two."
                yield Finding(
                    names[result.graph],
                    _line_of(paths[result.graph], slug),
                    1,
                    "error",
                    "duplicate-record",
                    message,
                    slug,
                )
            owners.setdefault(slug, result.graph)
            if BIK + "SourceDocument" in classes and slug not in cited:
                yield Finding(
                    names[result.graph],
                    _line_of(paths[result.graph], slug),
                    1,
                    "warning",
                    "uncited-source",
                    f"Nothing cites the source {slug}. Name it where it states a fact (source: {slug}), or remove it.",
                    slug,
                )
    for path in project.stray_files():
        yield Finding(
            project.name_of(path),
            1,
            1,
            "warning",
            "stray-file",
            project.why_stray(path),
        )


def _line_of(path: Path, slug: str) -> int:
    """The line of a file that gives a thing this id; 1 if the slug is made from other fields."""
    given = re.compile(rf"\bid:\s*[\"']?{re.escape(slug)}\b(?!-)")
    return next(
        (
            number
            for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
            if given.search(line)
        ),
        1,
    )


def _other_graphs(project: Project, declared: set[str], findings: list[Finding]) -> Iterator[GraphResult]:
    """The graphs outside every closure: the link sets, and the saved queries as SHACL executables."""
    for path in project.link_files():
        triples, found = read_links(path, project.name_of(path), declared)
        findings += found
        yield GraphResult(graph_of(path), told=to_lines(triples))
    yield GraphResult("questions", told=to_lines(describe_questions(project)))


def _count(summary: Summary, results: list[GraphResult], findings: list[Finding]) -> None:
    summary.findings = sorted(set(findings))
    summary.profiles = sum(result.is_profile for result in results)
    summary.told = sum(result.told_count for result in results)
    summary.inferred = sum(result.inferred_count for result in results)
    answers: Counter[str] = Counter()
    for result in results:
        answers.update(result.answers)
        for stage, seconds in result.seconds.items():
            summary.seconds[stage] = summary.seconds.get(stage, 0.0) + seconds
    summary.answers = dict(sorted(answers.items()))


@contextmanager
def _locked(project: Project) -> Iterator[None]:
    with explained(project.release):
        project.release.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(project.release / ".lock"), timeout=120)
    try:
        with explained(project.release):
            lock.acquire()
    except Timeout as error:
        raise ReleaseError(
            f"Another build of {project.root} has been running for two minutes. Wait for it, or end it."
        ) from error
    try:
        yield
    finally:
        lock.release()
