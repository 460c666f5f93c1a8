"""Commands in a terminal: a pseudo-terminal of a width and height, as a person has it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bikgraph.project import Project
from bikgraph.tables.text import room
from tests.conftest import ROOT

pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")

_MINISTRIES = ("ask", "ministries", "--country", "BE")


def in_terminal(
    project: Project, *arguments: str, columns: int, lines: int = 500, environment: dict[str, str] | None = None
) -> str:
    """What a command shows in a terminal of this size."""
    import fcntl
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "COLUMNS", "LINES", "LESS", "PAGER")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bikgraph", "--project", str(project.root), *arguments],
        cwd=ROOT,
        stdin=its,
        stdout=its,
        stderr=its,
        env={**surroundings, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **(environment or {})},
    )
    os.close(its)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # on Linux: the terminal's other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 100, 200])
def test_a_table_fits_the_terminal(belgium: Project, columns: int) -> None:
    """At any width no line is longer than the terminal, every ministry and competence is whole, nothing is cut."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", in_terminal(belgium, *_MINISTRIES, columns=columns))

    assert max(map(room, text.splitlines())) <= columns
    assert text.count("curricula") == 4
    assert "…" not in text
    assert f"Left out to fit {columns} columns: actor, territory" in text


def test_no_color_is_respected(belgium: Project) -> None:
    """A terminal has colours, unless NO_COLOR or a terminal without them says otherwise; a pipe has none."""
    assert "\x1b[1m" in in_terminal(belgium, *_MINISTRIES, columns=100)
    for forbidding in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in in_terminal(belgium, *_MINISTRIES, columns=100, environment=forbidding)


def test_longer_than_the_screen_is_paged(belgium: Project, tmp_path: Path) -> None:
    """What outgrows the screen goes to the pager that the reader has chosen, the rest to the terminal at once."""
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\nprintf 'PAGED\\n'\ncat > {tmp_path}/seen\n", "utf-8")
    pager.chmod(0o755)
    chosen = {"PAGER": str(pager)}

    assert "PAGED" in in_terminal(belgium, *_MINISTRIES, columns=100, lines=10, environment=chosen)
    assert "curricula" in (tmp_path / "seen").read_text("utf-8")
    assert "PAGED" not in in_terminal(belgium, *_MINISTRIES, columns=100, lines=60, environment=chosen)
    assert "PAGED" in in_terminal(belgium, "show", "be-star", columns=100, lines=5, environment=chosen)
    assert "curricula" in in_terminal(belgium, *_MINISTRIES, columns=100, lines=10, environment={"PAGER": "cat"})


def test_a_workbook_is_not_shown_in_a_terminal(belgium: Project) -> None:
    """Bytes that would drive a terminal are refused before anything is asked."""
    with pytest.raises(AssertionError, match=r"xlsx is nothing for a terminal\. Name a file: -o rows\.xlsx"):
        in_terminal(belgium, *_MINISTRIES, "--format", "xlsx", columns=100)


@pytest.mark.parametrize("arguments", [_MINISTRIES, ("show", "be-star"), ("questions",), ("ask", "--help")])
def test_output_is_utf8_whatever_the_code_page(belgium: Project, arguments: tuple[str, ...]) -> None:
    """With the code page of Windows in Western Europe, output is UTF-8 and the same as elsewhere."""
    written = []
    for code_page in ("cp1252", "utf-8"):
        done = subprocess.run(
            [sys.executable, "-m", "bikgraph", "--project", str(belgium.root), *arguments],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": code_page, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)},
        )
        written.append(done.stdout)

    assert written[0] == written[1]
    assert written[0].decode("utf-8")


def test_errors_are_utf8_too(belgium: Project) -> None:
    """A request in Greek or Polish is quoted in the error as it was written."""
    done = subprocess.run(
        [sys.executable, "-m", "bikgraph", "--project", str(belgium.root), "show", "Łódź-Ελλάδα"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)},
    )

    assert done.returncode == 2
    assert "Łódź-Ελλάδα" in done.stderr.decode("utf-8")
