"""Lines fit the width that they are given, and lose nothing that need not be lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bikgraph.pictures.measure import fit, width

SIZES = (7.0, 9.0, 18.0)


@settings(max_examples=60, deadline=None)
@example(text="0000&0\u0a0b", inches=0.5, size=18.0, bold=False)
@given(text=st.text(max_size=120), inches=st.floats(0.5, 8), size=st.sampled_from(SIZES), bold=st.booleans())
def test_lines_fit(text: str, inches: float, size: float, *, bold: bool) -> None:
    """Each line of any text is at most as wide as asked, unless it is one letter; all letters are there."""
    lines = fit(text, inches, size, bold=bold)

    assert all(width(line, size, bold=bold) <= inches or len(line) <= 2 for line in lines)
    assert seen("".join(lines)) == seen(text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec="latin-1", categories=["L", "Zs"]), max_size=200), most=st.integers(1, 4))
def test_at_most_so_many_lines(text: str, most: int) -> None:
    """With a most, there are no more lines; what is cut ends in an ellipsis, and begins as the text does."""
    lines = fit(text, 1.5, 9, most=most)
    shown = "".join(lines)

    assert len(lines) <= most
    assert shown.endswith("…") or seen(shown) == seen(text)
    assert seen(text).startswith(seen(shown.removesuffix("…")))


def test_a_letter_that_the_font_has_not_is_as_wide_as_high() -> None:
    """A Chinese letter counts as an em, and marks of direction as nothing."""
    assert width("育", 72) == pytest.approx(1.05)
    assert width("\u2067育\u2069", 72) == pytest.approx(1.05)


def seen(text: str) -> str:
    """The letters of a text, without spaces and marks that are not seen."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
