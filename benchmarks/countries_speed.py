"""The checkout's own data: all countries against Belgium alone. Run: python -m benchmarks.countries_speed

CPU time and memory are those of a build in a process of its own, imports timed apart (`build_speed`). The cost per
profile is the whole cost by the number of profiles; beside it the cost without the shared part, which a build of no
country has. Then the comparison of all countries, and its rows in rdflib. The smallest size has two made-up profiles
for all countries.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import RdfFormat

import bikgraph
from benchmarks.build_speed import ROOT, Cost, built, shared_cost
from benchmarks.figures import Figure, command
from benchmarks.generate import generate
from bikgraph.questions.binding import bind, fill
from tests.conftest import copy_country

EDITIONS = ("2018", "2020", "2024", "2025", "2026")


def measure(*, smallest: bool) -> Iterator[Figure]:
    """What the builds cost, and how long the comparison of all countries takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if smallest:
            generate(folder / "all", 2, seed=2)
        else:
            for part in ("ontology", "data", "queries"):
                shutil.copytree(ROOT / part, folder / "all" / part)
        copy_country(folder / "belgium", "be")
        yield from _builds(folder)
        yield _compare(folder / "all", ("2020",) if smallest else EDITIONS)


def _builds(folder: Path) -> Iterator[Figure]:
    shared = shared_cost(folder)
    every, belgium = built(folder / "all"), built(folder / "belgium")
    many, few = (len(list((folder / which / "data" / "profiles").glob("*.yaml"))) for which in ("all", "belgium"))
    yield Figure(
        f"all countries ({many} profiles): wall, CPU, memory at the peak",
        f"{every.wall:.1f} s, {every.cpu:.1f} s, {every.memory:.0f} MiB "
        f"({every.cpu / many * 1000:.0f} ms and {every.memory / many:.1f} MiB a profile)",
        "5 min",
    )

    def own(cost: Cost, profiles: int) -> float:
        return (cost.cpu - shared) / profiles * 1000

    yield Figure(
        "cost a profile, all countries / Belgium alone; without the shared part",
        f"{(every.cpu / many) / (belgium.cpu / few):.2f}; {own(every, many) / own(belgium, few):.2f} "
        f"({own(every, many):.0f} against {own(belgium, few):.0f} ms)",
        "1.3",
    )
    yield Figure("second build, nothing changed", f"{built(folder / 'all').wall:.2f} s", "3 s")


def _compare(project: Path, editions: tuple[str, ...]) -> Figure:
    """The comparison of all countries over all questions, edition by edition, and whether rdflib gives the same
    rows.
    """
    graph = bikgraph.open(project)
    memory = rdflib.Dataset(default_union=False)
    memory.parse(data=graph.store.dump(format=RdfFormat.N_QUADS), format="nquads")
    question = graph.questions["compare-countries"]
    milliseconds, rows, same = [], 0, True
    for edition in editions:
        text = fill(question, bind(graph.store, question, {"countries": "all", "edition": edition}))
        seconds = []
        for _ in range(7):
            started = time.perf_counter()
            solutions: Any = graph.store.query(text)
            ours = [tuple(None if term is None else term.value for term in row) for row in solutions]
            seconds.append(time.perf_counter() - started)
        solutions = memory.query(text)
        theirs = [tuple(None if term is None else str(term) for term in row) for row in solutions]
        milliseconds.append(sorted(seconds)[3] * 1000)
        rows, same = max(rows, len(ours)), same and ours == theirs
    return Figure(
        "comparison of all countries over all questions, in the store",
        f"{min(milliseconds):.0f} to {max(milliseconds):.0f} ms by edition (at most {rows:,} rows), "
        f"{'the same rows' if same else 'OTHER ROWS'} in rdflib",
        "50 ms",
    )


if __name__ == "__main__":
    command(measure, __doc__)
