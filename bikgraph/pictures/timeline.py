"""A country's timeline: its laws, other policies and agreements on a line of years, each beside its year.

The line is true to scale, and a thin line leads from each year to what belongs to it. What has no known year stands
below, apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import name_of, show, text, values
from bikgraph.namespaces import BIK, ID, NOTATION
from bikgraph.pictures.canvas import BLUE, PURPLE, VERMILION
from bikgraph.pictures.credit import credit
from bikgraph.pictures.lettering import Lettering, isolate
from bikgraph.pictures.measure import fit
from bikgraph.pictures.network import command, nothing
from bikgraph.pictures.picture import Look, Picture
from bikgraph.pictures.queries import rows
from bikgraph.pictures.sheet import GREY, MARGIN, SMALLEST, Legend, Pen, Sheet, Words, leading, mark_key

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import Store

_SIGNS = {"law": ("s", BLUE), "policy": ("o", VERMILION), "agreement": ("D", PURPLE)}
_NAMES = {"law": "law", "policy": "strategy or other policy", "agreement": "agreement"}
_WIDTH, _AXIS, _LEAD = 11.0, 0.55, 1.1


class Event(NamedTuple):
    """A law, policy or agreement: its years ("" if not known), sign, name, and kind in words."""

    first: int | None
    years: str
    sign: str
    name: str
    slug: str
    kind: str


class _Row(NamedTuple):
    event: Event
    lines: list[str]
    height: float


def draw_timeline(store: Store, country: NamedNode, look: Look) -> Picture:
    """A picture of the laws, policies and agreements of `country` by year.

    Raises RequestError if none is known, with a command that shows what there is instead.
    """
    found, records = events(store, country, look.language)
    if not found:
        raise RequestError(nothing(store, country, None, "law, policy or agreement", "timeline"))
    name, code = isolate(name_of(store, country, look.language)), text(store, country, NOTATION)
    dated = sum(event.first is not None for event in found)
    title = look.titled(f"{name}: laws, policies and agreements")
    undated = len(found) - dated
    subtitle = f"{dated} with a known year" + (f", {undated} without." if undated else ".")
    words = Words(title, subtitle, (credit(store, records, look.language, country),))
    return Picture(
        lambda lettering: _figure(found, lettering, look, words, command("timeline", code)),
        title=title,
        description=f"{subtitle} {words.foot[0]}",
        style={"font.size": 9},
        size=look.size,
    )


def events(store: Store, country: NamedNode, language: str) -> tuple[list[Event], list[NamedNode]]:
    """What happened when, the oldest first and what has no year last; and the records."""
    years: dict[NamedNode, set[int]] = {}
    ends: dict[NamedNode, set[int]] = {}
    signs: dict[NamedNode, str] = {}
    for row in rows(store, "policies", {"country": [country]}):
        policy = row["policy"]
        is_law = row["kind"].value == f"{ID}policy-kind-law"
        signs[policy] = "law" if is_law or signs.get(policy) == "law" else "policy"
        years.setdefault(policy, set()).update([int(row["year"].value)] if row["year"] is not None else [])
        ends.setdefault(policy, set()).update([int(row["end"].value)] if row["end"] is not None else [])
    for row in rows(store, "agreements", {"country": [country], "chosen": []}):
        signs[row["agreement"]] = "agreement"
        years.setdefault(row["agreement"], set()).update([int(row["year"].value)] if row["year"] is not None else [])
    found = []
    for record, sign in signs.items():
        own, last = sorted(years[record]), sorted(ends.get(record, set()))
        told = ", ".join(map(str, own)) + (f"\N{EN DASH}{last[-1]}" if last else "")
        kinds = sorted(name_of(store, kind, language) for kind in kind_nodes(store, record))
        found.append(
            Event(
                own[0] if own else None,
                told,
                sign,
                name_of(store, record, language),
                show(record.value),
                ", ".join(kinds),
            )
        )
    return sorted(found, key=lambda event: (event.first is None, event.first or 0, event.name, event.slug)), [*signs]


def kind_nodes(store: Store, record: NamedNode) -> list[NamedNode]:
    """The kinds of a record."""
    return [kind for kind in values(store, record, BIK + "kind") if isinstance(kind, NamedNode)]


def _figure(found: Sequence[Event], lettering: Lettering, look: Look, words: Words, whole: str) -> Figure:
    sheet = Sheet(lettering, look.size, _WIDTH, words)
    used = {event.sign for event in found}
    legend = Legend([mark_key(_NAMES[sign], *_SIGNS[sign]) for sign in _SIGNS if sign in used], sheet.inner, 8.0)
    foot = legend.height + 0.3
    room = None if sheet.room is None else sheet.room - foot
    rows_, size, more = _fitting(found, sheet, room)
    dated = [row for row in rows_ if row.event.first is not None]
    undated = [row for row in rows_ if row.event.first is None]
    tall = _tall(rows_)
    # A fixed page is filled: the line of years is as long as the page lets it be.
    spare = 0.0 if room is None else min(max(room - tall, 0.0) / max(len(dated), 1), 0.22)
    pen = sheet.open(tall + foot)
    y = sheet.top + 0.05
    if dated:
        y = _axis(pen, dated, size, y, spare)
    if undated:
        y += 0.12
        heading = "Year not known" if dated else "No year is known"
        pen.write(MARGIN, y + undated[0].height / 2, [heading], size=size, bold=True, va="center")
        for row in undated:
            _event(pen, row, MARGIN + _AXIS + _LEAD, y + row.height / 2, size)
            y += row.height
    if more:
        number = "one" if more == 1 else more
        pen.write(MARGIN, y + 0.06, [f"… and {number} more. All, without --size: {whole}"], size=8.0, bold=True)
    legend.draw(pen, MARGIN, y + 0.25)
    return pen.figure


def _fitting(found: Sequence[Event], sheet: Sheet, room: float | None) -> tuple[list[_Row], float, int]:
    """The events, in smaller letters if the page asks for it, and then without the oldest; how many are left out."""
    for size in (9.0,) if room is None else (10.0, 9.0, 8.0, SMALLEST):
        rows_ = [_row(event, sheet, size) for event in found]
        if room is None or _tall(rows_) <= room:
            return rows_, size, 0
    kept = list(rows_)
    while len(kept) > 1 and room is not None and _tall(kept) > room:
        # What has no year tells the least on a line of years, and then what is oldest.
        kept.pop(-1 if kept[-1].event.first is None else 0)
    return kept, size, len(rows_) - len(kept)


def _tall(rows_: Sequence[_Row]) -> float:
    return sum(row.height for row in rows_) + 0.2


def _row(event: Event, sheet: Sheet, size: float) -> _Row:
    name = sheet.lettering.legible(event.name, event.slug)
    told = f"{event.years}  {isolate(name)}" if event.years else name
    kind = f" ({event.kind})" if event.kind else ""
    lines = fit(told + kind, sheet.inner - _AXIS - _LEAD - 0.25, size)
    return _Row(event, lines, leading(size) * len(lines) + size * 0.008)


def _event(pen: Pen, row: _Row, x: float, middle: float, size: float) -> None:
    pen.mark(x, middle, *_SIGNS[row.event.sign], size=size * 0.75)
    pen.write(x + 0.16, middle - leading(size) * len(row.lines) / 2 + size * 0.0015, row.lines, size=size)


def _axis(pen: Pen, dated: Sequence[_Row], size: float, top: float, spare: float) -> float:
    """The line of years, from top to bottom, and the events beside it; returns where it ends."""
    years = [row.event.first or 0 for row in dated]
    first, last = min(years), max(years)
    height = sum(row.height + spare for row in dated)
    x, places = MARGIN + _AXIS, {}
    low, high = top + dated[0].height / 2, top + height - dated[-1].height / 2 - spare
    for year in range(first, last + 1):
        places[year] = low + (high - low) * ((year - first) / (last - first) if last > first else 0.5)
    pen.line([x, x], [low, max(high, low)], "#333333", linewidth=1.6)
    _years(pen, places, {first, last}, x)
    y = top
    for row in dated:
        middle, place = y + row.height / 2, places[row.event.first or 0]
        bend = [x, x + _LEAD * 0.15, x + _LEAD * 0.8, x + _LEAD - 0.1]
        pen.line(bend, [place, place, middle, middle], "#999999")
        pen.line([x], [place], "#333333", marker="o", markersize=3.5)
        _event(pen, row, x + _LEAD, middle, size)
        y += row.height + spare
    return y


def _years(pen: Pen, places: dict[int, float], ends: set[int], x: float) -> None:
    """The years along the line: the first and last, and round ones that have room between."""
    written = [places[year] for year in sorted(ends)]
    for year in sorted(ends):
        pen.write(x - 0.1, places[year], [str(year)], size=8.0, ha="right", va="center", bold=True)
    for step in (10, 5) if len(places) > 15 else (5, 2, 1):
        for year, place in places.items():
            if year % step == 0 and all(abs(place - other) > 0.3 for other in written):
                pen.write(x - 0.1, place, [str(year)], size=8.0, ha="right", va="center", color=GREY)
                pen.line([x - 0.05, x], [place, place], "#333333")
                written.append(place)
