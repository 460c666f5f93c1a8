"""What all pictures have in common: the kinds of files, and a style that gives the same bytes for the same input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bikgraph.errors import RequestError

ENDINGS = (".svg", ".png")
# matplotlib salts the names inside an SVG at random unless told otherwise.
STYLE: dict[Any, Any] = {"svg.hashsalt": "bikgraph", "svg.fonttype": "none", "font.family": "DejaVu Sans"}


def check_ending(path: Path) -> None:
    """Raise RequestError if `path` does not end as a picture does."""
    if path.suffix not in ENDINGS:
        raise RequestError(f"A picture's file ends in .svg or .png, not {path.suffix or 'in nothing'!r}.")
