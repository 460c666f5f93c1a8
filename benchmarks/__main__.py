"""All benchmarks in one run: their figures as the table of README.md, printed, or put into README.md with --write.

python -m benchmarks            print the table
python -m benchmarks --write    renew README.md
python -m benchmarks --smallest print the table of the smallest sizes: to see that all run, not for figures
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import time
from pathlib import Path

from benchmarks import (
    ask_speed,
    build_speed,
    countries_speed,
    query_speed,
    question_speed,
    search_quality,
    search_speed,
)
from benchmarks.figures import Benchmark, Figure

README = Path(__file__).with_name("README.md")
BENCHMARKS: list[Benchmark] = [
    build_speed.measure,
    ask_speed.measure,
    query_speed.measure,
    question_speed.measure,
    countries_speed.measure,
    search_speed.measure,
    search_quality.measure,
]
TABLE = re.compile(r"<!-- figures -->\n.*?<!-- end of figures -->\n", re.DOTALL)


def main() -> None:
    """Measure, print, and perhaps write."""
    parser = argparse.ArgumentParser(description="Run all benchmarks.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--write", action="store_true", help="put the figures into benchmarks/README.md")
    size.add_argument("--smallest", action="store_true", help="run each on its smallest size")
    options = parser.parse_args()
    figures = []
    for measure in BENCHMARKS:
        for figure in measure(smallest=options.smallest):
            print(figure, flush=True)
            figures.append(figure)
    table = as_table(figures, circumstances())
    print(f"\n{table}", end="")
    if options.write:
        README.write_text(renewed(README.read_text("utf-8"), table), "utf-8")


def as_table(figures: list[Figure], measured: str) -> str:
    """The part of README.md that a run renews: how it was measured, and a row a figure."""
    rows = "\n".join(figure.markdown() for figure in figures)
    head = "| figure | measured | target |\n|---|---|---|"
    return f"<!-- figures -->\n{measured}\n\n{head}\n{rows}\n<!-- end of figures -->\n"


def renewed(text: str, table: str) -> str:
    """The text of README.md with another table."""
    if len(TABLE.findall(text)) != 1:
        raise SystemExit(f"{README} needs one <!-- figures --> and, further down, one <!-- end of figures -->.")
    return TABLE.sub(lambda _: table, text)


def circumstances() -> str:
    """The date, the commit and the machine of a run, as a sentence."""
    commit = _git("rev-parse", "--short=10", "HEAD")
    changed = " with changes on top" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return (
        f"Measured on {time.strftime('%Y-%m-%d')} at commit {commit}{changed}, on {os.cpu_count()} cores, "
        f"Python {platform.python_version()}."
    )


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=README.parent, capture_output=True, text=True, check=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
