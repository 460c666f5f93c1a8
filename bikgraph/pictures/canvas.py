"""What all pictures have in common: kinds of files, a style, colours, a page to draw on, and how they are saved.

matplotlib reads some settings of an SVG from `matplotlib.rcParams` only, which a process has once for all its threads.
So one picture is drawn at a time (a lock), with matplotlib's defaults and the settings here, whatever style a notebook
has chosen, and then all settings are put back. No backend is chosen and pyplot is not imported. What remains: a thread
that draws with matplotlib itself while a picture is drawn here, for some tenths of a second, sees these settings.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from bikgraph.errors import RequestError
from bikgraph.output_file import write_file
from bikgraph.pictures.lettering import FAMILY, Lettering, families

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Paint = Callable[[Lettering], Figure]

ENDINGS = (".svg", ".png")
INK = "#1A1A1A"
# Okabe and Ito's colours, which colour-blind readers can tell apart.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# matplotlib salts the names inside an SVG at random unless told otherwise.
_STYLE = {"svg.hashsalt": "bikgraph", "font.family": FAMILY}
_UNTOUCHED = {"backend", "backend_fallback", "interactive"}
_LOCK = Lock()


def check_ending(path: Path) -> None:
    """Raise RequestError if `path` does not end as a picture does."""
    if path.suffix.lower() not in ENDINGS:
        raise RequestError(f"A picture's file ends in .svg or .png, and {path.name!r} does not.")


def save(
    path: Path,
    paint: Paint,
    *,
    title: str,
    description: str = "",
    style: Mapping[str, Any],
    finish: Callable[[str], str] | None = None,
) -> None:
    """Write the figure that `paint` makes to `path`, an .svg or .png file; `finish` may change the text of an .svg.

    Raises RequestError for another ending, or if the disk refuses; what was at `path` before is then unchanged.
    """
    check_ending(path)
    if path.suffix.lower() == ".png":
        picture = _draw(paint, "png", {"Software": None, "Title": title}, style)
    else:
        svg = svg_text(paint, title=title, description=description, style=style)
        picture = (finish(svg) if finish else svg).encode()
    write_file(path, lambda out: out.write(picture))


def svg_text(
    paint: Paint, *, title: str, description: str = "", style: Mapping[str, Any], keeps_text: bool = True
) -> str:
    """The figure that `paint` makes as an SVG; its words stay text, or become outlines that need no font."""
    metadata = {"Date": None, "Creator": "bikgraph, with matplotlib", "Title": title} | (
        {"Description": description} if description else {}
    )
    return families(_draw(paint, "svg", metadata, style, keeps_text=keeps_text).decode())


def page(width: float, height: float, right: float | None = None) -> tuple[Figure, Axes]:
    """A white figure, and axes over all of it: inches from the left (or 0 to `right`) and inches from the top."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width if right is None else right)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def _draw(
    paint: Paint, format: str, metadata: Mapping[str, str | None], style: Mapping[str, Any], *, keeps_text: bool = False
) -> bytes:
    out = io.BytesIO()
    with _settings({"svg.fonttype": "none" if keeps_text else "path", **style}):
        paint(Lettering(keeps_text=keeps_text)).savefig(out, format=format, dpi=100, metadata=dict(metadata))
    return out.getvalue()


@contextmanager
def _settings(style: Mapping[str, Any]) -> Iterator[None]:
    """matplotlib's defaults with our style and this one; as they were afterwards. One at a time."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {**mpl.rcParamsDefault, **_STYLE, **style}
    with _LOCK, mpl.rc_context({name: value for name, value in settings.items() if name not in _UNTOUCHED}):
        yield
