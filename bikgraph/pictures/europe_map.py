"""A choropleth map of Europe: which country answered what.

Pure drawing, which knows nothing of the graph. Answers are told apart by lightness, and more than three by hatching;
what is not an answer (not answered, no data, not covered) is white or grey with a pattern of its own. Luxembourg and
Malta are drawn a second time, enlarged; a country without boundaries here is named beside the map, with its class.
The same input gives the same bytes; boundaries/README.md tells where the boundaries are from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.pictures.canvas import INK, check_ending, page, save
from bikgraph.pictures.lettering import Lettering, isolate, wrap
from bikgraph.pictures.shades import Look, Shade, completed, looks

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline

BOUNDARIES = (
    "Boundaries: Natural Earth 4.1, public domain; equal-area projection (ETRS89-LAEA). "
    "Beige: land without boundaries here. LU and MT are also drawn enlarged."
)
_SEA, _LAND, _BORDER, _GREY = "#EEF4F8", "#E3E0DA", "#333333", "#595959"
_WIDTH, _MARGIN, _MAP = 16.0, 0.35, 10.3
_WEST, _EAST, _SOUTH, _NORTH = 2_560_000, 6_620_000, 1_150_000, 5_480_000
# Countries too small to read at the map's scale: how much they are enlarged; the middle, width and height of their box.
_INSETS: dict[str, tuple[float, float, float, float, float]] = {
    "LU": (4.0, 3_860_000, 3_760_000, 310_000, 460_000),
    "MT": (8.0, 5_200_000, 1_345_000, 370_000, 350_000),
}


class _Entry(NamedTuple):
    key: str
    label: list[str]
    number: str
    codes: list[str]
    height: float


class _Pen(NamedTuple):
    axes: Axes
    lettering: Lettering

    def write(
        self,
        x: float,
        y: float,
        lines: Iterable[str],
        *,
        size: float,
        step: float,
        bold: bool = False,
        color: str = INK,
    ) -> None:
        """Write lines from the top, `step` apart."""
        for i, line in enumerate(lines):
            self.lettering.write(self.axes, x, y + step * i, line, size=size, bold=bold, color=color, va="top")


def draw_map(
    shades: Sequence[Shade],
    values: Mapping[str, str],
    path: Path,
    *,
    title: str,
    subtitle: str,
    footer: str,
    names: Mapping[str, str] | None = None,
    slug: str = "",
) -> None:
    """Draw the map to `path`, an .svg or .png file about 1,600 pixels wide.

    `values` gives the key of a shade for each country's code. A country that it leaves out is drawn as "no-data", else
    as "not-covered", whichever kind the shades have. A country without boundaries here is listed beside the map by its
    name of `names`, which also replace the English names of the others. `slug` is written for a title that no font here
    can draw. The boundaries' origin is added to the footer.
    Raises RequestError for another ending, ValueError if the values or shades do not fit together.
    """
    check_ending(path)
    values = completed(shades, values, countries())
    names = countries() | dict(names or {})
    labels = {shade.key: shade.label for shade in shades}
    spoken = {code: f"{names[code]}: {labels[values[code]]}" for code in countries()}

    def paint(lettering: Lettering) -> Figure:
        legible = [
            shade._replace(label=lettering.legible(shade.label, shade.key.rsplit("/", 1)[-1])) for shade in shades
        ]
        others = {code: lettering.legible(names.get(code, "")) for code in values.keys() - countries().keys()}
        words = lettering.legible(title, slug), lettering.legible(subtitle), lettering.legible(footer)
        return _figure(lettering, legible, values, words, others)

    save(
        path,
        paint,
        title=title,
        description=f"{subtitle} {footer}".strip(),
        style={"font.size": 11, "hatch.linewidth": 0.9},
        finish=lambda svg: _spoken(svg, spoken),
    )


def countries() -> dict[str, str]:
    """The names of the countries on the map, by ISO code."""
    return {feature["properties"]["code"]: feature["properties"]["name"] for feature in _features("country")}


@cache
def _boundaries() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(
        files("bikgraph.pictures").joinpath("boundaries", "europe.geojson").read_text(encoding="utf-8")
    )["features"]
    return features


def _features(role: str) -> list[dict[str, Any]]:
    return [feature for feature in _boundaries() if feature["properties"]["role"] == role]


def _figure(
    lettering: Lettering,
    shades: Sequence[Shade],
    values: Mapping[str, str],
    words: tuple[str, str, str],
    others: Mapping[str, str],
) -> Figure:
    title, subtitle, footer = (wrap(text, width) for text, width in zip(words, (88, 140, 220), strict=True))
    footer = [*footer, BOUNDARIES, *wrap(lettering.note, 220)]
    head = _MARGIN + 0.36 * len(title) + 0.27 * len(subtitle) + 0.2
    entries = [_entry(shade, values) for shade in shades]
    beside = _beside(shades, values, others)
    body = max(_MAP, sum(entry.height for entry in entries) + 0.2 * len(beside))
    height = head + body + 0.2 + 0.19 * len(footer) + 0.2
    figure, axes = page(_WIDTH, height)
    pen = _Pen(axes, lettering)
    pen.write(_MARGIN, _MARGIN, title, size=20, step=0.36, bold=True)
    pen.write(_MARGIN, _MARGIN + 0.36 * len(title) + 0.05, subtitle, size=13, step=0.27, color="#404040")
    pen.write(_MARGIN, head + body + 0.2, footer, size=9, step=0.19, color=_GREY)
    styles = looks(shades)
    width = _MAP * (_EAST - _WEST) / (_NORTH - _SOUTH)
    x = _MARGIN + width + 0.35
    y = _legend(pen, entries, styles, (x, head))
    pen.write(x, y, beside[:1], size=12, step=0.2, bold=True)
    pen.write(x, y + 0.25, beside[1:], size=10, step=0.2)
    frame = figure.add_axes(
        (_MARGIN / _WIDTH, 1 - (head + _MAP) / height, width / _WIDTH, _MAP / height), facecolor=_SEA
    )
    frame.set(xlim=(_WEST, _EAST), ylim=(_SOUTH, _NORTH), xticks=[], yticks=[])
    for spine in frame.spines.values():
        spine.set_color("#B5C2CC")
    _map(_Pen(frame, lettering), {code: styles[values[code]] for code in countries()})
    return figure


def _beside(shades: Sequence[Shade], values: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
    """The countries without boundaries in words, by class, under a heading; nothing if there are none."""
    lines = []
    for shade in shades:
        codes = [code for code in sorted(others) if values[code] == shade.key]
        named = [f"{isolate(others[code])} ({code})" if others[code] else code for code in codes]
        if named:
            lines += wrap(f"{isolate(shade.label)}: {', '.join(named)}", 66)
    return ["Not on the map", *lines, ""] if lines else []


def _map(pen: _Pen, styles: Mapping[str, Look]) -> None:
    for feature in _features("backdrop"):
        _shape(pen.axes, _outline(feature), Look(_LAND, "", _LAND), "backdrop", 1, border=False)
    middles: dict[str, tuple[float, float]] = {
        feature["properties"]["code"]: feature["properties"]["label"] for feature in _features("country")
    }
    for feature in _features("country"):
        code = feature["properties"]["code"]
        is_small = code in _INSETS
        _shape(pen.axes, _outline(feature), styles[code], f"country-{code}{'-place' if is_small else ''}", 2)
        if not is_small:
            _code(pen, *middles[code], code)
    for feature in _features("inset"):
        code = feature["properties"]["code"]
        _inset(pen, code, _outline(feature), styles[code], middles[code])


def _inset(pen: _Pen, code: str, outline: Outline, look: Look, middle: tuple[float, float]) -> None:
    """A small country once more, enlarged in a box, with a line from its place."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import Affine2D

    scale, x, y, width, height = _INSETS[code]
    for colour, thickness in (("white", 3.5), (INK, 1.2)):
        ends = [middle[0], x], [middle[1], y]
        pen.axes.plot(*ends, color=colour, linewidth=thickness, zorder=5, solid_capstyle="round")
    corner = x - width / 2, y - height / 2
    pen.axes.add_patch(Rectangle(corner, width, height, facecolor="white", edgecolor=INK, linewidth=1.2, zorder=6))
    box = outline.get_extents()
    # The code stands under the enlarged shape: over it, it would hide most of the fill.
    enlarged = (
        Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2).scale(scale).translate(x, y + 45_000)
    )
    _shape(pen.axes, outline.transformed(enlarged), look, f"country-{code}", 7)
    _code(pen, x, corner[1] + 55_000, f"{code} \N{MULTIPLICATION SIGN}{scale:g}")


