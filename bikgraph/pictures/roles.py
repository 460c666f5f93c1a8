"""How roles, ways of being joined and kinds of bodies look: by colour, and by dash or thickness for print in grey."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.lookup import values
from bikgraph.namespaces import BIK, ID
from bikgraph.pictures.canvas import BLUE, GREEN, INK, PURPLE, SKY, VERMILION
from bikgraph.pictures.sheet import Key, Pen, box_key, line_key

if TYPE_CHECKING:
    from pyoxigraph import Store


class Stroke(NamedTuple):
    """How a line is drawn, and what it says."""

    color: str
    dash: Any
    thickness: float
    text: str


STROKES: dict[str, Stroke] = {
    "coordinator": Stroke(BLUE, "-", 2.4, "coordinates"),
    "lead": Stroke(VERMILION, (0, (9, 2)), 2.0, "leads"),
    "complementary": Stroke(GREEN, (0, (4, 2)), 1.7, "complementary"),
    "operator": Stroke(INK, "-", 1.0, "operates"),
    "member": Stroke("#7A5C00", (0, (1.5, 1.5)), 1.7, "is a member"),
    "oversight": Stroke("#882255", (0, (6, 2, 1.5, 2)), 1.5, "oversees"),
    "advisor": Stroke(SKY, (0, (2.5, 1.2)), 2.0, "advises"),
    "funder": Stroke("#E69F00", (0, (6, 1.5, 1.5, 1.5, 1.5, 1.5)), 1.9, "funds"),
    "consulted": Stroke("#777777", (0, (1, 2)), 1.6, "is consulted"),
    "partner": Stroke("#777777", (0, (5, 3)), 1.4, "is a partner"),
    "party": Stroke(PURPLE, "-", 1.7, "party to an agreement"),
    "consortium": Stroke("#7A5C00", (0, (3, 1.5, 1, 1.5)), 1.7, "member of a consortium"),
    "same": Stroke("#999999", (0, (1, 1)), 1.2, "the same body"),
}


class Family(NamedTuple):
    """Kinds of bodies that look alike: the colour of a box, a mark with its colour, and the codes of the kinds."""

    face: str
    marker: str
    color: str
    kinds: frozenset[str]


_CIVIL = ("safer-internet-centre", "hotline", "helpline", "awareness-centre", "ngo", "consortium", "youth-body")
# The mark says the same as the colour, for print in grey.
FAMILIES = {
    "ministry, government": Family("#DCEBF7", "s", BLUE, frozenset(("ministry", "government"))),
    "police, judiciary": Family("#F7DCE9", "^", "#AA3377", frozenset(("law-enforcement", "judiciary"))),
    "agency, regulator, council": Family(
        "#E4F3EA", "D", GREEN, frozenset(("public-agency", "regulator", "advisory-body"))
    ),
    "centre, helpline, NGO": Family("#FBE8D3", "o", "#E69F00", frozenset(_CIVIL)),
    "other body or person": Family("#EEEEEE", "X", "#999999", frozenset()),
}


def stroke(role: str) -> Stroke:
    """How a role's line looks; a role of a project's own is a grey line with its own name."""
    return STROKES.get(role) or Stroke("#777777", (0, (3, 3)), 1.4, role)


def order(role: str) -> tuple[int, str]:
    """Where a role stands among the others."""
    return ([*STROKES].index(role) if role in STROKES else len(STROKES), role)


def kinds_of(store: Store, actor: str) -> set[str]:
    """The codes of the kinds of a body."""
    kinds = values(store, NamedNode(actor), BIK + "kind")
    return {kind.value.removeprefix(ID + "actor-kind-") for kind in kinds}


def family_name(kinds: Iterable[str]) -> str:
    """The family that the legend names."""
    own = set(kinds)
    return next((name for name, family in FAMILIES.items() if own & family.kinds), "other body or person")


def family_of(kinds: Iterable[str]) -> Family:
    """The family of a body of these kinds."""
    return FAMILIES[family_name(kinds)]


def role_keys(roles: Iterable[str]) -> list[Key]:
    """The legend's keys for these roles."""
    return [line_key(stroke(role).text, *stroke(role)[:3]) for role in sorted(roles, key=order)]


def family_keys(bodies: Iterable[Iterable[str]]) -> list[Key]:
    """The legend's keys for bodies of these kinds."""
    kinds = [set(own) for own in bodies]
    used = {family_name(own) for own in kinds}
    keys = [_family_key(name, family) for name, family in FAMILIES.items() if name in used]
    unnamed = [box_key("group that the source leaves unnamed", "#FFFFFF", dashed=True)]
    return keys + (unnamed if any("group" in own for own in kinds) else [])


def _family_key(name: str, family: Family) -> Key:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.box(x, y - 0.07, 0.32, 0.14, family.face)
        pen.mark(x + 0.16, y, family.marker, family.color, size=6, zorder=4)

    return Key(name, draw)
