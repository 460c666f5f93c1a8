"""How the suite runs: which of the slow tests, and the doctests in a project of their own, never in the checkout."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

import bikgraph

pytest_plugins = ("pytester",)  # for tests/test_suite.py, which tests this file
RELEASE = Path(__file__).parent / "release"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say which slow tests run."""
    group = parser.getgroup("slow", "slow tests (comparisons with the reference libraries), left out unless asked for")
    group.addoption("--slow", action="store_true", help="run all slow tests too")
    group.addoption("--slow-sample", type=int, default=0, metavar="N", help="run a random sample of N slow tests too")
    group.addoption("--slow-seed", default="0", metavar="SEED", help="any text; the same seed draws the same sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the slow tests that were neither asked for nor drawn.

    One that the command line names (`file.py::test`, or `-m slow`) was asked for.
    """
    if config.option.slow or "slow" in config.option.markexpr:
        return
    named = tuple(argument for argument in config.args if "::" in argument)
    slow = sorted(
        item.nodeid for item in items if item.get_closest_marker("slow") and not item.nodeid.startswith(named)
    )
    # Each process of a parallel run draws for itself, and has to draw the same.
    chance = random.Random(config.option.slow_seed)  # noqa: S311
    drawn = chance.sample(slow, min(config.option.slow_sample, len(slow)))
    left_out = set(slow) - set(drawn)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which slow tests ran."""
    if config.option.slow:
        which = "all"
    elif config.option.slow_sample:
        which = f"a sample of {config.option.slow_sample} (--slow-seed={config.option.slow_seed})"
    else:
        which = "those named only; --slow runs all"
    terminalreporter.write_line(f"Slow tests: {which}.")


@pytest.fixture(autouse=True)
def _doctests_ask_a_copy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project that `bikgraph.open()` finds in a doctest is the tests' built copy, not the checkout around them."""
    if isinstance(request.node, pytest.DoctestItem):
        from tests.conftest import built_copy

        factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
        monkeypatch.setenv("BIKGRAPH_PROJECT", str(built_copy(factory).root))
        # The examples of the Python API begin with `bikgraph.open()`.
        request.getfixturevalue("doctest_namespace")["bikgraph"] = bikgraph


@pytest.fixture(scope="session", autouse=True)
def _no_build_in_the_checkout() -> Iterator[None]:
    """No test builds in the checkout: what stands in its release/ folder, if it has one, stays as it was."""
    before = builds()
    yield
    assert builds() == before, f"A test built in the checkout: see {RELEASE}. Give it a project of its own."


def builds(release: Path = RELEASE) -> list[str]:
    """The folders and files of a release folder, two levels deep; none if it does not exist."""
    return sorted(str(path) for path in [release, *release.glob("*"), *release.glob("*/*")] if path.exists())
