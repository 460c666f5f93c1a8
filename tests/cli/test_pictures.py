"""`bikgraph draw`: each picture is written as asked, and a wrong request writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.project import Project
from tests.conftest import run

PICTURES = [
    ["network", "--country", "Estonia", "--edition", "2018"],
    ["bodies", "--country", "CY"],
    ["timeline", "--country", "NO"],
    ["map", "--indicator", "coverage"],
    ["ranking", "--indicator", "ministries-involved"],
    ["matrix", "--edition", "2026"],
]


@pytest.mark.parametrize("arguments", PICTURES, ids=lambda arguments: arguments[0])
def test_each_picture_is_written(project: Project, tmp_path: Path, arguments: list[str]) -> None:
    """Each picture takes a size, a title and a language, and says nothing."""
    file = tmp_path / "picture.pdf"
    done = run(project, "draw", *arguments, "--size", "slide", "--title", "Mine", "--lang", "fr", "-o", str(file))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["matrix", "--size", "slid"], "There is no size 'slid'. Did you mean slide?"),
        (["matrix", "--size", ""], "There is no size ''. Sizes: slide, page, square."),
        (["matrix", "--edition", "2023"], "Editions, with how many countries answered: 2018 (24)"),
        (["ranking", "--indicator", "coverage", "--edition", "2018"], "Editions that ask it: 2024, 2025, 2026."),
        (["timeline", "--country", "Belgum"], "Did you mean Belgium"),
        (["timeline", "--country", "XX"], "There is no country 'XX'"),
        (["bodies", "--country", ""], "There is no country ''"),
        (["bodies", "--country", "BE", "--title", "x" * 301], "A title has at most 300 letters"),
    ],
)
def test_wrong_request(project: Project, tmp_path: Path, arguments: list[str], expected: str) -> None:
    """What is wrong is told with what there is; no file appears."""
    done = run(project, "draw", *arguments, "-o", str(tmp_path / "picture.svg"))

    assert done.returncode == 2
    assert expected in done.stderr
    assert not list(tmp_path.iterdir())
