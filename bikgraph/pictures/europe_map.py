"""A choropleth map of Europe: which country answered what.

Pure drawing, which knows nothing of the graph. Answers are told apart by lightness, and more than three by hatching;
what is not an answer (not answered, no data, not covered) is white or grey with a pattern of its own. Luxembourg and
Malta are drawn a second time, enlarged; a country without boundaries here is named beside the map, with its class.
The same input gives the same bytes; boundaries/README.md tells where the boundaries are from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bikgraph.pictures.canvas import INK
from bikgraph.pictures.lettering import Lettering
from bikgraph.pictures.map_legend import NATURAL, MapLegend
from bikgraph.pictures.picture import Picture, Size
from bikgraph.pictures.shades import Look, Shade, completed, looks
from bikgraph.pictures.sheet import MARGIN, Pen, Sheet, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline

BOUNDARIES = (
    "Boundaries: Natural Earth 4.1, public domain; equal-area projection (ETRS89-LAEA). "
    "Beige: land without boundaries here. LU and MT are also drawn enlarged."
)
_SEA, _LAND, _BORDER = "#EEF4F8", "#E3E0DA", "#333333"
_WIDTH = 16.0
_WEST, _EAST, _SOUTH, _NORTH = 2_560_000, 6_620_000, 1_150_000, 5_480_000
_ASPECT = (_EAST - _WEST) / (_NORTH - _SOUTH)
# Countries too small to read at the map's scale: how much they are enlarged; the middle, width and height of their box.
_INSETS: dict[str, tuple[float, float, float, float, float]] = {
    "LU": (4.0, 3_860_000, 3_760_000, 310_000, 460_000),
    "MT": (8.0, 5_200_000, 1_345_000, 370_000, 350_000),
}


def europe_map(
    shades: Sequence[Shade],
    values: Mapping[str, str],
    *,
    title: str,
    subtitle: str,
    footer: str,
    names: Mapping[str, str] | None = None,
    slug: str = "",
    size: Size | None = None,
) -> Picture:
    """The map of these values, of `size` or 16 inches wide.

    `values` gives the key of a shade for each country's code. A country that it leaves out is drawn as "no-data", else
    as "not-covered", whichever kind the shades have. A country without boundaries here is listed beside the map by its
    name of `names`, which also replace the English names of the others. `slug` is written for a title that no font here
    can draw. The boundaries' origin is added to the footer. Raises ValueError if the values or shades do not fit.
    """
    values = completed(shades, values, countries())
    names = countries() | dict(names or {})
    labels = {shade.key: shade.label for shade in shades}
    spoken = {code: f"{names[code]}: {labels[values[code]]}" for code in countries()}

    def paint(lettering: Lettering) -> Figure:
        legible = [
            shade._replace(label=lettering.legible(shade.label, shade.key.rsplit("/", 1)[-1])) for shade in shades
        ]
        others = {code: lettering.legible(names.get(code, "")) for code in values.keys() - countries().keys()}
        sheet = Sheet(lettering, size, _WIDTH, Words(title, subtitle, (footer, BOUNDARIES), slug))
        return _figure(sheet, legible, values, others)

    return Picture(
        paint,
        title=title,
        description=f"{subtitle} {footer}".strip(),
        style={"font.size": 11, "hatch.linewidth": 0.9},
        finish=lambda svg: _spoken(svg, spoken),
        size=size,
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


def _figure(sheet: Sheet, shades: Sequence[Shade], values: Mapping[str, str], others: Mapping[str, str]) -> Figure:
    styles = looks(shades)
    legend = MapLegend(sheet, shades, values, others, _ASPECT)
    pen = sheet.open(legend.body)
    legend.draw(pen, lambda x, y, wide, high, key: _sample(pen, (x, y, wide, high), styles[key], key))
    wide = legend.map * _ASPECT
    size, left = pen.figure.get_size_inches(), (sheet.width - wide) / 2 if legend.is_below else MARGIN
    frame = pen.figure.add_axes(
        (left / size[0], 1 - (sheet.top + legend.map) / size[1], wide / size[0], legend.map / size[1]), facecolor=_SEA
    )
    frame.set(xlim=(_WEST, _EAST), ylim=(_SOUTH, _NORTH), xticks=[], yticks=[])
    for spine in frame.spines.values():
        spine.set_color("#B5C2CC")
    # Letters are no smaller than the smallest that can be read, and the boxes that hold them grow as the map shrinks.
    scale = min(max(7.0 / 9.5, legend.map / NATURAL), 1.0)
    _map(Pen(frame, sheet.lettering), {code: styles[values[code]] for code in countries()}, scale, legend.map)
    return pen.figure


def _map(pen: Pen, styles: Mapping[str, Look], scale: float, high: float) -> None:
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
            _code(pen, *middles[code], code, 9.5 * scale)
    for feature in _features("inset"):
        code = feature["properties"]["code"]
        _inset(pen, code, _outline(feature), styles[code], middles[code], 9.5 * scale, scale * NATURAL / high)


def _inset(
    pen: Pen, code: str, outline: Outline, look: Look, middle: tuple[float, float], letters: float, grown: float
) -> None:
    """A small country once more, enlarged in a box, with a line from its place; a smaller map has a larger box."""
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import Affine2D

    scale, x, y, width, height = _INSETS[code]
    scale, width, height = scale * grown, width * grown, height * grown
    y = max(y, _SOUTH + height / 2 + 10_000)
    for colour, thickness in (("white", 3.5), (INK, 1.2)):
        ends = [middle[0], x], [middle[1], y]
        pen.axes.plot(*ends, color=colour, linewidth=thickness, zorder=5, solid_capstyle="round")
    corner = x - width / 2, y - height / 2
    pen.axes.add_patch(Rectangle(corner, width, height, facecolor="white", edgecolor=INK, linewidth=1.2, zorder=6))
    box = outline.get_extents()
    # The code stands under the enlarged shape: over it, it would hide most of the fill.
    enlarged = (
        Affine2D()
        .translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2)
        .scale(scale)
        .translate(x, y + 45_000 * grown)
    )
    _shape(pen.axes, outline.transformed(enlarged), look, f"country-{code}", 7)
    _code(pen, x, corner[1] + 55_000 * grown, f"{code} \N{MULTIPLICATION SIGN}{scale:.2g}", letters)


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


def _sample(pen: Pen, box: tuple[float, float, float, float], look: Look, key: str) -> None:
    """A box of the legend, drawn as a country is."""
    from matplotlib.path import Path as Outline

    x, y, wide, high = box
    frame = Outline([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)], closed=True)
    _shape(pen.axes, frame, look, f"legend-{key}", 2)


def _code(pen: Pen, x: float, y: float, code: str, size: float) -> None:
    box = {"boxstyle": "round,pad=0.16,rounding_size=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.92}
    style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": INK, "bbox": box, "zorder": 9}
    pen.lettering.write(pen.axes, x, y, code, size=size, bold=True, **style)


def _spoken(svg: str, names: Mapping[str, str]) -> str:
    """The SVG with a title for each country, which screen readers say and browsers show; coordinates to 1/100 point."""
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    for code, name in names.items():
        svg = svg.replace(
            f'<g id="country-{code}">',
            f'<g id="country-{code}" role="img">\n    <title>{escape(name, quote=False)}</title>',
        )
    return svg
