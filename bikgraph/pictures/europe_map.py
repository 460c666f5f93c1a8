"""A choropleth map of the 30 countries: which country answered what.

Pure drawing, which knows nothing of the graph. Answers are told apart by lightness, and by hatching where more than three;
what is not an answer (not answered, no data, not covered) is white or grey with a pattern of its own. Luxembourg and Malta
are drawn a second time, enlarged. The same input gives the same SVG; boundaries/README.md tells where the boundaries are from.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from bikgraph.pictures.canvas import STYLE, check_ending

BOUNDARIES = "Boundaries: Natural Earth 4.1, public domain; equal-area projection (ETRS89-LAEA). Beige: land outside the 30 countries. LU and MT are also drawn enlarged."
# Face, hatch, colour of the hatch: no answer has a grey or white face, nor one of these hatches.
KINDS: dict[str, tuple[str, str, str]] = {
    "not-answered": ("#FFFFFF", "///", "#4D4D4D"),
    "no-data": ("#C9C9C9", "...", "#262626"),
    "not-covered": ("#FFFFFF", "--", "#A6A6A6"),
    "several": ("#CC79A7", "xx", "#4A1533"),
}
_HATCHES = ("", "\\\\", "||", "oo", "++", "**", "O", "\\\\||")
_SEA, _LAND, _BORDER, _INK, _GREY = "#EEF4F8", "#E3E0DA", "#333333", "#1A1A1A", "#595959"
_WIDTH, _MARGIN, _MAP = 16.0, 0.35, 10.3
_WEST, _EAST, _SOUTH, _NORTH = 2_560_000, 6_620_000, 1_150_000, 5_480_000
# Countries too small to read at the map's scale: by how much they are enlarged, and the middle, width and height of their box.
_INSETS: dict[str, tuple[float, float, float, float, float]] = {
    "LU": (4.0, 3_860_000, 3_760_000, 310_000, 460_000),
    "MT": (8.0, 5_200_000, 1_345_000, 370_000, 350_000),
}


class Shade(NamedTuple):
    """One class of the legend.

    Kind is "answer" (ordinal: answers go from dark to light in the order given), "not-answered", "no-data", "not-covered"
    (the country is not in that edition) or "several" (several answers, or contradicting ones).
    """

    key: str
    label: str
    kind: str


class _Look(NamedTuple):
    face: str
    hatch: str
    ink: str


class _Entry(NamedTuple):
    key: str
    label: list[str]
    number: str
    codes: list[str]
    height: float


def draw_map(
    shades: Sequence[Shade], values: Mapping[str, str], path: Path, *, title: str, subtitle: str, footer: str
) -> None:
    """Draw the map to `path`, an .svg or .png file about 1,600 pixels wide; `values` gives each of the 30 codes the key of a shade.

    The boundaries' origin is added to the footer. Raises RequestError for another ending, ValueError if the values or shades do not fit together.
    """
    check_ending(path)
    names = _check(shades, values)
    import matplotlib as mpl

    mpl.use("Agg")
    with mpl.rc_context({**STYLE, "font.size": 11, "hatch.linewidth": 0.9}):
        from matplotlib import pyplot

        figure = _figure(pyplot, shades, values, (title, subtitle, footer))
        try:
            if path.suffix == ".png":
                figure.savefig(path, format="png", dpi=100, metadata={"Software": None, "Title": title})
                return
            buffer = io.StringIO()
            figure.savefig(
                buffer,
                format="svg",
                metadata={"Date": None, "Title": title, "Description": f"{subtitle} {footer}".strip()},
            )
        finally:
            pyplot.close(figure)
    labels = {shade.key: shade.label for shade in shades}
    path.write_text(
        _spoken(buffer.getvalue(), {code: f"{names[code]}: {labels[key]}" for code, key in values.items()}),
        encoding="utf-8",
        newline="\n",
    )


def countries() -> dict[str, str]:
    """The names of the countries on the map, by ISO code."""
    return {feature["properties"]["code"]: feature["properties"]["name"] for feature in _features("country")}


def looks(shades: Sequence[Shade]) -> dict[str, _Look]:
    """How each shade is drawn, by key: face, hatch and the hatch's colour."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    answers = [shade.key for shade in shades if shade.kind == "answer"]
    found: dict[str, _Look] = {}
    for i, key in enumerate(answers):
        # Yellow to blue: lightness alone tells the order, also to colour-blind readers and in grey print.
        place = 0.92 - 0.7 * (i / (len(answers) - 1)) if len(answers) > 1 else 0.75
        found[key] = _Look(
            to_hex(colormaps["YlGnBu"](place)),
            _HATCHES[i % len(_HATCHES)] if len(answers) > 3 else "",
            "#FFFFFF" if place > 0.55 else "#3F3F3F",
        )
    seen: Counter[str] = Counter()
    for shade in shades:
        if shade.kind != "answer":
            face, hatch, ink = KINDS[shade.kind]
            seen[shade.kind] += 1
            found[shade.key] = _Look(face, hatch * seen[shade.kind], ink)
    return found


