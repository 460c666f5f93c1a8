"""What a search finds of what is meant, on lists of questions; benchmarks/search_quality.py gives each figure."""

from __future__ import annotations

import csv

import pytest

from benchmarks.search_quality import FOLDER, LISTS, Things, answers, things
from bikgraph.knowledge_graph import KnowledgeGraph

# Precision and recall at the least, a little below what was measured.
FLOORS = {"tuned on": (0.94, 0.84), "held out": (0.92, 0.78), "fresh": (0.84, 0.74)}


@pytest.fixture(scope="module")
def known(graph: KnowledgeGraph) -> Things:
    """What the graph says of each thing, read without the index."""
    return things(graph)


@pytest.mark.parametrize("which", LISTS)
def test_precision_and_recall(graph: KnowledgeGraph, known: Things, which: str) -> None:
    """Most of what is shown is meant, and most of what is meant is shown."""
    told = list(answers(graph, LISTS[which], known))
    precision, recall = (
        sum(values) / len(told) for values in zip(*((a.precision, a.recall) for a in told), strict=True)
    )

    assert len(told) >= 40
    assert precision >= FLOORS[which][0]
    assert recall >= FLOORS[which][1]


def test_nothing_is_padded(graph: KnowledgeGraph, known: Things) -> None:
    """A question that nothing in the graph answers gets no row."""
    empty = [answer for name in LISTS.values() for answer in answers(graph, name, known) if not answer.meant]
    with_rows = [answer.words for answer in empty if answer.shown]

    assert len(empty) >= 15
    assert len(with_rows) <= 3, with_rows


def test_the_lists_differ() -> None:
    """No question stands in two lists: what was tuned on is not what is measured."""
    asked: list[str] = []
    for name in LISTS.values():
        with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
            asked += [row["words"].casefold() for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]

    assert len(asked) == len(set(asked))
