"""The picture of a network: columns of boxes, and lines that say by colour and dash which role a body has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bikgraph.pictures.lettering import Lettering
from bikgraph.pictures.measure import fit
from bikgraph.pictures.network import FUNCTIONS, JOINS, Line, Network, network
from bikgraph.pictures.network_layout import BODIES, MARK, Column, Layout, Placed, columns_of, lay_out, natural_width
from bikgraph.pictures.picture import Look, Picture
from bikgraph.pictures.roles import family_keys, family_of, order, role_keys, stroke
from bikgraph.pictures.sheet import MARGIN, SOFT, Legend, Pen, Sheet, Words, leading

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import NamedNode, Store

_HEADING = 9.0
_FACES = {FUNCTIONS: "#EAF6F6", JOINS: "#F3ECF7"}
_PILLAR_FACE = "#FFF6D6"


def draw_network(store: Store, country: NamedNode, edition: NamedNode | None, look: Look) -> Picture:
    """A picture of the bodies of `country` and what they are joined to, in `edition` or in all that is known.

    Raises RequestError if nothing is known there, with a command that shows what there is instead.
    """
    drawn = network(store, country, edition, look.language)
    title = look.titled(drawn.title)
    return Picture(
        lambda lettering: _figure(drawn, lettering, look, title),
        title=title,
        description=f"{drawn.subtitle} {drawn.credit}".strip(),
        style={"font.size": 9},
        size=look.size,
    )


def _figure(drawn: Network, lettering: Lettering, look: Look, title: str) -> Figure:
    words = Words(title, drawn.subtitle, (drawn.credit,))
    sheet = Sheet(lettering, look.size, natural_width(drawn) + 2 * MARGIN, words)
    keys = [*role_keys({line.kind for line in drawn.lines}), *family_keys(drawn.kinds.values())]
    legend = Legend(keys, sheet.inner, 8.0)
    heads = _heads(columns_of(drawn, sheet.inner))
    above = leading(_HEADING) * max(map(len, heads.values())) + 0.12
    # On a narrow page, what is left out is told in two lines.
    below = legend.height + 0.35 + (leading(8.0) if sheet.size and sheet.size.is_upright else 0)
    room = None if sheet.room is None else sheet.room - above - below
    layout = lay_out(drawn, lettering, sheet.inner, room)
    pen = sheet.open(above + layout.height + below)
    for heading, lines in heads.items():
        middle = MARGIN + layout.columns[heading].left + layout.columns[heading].width / 2
        top = sheet.top + above - 0.12 - leading(_HEADING) * len(lines)
        pen.write(middle, top, lines, size=_HEADING, ha="center", color=SOFT)
    top = sheet.top + above
    _lines(pen, drawn, layout, top)
    for key, placed in layout.boxes.items():
        _box(pen, drawn, key, placed, layout, top)
    after = top + layout.height + 0.08
    if layout.left_out:
        pen.write(
            MARGIN, after, fit(_left_out(layout, drawn.command), sheet.inner, 8.0, bold=True), size=8.0, bold=True
        )
    legend.draw(pen, MARGIN, after + below - legend.height - 0.15)
    return pen.figure


def _heads(columns: Mapping[str, Column]) -> dict[str, list[str]]:
    return {heading: fit(heading, column.width, _HEADING) for heading, column in columns.items()}


def _left_out(layout: Layout, command: str) -> str:
    """How many boxes the page has no room for, and what shows all."""
    bodies = layout.left_out.get(BODIES, 0)
    others = sum(layout.left_out.values()) - bodies
    parts = [f"{bodies} more {'body' if bodies == 1 else 'bodies'}"] if bodies else []
    parts += [f"{others} more of what joins them"] if others else []
    return f"… and {' and '.join(parts)}. All, without --size: {command}"


def _lines(pen: Pen, drawn: Network, layout: Layout, top: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Curve

    lines = [line for line in drawn.lines if line.actor in layout.boxes and line.other in layout.boxes]
    shifts = _shifts(lines, layout)
    for line in lines:
        bodies, column = layout.columns[BODIES], layout.columns[layout.boxes[line.other].column]
        away = 1 if column.side > 0 else -1
        start = MARGIN + (bodies.left + bodies.width if away > 0 else bodies.left)
        near = next(column for column in layout.columns.values() if column.side == away)
        # Up to the near column the line bends; past it, to a farther one, it runs level, between the boxes.
        bend_to = MARGIN + (near.left if away > 0 else near.left + near.width)
        end = MARGIN + (column.left if away > 0 else column.left + column.width)
        y0, y1 = (
            top + layout.boxes[key].middle + shifts[key, line.kind, away * towards]
            for key, towards in ((line.actor, 1), (line.other, -1))
        )
        half = (start + bend_to) / 2
        points = [(start, y0), (half, y0), (half, y1), (bend_to, y1), (end, y1)]
        codes = [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4, Curve.LINETO]
        color, dash, thickness, _ = stroke(line.kind)
        style: dict[str, Any] = {"edgecolor": color, "linestyle": dash, "linewidth": thickness}
        pen.axes.add_patch(PathPatch(Curve(points, codes), facecolor="none", alpha=0.85, zorder=1, **style))


def _shifts(lines: list[Line], layout: Layout) -> dict[tuple[str, str, int], float]:
    """How far from the middle of a box's left (-1) or right (1) side the lines of each kind end, beside each other."""
    ends: dict[tuple[str, int], set[str]] = {}
    for line in lines:
        away = 1 if layout.columns[layout.boxes[line.other].column].side > 0 else -1
        ends.setdefault((line.actor, away), set()).add(line.kind)
        ends.setdefault((line.other, -away), set()).add(line.kind)
    shifts = {}
    for (key, side), kinds in ends.items():
        step = min(0.045, layout.boxes[key].height * 0.8 / len(kinds))
        for i, kind in enumerate(sorted(kinds, key=order)):
            shifts[key, kind, side] = step * (i - (len(kinds) - 1) / 2)
    return shifts


def _box(pen: Pen, drawn: Network, key: str, placed: Placed, layout: Layout, top: float) -> None:
    column = layout.columns[placed.column]
    left, y = MARGIN + column.left, top + placed.middle
    is_body = placed.column == BODIES
    kinds = drawn.kinds.get(key, set())
    family = family_of(kinds)
    face = family.face if is_body else _FACES.get(placed.column, _PILLAR_FACE)
    dashed = is_body and "group" in kinds
    pen.box(left, y - placed.height / 2, column.width, placed.height, face, dashed=dashed, zorder=2)
    aside = MARK if is_body else 0.0
    if is_body:
        pen.mark(left + MARK * 0.6, y, family.marker, family.color, size=5.5)
    step = leading(layout.letters)
    for i, line in enumerate(placed.lines):
        middle = y + step * (i - (len(placed.lines) - 1) / 2)
        style: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 3, "italic": dashed}
        is_bold = not is_body and i < len(placed.lines) - placed.below
        pen.write(left + (column.width + aside) / 2, middle, [line], size=layout.letters, bold=is_bold, **style)
