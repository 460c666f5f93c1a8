"""Words as the index has them, and how near one is to what was typed."""

from __future__ import annotations

import pytest

from bikgraph.search.words import EXACT, FAMILY, LEAST_QUALITY, quality, words_of


def test_words_are_folded() -> None:
    """Case, accents and punctuation make no difference."""
    assert words_of("Aġenzija Appoġġ") == words_of("AGENZIJA-APPOGG!")
    assert words_of("Чехия, Česko") == ["чехия", "cesko"]
    assert words_of("?! …") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("verification", "verify"),
        ("ministries", "ministry"),
        ("regulation", "regulators"),
        ("protecting", "protection"),
        ("laws", "law"),
    ],
)
def test_words_of_one_family(typed: str, found: str) -> None:
    """English words that differ in their ending stand for one another."""
    assert quality(typed, found, forgiving=False) == FAMILY


@pytest.mark.parametrize(
    ("typed", "found"), [("police", "policy"), ("policies", "police"), ("iceland", "ireland"), ("age", "agency")]
)
def test_words_that_are_other_words(typed: str, found: str) -> None:
    """A word that the index has is not taken for a like one: none stands for the other as its family."""
    assert quality(typed, found, forgiving=False) < FAMILY


def test_the_nearer_is_better() -> None:
    """The word itself, one that begins with it, one that has it within, and another word, in this order."""
    found = [quality("media", word, forgiving=False) for word in ("media", "mediawijs", "multimedia", "mail")]

    assert found == sorted(found, reverse=True)
    assert found[0] == EXACT
    assert found[2] >= LEAST_QUALITY > found[3]


@pytest.mark.parametrize(
    ("typed", "found", "is_near"),
    [
        ("mediawjis", "mediawijs", True),
        ("klicksfe", "klicksafe", True),
        ("bundesministerum", "bundesministerium", True),
        ("mou", "you", False),  # too short for a slip
        ("hotline", "helpline", False),
        ("bolice", "police", False),  # the first letter is another
    ],
)
def test_typing_errors(typed: str, found: str, is_near: bool) -> None:
    """One letter in about five may be wrong, the first one hardly."""
    assert (quality(typed, found, forgiving=True) >= LEAST_QUALITY) is is_near
