"""What the tests of the pictures look at: the words of a picture, and where they stand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import NamedTuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from bikgraph.pictures import Picture
from bikgraph.pictures.canvas import _settings
from bikgraph.pictures.lettering import Lettering

SVG = "{http://www.w3.org/2000/svg}"


class Faults(NamedTuple):
    """Words beyond the page, words over each other, and words too small to read."""

    cut: list[str]
    over: list[tuple[str, str]]
    small: list[str]


def texts(picture: Picture) -> list[str]:
    """The lines of text of a picture, in the order in which they are drawn."""
    root = ET.fromstring(picture.svg())  # noqa: S314
    return ["".join(element.itertext()).strip() for element in root.iter(SVG + "text")]


def faults(picture: Picture) -> Faults:
    """What is wrong with the words of a picture, measured on the figure as its PNG is drawn."""
    with _settings(picture._style):
        figure = picture._paint(Lettering(keeps_text=False))
        figure.set_dpi(picture._dpi)
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        wide, high = figure.get_size_inches() * picture._dpi
        words: list[Text] = [text for axes in figure.axes for text in axes.texts if text.get_text().strip()]
        boxes = sorted(
            ((text.get_window_extent(renderer), text) for text in words), key=lambda pair: (pair[0].x0, pair[0].y0)
        )
    cut = [text.get_text() for box, text in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > wide or box.y1 > high]
    over = []
    for i, (first, text) in enumerate(boxes):
        for second, other in boxes[i + 1 :]:
            if second.x0 > first.x1:
                break
            across = min(first.x1, second.x1) - max(first.x0, second.x0)
            down = min(first.y1, second.y1) - max(first.y0, second.y0)
            # Boxes of lines that stand close touch by the room for letters that they do not have.
            if across > 0.02 * picture._dpi and down > 0.036 * picture._dpi:
                over.append((text.get_text(), other.get_text()))
    small = [text.get_text() for _, text in boxes if float(text.get_fontsize()) < 7]
    return Faults(cut, over, small)
