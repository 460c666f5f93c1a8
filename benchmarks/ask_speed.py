"""`bikgraph ask` as a whole process against importing the store and the CLI library. Run: python -m
benchmarks.ask_speed

Both are run in turn; medians, and the ratio (target at most 2). Compiled modules are kept, as pip keeps them. Asked is
a copy of the checkout's data (at the smallest size, of Belgium's), built before.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.build_speed import ROOT, built
from benchmarks.figures import Figure, command
from tests.conftest import copy_country

RUNS = 21
FLOOR = "import pyoxigraph, click"
# What the installed command does; it is the checkout's code that is asked, wherever the command is installed from.
ASK = "from bikgraph.__main__ import main; main()"


def measure(*, smallest: bool) -> Iterator[Figure]:
    """The medians of both, and the median of their ratios."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name, "project")
        if smallest:
            copy_country(project, "be")
        else:
            for folder in ("ontology", "data", "queries"):
                shutil.copytree(ROOT / folder, project / folder)
        built(project)
        floor = [sys.executable, "-c", FLOOR]
        asked = [sys.executable, "-c", ASK, "--project", str(project), "ask", "pillar-coordinators", "--country", "BE"]
        for line in (floor, asked):
            milliseconds(line)
        times = [(milliseconds(floor), milliseconds(asked)) for _ in range(2 if smallest else RUNS)]
    low, high = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(b / a for a, b in times)
    yield Figure(
        "`bikgraph ask` / import of pyoxigraph and click",
        f"{ratio:.2f} ({high:.0f} against {low:.0f} ms, medians of {len(times)})",
        "2",
    )


def milliseconds(line: list[str]) -> float:
    """Wall time of one run of a command."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(line, stdout=subprocess.DEVNULL, check=True, env=environment, cwd=ROOT)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    command(measure, __doc__)
