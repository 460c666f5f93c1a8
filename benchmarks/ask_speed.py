"""`bikgraph ask` as a whole process against importing the store and the CLI library. Run: python -m benchmarks.ask_speed

Both are run in turn; medians, and the ratio (target at most 2). Compiled modules are kept, as pip keeps them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 21
ROOT = Path(__file__).parents[1]


def milliseconds(command: list[str]) -> float:
    """Wall time of one run of a command."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment, cwd=ROOT)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the medians and their ratio."""
    floor = [sys.executable, "-c", "import pyoxigraph, click"]
    asked = [str(Path(sys.executable).with_name("bikgraph")), "ask", "pillar-coordinators", "--country", "BE"]
    for command in (floor, asked):
        milliseconds(command)
    times = [(milliseconds(floor), milliseconds(asked)) for _ in range(RUNS)]
    low, high = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(b / a for a, b in times)
    print(
        f"import pyoxigraph, click: {low:.0f} ms; bikgraph ask: {high:.0f} ms; ratio {ratio:.2f} (target <= 2), medians of {RUNS} pairs"
    )


if __name__ == "__main__":
    main()
