"""What all pictures are drawn on: a page, colours, and matplotlib in settings of our own.

matplotlib reads some settings of an SVG from `matplotlib.rcParams` only, which a process has once for all its threads.
So one picture is drawn at a time (a lock), with matplotlib's defaults and the settings here, whatever style a notebook
has chosen, and then all settings are put back. No backend is chosen and pyplot is not imported. What remains: a thread
that draws with matplotlib itself while a picture is drawn here, for some tenths of a second, sees these settings.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from bikgraph.pictures.lettering import FAMILY, Lettering

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Paint = Callable[[Lettering], Figure]

INK = "#1A1A1A"
# Okabe and Ito's colours, which colour-blind readers can tell apart.
BLUE, VERMILION, GREEN, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9"
# matplotlib salts the names inside an SVG at random unless told otherwise.
# Type 3 fonts in a PDF hold the letters that are used, of any kind of font, and leave the words searchable.
_STYLE = {"svg.hashsalt": "bikgraph", "font.family": FAMILY, "pdf.fonttype": 3}
_UNTOUCHED = {"backend", "backend_fallback", "interactive"}
_LOCK = Lock()


def page(width: float, height: float, right: float | None = None) -> tuple[Figure, Axes]:
    """A white figure, and axes over all of it: inches from the left (or 0 to `right`) and inches from the top."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width if right is None else right)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def drawn(
    paint: Paint,
    format: str,
    metadata: Mapping[str, str | None],
    style: Mapping[str, Any],
    *,
    keeps_text: bool = False,
    dpi: int = 100,
) -> bytes:
    """The figure that `paint` makes, as a file of this format; `style` is added to the settings that all have."""
    out = io.BytesIO()
    with _settings({"svg.fonttype": "none" if keeps_text else "path", **style}):
        paint(Lettering(keeps_text=keeps_text)).savefig(out, format=format, dpi=dpi, metadata=dict(metadata))
    return out.getvalue()


@contextmanager
def _settings(style: Mapping[str, Any]) -> Iterator[None]:
    """matplotlib's defaults with our style and this one; as they were afterwards. One at a time."""
    import matplotlib as mpl

    settings: dict[Any, Any] = {**mpl.rcParamsDefault, **_STYLE, **style}
    with _LOCK, mpl.rc_context({name: value for name, value in settings.items() if name not in _UNTOUCHED}):
        yield
