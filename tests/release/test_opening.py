"""Opening a release: what cannot be opened is named with the remedy."""

from __future__ import annotations

from bikgraph.project import Project
from bikgraph.release.release import STORE
from tests.conftest import Command


def test_damaged_release_is_explained(own_tiny: Project, command: Command) -> None:
    """A store that cannot be opened is named with the remedy."""
    for file in (own_tiny.release / "current" / STORE).iterdir():
        if file.name.startswith("MANIFEST") or file.name == "CURRENT":
            file.unlink()
    done = command(own_tiny, "ask", "gaps", "--country", "MT")

    assert done.returncode == 2
    assert "is damaged:" in done.stderr
    assert "Make it anew with: bikgraph build" in done.stderr
