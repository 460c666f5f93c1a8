"""Changes since the edition before: only what can be compared is listed, the rest is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Entry, Item, Part
from bikgraph.briefs.facts import Facts, in_words
from bikgraph.plain_text import one_line
from bikgraph.reports.fill import number

if TYPE_CHECKING:
    from typing import Any

_LISTED = ("new", "gone", "changed")
_WEIGHTS = {"answer": 3.0, "policy": 2.0, "responsibility": 1.0}


def changes(facts: Facts) -> Part:
    """What is new, gone or changed in the latest edition that the country has a profile of, against the one before."""
    editions = sorted({row["year"] for row in facts.rows("editions") if row["profile"] is not None})
    title = "Changes since the edition before"
    if len(editions) < 2:
        known = f"only {editions[0]}" if editions else "none"
        return Part(title, f"Two editions are needed for a comparison; of this country the graph has {known}.")
    before, after = editions[-2:]
    rows = list(facts.graph.ask("edition-diff", lang=facts.language, country=facts.code, from_=before, to=after))
    counts = Counter(row.change for row in rows)
    shown = [row for row in rows if row.change in _LISTED]
    lead = (
        f"{after} against {before}: {number(len(shown), 'change')}, {counts['same']} the same, "
        f"{counts['not-comparable']} not comparable (the two forms ask differently, or one of them is known in part)."
    )
    return Part(
        title=title,
        lead=lead,
        heads=("Change", "What", "Before and after"),
        widths=(0.1, 0.5, 0.4),
        entries=tuple(sorted((_entry(row) for row in shown), key=lambda entry: -entry.weight)),
        noun=("change", "changes"),
        more=f"bikgraph ask edition-diff --country {facts.code} --from {before} --to {after}",
        share=0.09,
    )


def _entry(row: Any) -> Entry:
    before, after = (None if text is None else one_line(in_words(text)) for text in (row.before, row.after))
    if row.kind == "policy":
        told = f"policy adopted in {after}"
    elif before and after:
        told = f"{row.kind}: {before} → {after}"
    else:
        told = f"{row.kind}: {after or before}"
    subject = one_line(row.subjectLabel or row.subject.rsplit("/", 1)[-1])
    return Entry((Item(row.change), Item(subject), Item(told)), _WEIGHTS.get(row.kind, 0.0))
