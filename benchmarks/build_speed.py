"""The build, side by side with plain pyshacl + owlrl, at 10, 30, 100 and 300 profiles. Run: python -m
benchmarks.build_speed

Figures are CPU time of one run, children included, where they do not say otherwise; targets are those of the first
release. "Plain" is what benchmarks/plain.py says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure, command
from benchmarks.generate import generate
from benchmarks.plain import compare

ROOT = Path(__file__).parents[1]
# Run in a process of its own, so that memory and CPU time are the build's alone; imports are timed apart.
_BUILD = """
import json, resource, sys, time
import bikgraph.building.workers, bikgraph.release.writer, pyshacl, rdflib, owlrl
from bikgraph.building import build_release
from bikgraph.project import find
def cpu():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
before, clock = cpu(), time.perf_counter()
summary = build_release(find(sys.argv[1]), jobs=int(sys.argv[2]) or None)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"cpu": cpu() - before, "wall": time.perf_counter() - clock, "memory": memory / 1024,
                  "seconds": summary.seconds, "told": summary.told, "inferred": summary.inferred}))
"""


class Cost(NamedTuple):
    """What a build cost: seconds of CPU time in all and by stage, of wall time, MiB at the peaks, and its triples."""

    cpu: float
    wall: float
    memory: float
    seconds: dict[str, float]
    told: int
    inferred: int


def built(folder: Path, jobs: int = 0, seed: str = "0") -> Cost:
    """Build the project in `folder` in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder.resolve()), str(jobs)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return Cost(**json.loads(done.stdout))


def measure(*, smallest: bool) -> Iterator[Figure]:
    """The ratios of validation and closure, then what builds of growing projects cost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for profiles in (1,) if smallest else (10, 30):
            yield from _against_plain(folder / f"faulty-{profiles}", profiles)
        yield from _builds(folder, (1, 2, 3) if smallest else (30, 100, 300))


def _against_plain(project: Path, profiles: int) -> Iterator[Figure]:
    generate(project, profiles, seed=1, faults=5)
    result = compare(project)
    ours, plain = result.our_validation + result.our_closure, result.plain_validation + result.plain_closure
    yield Figure(
        f"validation + closure, {profiles} profiles, ours / plain",
        f"1/{result.ratio:.0f} ({ours / profiles * 1000:,.0f} against {plain / profiles * 1000:,.0f} ms a profile)",
        "1/10",
    )
    yield Figure(
        f"the same, {profiles} profiles, the shared part taken off the plain side",
        f"1/{result.ratio_without_shared:.0f}",
    )
    yield Figure(
        f"equal findings, equal closures, {profiles} profiles",
        f"{result.equal_findings} and {result.equal_closures} of {result.countries} countries "
        f"({result.findings} findings, {result.inferred:,} inferred)",
        "all",
    )


def _builds(folder: Path, sizes: tuple[int, int, int]) -> Iterator[Figure]:
    least, middle, most = sizes
    cold = {}
    for profiles in sizes:
        generate(folder / f"clean-{profiles}", profiles, seed=2)
        cold[profiles] = built(folder / f"clean-{profiles}")
    shared = shared_cost(folder)
    per_profile = {n: (cost.cpu - shared) / n * 1000 for n, cost in cold.items()}
    largest = cold[most]
    yield Figure(
        f"read / validate at {most} profiles", f"{largest.seconds['read'] / largest.seconds['validate']:.2f}", "1"
    )
    yield Figure(
        f"CPU a profile, {most} / {least}, the shared part apart",
        f"{per_profile[most] / per_profile[least]:.2f} ({per_profile[most]:.0f} against {per_profile[least]:.0f} ms, "
        f"shared {shared:.1f} s)",
        "0.8 to 1.2",
    )
    yield Figure(
        f"CPU / wall at {most}",
        f"{largest.cpu / largest.wall:.2f} ({largest.wall:.0f} s wall; {largest.told:,} told, "
        f"{largest.inferred:,} inferred)",
        "both cores",
    )
    yield Figure(f"memory at {most}, parent and both workers at their peaks", f"{largest.memory:,.0f} MiB", "1,024 MiB")
    again = _built_after_a_change(folder / f"clean-{middle}")
    yield Figure(
        f"rebuild after touching 1 of {middle} / cold build",
        f"1/{cold[middle].cpu / again.cpu:.0f} ({again.cpu:.2f} against {cold[middle].cpu:.1f} s, release included)",
        "1/10",
    )
    generate(folder / "copy", least, seed=2)
    built(folder / "copy", jobs=1, seed="7")
    dumps = {(folder / which / "release/current/bikgraph.nq.gz").read_bytes() for which in (f"clean-{least}", "copy")}
    yield Figure(
        "same input, same bytes (folder, hash seed, processes differ)", "yes" if len(dumps) == 1 else "NO", "yes"
    )


def _built_after_a_change(project: Path) -> Cost:
    """The cost of building again after one answer of Belgium's profile was changed."""
    touched = project / "data" / "profiles" / "be-2020.yaml"
    before = touched.read_text("utf-8")
    after = before.replace("p1-quality-content: introduced", "p1-quality-content: existing")
    if after == before:
        raise SystemExit(f"{touched}: the answer that this benchmark changes is not there. Choose another.")
    touched.write_text(after, "utf-8")
    return built(project)


def shared_cost(folder: Path) -> float:
    """CPU seconds of what does not grow with the profiles: loading ontology, schemes, shapes and closing them."""
    generate(folder / "one", 1, seed=2)
    return built(folder / "one").seconds["ontology"]


if __name__ == "__main__":
    command(measure, __doc__)
