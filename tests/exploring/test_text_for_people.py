"""Descriptions and chains as text: a label with hidden characters reaches the terminal as words."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from bikgraph.exploring import chains, describe
from bikgraph.namespaces import BIK, GRAPH, ID, LABEL

HOSTILE = "Bad\x1b]0;title\x07 \u202elabel\nand a line"
THING, PARTNER, PACT = (NamedNode(ID + name) for name in ("xx-thing", "xx-partner", "xx-pact"))


@pytest.fixture
def store() -> Store:
    """Two bodies with hostile labels, joined by an agreement."""
    result = Store()
    for subject, predicate, obj in (
        (THING, LABEL, Literal(HOSTILE, language="en")),
        (PARTNER, LABEL, Literal(HOSTILE, language="en")),
        (PACT, LABEL, Literal("Pact", language="en")),
        (PACT, BIK + "party", THING),
        (PACT, BIK + "party", PARTNER),
        (PACT, BIK + "source", NamedNode(ID + "xx-source")),
    ):
        for graph in (NamedNode(GRAPH + "xx"), DefaultGraph()):
            result.add(Quad(subject, NamedNode(predicate), obj, graph))
    return result


def assert_harmless(text: str) -> None:
    """Nothing but newlines stands beside what can be seen, and the label's own line is one."""
    assert {character for character in text if not character.isprintable()} <= {"\n"}
    assert "Bad<U+001B>]0;title<U+0007> <U+202E>label and a line" in text


def test_a_description(store: Store) -> None:
    """Its title, its values and the labels of others."""
    assert_harmless(describe.as_text(store, THING))
    assert_harmless(describe.as_text(store, PACT))


def test_chains(store: Store) -> None:
    """The names at both ends of a step."""
    text = chains.as_text(store, THING, PARTNER)

    assert_harmless(text)
    assert "Chain 1 (2 steps)" in text
    assert "[xx-source]" in text
