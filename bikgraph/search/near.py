"""The words of the index that a typed word may mean, how telling it is, and how much of what was typed a text has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bikgraph.search.words import LEAST_QUALITY, STOP_WORDS, Word, quality, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bikgraph.search.index import Index

_MOST_NEAR, _MOST_COUNTED = 60, 5
_LEAST_STEM = 3
# Two typed words that are one in the index, such as "media wijs", and how well they stand for it.
_AS_ONE = 0.95


class Wanted:
    """The words that somebody wants, with the words of an index near each, and a weight by how telling it is."""

    def __init__(self, index: Index, words: Sequence[Word], vocabulary: str, total: int) -> None:
        """`vocabulary` is the table of the words that are searched, `total` the number of texts that have them."""
        self._index = index
        self._vocabulary = vocabulary
        self.words = list({word.text: word for word in words}.values())
        self._forgiving = [not self._is_known(word) for word in self.words]
        self._near = [
            [] if word.is_prefix else words_near(index, word.text, forgiving=forgiving)
            for word, forgiving in zip(self.words, self._forgiving, strict=True)
        ]
        self._weights = [math.log(1 + (total + 1) / (1 + self._count(at))) for at in range(len(self.words))]
        self._pairs = [first.text + second.text for first, second in zip(self.words, self.words[1:], strict=False)]
        self._qualities: dict[tuple[int, str], float] = {}

    def all_of_them(self) -> str:
        """The full-text query for texts that have all words, or words near them."""
        return " AND ".join(f"({self._alternatives(at)})" for at in range(len(self.words)))

    def enough_of_them(self, least: float) -> str:
        """The full-text query for texts that have one of the words without which none covers `least` of the weight."""
        total, light = sum(self._weights), 0.0
        needed = sorted(range(len(self.words)), key=lambda at: self._weights[at])
        while len(needed) > 1 and light + self._weights[needed[0]] < least * total:
            light += self._weights[needed.pop(0)]
        return " OR ".join(self._alternatives(at) for at in needed)

    def covered(self, words: Iterable[str]) -> list[float]:
        """For each wanted word, from 0 to 1, how well the best of these words stands for it."""
        known = set(words)
        best = [max((self.quality(at, word) for word in known), default=0.0) for at in range(len(self.words))]
        for at, pair in enumerate(self._pairs):
            if pair in known:
                best[at], best[at + 1] = max(best[at], _AS_ONE), max(best[at + 1], _AS_ONE)
        return best

    def share(self, covered: Sequence[float]) -> float:
        """How much of the weight of all wanted words is covered, from 0 to 1."""
        return sum(w * c for w, c in zip(self._weights, covered, strict=True)) / (sum(self._weights) or 1)

    def stands_for_any(self, word: str) -> bool:
        """Whether a word of a text is one that is wanted, or near one."""
        return any(self.quality(at, word) for at in range(len(self.words))) or word in self._pairs

    def quality(self, at: int, word: str) -> float:
        """How well a word stands for the wanted one at this place; 0 if too little."""
        known = self._qualities.get((at, word))
        if known is None:
            wanted = self.words[at]
            if wanted.is_prefix:
                known = 1.0 if word.startswith(wanted.text) else 0.0
            else:
                known = quality(wanted.text, word, forgiving=self._forgiving[at])
            known = self._qualities[at, word] = known if known >= LEAST_QUALITY else 0.0
        return known

    def _count(self, at: int) -> int:
        """In how many texts the word stands, or words of its family, or else words near it."""
        word = self.words[at].text
        family = [term for term in self._beginning_with(stem(word)) if stem(term) == stem(word)]
        known = [term for term in (word, *family) if self._documents(term)]
        return max((self._documents(term) for term in known or self._near[at][:_MOST_COUNTED]), default=0)

    def _documents(self, word: str) -> int:
        return int(self._index.one(f"SELECT doc FROM {self._vocabulary} WHERE term = ?", word) or 0)

    def _is_known(self, word: Word) -> bool:
        """Whether words of the index begin with the word: then it has no typing error."""
        return bool(self._beginning_with(word.text, most=1))

    def _beginning_with(self, start: str, most: int = 30) -> list[str]:
        query = f"SELECT term FROM {self._vocabulary} WHERE term >= ? AND term < ? LIMIT ?"
        return [term for (term,) in self._index.rows(query, start, start + chr(0x10FFFF), most)]

    def _alternatives(self, at: int) -> str:
        word = self.words[at]
        base = word.text if word.is_prefix else stem(word.text)
        begins = f'"{base}"*' if len(base) >= _LEAST_STEM or word.is_prefix else f'"{word.text}"'
        pairs = [pair for place, pair in enumerate(self._pairs) if place in (at - 1, at)]
        return " OR ".join([begins, *(f'"{near}"' for near in [*self._near[at], *pairs])])


def words_near(index: Index, word: str, *, forgiving: bool) -> list[str]:
    """Words of the index that have the word within, or, if `forgiving`, differ by a typing error, nearest first."""
    if len(word) < _LEAST_STEM:
        return []
    inner = [word[i : i + 3] for i in range(len(word) - 2)]
    queries = [" AND ".join(f'"{gram}"' for gram in inner)]
    if forgiving:
        marked = f"<{word}>"
        queries.append(" OR ".join(f'"{marked[i : i + 3]}"' for i in range(len(marked) - 2)))
    found: dict[str, float] = {}
    for query in queries:
        for (marked,) in index.rows(
            "SELECT marked FROM word_trigrams WHERE word_trigrams MATCH ? ORDER BY rank LIMIT ?", query, _MOST_NEAR
        ):
            near = marked[1:-1]
            value = quality(word, near, forgiving=forgiving)
            if value >= LEAST_QUALITY and near != word:
                found[near] = value
    return sorted(found, key=lambda near: (-found[near], near))


def told(words: Iterable[str]) -> list[str]:
    """The words of a name that say something, years and other numbers apart; all if none does."""
    listed = list(words)
    return [word for word in listed if word not in STOP_WORDS and not word.isdecimal()] or listed
