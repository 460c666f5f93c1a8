"""A country's bodies by function: under each task who has a part in it, with the role and the year of the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import name_of, show, text
from bikgraph.namespaces import BIK, NOTATION
from bikgraph.pictures.credit import credit
from bikgraph.pictures.lettering import Lettering, isolate
from bikgraph.pictures.measure import fit
from bikgraph.pictures.network import basis, command, nothing
from bikgraph.pictures.picture import Look, Picture
from bikgraph.pictures.queries import rows
from bikgraph.pictures.roles import family_keys, family_of, kinds_of, order, stroke
from bikgraph.pictures.sheet import GREY, MARGIN, SMALLEST, Legend, Pen, Sheet, Words, leading

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import Store

_COLUMN, _GAP = 3.9, 0.3
_SIGN = 0.2  # inches of the sign before a body, with its distance


class Part(NamedTuple):
    """What one body does for one function: `roles` in words, with years."""

    name: str
    slug: str
    kinds: set[str]
    roles: str
    rank: tuple[int, str]


class _Block(NamedTuple):
    heading: list[str]
    items: list[tuple[Part, list[str], list[str]]]
    more: int
    height: float


def draw_bodies(store: Store, country: NamedNode, edition: NamedNode | None, look: Look) -> Picture:
    """A picture of who has which part in which function in `country`, in `edition` or in all that is known.

    Raises RequestError if nothing is known there, with a command that shows what there is instead.
    """
    found, words = bodies(store, country, edition, look)
    code, year = text(store, country, NOTATION), text(store, edition, BIK + "year") if edition is not None else ""
    return Picture(
        lambda lettering: _figure(found, lettering, look, words, command("bodies", code, year)),
        title=words.title,
        description=f"{words.subtitle} {words.foot[0]}",
        style={"font.size": 9},
        size=look.size,
    )


def bodies(
    store: Store, country: NamedNode, edition: NamedNode | None, look: Look
) -> tuple[dict[str, list[Part]], Words]:
    """The parts of each function by its name, the function of most bodies first; and the words of the picture."""
    language = look.language
    given = {"country": [country], "chosen": [edition] if edition is not None else []}
    roles: dict[str, dict[str, dict[str, set[str]]]] = {}
    records, editions = set(), set()
    for row in rows(store, "responsibilities", given):
        function = "no function is named" if row["function"] is None else name_of(store, row["function"], language)
        parts = roles.setdefault(function, {}).setdefault(row["actor"].value, {})
        years = parts.setdefault(row["role"].value, set())
        years.update([row["year"].value] if row["year"] is not None else [])
        records.add(row["record"])
        editions.add(row["edition"])
    if not roles:
        raise RequestError(nothing(store, country, edition, "responsibility", "bodies"))
    found = {
        function: sorted(
            (_part(store, actor, own, language) for actor, own in actors.items()),
            key=lambda part: (part.rank, part.name, part.slug),
        )
        for function, actors in sorted(roles.items(), key=lambda item: (-len(item[1]), item[0]))
    }
    name = isolate(name_of(store, country, language))
    year = f" {text(store, edition, BIK + 'year')}" if edition is not None else ""
    title = look.titled(f"{name}{year}: bodies by function")
    number = len({actor for actors in roles.values() for actor in actors})
    counted = f"{number} {'body' if number == 1 else 'bodies'}."
    subtitle = f"{counted} {basis(store, editions)}"
    return found, Words(title, subtitle, (credit(store, records, language, country),))


def _part(store: Store, actor: str, roles: Mapping[str, set[str]], language: str) -> Part:
    node = NamedNode(actor)
    ordered = sorted(roles, key=order)
    told = [stroke(role).text + (f" ({', '.join(sorted(roles[role]))})" if roles[role] else "") for role in ordered]
    return Part(name_of(store, node, language), show(actor), kinds_of(store, actor), "; ".join(told), order(ordered[0]))


def _figure(found: Mapping[str, Sequence[Part]], lettering: Lettering, look: Look, words: Words, whole: str) -> Figure:
    sheet = Sheet(lettering, look.size, min(max(len(found), 2), 3) * (_COLUMN + _GAP) - _GAP + 2 * MARGIN, words)
    every = [part for parts in found.values() for part in parts]
    legend = Legend(family_keys(part.kinds for part in every), sheet.inner, 8.0)
    foot = legend.height + 0.35
    room = None if sheet.room is None else sheet.room - foot
    columns, inches, size, more = _fitting(found, sheet, room)
    tall = max(_tall(column) for column in columns)
    pen = sheet.open(tall + foot)
    for i, column in enumerate(columns):
        y = sheet.top
        for block in column:
            _block(pen, block, (MARGIN + i * (inches + _GAP), y), inches, size)
            y += block.height
    y = sheet.top + tall + 0.03
    if more:
        pen.write(MARGIN, y, [f"All {len(every)} lines, without --size: {whole}"], size=8.0, bold=True)
    legend.draw(pen, MARGIN, y + 0.2)
    return pen.figure


def _fitting(
    found: Mapping[str, Sequence[Part]], sheet: Sheet, room: float | None
) -> tuple[list[list[_Block]], float, float, int]:
    """The blocks in columns, the width of these, the size of letters, and how many bodies are left out.

    If the page is too small, there are more columns, then smaller letters, then fewer bodies of each function.
    """
    number = max(round(sheet.inner / _COLUMN), 1)
    most = max(len(parts) for parts in found.values())
    sizes = (9.0,) if room is None else (10.0, 9.0, 8.0, SMALLEST)
    counts = (number,) if room is None else (number, number + 1)
    tries = [(size, count, most) for size in sizes for count in counts]
    if room is not None:
        tries += [(SMALLEST, number + 1, limit) for limit in range(most, 0, -1)]
    for size, count, limit in tries:
        inches = (sheet.inner - _GAP * (count - 1)) / count
        blocks = [_laid(sheet, function, parts, limit, inches, size) for function, parts in found.items()]
        columns = _dealt(blocks, count)
        if room is None or max(_tall(column) for column in columns) <= room:
            break
    return columns, inches, size, sum(block.more for column in columns for block in column)


def _dealt(blocks: Sequence[_Block], number: int) -> list[list[_Block]]:
    """The blocks in columns: each, the highest first, to the column that is then the lowest."""
    columns: list[list[_Block]] = [[] for _ in range(min(number, len(blocks)))]
    for block in sorted(blocks, key=lambda block: -block.height):
        min(columns, key=_tall).append(block)
    return columns


def _tall(column: Sequence[_Block]) -> float:
    return sum(block.height for block in column)


def _laid(sheet: Sheet, function: str, parts: Sequence[Part], most: int, inches: float, size: float) -> _Block:
    lettering = sheet.lettering
    shown = parts if len(parts) <= most else parts[: max(most - 1, 1)]
    items = [
        (
            part,
            fit(lettering.legible(part.name, part.slug), inches - _SIGN, size) or [part.slug],
            fit(part.roles, inches - _SIGN, max(size * 0.85, SMALLEST)),
        )
        for part in shown
    ]
    number = f" ({len(parts)})"
    heading = fit(lettering.legible(function) + number, inches, size * 1.1, bold=True)
    height = (
        leading(size * 1.1) * len(heading) + 0.05 + sum(_item_height(names, roles, size) for _, names, roles in items)
    )
    more = len(parts) - len(shown)
    return _Block(heading, items, more, height + (leading(size) if more else 0) + size * 0.02)


def _item_height(names: Sequence[str], roles: Sequence[str], size: float) -> float:
    return leading(size) * len(names) + leading(max(size * 0.85, SMALLEST)) * len(roles) + size * 0.004


def _block(pen: Pen, block: _Block, corner: tuple[float, float], inches: float, size: float) -> None:
    x, y = corner
    small = max(size * 0.85, SMALLEST)
    pen.write(x, y, block.heading, size=size * 1.1, bold=True)
    y += leading(size * 1.1) * len(block.heading)
    pen.line([x, x + inches], [y, y], "#999999")
    y += 0.05
    for part, names, roles in block.items:
        family, is_group = family_of(part.kinds), "group" in part.kinds
        pen.mark(x + 0.06, y + leading(size) / 2 - 0.01, family.marker, "#FFFFFF" if is_group else family.color, size=6)
        pen.write(x + _SIGN, y, names, size=size, italic=is_group)
        pen.write(x + _SIGN, y + leading(size) * len(names), roles, size=small, color=GREY)
        y += _item_height(names, roles, size)
    if block.more:
        pen.write(x + _SIGN, y, [f"… and {block.more} more"], size=size, bold=True)
