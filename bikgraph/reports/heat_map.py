"""The picture of the coverage: a row a country, a column an edition. Pure drawing; the same cells give the same bytes.

What is no data has a pattern of its own besides its colour, and every cell with data has its numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.pictures.canvas import INK, page
from bikgraph.pictures.lettering import shorten
from bikgraph.pictures.picture import Picture
from bikgraph.reports.coverage import PAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from bikgraph.pictures.lettering import Lettering
    from bikgraph.reports.coverage import Cell, Column, Coverage

_SOFT, _EDGE = "#4D4D4D", "#FFFFFF"
# Face, hatch and colour of the hatch of the cells without an answer.
_LOOKS = {
    "facts": ("#FBE8D3", "", INK),
    "no-data": ("#E4E4E4", "....", "#5A5A5A"),
    "not-covered": ("#FFFFFF", "////", "#8A8A8A"),
    "unknown": ("#FFFFFF", "---", "#B0B0B0"),
}
_STEPS = ("#DCEBF7", "#A9CCE8", "#6AA6D6", "#2B73B3", "#0B4480")
_PAGE_STEPS = ("#E6F2E4", "#BFE0BA", "#8CC487", "#38803F", "#14532A")
_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM, _ROW = 10.4, 1.75, 0.15, 0.95, 1.55, 0.29


def heat_map(coverage: Coverage) -> bytes:
    """The coverage as an SVG picture about 1,000 pixels wide, whose text needs no font."""
    picture = Picture(
        lambda lettering: _figure(coverage, lettering),
        title="Coverage by country and edition",
        style={"font.size": 9, "hatch.linewidth": 0.6},
    )
    return picture.svg(keeps_text=False).encode()


def _figure(coverage: Coverage, lettering: Lettering) -> Figure:
    rows, columns = list(coverage.countries), coverage.columns
    height = _TOP + len(rows) * _ROW + _BOTTOM
    figure, axes = page(_WIDTH, height)
    gap = 0.18
    step = (_WIDTH - _LEFT - _RIGHT - gap) / len(columns)
    most = max(
        (
            column.total("records") and max(cell.records for cell in column.cells.values())
            for column in columns
            if column.name == PAGES
        ),
        default=0,
    )
    for at, column in enumerate(columns):
        left = _LEFT + at * step + (gap if column.name == PAGES else 0)
        _head(axes, lettering, column, left + step / 2)
        for line, code in enumerate(rows):
            _cell(axes, lettering, column.cells[code], (left, _TOP + line * _ROW), step, most)
    for line, code in enumerate(rows):
        name = shorten(lettering.legible(coverage.countries[code], code), 26)
        middle = _TOP + (line + 0.5) * _ROW
        lettering.write(axes, _LEFT - 0.1, middle, name, size=9.5, ha="right", va="center", color=INK)
    _legend(axes, lettering, coverage, height - _BOTTOM + 0.2)
    lettering.write(axes, _LEFT, height - 0.1, lettering.note, size=8, va="center", color=_SOFT)
    return figure


def _head(axes: Axes, lettering: Lettering, column: Column, middle: float) -> None:
    name = column.name if column.name != PAGES else "Other pages"
    lettering.write(axes, middle, _TOP - 0.6, name, size=11.5, bold=True, ha="center", va="center", color=INK)
    under = (
        "number of facts"
        if column.name == PAGES
        else f"of {column.questions} questions"
        if column.questions
        else "questions unknown"
    )
    base = column.stated if column.stated is not None else "unknown"
    for y, text in ((_TOP - 0.37, under), (_TOP - 0.18, f"data: {column.profiles} of {base}")):
        lettering.write(axes, middle, y, text, size=8, ha="center", va="center", color=_SOFT)


def _cell(axes: Axes, lettering: Lettering, cell: Cell, corner: tuple[float, float], width: float, most: int) -> None:
    face, hatch, ink = _look(cell, most)
    _box(axes, corner, width, _ROW, face, hatch, ink)
    words = {
        "answers": f"{cell.answered}/{cell.questions}" + (f" +{cell.blank} blank" if cell.blank else ""),
        "facts": "facts only",
        "pages": str(cell.records),
    }.get(cell.state, "")
    if words:
        colour = "#FFFFFF" if face in (*_STEPS[3:], *_PAGE_STEPS[3:]) else INK
        x, y = corner[0] + width / 2, corner[1] + _ROW / 2
        lettering.write(axes, x, y, words, size=8.8, ha="center", va="center", color=colour)


def _look(cell: Cell, most: int) -> tuple[str, str, str]:
    if cell.state == "answers":
        return _step(_STEPS, cell.answered / cell.questions if cell.questions else 1), "", INK
    if cell.state == "pages":
        return _step(_PAGE_STEPS, cell.records / most), "", INK
    return _LOOKS[cell.state]


def _step(steps: tuple[str, ...], part: float) -> str:
    """The colour of a share above 0 and up to 1: one step for each fifth."""
    return steps[min(len(steps) - 1, max(0, int(part * len(steps) - 1e-9)))]


def _box(axes: Axes, corner: tuple[float, float], width: float, height: float, face: str, hatch: str, ink: str) -> None:
    from matplotlib.patches import Rectangle

    # Two boxes: the hatch has the colour of the edge, and edges are white, so that neighbours keep apart.
    if hatch:
        axes.add_patch(Rectangle(corner, width, height, facecolor=face, edgecolor=ink, hatch=hatch, linewidth=0))
    axes.add_patch(
        Rectangle(corner, width, height, facecolor="none" if hatch else face, edgecolor=_EDGE, linewidth=1.6)
    )


def _legend(axes: Axes, lettering: Lettering, coverage: Coverage, top: float) -> None:
    left = _LEFT
    for steps, words in (
        (_STEPS, "questions answered, of all (lightest: up to a fifth; darkest: more than four fifths)"),
        (_PAGE_STEPS, "other pages: number of facts (lightest: few; darkest: most)"),
    ):
        for at, colour in enumerate(steps):
            _box(axes, (left + at * 0.26, top), 0.26, 0.2, colour, "", INK)
        lettering.write(axes, left + 1.42, top + 0.1, words, size=8.6, va="center", color=INK)
        top += 0.29
    entries = {
        "facts": "profile read: facts, but no answer",
        "no-data": "covered, no data",
        "not-covered": "not covered by the edition",
        "unknown": "not known to be covered",
    }
    used = [state for state in entries if any(column.count(state) for column in coverage.columns)]
    for at, state in enumerate(used):
        x, y = left + (at % 2) * 3.6, top + (at // 2) * 0.29
        _box(axes, (x, y), 0.52, 0.2, *_LOOKS[state])
        axes.plot([x, x + 0.52, x + 0.52, x, x], [y, y, y + 0.2, y + 0.2, y], color="#8A8A8A", linewidth=0.6)
        lettering.write(axes, x + 0.62, y + 0.1, entries[state], size=8.6, va="center", color=INK)
