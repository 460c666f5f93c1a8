"""The build: read, check, infer, release, for all files of a project; what did not change is not done again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from bikgraph.building.across_files import findings_across
from bikgraph.building.cache import Cache, code_digest, digest_of
from bikgraph.building.graph_result import GraphResult
from bikgraph.building.other_graphs import link_graphs, question_graph, replaced_graph
from bikgraph.building.plan import ONTOLOGY_CLOSURE, Plan, plan
from bikgraph.building.release_files import files_of, members_of, stored_headers
from bikgraph.errors import DataError, ReleaseError, RequestError
from bikgraph.findings import Finding, errors
from bikgraph.project import Project, packed_release
from bikgraph.questions.faults import check as check_questions
from bikgraph.questions.question import parsed_headers
from bikgraph.release import heal_packed_release
from bikgraph.release.writer import explained, write

if TYPE_CHECKING:
    from bikgraph.building.shared import SharedGraphs

Progress = Callable[[str, int, int], None]


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
    healed: bool = False
    """Whether nothing was built, but a damaged release of the wheel unfolded anew."""


def build_release(
    project: Project, *, reasoner: str = "rules", jobs: int | None = None, progress: Progress | None = None
) -> Summary:
    """Build and swap in the project's release; returns what was done.

    Raises DataError with all findings if the data have errors, and ReleaseError if the disk refuses; the release that
    was there before is then unchanged. The release that the wheel brings along is looked at, and mended, instead.
    """
    if project.is_package and packed_release() is not None:
        if heal_packed_release():
            return Summary(healed=True)
        raise RequestError(
            "The data that bikgraph brings along are built already, and whole. "
            "Make a project of your own with: bikgraph new DIR"
        )
    with _locked(project):
        cache = Cache(project.release / "cache")
        results, todo, summary = _results(project, cache, reasoner, jobs, progress)
        headers = parsed_headers(project, stored_headers(project))
        faults = _add_questions(project, results, todo, cache, headers, summary)
        # A faulty question stops no build: it is left out of the release.
        summary.findings = sorted({*summary.findings, *(replace(fault, severity="warning") for fault in faults)})
        if errors(summary.findings):
            raise DataError(summary.findings)
        started = time.process_time()
        if progress:
            progress("release", 0, 1)
        counted = {name: value for name, value in asdict(summary).items() if name in _COUNTED}
        with explained(project.release):
            members = members_of(results, todo.keys, cache)
        write(project.release, members, files_of(project, summary.findings, headers), counted)
        cache.keep_only(todo.keys)
        summary.seconds["release"] = time.process_time() - started
        if progress:
            progress("release", 1, 1)
    return summary


_COUNTED = ("profiles", "told", "inferred", "answers")


def check_data(project: Project, *, jobs: int | None = None, progress: Progress | None = None) -> list[Finding]:
    """All findings in the project's data, sorted; nothing is written, and nothing is taken from earlier builds."""
    try:
        results, _, summary = _results(project, None, "rules", jobs, progress)
    except DataError as error:
        return sorted(set(error.findings))
    findings = {*summary.findings, *check_questions(project)}
    if not errors(summary.findings):
        from bikgraph.building.expected_rows import unmet_expectations

        findings |= {*unmet_expectations(project, results)}
    return sorted(findings)


def _results(
    project: Project, cache: Cache | None, reasoner: str, jobs: int | None, progress: Progress | None
) -> tuple[list[GraphResult], Plan, Summary]:
    """The results of all graphs, the plan with their keys, and what was counted and found."""
    files = project.data_files()
    summary = Summary()
    todo = plan(project, files, reasoner, cache)
    results = list(todo.shared)
    done = [work for work in todo.works if work.is_done]
    if todo.todo or not todo.shared_is_done:
        # Imported here, for pyshacl and rdflib come along: a build that changes nothing needs neither.
        from bikgraph.building.workers import assembled

        started = time.process_time()
        shared = _load_shared(project, reasoner, cache, todo.closure_key)
        summary.seconds["ontology"] = time.process_time() - started
        results = [result.count() for result in shared.results]
        for result in results:
            if cache is not None and not errors(result.findings):
                _save(cache, result, todo.shared_key)
        shared_count = len(results)
        for number, group in enumerate(assembled(shared, todo.todo, cache, jobs), 1):
            results += group
            if progress:
                progress("profiles", number, len(todo.todo))
    else:
        shared_count = len(results)
    reused = [result for work in done for result in work.cached.values()]
    summary.reused = len(reused)
    results[shared_count:shared_count] = reused
    _across(project, results, todo, cache, summary)
    return results, todo, summary


def _across(
    project: Project,
    results: list[GraphResult],
    todo: Plan,
    cache: Cache | None,
    summary: Summary,
) -> None:
    """Add the graphs that belong to no file of data, and sum up."""
    declared = {slug for result in results for slug in result.declared}
    findings = [finding for result in results for finding in result.findings]
    findings += findings_across(results, declared)
    findings += stray_files(project)
    for result in (*link_graphs(project, declared), *replaced_graph(project, declared)):
        findings += result.findings
        _add(result.count(), digest_of([code_digest(), result.told, result.positions]), results, todo, cache)
    _count(summary, results, findings)


def _add_questions(
    project: Project,
    results: list[GraphResult],
    todo: Plan,
    cache: Cache,
    headers: Mapping[str, Any],
    summary: Summary,
) -> list[Finding]:
    """Add the graph of the saved questions, and return what is wrong in their files."""
    paths = [*project.ontology_files(), *project.scheme_files(), *project.question_files().values()]
    parts = (part for path in paths if path.is_file() for part in (path.name, path.read_bytes()))
    key = digest_of([code_digest(), *parts])
    result = cache.load("questions", key) or question_graph(project, headers).count()
    _add(result, key, results, todo, cache)
    summary.told += result.told_count
    return result.findings


def _add(result: GraphResult, key: str, results: list[GraphResult], todo: Plan, cache: Cache | None) -> None:
    todo.keys[result.graph] = key
    if cache is not None and cache.load(result.graph, key) is None:
        _save(cache, result, key)
    results.append(result)


def stray_files(project: Project) -> Iterator[Finding]:
    """A warning for each file below data/ that nothing reads."""
    for path in project.stray_files():
        yield Finding(project.name_of(path), 1, 1, "warning", "stray-file", project.why_stray(path))


def _load_shared(project: Project, reasoner: str, cache: Cache | None, closure_key: str) -> SharedGraphs:
    from bikgraph.building.country import load_shared

    # The ontology's own closure takes owlrl a second: it is kept under what it depends on alone.
    kept = cache.load(ONTOLOGY_CLOSURE, closure_key) if cache is not None else None
    closure = cache.fill(kept, closure_key).inferred if cache is not None and kept is not None else None
    shared = load_shared(project, reasoner, closure)
    if cache is not None and closure is None:
        _save(cache, GraphResult(ONTOLOGY_CLOSURE, inferred=shared.results[0].inferred), closure_key)
    return shared


def _save(cache: Cache, result: GraphResult, key: str) -> None:
    with explained(cache.folder.parent):
        cache.save(result, key)


def _count(summary: Summary, results: Sequence[GraphResult], findings: Sequence[Finding]) -> None:
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
