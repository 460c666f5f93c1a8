"""A figure that a benchmark measures, and the command line that all benchmarks have: --smallest, --markdown."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NamedTuple, Protocol

NO_TARGET = "\N{EN DASH}"


class Figure(NamedTuple):
    """A row of the table in README.md: what was measured, the result in words, and the target if there is one."""

    name: str
    measured: str
    target: str = ""

    def __str__(self) -> str:
        """The figure as a line of text."""
        return f"{self.name}: {self.measured}" + (f" (target {self.target})" if self.target else "")

    def markdown(self) -> str:
        """The figure as a row of the table."""
        return f"| {self.name} | {self.measured} | {self.target or NO_TARGET} |"


class Benchmark(Protocol):
    """What each benchmark's module has as `measure`."""

    def __call__(self, *, smallest: bool) -> Iterable[Figure]:
        """Measure at full size or at the smallest, and give each figure as soon as it is known."""


def command(measure: Benchmark, description: str | None) -> None:
    """Run a benchmark from the command line and print its figures."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument(
        "--smallest", action="store_true", help="the smallest size, in seconds: to see that it runs, not for figures"
    )
    parser.add_argument("--markdown", action="store_true", help="print rows for the table of benchmarks/README.md")
    options = parser.parse_args()
    for figure in measure(smallest=options.smallest):
        print(figure.markdown() if options.markdown else figure, flush=True)
