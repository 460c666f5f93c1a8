"""The compiled rules infer, and contradict, exactly what owlrl does, over ontologies and data that hypothesis draws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from bikgraph.errors import Inconsistent
from tests.reasoning.axioms import close, constraint, facts, ontologies, reference

few_or_many = pytest.mark.parametrize("examples", [8, pytest.param(100, marks=pytest.mark.slow)])


@few_or_many
def test_the_rules_infer_exactly_what_owlrl_infers(examples: int) -> None:
    """Over any ontology of the constructs that compile, and any data, the rules and owlrl infer the same."""

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(ontologies, facts)
    def same(ontology: list[str], data: list[str]) -> None:
        inferred, _ = close("\n".join(ontology), "\n".join(data))

        assert inferred == reference("\n".join(ontology), "\n".join(data))

    same()


@few_or_many
def test_the_rules_find_contradictions_exactly_where_owlrl_does(examples: int) -> None:
    """Over any ontology with disjointness, asymmetry and irreflexivity, the rules and owlrl agree whether there is a
    contradiction.
    """
    constraints = st.lists(constraint, min_size=1, max_size=3, unique=True)

    @settings(max_examples=examples, derandomize=True, deadline=None, database=None)
    @given(ontologies, constraints, facts)
    def same(ontology: list[str], constraints: list[str], data: list[str]) -> None:
        _agree_on_contradictions(ontology, constraints, data)

    same()


def _agree_on_contradictions(ontology: list[str], constraints: list[str], data: list[str]) -> None:
    text = "\n".join([*ontology, *constraints])

    inferred, contradictions = close(text, "\n".join(data))

    try:
        expected: set[Triple] | None = reference(text, "\n".join(data))
    except Inconsistent:
        expected = None
    assert (None if contradictions else inferred) == expected
