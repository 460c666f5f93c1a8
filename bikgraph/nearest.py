"""The names that somebody may have meant: texts compared without case and accents, and the nearest of a list."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# difflib's ratio from which on a name is near enough to be offered: `lable` for `label`, not `note` for `name`.
LEAST_RATIO = 0.6


def fold(text: str) -> str:
    """Text without case, accents and outer space, for comparing names.

    >>> fold(" Belgique ") == fold("BELGIQUE")
    True
    >>> fold("Média")
    'media'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


def nearest(word: str, candidates: Iterable[str], most: int = 1) -> list[str]:
    """At most `most` of `candidates`, the nearest to `word` first; none if none is near enough to be meant.

    >>> nearest("lable", ["label", "note"])
    ['label']
    >>> nearest("BELGIE", ["België", "Bulgarije"])
    ['België']
    """
    import difflib  # only what was misspelt needs it

    by_fold: dict[str, str] = {}
    for candidate in candidates:
        by_fold.setdefault(fold(candidate), candidate)
    return [by_fold[near] for near in difflib.get_close_matches(fold(word), list(by_fold), n=most, cutoff=LEAST_RATIO)]


def did_you_mean(word: str, candidates: Iterable[str], most: int = 1) -> str:
    """A sentence that offers the nearest candidates, with a space before it; empty if none is near.

    >>> did_you_mean("ministeries", ["ministries", "policies"])
    ' Did you mean ministries?'
    """
    near = nearest(word, candidates, most)
    return f" Did you mean {' or '.join(near)}?" if near else ""
