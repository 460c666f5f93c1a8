"""A search by name in the index against reading and comparing every name, as before, at 1, 10 and 100 times the names.
Run: python -m benchmarks.search_speed

The names are those of the checkout's release. Each copy has its things under slugs of their own, and a third of the
longer words of names and texts is replaced by invented ones, so that the number of different words grows with the number
of names. Queries look for the checkout's own things. CPU time of one process, the index opened and its checksum looked
at; medians over the queries. Before: every label read from the store, folded, and compared by rapidfuzz's WRatio.
"""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad, Store
from rapidfuzz import fuzz, process

import bikgraph
from benchmarks.figures import Figure, command
from bikgraph.exploring.finding import search
from bikgraph.lookup import DEFAULT, Node, triples
from bikgraph.namespaces import ALT_LABEL, ID, LABEL
from bikgraph.nearest import fold
from bikgraph.search import Index, update_index, write_index

Result = TypeVar("Result")
TIMES = (1, 10, 100)
NAMES = ("mediawjis", "chld focus", "Bundeskriminalamt", "ministry of education germany", "norwegian media autority")
TEXTS = ("age verification", "trusted flaggers", "parental controls france", "funds webwise", "sexting")
_LONG_WORD = re.compile(r"\b[^\W\d_]{5,}\b")
# The things of the data; countries, kinds and the ontology are the same in each copy.
_COPIED = re.compile(ID + "([a-z]{2}|source|pages|profile)-")
_SYLLABLES = [consonant + vowel for consonant, vowel in product("bdfgklmnprstvz", "aeiou")]


def measure(*, smallest: bool) -> Iterator[Figure]:
    """The cost of an index, of its renewal after one change, and of searches, beside reading every name."""
    own = bikgraph.open().store
    for times in TIMES[:1] if smallest else TIMES:
        with tempfile.TemporaryDirectory() as folder:
            store = Store(str(Path(folder, "store")))
            for number in range(times):
                store.bulk_extend(_copy(own, number))
            yield from _at(store, times, Path(folder, "search.sqlite"))


def _at(store: Store, times: int, path: Path) -> Iterator[Figure]:
    names = sum(1 for predicate in (LABEL, ALT_LABEL) for _ in triples(store, None, predicate))
    build, _ = _timed(lambda: write_index(path, store))
    renewal, _ = _timed(lambda: update_index(path, store, [NamedNode(ID + "be-child-focus")]))
    yield Figure(
        f"index of {times} x the names ({names:,})",
        f"made in {build:.1f} s, {path.stat().st_size / 1e6:.0f} MB; renewed after a change of one thing in "
        f"{renewal * 1000:.0f} ms",
    )
    before = [_timed(lambda words=words: _read_and_compare(store, words))[0] for words in NAMES]  # type: ignore[misc]
    for what, queries, texts in (("by name", NAMES, False), ("in texts", TEXTS, True)):
        seconds = []
        for words in queries:
            taken, found = _timed(lambda words=words, texts=texts: search(store, Index.open(path), words, texts=texts))  # type: ignore[misc]
            assert len(found.table), words
            seconds.append(taken)
        ours, theirs = statistics.median(seconds), statistics.median(before)
        beside = f"; before / now {theirs / ours:.0f} ({theirs * 1000:.0f} ms)" if not texts else ""
        yield Figure(
            f"search {what} at {times} x the names",
            f"{ours * 1000:.1f} ms, slowest {max(seconds) * 1000:.0f} ms{beside}",
        )


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def _read_and_compare(store: Store, words: str) -> list[Node]:
    """The search as it was: no index."""
    named = [
        (node, fold(name.value))
        for predicate in (LABEL, ALT_LABEL)
        for node, _, name in triples(store, None, predicate)
    ]
    hits = process.extract(fold(words), [name for _, name in named], scorer=fuzz.WRatio, limit=200, score_cutoff=60.0)
    return [named[index][0] for _, _, index in hits]


def _copy(store: Store, number: int) -> Iterator[Quad]:
    """The statements of the graph, for a number above 0 those of its things under other slugs and names."""
    chance = random.Random(number)
    invented: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word not in invented:
            syllables = "".join(chance.choices(_SYLLABLES, k=max(3, len(word) // 2)))
            invented[word] = syllables.capitalize() if chance.random() < 1 / 3 else word
        return invented[word]

    for subject, predicate, obj in triples(store):
        if number == 0:
            yield Quad(subject, predicate, obj, DEFAULT)
        elif isinstance(subject, NamedNode) and _COPIED.match(subject.value):
            copied = NamedNode(f"{subject.value}-{number}")
            if isinstance(obj, NamedNode) and _COPIED.match(obj.value):
                yield Quad(copied, predicate, NamedNode(f"{obj.value}-{number}"), DEFAULT)
            elif isinstance(obj, Literal) and obj.language:
                yield Quad(copied, predicate, Literal(_LONG_WORD.sub(other, obj.value), language=obj.language), DEFAULT)
            else:
                yield Quad(copied, predicate, obj, DEFAULT)


if __name__ == "__main__":
    command(measure, __doc__)
