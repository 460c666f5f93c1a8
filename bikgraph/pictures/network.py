"""Pictures for people who would rather look than read: a country's actors, their roles under each pillar, its agreements.

Three columns: pillars, actors, and what joins actors (agreements, consortia). A line is a role, told by colour and dash.
Actors stand near what they are joined to (barycentre ordering), so that lines cross little. matplotlib draws; the same
release gives the same SVG.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.lookup import label_of, show
from bikgraph.namespaces import BIK, ID
from bikgraph.pictures.canvas import STYLE, check_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DEFAULT = DefaultGraph()
# Okabe and Ito's palette, which colour-blind readers can tell apart; dashes say the same without colour.
ROLES: dict[str, tuple[str, Any, str]] = {
    "coordinator": ("#0072B2", "-", "coordinates"),
    "lead": ("#D55E00", "-", "leads"),
    "complementary": ("#009E73", (0, (4, 2)), "complementary"),
}
JOINS: dict[str, tuple[str, Any, str]] = {
    "party": ("#CC79A7", "-", "party to an agreement"),
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
_WIDTH, _ROW = 14.0, 0.42
_LEFT, _MIDDLE, _RIGHT = 0.13, 0.52, 0.89


class _Line(NamedTuple):
    actor: str
    other: str
    kind: str


class _Network(NamedTuple):
    title: str
    pillars: list[str]
    joins: list[str]
    lines: list[_Line]
    names: Mapping[str, str]
    kinds: Mapping[str, set[str]]


def draw_network(store: Store, country: NamedNode, edition: NamedNode | None, path: Path, language: str = "en") -> None:
    """Draw the actors of `country`, in `edition` or in all, to `path`, an .svg or .png file about 1,400 pixels wide.

    Raises RequestError for another ending, or if nothing is known of the country.
    """
    check_ending(path)
    network = _network(store, country, edition, language)
    if not network.lines:
        raise RequestError(f"The graph knows no actor with a role in {show(country.value)} yet.")
    import matplotlib as mpl

    mpl.use("Agg")
    with mpl.rc_context({**STYLE, "font.size": 9}):
        from matplotlib import pyplot

        figure = _figure(pyplot, network)
        try:
            figure.savefig(
                path,
                format=path.suffix[1:],
                dpi=100,
                metadata={"Date": None} if path.suffix == ".svg" else {"Software": None},
            )
        finally:
            pyplot.close(figure)


def _network(store: Store, country: NamedNode, edition: NamedNode | None, language: str) -> _Network:
    chosen = f"FILTER(?edition = {edition})" if edition is not None else ""
    prefix = f"PREFIX bik: <{BIK}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT DISTINCT ?actor ?other ?kind ?order WHERE {{ ?record bik:country {country} . OPTIONAL {{ ?record bik:edition ?edition }} {chosen} "
    roles: Any = store.query(
        prefix
        + "?record a bik:Responsibility ; bik:actor ?actor ; bik:role ?role ; bik:pillar ?other . ?role skos:notation ?kind . ?other bik:ordinal ?order }"
    )
    parties: Any = store.query(
        prefix + "?record a bik:Agreement ; bik:party ?actor . BIND(?record AS ?other) BIND('party' AS ?kind) }"
    )
    members: Any = store.query(
        prefix + "?record a bik:Membership ; bik:member ?actor ; bik:consortium ?other . BIND('member' AS ?kind) }"
    )
    lines, order = set(), {}
    for row in roles:
        if row["kind"].value in ROLES:
            lines.add(_Line(row["actor"].value, row["other"].value, row["kind"].value))
            order[row["other"].value] = (int(row["order"].value), row["other"].value)
    lines |= {
        _Line(row["actor"].value, row["other"].value, row["kind"].value) for rows in (parties, members) for row in rows
    }
    things = {name for line in lines for name in (line.actor, line.other)}
    names = {thing: _name(store, NamedNode(thing), language) for thing in things | {country.value}}
    kinds = {
        thing: {
            q.object.value.removeprefix(ID + "actor-kind-")
            for q in store.quads_for_pattern(NamedNode(thing), NamedNode(BIK + "kind"), None, _DEFAULT)
        }
        for thing in things
    }
    years = sorted(
        {q.object.value for q in store.quads_for_pattern(edition, NamedNode(BIK + "year"), None, _DEFAULT)}
        if edition is not None
        else _years(store, country)
    )
    title = f"{names[country.value]} {', '.join(years)}: who does what".replace(" :", ":")
    return _Network(
        title,
        sorted(order, key=order.__getitem__),
        sorted({line.other for line in lines} - set(order)),
        sorted(lines),
        names,
        kinds,
    )


def _years(store: Store, country: NamedNode) -> set[str]:
    query = f"PREFIX bik: <{BIK}> SELECT DISTINCT ?year WHERE {{ ?profile a bik:CountryProfile ; bik:country {country} ; bik:edition ?edition . ?edition bik:year ?year }}"
    found: Any = store.query(query)
    return {row["year"].value for row in found}


def _name(store: Store, node: NamedNode, language: str) -> str:
    label = label_of(store, node, language)
    text = label.value if label is not None else show(node.value)
    parties = sum(1 for _ in store.quads_for_pattern(node, NamedNode(BIK + "party"), None, _DEFAULT))
    incomplete = any(
        q.object.value == "false"
        for q in store.quads_for_pattern(node, NamedNode(BIK + "partiesComplete"), None, _DEFAULT)
    )
    return f"{text} (at least {parties} {'party' if parties == 1 else 'parties'})" if incomplete else text


def _figure(pyplot: Any, network: _Network) -> Any:
    actors = _ordered(network)
    rows = max(len(actors), 3 * len(network.pillars), 3 * len(network.joins), 6)
    height = rows * _ROW + 2.2
    figure = pyplot.figure(figsize=(_WIDTH, height), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 1)
    axes.set_ylim(height, 0)
    axes.axis("off")
    places: dict[str, tuple[float, float]] = {}
    for x, column in ((_LEFT, network.pillars), (_MIDDLE, actors), (_RIGHT, network.joins)):
        step = rows * _ROW / max(len(column), 1)
        places |= {name: (x, 1.25 + step * (i + 0.5)) for i, name in enumerate(column)}
    _lines(axes, network, places)
    for name in network.pillars:
        _box(
            axes,
            places[name],
            f"Pillar {network.pillars.index(name) + 1}\n" + "\n".join(textwrap.wrap(network.names[name], 30)),
            "#FFF6D6",
            bold=True,
        )
    for name in actors:
        _box(
            axes,
            places[name],
            textwrap.shorten(network.names[name], 62, placeholder=" …"),
            _colour(network.kinds[name]),
            dashed="group" in network.kinds[name],
        )
    for name in network.joins:
        _box(axes, places[name], "\n".join(textwrap.wrap(network.names[name], 28)), "#F3ECF7", bold=True)
    axes.text(0.02, 0.5, network.title, fontsize=17, weight="bold", va="center")
    for x, text in ((_LEFT, "Pillars of the strategy"), (_MIDDLE, "Actors"), (_RIGHT, "What joins them")):
        axes.text(x, 1.0, text, ha="center", va="center", fontsize=10, color="#555555")
    _legend(axes, network, height)
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


def _lines(axes: Any, network: _Network, places: Mapping[str, tuple[float, float]]) -> None:
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
    axes: Any, place: tuple[float, float], text: str, colour: str, *, bold: bool = False, dashed: bool = False
) -> None:
    from matplotlib.patches import FancyBboxPatch

    lines = text.count("\n") + 1
    width, height = (0.2 if bold else 0.31), 0.12 + 0.17 * lines
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
    axes.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        fontsize=8.5,
        weight="bold" if bold else "normal",
        style="italic" if dashed else "normal",
        zorder=3,
        linespacing=1.25,
    )


def _colour(kinds: Iterable[str]) -> str:
    own = set(kinds)
    return next((colour for colour, family in FAMILIES.values() if own & family), "#EEEEEE")


def _legend(axes: Any, network: _Network, height: float) -> None:
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
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.005), ncol=4, fontsize=8.5, frameon=False)
    axes.text(
        0.98,
        height - 0.12,
        "bikgraph, from the BIK Policy Map; CC BY 4.0",
        ha="right",
        va="center",
        fontsize=8,
        color="#777777",
    )