def _outline(feature: Mapping[str, Any]) -> Outline:
    """The polygons of a feature as one path, holes included."""
    from matplotlib.path import Path as Outline

    polygons = feature["geometry"]["coordinates"]
    return Outline.make_compound_path(*(Outline(ring, closed=True) for polygon in polygons for ring in polygon))


def _shape(axes: Axes, outline: Outline, look: Look, gid: str, order: float, *, border: bool = True) -> None:
    """A filled shape, and its border as a patch of its own: an edge's colour is the hatch's."""
    from matplotlib.patches import PathPatch

    axes.add_patch(
        PathPatch(
            outline,
            facecolor=look.face,
            edgecolor=look.ink,
            hatch=look.hatch or None,
            linewidth=0,
            zorder=order,
            gid=gid,
        )
    )
    # Dark on white: seen between two dark countries as well as between two white ones.
    for colour, width, above in (("white", 1.7, 0.4), (_BORDER, 0.7, 0.5)) if border else ():
        axes.add_patch(
            PathPatch(
                outline, facecolor="none", edgecolor=colour, linewidth=width, joinstyle="round", zorder=order + above
            )
        )


def _code(pen: _Pen, x: float, y: float, code: str) -> None:
    box = {"boxstyle": "round,pad=0.16,rounding_size=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.92}
    style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": INK, "bbox": box, "zorder": 9}
    pen.lettering.write(pen.axes, x, y, code, size=9.5, bold=True, **style)


def _entry(shade: Shade, values: Mapping[str, str]) -> _Entry:
    codes = sorted(code for code, key in values.items() if key == shade.key)
    label, listed = wrap(shade.label, 40) or [shade.key], wrap(" ".join(codes), 45)
    height = max(0.5, 0.235 * len(label) + 0.25 + 0.18 * len(listed)) + 0.22
    return _Entry(shade.key, label, f"{len(codes)} {'country' if len(codes) == 1 else 'countries'}", listed, height)


def _legend(pen: _Pen, entries: Iterable[_Entry], styles: Mapping[str, Look], corner: tuple[float, float]) -> float:
    """The classes from top to bottom: pattern, label, number of countries, and which; returns where it ends."""
    from matplotlib.path import Path as Outline

    x, y = corner
    for entry in entries:
        frame = Outline([(x, y), (x + 0.75, y), (x + 0.75, y + 0.5), (x, y + 0.5), (x, y)], closed=True)
        _shape(pen.axes, frame, styles[entry.key], f"legend-{entry.key}", 2)
        pen.write(x + 0.95, y, entry.label, size=12, step=0.235, bold=True)
        after = y + 0.235 * len(entry.label) + 0.02
        pen.write(x + 0.95, after, [entry.number], size=11, step=0.2)
        pen.write(x + 0.95, after + 0.23, entry.codes, size=9, step=0.18, color=_GREY)
        y += entry.height
    return y


def _spoken(svg: str, names: Mapping[str, str]) -> str:
    """The SVG with a title for each country, which screen readers say and browsers show; coordinates to 1/100 point."""
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    for code, name in names.items():
        svg = svg.replace(
            f'<g id="country-{code}">',
            f'<g id="country-{code}" role="img">\n    <title>{escape(name, quote=False)}</title>',
        )
    return svg
