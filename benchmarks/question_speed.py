"""Every saved question at 30 and at 300 profiles: `graph.ask` against its bare query in the engine, and how both grow.
Run: python -m benchmarks.question_speed

Bare is the same filled SPARQL in the release's store, each term of each row read as a term of Python; ours is the whole
`graph.ask`, with labels, sources and notes, on a graph that has been asked the same once. Both in turn, in CPU time, the
least of several. Each question is asked of all countries and of Belgium, given what it needs and no more. How a question
grows is its time at 300 profiles by its time at 30, by how many times the profiles are: 1 is linear. The engine reads a
triple more slowly from a larger store, and sorts in n log n, so a plain scan of one property, sorted, stands beside it.
Named are the questions that take long enough to be timed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import bikgraph
from benchmarks.build_speed import built
from benchmarks.figures import Figure, command
from benchmarks.generate import generate
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.questions.binding import bind, fill

SIZES = (30, 300)
SCAN = (
    "PREFIX bik: <https://w3id.org/bikgraph/ontology#> "
    "SELECT ?set ?record WHERE { ?set bik:hasResponsibility ?record } ORDER BY ?set ?record"
)
# What the required parameters are given.
VALUES = {"actor": "be-child-focus", "from": "2018", "to": "2020", "indicator": "p4-hotlines"}
MOST_BY_QUERY = 1.3
# A sorted scan grows so in the engine.
MOST_GROWTH = 1.5
# Below this a ratio is one of constants: reading the question's file, one row of a table.
LEAST_SECONDS = 0.005
SECONDS_EACH = 0.5
MOST_RUNS = 30
# A question that takes so many seconds with its bare query is measured once: looking things up is nothing to it.
LONG = 10


class Cost(NamedTuple):
    """CPU seconds of a question, of its bare query, and of the question when it was asked first; and its rows."""

    asked: float
    bare: float
    first: float
    rows: int

    @property
    def ratio(self) -> float:
        """How many times as long as the bare query the question takes."""
        return self.asked / self.bare


class Costs(NamedTuple):
    """The costs of all questions on one graph, by name and whether of one country, and the seconds of a plain scan."""

    of_questions: dict[tuple[str, bool], Cost]
    scan: float

    def of(self, one_country: bool) -> dict[str, Cost]:
        """Those of one country, or those of all countries, by name."""
        return {name: cost for (name, of_one), cost in self.of_questions.items() if of_one == one_country}


def measure(*, smallest: bool) -> Iterator[Figure]:
    """The ratios over all questions together, and the questions that stand out, of all countries and of one."""
    small, large = (2, 3) if smallest else SIZES
    with tempfile.TemporaryDirectory() as name:
        costs = {profiles: costs_at(Path(name, str(profiles)), profiles) for profiles in (small, large)}
    for one_country in (False, True):
        whom = "Belgium" if one_country else "all countries"
        of_each = {profiles: costs[profiles].of(one_country) for profiles in (small, large)}
        for profiles, questions in of_each.items():
            yield _by_query(f"all {len(questions)} saved questions of {whom} at {profiles} profiles", questions)
        yield _growth(whom, of_each[small], of_each[large], large / small)
    yield Figure(
        "a plain scan of one property, sorted: growth", f"{costs[large].scan / costs[small].scan / (large / small):.2f}"
    )


def costs_at(project: Path, profiles: int) -> Costs:
    """The costs on a project of so many profiles, which is made if it is not there."""
    if not project.exists():
        generate(project, profiles, seed=2, earlier=True)
        built(project)
    graph = bikgraph.open(project)
    costs = {
        (name, one_country): _cost(graph, name, {"country": "BE"} if one_country else {})
        for name, question in graph.questions.items()
        for one_country in (False, True)
        if not one_country or "country" in question.parameters
    }
    return Costs(costs, min(_seconds(lambda: _rows(graph, SCAN)) for _ in range(3)))


def _cost(graph: KnowledgeGraph, name: str, country: dict[str, str]) -> Cost:
    question = graph.questions[name]
    given: dict[str, Any] = country | {
        key: VALUES[key] for key, parameter in question.parameters.items() if parameter.required
    }
    query = fill(question, bind(graph.store, question, given))
    rows: list[Any] = []

    def bare() -> None:
        rows[:] = _rows(graph, query)

    def asked() -> None:
        graph.ask(name, **given)

    first = _seconds(asked)
    times = [(first, _seconds(bare))]
    spent = sum(times[0])
    if spent < LONG:
        times.clear()
    while not times or (spent < SECONDS_EACH and len(times) < MOST_RUNS):
        times.append((_seconds(asked), _seconds(bare)))
        spent += sum(times[-1])
    return Cost(min(time[0] for time in times), min(time[1] for time in times), first, len(rows))


def _rows(graph: KnowledgeGraph, query: str) -> list[Any]:
    solutions: Any = graph.store.query(query)
    return [tuple(solution) for solution in solutions]


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def _by_query(what: str, costs: dict[str, Cost]) -> Figure:
    asked, bare = sum(cost.asked for cost in costs.values()), sum(cost.bare for cost in costs.values())
    above = [
        f"{name} {cost.ratio:.2f}"
        for name, cost in sorted(costs.items(), key=lambda item: -item[1].ratio)
        if cost.ratio > MOST_BY_QUERY and cost.asked > LEAST_SECONDS
    ]
    slowest = max(costs, key=lambda name: costs[name].asked)
    return Figure(
        f"{what}, `graph.ask` / bare query",
        f"{asked / bare:.2f} ({asked * 1000:,.0f} against {bare * 1000:,.0f} ms, slowest {slowest} "
        f"{costs[slowest].asked * 1000:,.0f} ms); above {MOST_BY_QUERY}: {', '.join(above) or 'none'}",
        f"{MOST_BY_QUERY}",
    )


def _growth(whom: str, few: dict[str, Cost], many: dict[str, Cost], times: float) -> Figure:
    growth = {name: cost.asked / few[name].asked / times for name, cost in many.items()}
    above = [
        f"{name} {growth[name]:.2f}"
        for name in sorted(growth, key=lambda name: -growth[name])
        if growth[name] > MOST_GROWTH and many[name].asked > LEAST_SECONDS
    ]
    total = sum(cost.asked for cost in many.values()) / sum(cost.asked for cost in few.values()) / times
    return Figure(
        f"the same of {whom}: growth, time at {times:.3g} x the profiles / {times:.3g} x the time",
        f"{total:.2f}; above {MOST_GROWTH}: {', '.join(above) or 'none'}",
        f"{MOST_GROWTH}",
    )


if __name__ == "__main__":
    command(measure, __doc__)
