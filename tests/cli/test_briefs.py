"""`bikgraph brief`, as a user runs it."""

from __future__ import annotations

from pathlib import Path

from bikgraph.project import Project
from tests.conftest import run


def test_a_brief_is_written_by_its_ending(tiny: Project, tmp_path: Path) -> None:
    """A country and a file are all that is needed; `-` with a format writes to standard output."""
    done = run(tiny, "brief", "Malta", "-o", str(tmp_path / "mt.pdf"))
    shown = run(tiny, "brief", "MT", "-o", "-", "--format", "markdown")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "mt.pdf").read_bytes().startswith(b"%PDF-")
    assert shown.stdout.startswith("# Malta: policy for children's internet use\n")


def test_a_wrong_request_ends_with_2(tiny: Project, tmp_path: Path) -> None:
    """An ending that is no brief's, and a country that is not there, are refused; nothing is written."""
    for arguments in (["MT", "-o", str(tmp_path / "mt.rtf")], ["Mlta", "-o", str(tmp_path / "mt.md")], ["MT"]):
        done = run(tiny, "brief", *arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