def _check(shades: Sequence[Shade], values: Mapping[str, str]) -> dict[str, str]:
    names = countries()
    for wrong, text in (
        (
            [key for key, number in Counter(shade.key for shade in shades).items() if number > 1],
            "These shades are given twice",
        ),
        ({shade.kind for shade in shades} - KINDS.keys() - {"answer"}, "These kinds of shade are unknown"),
        (values.keys() - names.keys(), "These countries are not on the map"),
        (names.keys() - values.keys(), "These countries have no value"),
        (set(values.values()) - {shade.key for shade in shades}, "These values are no shade's key"),
    ):
        if wrong:
            raise ValueError(f"{text}: {', '.join(sorted(wrong))}.")
    return names


@cache
def _boundaries() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(
        files("bikgraph.pictures").joinpath("boundaries", "europe.geojson").read_text(encoding="utf-8")
    )["features"]
    return features


def _features(role: str) -> list[dict[str, Any]]:
    return [feature for feature in _boundaries() if feature["properties"]["role"] == role]


def _figure(pyplot: Any, shades: Sequence[Shade], values: Mapping[str, str], texts: tuple[str, str, str]) -> Any:
    title, subtitle, footer = (textwrap.wrap(text, width) for text, width in zip(texts, (88, 140, 220), strict=True))
    footer = [*footer, BOUNDARIES]
    head = _MARGIN + 0.36 * len(title) + 0.27 * len(subtitle) + 0.2
    entries = [_entry(shade, values) for shade in shades]
    body = max(_MAP, sum(entry.height for entry in entries))
    height = head + body + 0.2 + 0.19 * len(footer) + 0.2
    figure = pyplot.figure(figsize=(_WIDTH, height), facecolor="white")
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, _WIDTH)
    page.set_ylim(height, 0)
    page.axis("off")
    _write(page, _MARGIN, _MARGIN, title, size=20, step=0.36, weight="bold")
    _write(page, _MARGIN, _MARGIN + 0.36 * len(title) + 0.05, subtitle, size=13, step=0.27, color="#404040")
    _write(page, _MARGIN, head + body + 0.2, footer, size=9, step=0.19, color=_GREY)
    styles = looks(shades)
    width = _MAP * (_EAST - _WEST) / (_NORTH - _SOUTH)
    _legend(page, entries, styles, (_MARGIN + width + 0.35, head))
    axes = figure.add_axes(
        (_MARGIN / _WIDTH, 1 - (head + _MAP) / height, width / _WIDTH, _MAP / height), facecolor=_SEA
    )
    axes.set(xlim=(_WEST, _EAST), ylim=(_SOUTH, _NORTH), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_color("#B5C2CC")
    _map(axes, {code: styles[key] for code, key in values.items()})
    return figure


def _map(axes: Any, styles: Mapping[str, _Look]) -> None:
    from matplotlib.patches import Rectangle

    for feature in _features("backdrop"):
        _shape(axes, _outline(feature["geometry"]["coordinates"]), _Look(_LAND, "", _LAND), "backdrop", 1, border=False)
    places = {feature["properties"]["code"]: feature["properties"]["label"] for feature in _features("country")}
    for feature in _features("country"):
        code = feature["properties"]["code"]
        _shape(
            axes,
            _outline(feature["geometry"]["coordinates"]),
            styles[code],
            f"country-{code}" + ("-place" if code in _INSETS else ""),
            2,
        )
        if code not in _INSETS:
            _code(axes, places[code][0], places[code][1], code)
    for feature in _features("inset"):
        code = feature["properties"]["code"]
        scale, x, y, width, height = _INSETS[code]
        for colour, thickness in (("white", 3.5), (_INK, 1.2)):
            axes.plot(
                [places[code][0], x],
                [places[code][1], y],
                color=colour,
                linewidth=thickness,
                zorder=5,
                solid_capstyle="round",
            )
        axes.add_patch(
            Rectangle(
                (x - width / 2, y - height / 2),
                width,
                height,
                facecolor="white",
                edgecolor=_INK,
                linewidth=1.2,
                zorder=6,
            )
        )
        outline = _outline(feature["geometry"]["coordinates"])
        (x0, y0), (x1, y1) = outline.vertices.min(axis=0), outline.vertices.max(axis=0)
        # The code stands under the enlarged shape: over it, it would hide most of the fill.
        outline.vertices = (outline.vertices - ((x0 + x1) / 2, (y0 + y1) / 2)) * scale + (x, y + 45_000)
        _shape(axes, outline, styles[code], f"country-{code}", 7)
        _code(axes, x, y - height / 2 + 55_000, code, f" \N{MULTIPLICATION SIGN}{scale:g}")


def _outline(polygons: Iterable[Any]) -> Any:
    """Polygons, of a GeoJSON multipolygon's nesting, as one path, holes included."""
    from matplotlib.path import Path as Outline

    return Outline.make_compound_path(*(Outline(ring, closed=True) for polygon in polygons for ring in polygon))


def _shape(axes: Any, outline: Any, look: _Look, gid: str, order: float, *, border: bool = True) -> None:
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


def _code(axes: Any, x: float, y: float, code: str, more: str = "") -> None:
    box = {"boxstyle": "round,pad=0.16,rounding_size=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.92}
    axes.text(
        x,
        y,
        code + more,
        ha="center",
        va="center_baseline",
        fontsize=9.5,
        weight="bold",
        color=_INK,
        bbox=box,
        zorder=9,
    )


def _entry(shade: Shade, values: Mapping[str, str]) -> _Entry:
    codes = sorted(code for code, key in values.items() if key == shade.key)
    label, listed = textwrap.wrap(shade.label, 40) or [shade.key], textwrap.wrap(" ".join(codes), 45)
    height = max(0.5, 0.235 * len(label) + 0.25 + 0.18 * len(listed)) + 0.22
    return _Entry(shade.key, label, f"{len(codes)} {'country' if len(codes) == 1 else 'countries'}", listed, height)


def _legend(page: Any, entries: Iterable[_Entry], styles: Mapping[str, _Look], corner: tuple[float, float]) -> None:
    """The classes from top to bottom: pattern, label, number of countries, and which."""
    x, y = corner
    for entry in entries:
        frame = _outline([[[(x, y), (x + 0.75, y), (x + 0.75, y + 0.5), (x, y + 0.5), (x, y)]]])
        _shape(page, frame, styles[entry.key], f"legend-{entry.key}", 2)
        _write(page, x + 0.95, y, entry.label, size=12, step=0.235, weight="bold")
        after = y + 0.235 * len(entry.label) + 0.02
        _write(page, x + 0.95, after, [entry.number], size=11, step=0.2)
        _write(page, x + 0.95, after + 0.23, entry.codes, size=9, step=0.18, color=_GREY)
        y += entry.height


def _write(page: Any, x: float, y: float, lines: Iterable[str], *, size: float, step: float, **style: Any) -> None:
    for i, line in enumerate(lines):
        page.text(x, y + step * i, line, fontsize=size, va="top", parse_math=False, **({"color": _INK} | style))


def _spoken(svg: str, names: Mapping[str, str]) -> str:
    """The SVG with a title for each country, which screen readers say and browsers show, and coordinates cut to 1/100 point."""
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    for code, name in names.items():
        svg = svg.replace(
            f'<g id="country-{code}">', f'<g id="country-{code}" role="img">\n    <title>{escape(name)}</title>'
        )
    return svg
