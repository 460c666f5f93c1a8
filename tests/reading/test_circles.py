"""Things that lead back to themselves: found in a file of any size, at the line that closes the circle."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

from bikgraph.namespaces import BIK, DCT, ID, OWL
from bikgraph.reading.circles import CircleRules, circle_in_words, circles
from tests.tiny import base, check_text

REGISTER = "id: register-more\nlabel: {en: More}\n"


def register(fields: dict[str, str], kind: str = "ngo", listed: str = "actors") -> str:
    """A register whose things, each on a line from the fourth on, have these fields."""
    lines = [
        f"  - {{id: {slug}, label: {{en: Name of {slug}}}, kind: {kind}, source: eu-country-table"
        f"{f', {field}' if field else ''}}}\n"
        for slug, field in fields.items()
    ]
    return f"{REGISTER}{listed}:\n{''.join(lines)}"


@pytest.mark.parametrize(
    ("field", "kind", "listed"),
    [
        ("partOf", "ngo", "actors"),
        ("replacedBy", "ngo", "actors"),
        ("differentFrom", "ngo", "actors"),
        ("partOf", "region", "territories"),
    ],
)
def test_thing_that_names_itself(tmp_path: Path, field: str, kind: str, listed: str) -> None:
    """A body or territory is neither part of itself, nor its own successor, nor different from itself."""
    text = register({"be-a": f"{field}: be-a"}, kind, listed)
    (finding,) = check_text(tmp_path, text).findings

    assert (finding.line, finding.column) == (4, text.splitlines()[3].rindex("be-a") + 1)
    assert (finding.rule, finding.is_error) == ("self-reference", True)
    assert finding.message == f"be-a names itself in {field}. Name another thing, or remove the field."


@pytest.mark.parametrize("field", ["partOf", "replacedBy"])
@pytest.mark.parametrize("length", [2, 3, 7])
def test_circle_is_found_at_the_line_that_closes_it(tmp_path: Path, field: str, length: int) -> None:
    """A circle of any length in a file gives one finding, at the last of its lines, that names all its steps."""
    slugs = [f"be-{letter}" for letter in "abcdefg"[:length]]
    fields = {slug: f"{field}: {slugs[(number + 1) % length]}" for number, slug in enumerate(slugs)}
    (finding,) = check_text(tmp_path, register({"be-out": f"{field}: be-a", **fields})).findings

    assert (finding.line, finding.rule, finding.is_error) == (4 + length, "circle", True)
    assert f"{field} leads back" in finding.message
    assert " → ".join([slugs[-1], *slugs]) in finding.message


def test_two_that_name_each_other_different_are_right(tmp_path: Path) -> None:
    """differentFrom goes both ways by its nature, and a chain of parts or successors is no circle."""
    text = register(
        {
            "be-a": "differentFrom: be-b, note: {en: The table says so.}",
            "be-b": "differentFrom: be-a, note: {en: The table says so.}",
            "be-c": "partOf: be-a",
            "be-d": "partOf: [be-c, be-a], replacedBy: be-c",
        }
    )

    assert check_text(tmp_path, text).findings == []


def test_circles_of_a_list_of_values(tmp_path: Path) -> None:
    """A circle through one of several values stands at that value."""
    text = register({"be-a": "partOf: be-b", "be-b": "partOf: [be-c, be-a]", "be-c": ""})
    (finding,) = check_text(tmp_path, text).findings

    assert (finding.line, finding.column) == (5, text.splitlines()[4].rindex("be-a") + 1)


def test_rules_come_out_of_the_ontology() -> None:
    """Which properties may not lead back is declared: by bik:withoutCircle, and by OWL's irreflexive and asymmetric."""
    rules = CircleRules.of(base().vocabulary)

    assert rules.without_circle == {BIK + "partOf": "partOf", DCT + "isReplacedBy": "replacedBy"}
    assert rules.never_itself == {**rules.without_circle, OWL + "differentFrom": "differentFrom"}


def edges_of(seed: int) -> list[tuple[str, str]]:
    """A relation among at most twelve things, drawn by chance."""
    chance = random.Random(seed)  # noqa: S311
    names = "abcdefghijkl"[: chance.randint(1, 12)]
    return [(chance.choice(names), chance.choice(names)) for _ in range(chance.randint(0, 20))]


@pytest.mark.parametrize("seed", range(300))
def test_circles_agree_with_networkx(seed: int) -> None:
    """What is told are circles of the relation; there is one where networkx finds any, and none where it finds none."""
    edges = edges_of(seed)
    graph = nx.DiGraph(edges)
    found = circles(edges)

    for circle in found:
        assert all(graph.has_edge(*edge) for edge in circle)
        assert [end for _, end in circle] == [start for start, _ in [*circle[1:], circle[0]]]
        assert len({start for start, _ in circle}) == len(circle)
    selves = {(node, node) for node in nx.nodes_with_selfloops(graph)}
    assert {circle[0] for circle in found if len(circle) == 1} == selves
    long = [circle for circle in found if len(circle) > 1]
    assert len({start for circle in long for start, _ in circle}) == sum(map(len, long))
    rest = graph.copy()
    rest.remove_nodes_from([start for circle in long for start, _ in circle])
    rest.remove_edges_from(selves)
    if not long:
        assert nx.is_directed_acyclic_graph(rest)
    components = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    assert len(long) >= bool(components)
    assert all(any(start in part for circle in long for start, _ in circle) for part in components)


@pytest.mark.parametrize("shape", ["chain", "circle", "nested", "star"])
def test_large_relations_take_no_time(shape: str) -> None:
    """Fifty thousand statements are looked through in seconds, whatever their shape, without deep recursion."""
    many = 50_000
    names = [f"n{number}" for number in range(many)]
    edges = list(pairwise(names))
    if shape == "circle":
        edges.append((names[-1], names[0]))
    if shape == "nested":
        edges += [(names[-number], names[number - 1]) for number in range(1, many // 2)]
    if shape == "star":
        edges += [(names[-1], name) for name in names]
    started = time.process_time()
    found = circles(edges)

    assert time.process_time() - started < 5
    assert bool(found) == (shape != "chain")


def test_long_circle_is_told_by_its_ends() -> None:
    """A circle of a hundred steps names some of them, and says how many there are more."""
    circle = [(f"{ID}n{number}", f"{ID}n{(number + 1) % 100}") for number in range(100)]

    assert circle_in_words(circle, circle[-1]) == "n99 → n0 → n1 → n2 → n3 → n4 → n5 → … (93 more) → n99"
