"""A ranking: the answers to one question in their order, each a bar of the countries that gave it, one cell a country.

The length of a bar is a number of countries, which no scale of answers needs to be invented for. Below the answers
stand, apart, the countries of which no answer is known: blanks, no data, not in the edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.pictures.answer_map import AnswerMap, answer_map, one_question
from bikgraph.pictures.lettering import Lettering, isolate
from bikgraph.pictures.measure import fit
from bikgraph.pictures.picture import Look, Picture
from bikgraph.pictures.shades import Look as Face
from bikgraph.pictures.shades import Shade, looks
from bikgraph.pictures.sheet import GREY, MARGIN, SMALLEST, SOFT, Pen, Sheet, Words, leading

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import Literal, NamedNode, Store

_WIDTH, _CELL, _HIGH = 13.0, 0.34, 0.36
_LABEL = 0.27  # part of the width that the answers' names may take


class _Row(NamedTuple):
    shade: Shade
    codes: list[str]
    label: list[str]
    rank: str
    names: list[str]
    height: float
    size: float
    name_size: float
    bar: float


def draw_ranking(
    store: Store, indicators: Iterable[NamedNode | Literal], edition: NamedNode | Literal | None, look: Look
) -> Picture:
    """A picture of who answered what to the question that `indicators` mean, in the order of the answers.

    Without `edition`, that of most answers. Raises RequestError as `one_question`.
    """
    answers = answer_map(store, *one_question(store, indicators, edition), look.language)
    title = look.titled(answers.title)
    order = "" if answers.ranks else " These answers have no order: no ranks."
    subtitle = f"{answers.subtitle}{order}"
    return Picture(
        lambda lettering: _figure(answers, lettering, look, Words(title, subtitle, (answers.footer,), answers.slug)),
        title=title,
        description=f"{subtitle} {answers.footer}",
        style={"font.size": 9, "hatch.linewidth": 0.9},
        size=look.size,
    )


def _figure(answers: AnswerMap, lettering: Lettering, look: Look, words: Words) -> Figure:
    sheet = Sheet(lettering, look.size, _WIDTH, words)
    rows, scale = _fitting(answers, sheet)
    pen = sheet.open(_tall(rows))
    styles, y = looks(answers.shades), sheet.top + 0.05
    left = MARGIN + sheet.inner * _LABEL
    cell = _cell(rows, sheet, scale)
    for i, row in enumerate(rows):
        if i and _is_known(rows[i - 1].shade) and not _is_known(row.shade):
            pen.line([MARGIN, MARGIN + sheet.inner], [y - 0.02, y - 0.02], "#999999")
            y += 0.12
        _bar(pen, row, (left, y), cell, styles[row.shade.key])
        pen.write(MARGIN, y + 0.02, row.label, size=row.size, bold=True)
        below = y + 0.02 + leading(row.size) * len(row.label)
        pen.write(MARGIN, below, [row.rank], size=max(row.size * 0.85, SMALLEST), color=SOFT)
        pen.write(left + 0.06, y + row.bar + 0.05, row.names, size=row.name_size or SMALLEST, color=GREY)
        y += row.height
    pen.line([left, left], [sheet.top, y - 0.1], "#333333", linewidth=1.2, zorder=4)
    return pen.figure


def _fitting(answers: AnswerMap, sheet: Sheet) -> tuple[list[_Row], float]:
    """The rows as large as the page has room for: smaller names of countries before none, as the bars have codes."""
    codes = _codes(answers)
    shades = sorted(answers.shades, key=lambda shade: not _is_known(shade))
    scales = (1.0,) if sheet.room is None else (1.7, 1.5, 1.3, 1.15, 1.0)
    for scale, names in [*((scale, 9.0 * scale) for scale in scales), (1.0, 8.0), (1.0, SMALLEST), (0.8, 0.0)]:
        rows = [_row(shade, codes.get(shade.key, []), answers, sheet, scale, names) for shade in shades]
        if sheet.room is None or _tall(rows) <= sheet.room:
            break
    return rows, scale


def _tall(rows: list[_Row]) -> float:
    return sum(row.height for row in rows) + 0.25


def _is_known(shade: Shade) -> bool:
    """Whether the countries of a class are known to have answered."""
    return shade.kind in {"answer", "several"}


def _cell(rows: list[_Row], sheet: Sheet, scale: float) -> float:
    """The width of a country's cell."""
    longest = max((len(row.codes) for row in rows), default=0)
    return min(_CELL * scale * 1.2, sheet.inner * (1 - _LABEL) / max(longest, 1))


def _codes(answers: AnswerMap) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for code, key in sorted(answers.values.items()):
        codes.setdefault(key, []).append(code)
    return codes


def _row(shade: Shade, codes: list[str], answers: AnswerMap, sheet: Sheet, scale: float, names: float) -> _Row:
    """A bar of these countries with its words; `names` is the size of the countries' names below it, 0 for none."""
    lettering, size = sheet.lettering, max(10.0 * scale, SMALLEST)
    label = lettering.legible(shade.label, shade.key.rsplit("/", 1)[-1])
    lines = fit(label, sheet.inner * _LABEL - 0.15, size, bold=True)
    rank = answers.ranks.get(shade.key)
    number = f"{len(codes)} {'country' if len(codes) == 1 else 'countries'}"
    told = f"rank {rank}: {number}" if rank is not None else number
    named = ", ".join(isolate(lettering.legible(answers.names.get(code, code), code)) for code in codes)
    below = fit(named, sheet.inner * (1 - _LABEL) - 0.06, names) if names else []
    bar = _HIGH * scale
    height = max(leading(size) * (len(lines) + 1) + 0.04, bar + 0.05 + (leading(names) * len(below) if names else 0))
    return _Row(shade, codes, lines, told, below, height + 0.14 * scale, size, names, bar)


def _bar(pen: Pen, row: _Row, corner: tuple[float, float], cell: float, face: Face) -> None:
    x, y = corner
    letters = max(min(row.size, cell * 72 * 0.4), SMALLEST)
    box = {"boxstyle": "round,pad=0.12,rounding_size=0.3", "facecolor": "white", "edgecolor": "none", "alpha": 0.92}
    for i, code in enumerate(row.codes):
        pen.box(x + i * cell, y, cell, row.bar, face.face, hatch=face.hatch, ink=face.ink, edge="#FFFFFF")
        style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "bbox": box, "zorder": 5, "bold": True}
        pen.write(x + (i + 0.5) * cell, y + row.bar / 2, [code], size=letters, **style)
    pen.box(x, y, cell * len(row.codes), row.bar, "none", edge="#666666", zorder=3)
