"""Each benchmark runs on its smallest size, and README.md's table is what a run writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import ask_speed, build_speed, countries_speed, query_speed, question_speed, search_speed
from benchmarks.__main__ import BENCHMARKS, README, as_table, circumstances, renewed
from benchmarks.figures import Benchmark, Figure
from benchmarks.generate import generate
from tests.conftest import ROOT

FOLDER = ROOT / "benchmarks"
SLOW = pytest.mark.slow
FIGURES = [Figure("speed", "1/2 (1 against 2 s)", "1/10"), Figure("bytes", "same")]


@pytest.mark.parametrize(
    ("measure", "right"),
    [
        (ask_speed.measure, {}),
        pytest.param(search_speed.measure, {}, marks=SLOW),
        pytest.param(query_speed.measure, {"the same rows in number": "all"}, marks=SLOW),
        pytest.param(question_speed.measure, {}, marks=SLOW),
        pytest.param(countries_speed.measure, {}, marks=SLOW),
        pytest.param(
            build_speed.measure,
            {
                "equal findings, equal closures, 1 profiles": "1 and 1 of 1 countries",
                "same input, same bytes (folder, hash seed, processes differ)": "yes",
            },
            marks=SLOW,
        ),
    ],
    ids=["ask_speed", "search_speed", "query_speed", "question_speed", "countries_speed", "build_speed"],
)
def test_benchmark_runs_on_its_smallest_size(measure: Benchmark, right: dict[str, str]) -> None:
    """A benchmark gives each of its figures, and finds both sides to give the same."""
    figures = {figure.name: figure.measured for figure in measure(smallest=True)}

    assert figures
    assert all(figures.values())
    assert {name: text for name, text in figures.items() if name in right and text.startswith(right[name])}.keys() == (
        right.keys()
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*_speed.py")))
def test_benchmark_is_run_and_named(name: str) -> None:
    """Each benchmark is one of those that `python -m benchmarks` runs, has a command line, and stands in README.md."""
    assert f"benchmarks.{name}" in {measure.__module__ for measure in BENCHMARKS}
    assert f"`python -m benchmarks.{name}`" in README.read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "--smallest" in done.stdout
    assert "--markdown" in done.stdout


def test_figures_go_into_the_readme() -> None:
    """A run replaces the table of README.md, with its date and commit, and leaves the words around it."""
    text = README.read_text("utf-8")
    table = as_table(FIGURES, "Measured today.")

    new = renewed(text, table)

    assert new.startswith(text.partition("<!-- figures -->")[0] + "<!-- figures -->\nMeasured today.\n\n| figure |")
    assert "| speed | 1/2 (1 against 2 s) | 1/10 |\n| bytes | same | \N{EN DASH} |\n<!-- end of figures -->\n" in new
    assert renewed(new, as_table([], "")) == renewed(text, as_table([], ""))
    with pytest.raises(SystemExit, match="end of figures"):
        renewed("no table", table)


def test_figures_say_when_they_were_measured() -> None:
    """README.md's table begins with the date and the commit, and so does a run's."""
    words = re.compile(r"Measured on 20\d\d-\d\d-\d\d at commit [0-9a-f]{7,40}.*, on \d+ cores, Python 3\.\d+")

    assert words.search(README.read_text("utf-8").partition("<!-- figures -->\n")[2])
    assert words.match(circumstances())


def test_same_seed_same_project(tmp_path: Path) -> None:
    """A generated project is the same to the byte for the same seed, and another for another."""

    def content(name: str, seed: int) -> dict[str, bytes]:
        generate(tmp_path / name, 2, seed)
        return {
            path.relative_to(tmp_path / name).as_posix(): path.read_bytes()
            for path in sorted((tmp_path / name / "data").rglob("*.yaml"))
        }

    assert content("one", 1) == content("again", 1) != content("other", 2)
