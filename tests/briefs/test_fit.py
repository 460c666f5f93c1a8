"""Rows give way until a brief fits, the least important first, and never without being counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bikgraph.briefs.content import Brief, Entry, Item, Part
from bikgraph.briefs.fit import fitted, lines_of

ENTRIES = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9)), max_size=40)


def part(sizes: list[tuple[int, int]], share: float) -> Part:
    """A part with an entry for each number of letters and weight."""
    entries = tuple(
        Entry((Item(f"row {at}"), Item("x" * letters)), float(weight)) for at, (letters, weight) in enumerate(sizes)
    )
    return Part("Title", "A lead.", ("A", "B"), (0.2, 0.8), entries, share=share)


@given(ENTRIES, ENTRIES)
def test_a_brief_fits(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    """What is left fits the room, or is two rows a part; of each part what gave way mattered no more than what stayed."""
    brief = Brief("T", "L", "https://w3id.org/x", "2026-01-01", (part(first, 0.6), part(second, 0.4)))

    found = fitted(brief, 40)

    for before, after in zip(brief.parts, found.parts, strict=True):
        assert len(after.entries) + after.left_out == len(before.entries)
        gone = set(before.entries) - set(after.entries)
        assert max((entry.weight for entry in gone), default=0) <= min(
            (entry.weight for entry in after.entries), default=9
        )
        assert [entry for entry in before.entries if entry in after.entries] == list(after.entries)
    fits = sum(map(lines_of, found.parts)) <= 40
    assert fits or all(len(after.entries) <= 2 for after in found.parts)


def test_entries_with_one_first_cell_share_a_row() -> None:
    """Bodies under one function stand in one row, each with its own sources."""
    entries = tuple(Entry((Item(a), Item(b))) for a, b in (("f", "1"), ("f", "2"), ("g", "3")))

    rows = Part("T", "L.", ("A", "B"), (0.5, 0.5), entries, grouped=True).rows()

    assert [[item.text for item in row.cells[1]] for row in rows] == [["1", "2"], ["3"]]
