"""The picture of a matrix of answers: questions, countries, and a sign in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.pictures.answer_map import KNOWLEDGE
from bikgraph.pictures.lettering import Lettering
from bikgraph.pictures.matrix import Mark, Matrix, Question, matrix
from bikgraph.pictures.measure import fit
from bikgraph.pictures.picture import Look, Picture
from bikgraph.pictures.shades import KINDS
from bikgraph.pictures.sheet import GREY, MARGIN, SMALLEST, SOFT, Legend, Pen, Sheet, Words, box_key, leading

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pyoxigraph import NamedNode, Store

_WIDTH, _LABEL, _TOTAL, _LEAST = 14.6, 0.34, 0.4, 0.24
_NARROW = 0.24  # the width below which the codes of countries stand upright


class _Row(NamedTuple):
    question: Question
    name: list[str]
    meanings: list[str]
    height: float


def draw_matrix(store: Store, edition: NamedNode | None, look: Look) -> Picture:
    """A picture of all answers of `edition`, or of the edition that most countries answered.

    Raises RequestError if no answer of the edition is known.
    """
    drawn = matrix(store, edition, look.language)
    title = look.titled(drawn.title)
    return Picture(
        lambda lettering: _figure(drawn, lettering, look, Words(title, drawn.subtitle, drawn.notes)),
        title=title,
        description=f"{drawn.subtitle} {' '.join(drawn.notes)}",
        style={"font.size": 9, "hatch.linewidth": 0.6},
        size=look.size,
    )


def _figure(drawn: Matrix, lettering: Lettering, look: Look, words: Words) -> Figure:
    sheet = Sheet(lettering, look.size, _WIDTH, words)
    label = sheet.inner * _LABEL
    cell = (sheet.inner - label - _TOTAL) / max(len(drawn.codes), 1)
    used = {key for question in drawn.questions for key in question.classes.values()} & {*KNOWLEDGE}
    keys = [
        box_key(drawn.knowledge[kind], KINDS[kind][0], hatch=KINDS[kind][1], ink=KINDS[kind][2])
        for kind in KNOWLEDGE
        if kind in used
    ]
    legend = Legend(keys, sheet.inner, 8.0)
    shared = [line for scheme in _shared(drawn) for line in fit(_explained(drawn, scheme, lettering), sheet.inner, 8.0)]
    head, foot = (0.3 if cell < _NARROW else 0.2), legend.height + 0.35 + leading(8.0) * len(shared)
    rows, more = _fitting(drawn, sheet, label - 0.15, None if sheet.room is None else sheet.room - head - foot)
    body = sum(row.height for row in rows)
    pen = sheet.open(head + body + foot)
    left, y = MARGIN + label, sheet.top + head
    _heads(pen, drawn.codes, (left, y), cell)
    pen.write(MARGIN + sheet.inner, y - 0.05, ["base"], size=SMALLEST, ha="right", va="bottom", color=GREY)
    for row in rows:
        pen.line([MARGIN, MARGIN + sheet.inner], [y, y], "#DDDDDD", linewidth=0.6)
        pen.write(MARGIN, y + 0.03, row.name, size=8.0)
        pen.write(MARGIN, y + 0.03 + leading(8.0) * len(row.name), row.meanings, size=SMALLEST, color=SOFT)
        for i, code in enumerate(drawn.codes):
            _cell(pen, row.question, row.question.classes[code], (left + i * cell, y + 0.02, cell, row.height - 0.04))
        base, middle = str(row.question.answered), y + row.height / 2
        pen.write(MARGIN + sheet.inner, middle, [base], size=8.0, ha="right", va="center", bold=True)
        y += row.height
    y += 0.08
    if more:
        noun = "question" if more == 1 else "questions"
        pen.write(MARGIN, y, [f"… and {more} more {noun}. All, without --size: {drawn.command}"], size=8.0, bold=True)
    pen.write(MARGIN, y + 0.18, shared, size=8.0, color=SOFT)
    legend.draw(pen, MARGIN, y + 0.2 + leading(8.0) * len(shared))
    return pen.figure


def _fitting(drawn: Matrix, sheet: Sheet, inches: float, room: float | None) -> tuple[list[_Row], int]:
    """The rows that the page has room for, those with the most answers first, and how many more there are."""
    rows = [_row(question, sheet, inches, _shared(drawn)) for question in drawn.questions]
    kept = sorted(rows, key=lambda row: -row.question.answered)
    while room is not None and len(kept) > 1 and sum(row.height for row in kept) > room:
        kept.pop()
    names = {row.question.slug for row in kept}
    return [row for row in rows if row.question.slug in names], len(rows) - len(kept)


def _shared(drawn: Matrix) -> list[str]:
    """The schemes that three or more questions share: their answers are explained once, below all."""
    schemes = [question.scheme for question in drawn.questions]
    return sorted({scheme for scheme in schemes if schemes.count(scheme) >= 3})


def _explained(drawn: Matrix, scheme: str, lettering: Lettering) -> str:
    questions = [question for question in drawn.questions if question.scheme == scheme]
    marks = {key: mark for question in questions for key, mark in question.marks.items()}
    return f"Where the answers are not listed: {_meanings([*marks.values()], lettering)}"


def _meanings(marks: Sequence[Mark], lettering: Lettering) -> str:
    ordered = sorted(marks, key=lambda mark: mark.place)
    return "   ".join(f"{mark.sign}\u00a0{lettering.legible(mark.label)}" for mark in ordered)


def _row(question: Question, sheet: Sheet, inches: float, shared: Sequence[str]) -> _Row:
    lettering = sheet.lettering
    name = fit(lettering.legible(question.name, question.slug), inches, 8.0) or [question.slug]
    meanings = "" if question.scheme in shared else _meanings([*question.marks.values()], lettering)
    lines = fit(meanings, inches, SMALLEST)
    height = leading(8.0) * len(name) + leading(SMALLEST) * len(lines) + 0.07
    return _Row(question, name, lines, max(height, _LEAST))


def _heads(pen: Pen, codes: Sequence[str], corner: tuple[float, float], cell: float) -> None:
    x, y = corner
    rotation = 90 if cell < _NARROW else 0
    for i, code in enumerate(codes):
        style: dict[str, Any] = {"ha": "center", "va": "bottom", "rotation": rotation, "bold": True}
        pen.write(x + (i + 0.5) * cell, y - 0.04, [code[:6]], size=SMALLEST + 0.5, **style)


def _cell(pen: Pen, question: Question, key: str, place: tuple[float, float, float, float]) -> None:
    x, y, wide, high = place
    mark = question.marks.get(key)
    face, hatch, ink = KINDS[key] if mark is None else mark.look
    pen.box(x, y, wide, high, face, hatch=hatch, ink=ink, edge="#FFFFFF" if mark else "#BBBBBB")
    if mark is not None:
        style: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "color": ink if ink == "#FFFFFF" else "#1A1A1A",
            "bold": True,
        }
        pen.write(
            x + wide / 2, y + high / 2, [mark.sign], size=SMALLEST + (0.5 if wide > _NARROW else 0), zorder=5, **style
        )
