"""A picture for people who would rather look than read: a country's actors, roles under each pillar, and agreements.

Three columns: pillars, actors, what joins actors (agreements, consortia). A line is a role, told by colour and dash.
Actors stand near what they are joined to (barycentre ordering), so that lines cross little. matplotlib draws; the same
release gives the same SVG.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import name_of, show, values
from bikgraph.namespaces import BIK, ID
from bikgraph.pictures.canvas import BLUE, GREEN, PURPLE, VERMILION, check_ending, page, save
from bikgraph.pictures.lettering import Lettering, isolate, shorten, wrap
from bikgraph.pictures.queries import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Dashes say the same without colour.
ROLES: dict[str, tuple[str, Any, str]] = {
    "coordinator": (BLUE, "-", "coordinates"),
    "lead": (VERMILION, "-", "leads"),
    "complementary": (GREEN, (0, (4, 2)), "complementary"),
}
JOINS: dict[str, tuple[str, Any, str]] = {
    "party": (PURPLE, "-", "party to an agreement"),
    "member": ("#7A5C00", (0, (1.5, 1.5)), "member of a consortium"),
}
FAMILIES = {
    "ministry, government": ("#DCEBF7", {"ministry", "government"}),
    "police, judiciary": ("#F7DCE9", {"law-enforcement", "judiciary"}),
    "agency, regulator, council": ("#E4F3EA", {"public-agency", "regulator", "advisory-body"}),
    "centre, helpline, NGO": (
        "#FBE8D3",
        {"safer-internet-centre", "hotline", "helpline", "awareness-centre", "ngo", "consortium", "youth-body"},
    ),
    "other body or person": ("#EEEEEE", set()),
}
# Inches, and the middles of the columns as parts of the width.
_WIDTH, _ROW, _HEAD, _FOOT = 14.0, 0.42, 1.25, 1.1
_LEFT, _MIDDLE, _RIGHT = 0.13, 0.52, 0.89


class _Line(NamedTuple):
    actor: str
    other: str
    kind: str


class _Network(NamedTuple):
    country: str
    years: str
    pillars: list[str]
    joins: list[str]
    lines: list[_Line]
    names: Mapping[str, str]
    kinds: Mapping[str, set[str]]


def draw_network(store: Store, country: NamedNode, edition: NamedNode | None, path: Path, language: str = "en") -> None:
    """Draw the actors of `country`, in `edition` or in all, to `path`, an .svg or .png file about 1,400 pixels wide.

    Raises RequestError for another ending, if nothing is known of the country, or if the file cannot be written.
    """
    check_ending(path)
    network = _network(store, country, edition, language)
    if not network.lines:
        raise RequestError(f"The graph knows no actor with a role in {show(country.value)} yet.")
    title = _title(network.names[network.country], network.years)
    save(path, lambda lettering: _figure(network, lettering), title=title, style={"font.size": 9})


def _network(store: Store, country: NamedNode, edition: NamedNode | None, language: str) -> _Network:
    chosen = {"country": [country], "chosen": [edition] if edition is not None else []}
    lines, order = set(), {}
    for row in rows(store, "network-roles", chosen):
        if row["kind"].value in ROLES:
            lines.add(_Line(row["actor"].value, row["other"].value, row["kind"].value))
            order[row["other"].value] = (int(row["order"].value), row["other"].value)
    for kind, query in (("party", "network-parties"), ("member", "network-members")):
        lines |= {_Line(row["actor"].value, row["other"].value, kind) for row in rows(store, query, chosen)}
    things = {name for line in lines for name in (line.actor, line.other)}
    return _Network(
        country.value,
        _years(store, country, edition),
        sorted(order, key=order.__getitem__),
        sorted({line.other for line in lines} - set(order)),
        sorted(lines),
        {thing: _name(store, NamedNode(thing), language) for thing in things | {country.value}},
        {
            thing: {
                kind.value.removeprefix(ID + "actor-kind-") for kind in values(store, NamedNode(thing), BIK + "kind")
            }
            for thing in things
        },
    )


def _years(store: Store, country: NamedNode, edition: NamedNode | None) -> str:
    years = (
        [year.value for year in values(store, edition, BIK + "year")]
        if edition is not None
        else [row["year"].value for row in rows(store, "network-years", {"country": [country]})]
    )
    return ", ".join(sorted(years))


def _title(name: str, years: str) -> str:
    return f"{isolate(name)} {years}".strip() + ": who does what"


def _name(store: Store, node: NamedNode, language: str) -> str:
    name = name_of(store, node, language)
    parties = len(values(store, node, BIK + "party"))
    incomplete = any(complete.value == "false" for complete in values(store, node, BIK + "partiesComplete"))
    return f"{isolate(name)} (at least {parties} {'party' if parties == 1 else 'parties'})" if incomplete else name


def _figure(network: _Network, lettering: Lettering) -> Figure:
    names = {thing: lettering.legible(name, show(thing)) for thing, name in network.names.items()}
    title = _title(names[network.country], network.years)
    actors = _ordered(network)
    height = max(len(actors), 3 * len(network.pillars), 3 * len(network.joins), 6) * _ROW + _HEAD + _FOOT
    figure, axes = page(_WIDTH, height, right=1)
    places: dict[str, tuple[float, float]] = {}
    for x, column in ((_LEFT, network.pillars), (_MIDDLE, actors), (_RIGHT, network.joins)):
        step = (height - _HEAD - _FOOT) / max(len(column), 1)
        places |= {name: (x, _HEAD + step * (i + 0.5)) for i, name in enumerate(column)}
    _lines(axes, network, places)
    for number, name in enumerate(network.pillars, 1):
        _box(axes, lettering, places[name], [f"Pillar {number}", *wrap(names[name], 30)], "#FFF6D6", bold=True)
    for name in actors:
        kinds = network.kinds[name]
        _box(axes, lettering, places[name], [shorten(names[name], 62)], _colour(kinds), dashed="group" in kinds)
    for name in network.joins:
        _box(axes, lettering, places[name], wrap(names[name], 30), "#F3ECF7", bold=True)
    lettering.write(axes, 0.02, 0.5, title, size=17, bold=True, va="center")
    for x, text in ((_LEFT, "Pillars of the strategy"), (_MIDDLE, "Actors"), (_RIGHT, "What joins them")):
        lettering.write(axes, x, 1.0, text, size=10, ha="center", va="center", color="#555555")
    _legend(axes, network, lettering, bottom=0.2 / height)
    foot: dict[str, Any] = {"size": 8, "va": "center", "color": "#777777"}
    lettering.write(axes, 0.98, height - 0.12, "bikgraph, from the BIK Policy Map; CC BY 4.0", ha="right", **foot)
    lettering.write(axes, 0.02, height - 0.12, lettering.note, **foot)
    return figure


def _ordered(network: _Network) -> list[str]:
    """The actors from top to bottom: each at the mean height of what its lines lead to."""
    heights = {name: (i + 0.5) / len(network.pillars) for i, name in enumerate(network.pillars)}
    heights |= {name: (i + 0.5) / len(network.joins) for i, name in enumerate(network.joins)}
    ends: dict[str, list[float]] = {}
    for line in network.lines:
        # A pillar pulls harder than an agreement: most lines lead to pillars, and they are what is compared.
        ends.setdefault(line.actor, []).extend([heights[line.other]] * (3 if line.other in network.pillars else 1))
    drawn = {name for name in ends if name not in network.joins}
    return sorted(drawn, key=lambda name: (sum(ends[name]) / len(ends[name]), network.names[name]))


def _lines(axes: Axes, network: _Network, places: Mapping[str, tuple[float, float]]) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Curve

    styles = {**ROLES, **JOINS}
    offsets = {kind: 0.06 * (i - 1) for i, kind in enumerate(ROLES)}
    for line in network.lines:
        if line.actor not in places:
            continue
        (x0, y0), (x1, y1) = places[line.actor], places[line.other]
        side = -1 if x1 < x0 else 1
        start, end = x0 + side * 0.155, x1 - side * 0.1
        shift = offsets.get(line.kind, 0.0)
        colour, dash, _ = styles[line.kind]
        bend = (end - start) * 0.5
        curve = Curve(
            [(start, y0 + shift), (start + bend, y0 + shift), (end - bend, y1 + shift), (end, y1 + shift)],
            [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4],
        )
        axes.add_patch(
            PathPatch(curve, facecolor="none", edgecolor=colour, linestyle=dash, linewidth=1.8, alpha=0.85, zorder=1)
        )


def _box(
    axes: Axes,
    lettering: Lettering,
    place: tuple[float, float],
    lines: Sequence[str],
    colour: str,
    *,
    bold: bool = False,
    dashed: bool = False,
) -> None:
    from matplotlib.patches import FancyBboxPatch

    width, height = (0.2 if bold else 0.31), 0.12 + 0.17 * len(lines)
    x, y = place
    # Mutation aspect keeps the corners round although the axes count in widths and inches.
    patch = FancyBboxPatch(
        (x - width / 2, y - height / 2),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=0.006",
        mutation_aspect=_WIDTH,
        facecolor=colour,
        edgecolor="#666666",
        linewidth=0.9,
        linestyle="--" if dashed else "-",
        zorder=2,
    )
    axes.add_patch(patch)
    # Each line by itself: an .svg then centres it with whatever font it is shown in.
    for i, line in enumerate(lines):
        middle = y + 0.1476 * (i - (len(lines) - 1) / 2)
        lettering.write(axes, x, middle, line, size=8.5, bold=bold, italic=dashed, ha="center", va="center", zorder=3)


def _colour(kinds: Iterable[str]) -> str:
    own = set(kinds)
    return next((colour for colour, family in FAMILIES.values() if own & family), "#EEEEEE")


def _legend(axes: Axes, network: _Network, lettering: Lettering, *, bottom: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    used = {line.kind for line in network.lines}
    handles: list[Any] = [
        Line2D([], [], color=colour, linestyle=dash, linewidth=2, label=text)
        for kind, (colour, dash, text) in {**ROLES, **JOINS}.items()
        if kind in used
    ]
    handles += [Patch(facecolor=colour, edgecolor="#666666", label=name) for name, (colour, _) in FAMILIES.items()]
    handles.append(
        Patch(facecolor="white", edgecolor="#666666", linestyle="--", label="group that the source leaves unnamed")
    )
    font = lettering.font("", 8.5)
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, bottom), ncol=4, prop=font, frameon=False)
