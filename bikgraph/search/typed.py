"""What somebody typed: words, prefixes and phrases, and the countries and kinds among them, which become filters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from bikgraph.nearest import fold
from bikgraph.search.filters import Filters, singular
from bikgraph.search.near import words_near
from bikgraph.search.words import STOP_WORDS, Word, is_slip, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bikgraph.search.index import Index

Meant = TypeVar("Meant")
# More words, or letters, than any name or sentence that is looked for.
_MOST_WORDS, _MOST_LETTERS = 24, 400
_TOKEN = re.compile(r'"([^"]*)"|([^\W_]+)(\*)?')
_LONGEST_NAME = 10
# From this length on the name of a country or kind may have a typing error.
_FUZZY_LENGTH = 6


@dataclass(frozen=True)
class Typed:
    """The words to look for, the phrases that have to stand as they are, and what was understood as a filter."""

    words: tuple[Word, ...]
    phrases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    understood: Filters = field(default_factory=Filters)
    """Of the filters those that the words told."""

    @property
    def telling(self) -> list[Word]:
        """The words but for those that say nothing; all if there are no others."""
        return [word for word in self.words if word.text not in STOP_WORDS or word.is_quoted] or list(self.words)


def read(text: str) -> Typed:
    """The words and phrases of a text: `"in quotes"` is a phrase, `verif*` a prefix."""
    words: list[Word] = []
    phrases = []
    for quoted, word, star in _TOKEN.findall(unicodedata.normalize("NFC", text[:_MOST_LETTERS])):
        parts = words_of(quoted or word)
        if quoted and len(parts) > 1:
            phrases.append(" ".join(parts))
        words += [Word(part, quoted or word, bool(star), bool(quoted)) for part in parts]
    return Typed(tuple(words[:_MOST_WORDS]), tuple(phrases))


def understand(index: Index, typed: Typed, given: Filters, *, kinds: bool = True) -> Typed:
    """What was typed with its countries, and `kinds`, as filters, where `given` does not tell them already.

    A country may stand anywhere, a kind at the beginning or the end of what is left: a "policy forum" is no policy.
    """
    words = list(typed.words)
    understood = Filters()
    if not given.country:
        words, codes = _countries(index, words)
        understood = replace(understood, country=codes)
    if kinds and not given.kind:
        words, codes = _kinds(index, _trimmed(words))
        understood = replace(understood, kind=codes)
    together = Filters(given.country or understood.country, given.kind or understood.kind, given.topic, given.year)
    left = _trimmed(words) if understood else list(typed.words)
    return Typed(tuple(left), typed.phrases, together, understood)


def _trimmed(words: list[Word]) -> list[Word]:
    """Words without those at both ends that say nothing."""
    telling = [at for at, word in enumerate(words) if word.text not in STOP_WORDS or word.is_quoted]
    return words[telling[0] : telling[-1] + 1] if telling else []


def _countries(index: Index, words: list[Word]) -> tuple[list[Word], tuple[str, ...]]:
    names = dict(index.rows("SELECT name, value FROM meaning WHERE facet = 'country'"))
    short = dict(index.rows("SELECT upper(name), value FROM meaning WHERE facet = 'code'"))
    left: list[Word] = []
    codes: list[str] = []
    at = 0
    while at < len(words):
        size, code = _country_at(index, words[at:], names, short)
        if code:
            codes.append(code)
            at += size
        else:
            left.append(words[at])
            at += 1
    return left, tuple(dict.fromkeys(codes))


def _country_at(index: Index, words: list[Word], names: dict[str, str], short: dict[str, str]) -> tuple[int, str]:
    """How many of the first words name a country, and its code."""
    if words[0].is_quoted or words[0].is_prefix:
        return 0, ""
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        phrase = " ".join(word.text for word in words[:size])
        if phrase in names and phrase not in STOP_WORDS:
            return size, names[phrase]
    word = words[0]
    if word.written.isupper() and word.written in short:
        return 1, short[word.written]
    if len(word.text) >= _FUZZY_LENGTH:
        code = _slip_of(index, word, names.get)
        return (1, code) if code else (0, "")
    return 0, ""


def _slip_of(index: Index, word: Word, meant: Callable[[str], Meant | None]) -> Meant | None:
    """What a word with a typing error means, if every word that it may be a slip of means the same."""
    if word.is_quoted or word.is_prefix or index.one("SELECT 1 FROM document_vocabulary WHERE term = ?", word.text):
        return None
    near = [meant(name) for name in words_near(index, word.text, forgiving=True) if is_slip(word.text, name)]
    return near[0] if near and all(other == near[0] for other in near) else None


def _kinds(index: Index, words: list[Word]) -> tuple[list[Word], tuple[str, ...]]:
    """The kind at the beginning of the words, else that at their end."""
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for part, left in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if not any(word.is_quoted or word.is_prefix for word in part):
                for name in singular(" ".join(word.text for word in part)):
                    codes = _spoken(index, name)
                    if codes:
                        return left, tuple(codes)
    for word, left in ((words[0], words[1:]), (words[-1], words[:-1])) if words else ():
        if len(word.text) >= _FUZZY_LENGTH and (meant := _slip_of(index, word, lambda name: _spoken(index, name))):
            return left, tuple(meant)
    return words, ()


def _spoken(index: Index, name: str) -> list[str]:
    rows = index.rows("SELECT DISTINCT value FROM meaning WHERE facet = 'spoken kind' AND name = ?", name)
    return sorted(value for (value,) in rows)


def phrase_is_in(phrase: str, words: str) -> bool:
    """Whether folded words hold a phrase as whole words."""
    return f" {phrase} " in f" {words} "


def folded_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text as it stands, its place in it, and the word folded."""
    for match in re.finditer(r"[^\W_]+", text):
        yield match.start(), match.end(), fold(match.group())
