"""`bikgraph export` and `bikgraph draw`, as programs around them see them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bikgraph.project import Project
from tests.conftest import ROOT, run


def test_closed_pipe_is_no_error(belgium: Project) -> None:
    """A reader that stops early ends the command without a complaint."""
    command = f"{sys.executable} -m bikgraph --project {belgium.root} export --format ntriples | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )

    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_export_and_draw_write_files(tiny: Project, tmp_path: Path) -> None:
    """In processes of their own, an export and a picture are written to the file that is named."""
    assert run(tiny, "export", "--told", "-o", str(tmp_path / "tiny.nt"), "--format", "ntriples").returncode == 0
    assert run(tiny, "draw", "network", "--country", "MT", "-o", str(tmp_path / "tiny.svg")).returncode == 0

    assert b"id/mt-agreement>" in (tmp_path / "tiny.nt").read_bytes()
    assert (tmp_path / "tiny.svg").read_bytes().startswith(b"<?xml")
