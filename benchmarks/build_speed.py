"""The build, side by side with plain pyshacl + owlrl, at 10, 30, 100 and 300 profiles. Run: python -m benchmarks.build_speed

All figures are CPU time of one run, children included, as ratios; targets stand beside them (issue of the first release).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.plain import compare

# Run in a process of its own, so that memory and CPU time are the build's alone; imports are timed apart.
_BUILD = """
import json, resource, sys, time
import bikgraph.building.build, bikgraph.release.writer, pyshacl, rdflib, owlrl
from bikgraph.project import find
def cpu():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
before, clock = cpu(), time.perf_counter()
summary = bikgraph.building.build.build(find(sys.argv[1]), jobs=int(sys.argv[2]) or None)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"cpu": cpu() - before, "wall": time.perf_counter() - clock, "memory": memory / 1024, "seconds": summary.seconds, "told": summary.told, "inferred": summary.inferred}))
"""


def built(folder: Path, jobs: int = 0, seed: str = "0") -> dict[str, float]:
    """Build the project in `folder` in a new process; its figures in seconds and MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder), str(jobs)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
        for profiles in (10, 30):
            generate(folder / f"faulty-{profiles}", profiles, seed=1, faults=5)
            result = compare(folder / f"faulty-{profiles}")
            ours, plain = result.our_validation + result.our_closure, result.plain_validation + result.plain_closure
            print(
                f"{profiles} profiles: ours / plain = 1/{result.ratio:.1f} (target 1/10); without the shared part on the plain side 1/{result.ratio_without_shared:.1f}"
            )
            print(
                f"    ours {ours / profiles * 1000:.0f} ms a profile (validate {result.our_validation / profiles * 1000:.0f}, close {result.our_closure / profiles * 1000:.0f}), plain {plain / profiles * 1000:.0f} ms"
            )
            print(
                f"    equal findings in {result.equal_findings} of {result.countries} ({result.findings} findings), equal closures in {result.equal_closures} ({result.inferred} triples)"
            )
        cold = {}
        for profiles in (30, 100, 300):
            project = folder / f"clean-{profiles}"
            generate(project, profiles, seed=2)
            cold[profiles] = built(project)
        base = built_base(folder)
        per = {n: (figures["cpu"] - base) / n for n, figures in cold.items()}
        seconds = cold[300]["seconds"]
        print(f"read / validate at 300: {seconds['read'] / seconds['validate']:.2f} (target <= 1)")  # type: ignore[index]
        print(
            f"CPU a profile, fixed cost of {base:.1f} s apart: 30: {per[30] * 1000:.0f} ms, 100: {per[100] * 1000:.0f} ms, 300: {per[300] * 1000:.0f} ms; 300/30 = {per[300] / per[30]:.2f} (target 0.8 to 1.2)"
        )
        print(
            f"CPU / wall at 300: {cold[300]['cpu'] / cold[300]['wall']:.2f} (both cores used); wall {cold[300]['wall']:.1f} s; {cold[300]['told']:,} told, {cold[300]['inferred']:,} inferred"
        )
        print(
            f"memory at 300, the parent and two workers at their peaks: {cold[300]['memory']:.0f} MiB (target < 1024)"
        )
        touched = folder / "clean-100" / "data" / "profiles" / "be-2020.yaml"
        touched.write_text(
            touched.read_text("utf-8").replace("p1-quality-content: introduced", "p1-quality-content: existing"),
            "utf-8",
        )
        again = built(folder / "clean-100")
        print(
            f"rebuild after touching 1 of 100 / cold build = 1/{cold[100]['cpu'] / again['cpu']:.1f} (target 1/10): {again['cpu']:.2f} s of {cold[100]['cpu']:.2f} s, release included"
        )
        copy = folder / "copy"
        generate(copy, 30, seed=2)
        built(copy, jobs=1, seed="7")
        dumps = [
            (folder / which / "release" / "current" / "bikgraph.nq.gz").read_bytes() for which in ("clean-30", "copy")
        ]
        print(f"same input, same bytes (another folder, hash seed and number of processes): {dumps[0] == dumps[1]}")


def built_base(folder: Path) -> float:
    """CPU seconds of what does not grow with the profiles: loading ontology, schemes, shapes and closing them."""
    generate(folder / "one", 1, seed=2)
    seconds: dict[str, float] = built(folder / "one")["seconds"]  # type: ignore[assignment]
    return seconds["ontology"]


if __name__ == "__main__":
    main()
