"""The checkout's own data: all countries against Belgium alone, and the comparison of 30 countries. Run: python -m benchmarks.countries_speed

CPU time and memory are those of a build in a process of its own, imports timed apart (`build_speed`). The cost per profile is
the whole cost by the number of profiles; beside it the cost without the shared part, which a build of no country has.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import RdfFormat

import bikgraph
from benchmarks.build_speed import built, built_base
from bikgraph.project import package_root
from bikgraph.questions.ask import bind, fill
from tests.conftest import copy_country

EDITIONS = ("2018", "2020", "2024", "2025", "2026")


def main() -> None:
    """Print the figures beside their targets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("ontology", "data", "queries"):
            shutil.copytree(package_root() / part, folder / "all" / part)
        copy_country(folder / "belgium", "be")
        base = built_base(folder)
        figures = {which: built(folder / which) for which in ("all", "belgium")}
        profiles = {which: len(list((folder / which / "data" / "profiles").glob("*.yaml"))) for which in figures}
        for which, figure in figures.items():
            count = profiles[which]
            print(
                f"{which}: {count} profiles, {figure['wall']:.1f} s wall, {figure['cpu']:.1f} s CPU, {figure['cpu'] / count * 1000:.0f} ms a profile "
                f"({(figure['cpu'] - base) / count * 1000:.0f} ms without the shared part), {figure['memory']:.0f} MiB at the peak, {figure['memory'] / count:.1f} MiB a profile"
            )
        ratio = (figures["all"]["cpu"] / profiles["all"]) / (figures["belgium"]["cpu"] / profiles["belgium"])
        own = ((figures["all"]["cpu"] - base) / profiles["all"]) / (
            (figures["belgium"]["cpu"] - base) / profiles["belgium"]
        )
        print(f"cost a profile, all / Belgium: {ratio:.2f}; without the shared part {own:.2f} (target <= 1.3)")
        print(f"build again, nothing changed: {built(folder / 'all')['wall']:.2f} s (target < 3)")
        _compare(folder / "all")


def _compare(project: Path) -> None:
    """The comparison of all countries over all questions, edition by edition, and its rows in rdflib."""
    graph = bikgraph.open(project)
    memory = rdflib.Dataset(default_union=False)
    memory.parse(data=graph.store.dump(format=RdfFormat.N_QUADS), format="nquads")
    question = graph.questions["compare-countries"]
    for edition in EDITIONS:
        text = fill(question, bind(graph.store, question, {"countries": "all", "edition": edition}))
        seconds = []
        for _ in range(7):
            started = time.perf_counter()
            solutions: Any = graph.store.query(text)
            ours = [tuple(None if term is None else term.value for term in row) for row in solutions]
            seconds.append(time.perf_counter() - started)
        theirs = [tuple(None if term is None else str(term) for term in row) for row in memory.query(text)]  # type: ignore[union-attr]
        print(
            f"compare-countries, all countries, {edition}: {len(ours)} rows, {sorted(seconds)[3] * 1000:.0f} ms (target <= 50), the same rows in rdflib: {ours == theirs}"
        )


if __name__ == "__main__":
    main()
