"""The suite's own rules (conftest.py, tests/conftest.py): slow tests, doctests, peers, and a checkout left as it
was.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.project import Project
from tests.conftest import ROOT, peer

SUITE = """
import pytest

def test_fast(): pass

@pytest.mark.slow
@pytest.mark.parametrize("number", range(9))
def test_slow(number): pass
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite of one fast and nine slow tests, run by the checkout's conftest.py."""
    pytester.makeconftest((ROOT / "conftest.py").read_text("utf-8"))
    pytester.makeini("[pytest]\nmarkers = slow\naddopts = -p no:cacheprovider -p no:hypothesispytest -p no:xdist")
    pytester.makepyfile(SUITE)
    return pytester


@pytest.mark.parametrize(
    ("options", "passed", "deselected", "said"),
    [
        ([], 1, 9, "those named only; --slow runs all"),
        (["--slow"], 10, 0, "all"),
        (["--slow-sample=3"], 4, 6, "a sample of 3 (--slow-seed=0)"),
        (["--slow-sample=30", "--slow-seed=abc"], 10, 0, "a sample of 30 (--slow-seed=abc)"),
        (["-m", "slow"], 9, 1, ""),
        (["test_slow_tests_run_when_asked_for.py::test_slow"], 9, 0, ""),
        (["test_slow_tests_run_when_asked_for.py"], 1, 9, ""),
    ],
)
def test_slow_tests_run_when_asked_for(
    suite: pytest.Pytester, options: list[str], passed: int, deselected: int, said: str
) -> None:
    """Slow tests run by --slow, by a sample, or when the command line names them; else they are left out, and it is
    said.
    """
    result = suite.runpytest_inprocess(*options)

    result.assert_outcomes(passed=passed, deselected=deselected)
    result.stdout.fnmatch_lines([f"Slow tests: {said}*"])


def test_same_seed_draws_the_same_sample(suite: pytest.Pytester) -> None:
    """A seed draws one sample, whatever the order of the tests; another seed draws another."""

    def drawn(seed: str) -> set[str]:
        result = suite.runpytest_inprocess("-v", "--slow-sample=4", f"--slow-seed={seed}")
        return {line.split()[0] for line in result.outlines if "PASSED" in line}

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def test_build_in_the_checkout_is_an_error(suite: pytest.Pytester) -> None:
    """A test that leaves a release beside conftest.py makes the run fail; a release that stood there before does
    not.
    """
    suite.makepyfile("import pathlib\ndef test_it(): pathlib.Path('release/builds').mkdir(parents=True)")
    suite.runpytest_inprocess().assert_outcomes(passed=1, errors=1, deselected=0)

    suite.makepyfile("def test_it(): pass")
    suite.runpytest_inprocess().assert_outcomes(passed=1)


def test_doctests_ask_a_copy(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A doctest finds the tests' built copy by the environment; a test does not."""
    monkeypatch.setattr("tests.conftest.built_copy", lambda _: Project(Path("the-copy")))
    suite.makepyfile(
        """
        def documented():
            '''
            >>> import os; os.environ["BIKGRAPH_PROJECT"]
            'the-copy'
            '''

        def test_it():
            import os
            assert "BIKGRAPH_PROJECT" not in os.environ
        """
    )

    suite.runpytest_inprocess("--doctest-modules").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("package", "remedy"), [("a-package", "apt-get install a-package"), ("npm: a-package", "npm install a-package")]
)
def test_missing_peer_is_skipped_and_named(monkeypatch: pytest.MonkeyPatch, package: str, remedy: str) -> None:
    """A test without its peer is skipped with the package to install; with CI=true it fails."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"needs no-such-peer: {remedy}"):
        peer("no-such-peer", package=package)

    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=remedy):
        peer("no-such-peer", package=package)


def test_peer_that_is_installed_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test whose peer is there runs, with CI=true too."""
    monkeypatch.setenv("CI", "true")

    peer("sh", package="dash")
