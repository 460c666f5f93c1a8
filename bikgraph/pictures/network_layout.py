"""Where the boxes of a network stand: bodies in the middle, what they are joined to in columns on both sides.

The boxes of two columns on one side never stand at one height: the line to the outer one passes between those of the
inner one. Boxes stand near what they are joined to (barycentre ordering), so that lines cross little; pillars keep
their order. The same network gives the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bikgraph.lookup import show
from bikgraph.pictures.lettering import Lettering
from bikgraph.pictures.measure import fit
from bikgraph.pictures.network import FUNCTIONS, JOINS, Network
from bikgraph.pictures.sheet import SMALLEST, leading

BODIES = "Bodies"
_ROUNDS = 6
MARK = 0.2  # inches of a body's mark, at the left of its box
_NATURAL = {BODIES: 4.1, "side": 2.7, "gap": 1.5}


class Placed(NamedTuple):
    """A box: its column, the height of its middle below the top, its words, and how many lines of them stand below."""

    column: str
    middle: float
    height: float
    lines: list[str]
    below: int


class Column(NamedTuple):
    """A column: its heading, its left edge from the margin and its width in inches, and how far it is from the middle.

    `side` is -1 or 1 for the nearest columns on the left and right, -2 or 2 for the next; 0 for the bodies.
    """

    heading: str
    left: float
    width: float
    side: int


class Layout(NamedTuple):
    """Columns and boxes by key; the size of letters, the height of all, and how many of each column are left out."""

    columns: Mapping[str, Column]
    boxes: Mapping[str, Placed]
    letters: float
    height: float
    left_out: Mapping[str, int]


def natural_width(network: Network) -> float:
    """The width in inches of a picture that may be as large as it needs."""
    sides = len({box.column for box in network.boxes.values()})
    return _NATURAL[BODIES] + sides * (_NATURAL["side"] + _NATURAL["gap"])


def lay_out(network: Network, lettering: Lettering, inches: float, room: float | None) -> Layout:
    """Places in `inches` of width and, if `room` says so, that much height: smaller letters, then fewer boxes.

    What is left out first is what has the fewest lines, and with the bodies the boxes that only they are joined to.
    """
    columns = columns_of(network, inches)
    for letters in (8.5,) if room is None else (8.5, 8.0, 7.5, SMALLEST):
        words = _words(network, lettering, columns, letters)
        padding = 0.1 if room is None else 0.05
        heights = {key: leading(letters) * len(lines) + padding for key, (lines, _) in words.items()}
        sides = _sides(network, columns)
        tall = max(_tall(keys, heights) for keys in sides.values())
        if room is None or tall <= room:
            break
    kept = sides if room is None else {side: _fitting(keys, heights, network, room) for side, keys in sides.items()}
    joined = {line.other for line in network.lines if line.actor in kept[0]}
    alone = {line.other for line in network.lines} - joined
    kept = {side: [key for key in keys if key not in alone] for side, keys in kept.items()}
    left_out: dict[str, int] = {}
    for side, keys in sides.items():
        for key in set(keys) - set(kept[side]):
            column = network.boxes[key].column if key in network.boxes else BODIES
            left_out[column] = left_out.get(column, 0) + 1
    height = max(tall, 2.0) if room is None else room
    middles = _middles(network, kept, heights, height)
    boxes = {
        key: Placed(_column(network, key), middles[key], heights[key], *words[key])
        for keys in kept.values()
        for key in keys
    }
    return Layout(columns, boxes, letters, height, left_out)


def _column(network: Network, key: str) -> str:
    return network.boxes[key].column if key in network.boxes else BODIES


def columns_of(network: Network, inches: float) -> dict[str, Column]:
    """Strategies to the left, agreements to the right; functions next to the bodies, on the side with more room."""
    headings = {box.column for box in network.boxes.values()}
    strategies = sorted(headings - {FUNCTIONS, JOINS}, key=lambda heading: (len(heading), heading))
    left, right = strategies, [JOINS] if JOINS in headings else []
    if FUNCTIONS in headings:
        (right if len(left) > len(right) else left).insert(0, FUNCTIONS)
    order = [*((heading, -i - 1) for i, heading in reversed([*enumerate(left)])), (BODIES, 0)]
    order += [(heading, i + 1) for i, heading in enumerate(right)]
    number = len(order) - 1
    scale = inches / (_NATURAL[BODIES] + number * (_NATURAL["side"] + _NATURAL["gap"]))
    # A narrow page takes more from the gaps than from the words.
    gap = _NATURAL["gap"] * min(scale, 1.0) ** 1.6
    wide = (inches - number * gap) / (_NATURAL[BODIES] + number * _NATURAL["side"])
    columns, x = {}, 0.0
    for heading, side in order:
        width = _NATURAL[BODIES if heading == BODIES else "side"] * wide
        columns[heading] = Column(heading, x, width, side)
        x += width + gap
    return columns


def _words(
    network: Network, lettering: Lettering, columns: Mapping[str, Column], letters: float
) -> dict[str, tuple[list[str], int]]:
    """The lines of each box, and how many of them are the line below the name."""
    words: dict[str, tuple[list[str], int]] = {}
    for actor, name in network.names.items():
        inches = columns[BODIES].width - MARK - 0.1
        words[actor] = fit(lettering.legible(name, show(actor)), inches, letters, most=5) or [show(actor)], 0
    for key, box in network.boxes.items():
        inches = columns[box.column].width - 0.16
        lines = fit(lettering.legible(box.name, show(key.rsplit(" ", 1)[-1])), inches, letters, bold=True, most=9)
        below = fit(box.below, inches, letters)
        words[key] = [*([box.above] if box.above else []), *lines, *below], len(below)
    return words


def _sides(network: Network, columns: Mapping[str, Column]) -> dict[int, list[str]]:
    """The keys on the left (-1), in the middle (0) and on the right (1), in a first order."""
    boxes = sorted(network.boxes, key=lambda key: (network.boxes[key].order, key))
    sides = {side: [key for key in boxes if columns[network.boxes[key].column].side * side > 0] for side in (-1, 1)}
    return {**sides, 0: sorted(network.names, key=lambda actor: (network.names[actor], actor))}


def _gap(height: float) -> float:
    return min(0.1, height * 0.2)


def _tall(keys: Sequence[str], heights: Mapping[str, float]) -> float:
    return sum(heights[key] + _gap(heights[key]) for key in keys)


def _fitting(keys: Sequence[str], heights: Mapping[str, float], network: Network, room: float) -> list[str]:
    lines = {key: sum(key in (line.actor, line.other) for line in network.lines) for key in keys}
    kept = sorted(keys, key=lambda key: -lines[key])
    while kept and _tall(kept, heights) > room:
        kept.pop()
    return [key for key in keys if key in set(kept)]


def _middles(
    network: Network, sides: Mapping[int, Sequence[str]], heights: Mapping[str, float], height: float
) -> dict[str, float]:
    """The middle of each box: in turn, bodies near their boxes and boxes near their bodies."""
    middles: dict[str, float] = {}
    for keys in sides.values():
        middles |= _stack(keys, heights, height)
    neighbours: dict[str, list[str]] = {}
    for line in network.lines:
        if line.actor in middles and line.other in middles:
            neighbours.setdefault(line.actor, []).append(line.other)
            neighbours.setdefault(line.other, []).append(line.actor)

    def wanted(key: str) -> float:
        near = [middles[other] for other in neighbours.get(key, [])]
        return sum(near) / len(near) if near else height

    for _ in range(_ROUNDS):
        for side in (0, -1, 1):
            goals = {key: wanted(key) for key in sides[side]}
            if side:
                goals |= _in_order(network, sides[side], height)
            ordered = sorted(sides[side], key=lambda key: (round(goals[key], 6), _name(network, key), key))
            middles |= _stack(ordered, heights, height)
    return middles


def _in_order(network: Network, keys: Iterable[str], height: float) -> dict[str, float]:
    """Fixed heights for pillars, one below the other in each strategy."""
    goals: dict[str, float] = {}
    columns: dict[str, list[str]] = {}
    for key in keys:
        if network.boxes[key].column not in {FUNCTIONS, JOINS}:
            columns.setdefault(network.boxes[key].column, []).append(key)
    for i, column in enumerate(sorted(columns)):
        pillars = sorted(columns[column], key=lambda key: network.boxes[key].order)
        # Two strategies: their pillars by turns.
        goals |= {key: height * (j + (i + 0.5) / len(columns)) / len(pillars) for j, key in enumerate(pillars)}
    return goals


def _name(network: Network, key: str) -> str:
    return network.boxes[key].name if key in network.boxes else network.names[key]


def _stack(keys: Sequence[str], heights: Mapping[str, float], height: float) -> dict[str, float]:
    """The boxes one below the other, in this order, evenly apart from top to bottom."""
    spare = (height - sum(heights[key] for key in keys)) / max(len(keys), 1)
    middles, y = {}, spare / 2
    for key in keys:
        middles[key] = y + heights[key] / 2
        y += heights[key] + spare
    return middles
