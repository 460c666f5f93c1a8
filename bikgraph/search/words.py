"""The words of a text as the index has them, and how near a word of the index is to a word that was typed."""

from __future__ import annotations

import re
from typing import NamedTuple

from bikgraph.nearest import fold

_WORD = re.compile(r"[^\W_]+")


def _listed(text: str) -> list[str]:
    return text.split()


# Words that say nothing of what is looked for, in the languages that people ask in most.
STOP_WORDS = frozenset(
    _listed(
        "a an and are as at be by can could de der des die did do does du el en et for from had has have how i in is "
        "it its la le les of on or per que s the their there these they this those to und van was were what when where "
        "which who whose why will with would y about any countries country find give list me please show tell"
    )
)
# Endings by which English words of one family differ, longest first: "verification" and "verifies" are of one.
_ENDINGS = sorted(
    _listed(
        "ational ications ication ations ation ators ator atory ating ated ates ate ings ing ions ion ies ied ives ive "
        "ments ment ers er als al ly es ed s y"
    ),
    key=lambda ending: (-len(ending), ending),
)
_LEAST_STEM, _LEAST_PART = 4, 4
# From this length on the second letter may be wrong too, and from the other the third.
_TWO_SLIPS, _THREE_SLIPS = 8, 13
EXACT, FAMILY = 1.0, 0.92
# Below it a word of the index is not taken for the word that was typed.
LEAST_QUALITY = 0.5


class Word(NamedTuple):
    """A word that was typed: folded, and as it was written."""

    text: str
    written: str
    is_prefix: bool = False
    is_quoted: bool = False


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation.

    >>> words_of("Média Animation (B-BICO)")
    ['media', 'animation', 'b', 'bico']
    """
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A word without the ending that the words of its family differ in; at least four letters, three before an s.

    >>> stem("verification"), stem("verifies"), stem("laws"), stem("police")
    ('verif', 'verif', 'law', 'police')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (_LEAST_STEM - (ending == "s")):
            return word[: -len(ending)]
    return word


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong: none of a short one, one in about five of a longer one."""
    length = len(word)
    return 0 if length < _LEAST_STEM else 1 if length < _TWO_SLIPS else 2 if length < _THREE_SLIPS else 3


def quality(typed: str, found: str, *, forgiving: bool) -> float:
    """From 0 to 1, how well a word of the index stands for a word that was typed.

    1 is the word itself; a word of its family, one that begins with it or has it within follows; with `forgiving`, one
    that differs by a typing error.

    >>> quality("wijs", "mediawijs", forgiving=False) < quality("media", "mediawijs", forgiving=False) < 1
    True
    >>> quality("police", "policy", forgiving=False), quality("mediawjis", "mediawijs", forgiving=True) > 0.7
    (0.0, True)
    """
    if typed == found:
        return EXACT
    if stem(typed) == stem(found):
        return FAMILY
    if len(typed) >= _LEAST_STEM - 1 and found.startswith(typed):
        return 0.65 + 0.3 * len(typed) / len(found)
    if len(typed) >= _LEAST_PART and typed in found:
        return 0.5 + 0.3 * len(typed) / len(found)
    return _slip(typed, found) if forgiving else 0.0


def is_slip(typed: str, found: str) -> bool:
    """Whether a word of the index is the one that was typed with a typing error."""
    return _slip(typed, found) > 0


def _slip(typed: str, found: str) -> float:
    allowed = slips_allowed(typed)
    if not allowed or abs(len(typed) - len(found)) > allowed:
        return 0.0
    from rapidfuzz.distance import OSA

    slips = OSA.distance(typed, found, score_cutoff=allowed)
    # The first letter is seldom wrong; where it is, the word is rather another.
    if slips > allowed or (typed[0] != found[0] and slips + 1 > allowed):
        return 0.0
    return 0.95 * (1 - slips / max(len(typed), len(found)))
