"""The page of a picture: a title, a line below it, a foot, and room for the picture between; all in inches.

Pure drawing. Text is no smaller than `SMALLEST` points at the size for which the picture is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from bikgraph.pictures.canvas import INK, page
from bikgraph.pictures.lettering import Lettering
from bikgraph.pictures.measure import fit, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bikgraph.pictures.picture import Size

SMALLEST = 7.0
MARGIN, GREY, SOFT = 0.35, "#595959", "#404040"
EDGE = "#666666"
_KEY, _KEY_GAP = 0.42, 0.3


def leading(size: float) -> float:
    """The distance of two lines of text of `size` points."""
    return size * 1.3 / 72


class Words(NamedTuple):
    """The words around a picture; `slug` is written for a title that no font here can draw."""

    title: str
    subtitle: str
    foot: Sequence[str]
    slug: str = ""


class Pen(NamedTuple):
    """Axes in inches from the left and from the top, and the letters to write on them."""

    axes: Axes
    lettering: Lettering

    @property
    def figure(self) -> Figure:
        """The figure of the axes."""
        return cast("Figure", self.axes.figure)

    def write(self, x: float, y: float, lines: Iterable[str], *, size: float, step: float = 0.0, **style: Any) -> None:
        """Write lines from the top, `step` apart; each by itself, so that any viewer's font keeps them in place."""
        style = {"color": INK, "va": "top", **style}
        for i, line in enumerate(lines):
            self.lettering.write(self.axes, x, y + (step or leading(size)) * i, line, size=size, **style)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        face: str,
        *,
        hatch: str = "",
        ink: str = EDGE,
        edge: str | None = EDGE,
        dashed: bool = False,
        **style: Any,
    ) -> None:
        """A rectangle with its corner at the upper left; a border of its own, for an edge's colour is the hatch's."""
        from matplotlib.patches import Rectangle

        style = {"zorder": 2, **style}
        face_style: dict[str, Any] = {"facecolor": face, "edgecolor": ink, "hatch": hatch or None, "linewidth": 0}
        self.axes.add_patch(Rectangle((x, y), wide, high, **face_style, **style))
        if edge:
            border: dict[str, Any] = {
                "facecolor": "none",
                "edgecolor": edge,
                "linewidth": 0.8,
                "linestyle": "--" if dashed else "-",
            }
            self.axes.add_patch(Rectangle((x, y), wide, high, **border, zorder=style["zorder"] + 0.1))

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, **style: Any) -> None:
        """A line through points."""
        self.axes.plot(xs, ys, color=color, **{"linewidth": 0.8, "zorder": 1, **style})

    def mark(self, x: float, y: float, marker: str, color: str, *, size: float = 7.0, zorder: float = 3.0) -> None:
        """A sign with its middle at a point."""
        style: dict[str, Any] = {"markeredgecolor": INK, "markeredgewidth": 0.6, "zorder": zorder}
        self.axes.plot([x], [y], marker=marker, color=color, markersize=size, linestyle="none", **style)


class Sheet:
    """A page whose words are measured first, so that the room for the picture is known before it is drawn."""

    def __init__(self, lettering: Lettering, size: Size | None, natural_width: float, words: Words) -> None:
        """A page of `size`, or as wide as `natural_width` and as high as is needed."""
        self.lettering, self.size = lettering, size
        self.width = size.width if size else natural_width
        self.inner = self.width - 2 * MARGIN
        self._sizes = (18.0, 11.0, 8.0) if size is None or size.width > 9 else (15.0, 10.0, 7.5)
        big, middle, small = self._sizes
        title = lettering.legible(words.title, words.slug)
        self._title = fit(title, self.inner, big, bold=True, most=4)
        self._subtitle = fit(lettering.legible(words.subtitle), self.inner, middle, most=4)
        self._foot = [line for text in words.foot for line in fit(lettering.legible(text), self.inner, small)]
        self.top = MARGIN + leading(big) * len(self._title) + leading(middle) * len(self._subtitle) + 0.15

    def _whole_foot(self) -> list[str]:
        # What no font has is known only when all has been made legible.
        return [*self._foot, *fit(self.lettering.note, self.inner, self._sizes[2])]

    @property
    def room(self) -> float | None:
        """The height for the picture on a page of fixed height; None where the page is as high as it needs."""
        return self.size.height - self.top - self._foot_height() if self.size else None

    def _foot_height(self) -> float:
        return 0.12 + leading(self._sizes[2]) * len(self._whole_foot()) + 0.15

    def open(self, body: float) -> Pen:
        """The page with its title and foot, and a pen; the picture is `body` high and begins at `top`."""
        height = self.size.height if self.size else self.top + body + self._foot_height()
        _, axes = page(self.width, height)
        pen = Pen(axes, self.lettering)
        big, middle, small = self._sizes
        pen.write(MARGIN, MARGIN, self._title, size=big, bold=True)
        pen.write(MARGIN, MARGIN + leading(big) * len(self._title) + 0.03, self._subtitle, size=middle, color=SOFT)
        foot = self._whole_foot()
        pen.write(MARGIN, height - 0.15 - leading(small) * len(foot), foot, size=small, color=GREY)
        return pen


class Key(NamedTuple):
    """A sign of the legend and what it means; `draw` draws it from x to the right, y being the middle of its height."""

    text: str
    draw: Callable[[Pen, float, float], None]


class Legend:
    """Signs with their meanings, beside each other in as many rows as the width asks for."""

    def __init__(self, keys: Sequence[Key], inches: float, size: float) -> None:
        """Lay the keys out in rows of at most `inches`."""
        self._size, self._places = size, list[tuple[float, float, Key, list[str]]]()
        x = y = tall = 0.0
        for key in keys:
            lines = fit(key.text, inches - _KEY, size) or [""]
            wide = _KEY + max(width(line, size) for line in lines) + _KEY_GAP
            if x and x + wide - _KEY_GAP > inches:
                x, y, tall = 0.0, y + tall, 0.0
            self._places.append((x, y, key, lines))
            x, tall = x + wide, max(tall, leading(size) * len(lines) + 0.06)
        self.height = y + tall

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its upper left corner there."""
        for right, down, key, lines in self._places:
            key.draw(pen, x + right, y + down + leading(self._size) / 2)
            pen.write(x + right + _KEY, y + down, lines, size=self._size)


def box_key(text: str, face: str, *, hatch: str = "", ink: str = EDGE, dashed: bool = False) -> Key:
    """A key whose sign is a box."""
    return Key(text, lambda pen, x, y: pen.box(x, y - 0.07, 0.32, 0.14, face, hatch=hatch, ink=ink, dashed=dashed))


def line_key(text: str, color: str, dash: Any, thickness: float) -> Key:
    """A key whose sign is a line."""
    return Key(text, lambda pen, x, y: pen.line([x, x + 0.34], [y, y], color, linestyle=dash, linewidth=thickness))


def mark_key(text: str, marker: str, color: str) -> Key:
    """A key whose sign is a mark."""
    return Key(text, lambda pen, x, y: pen.mark(x + 0.25, y, marker, color))
