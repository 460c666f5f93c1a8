"""All saved questions on 300 profiles: the release's store against rdflib's own memory store. Run: python -m
benchmarks.query_speed

Both run the same filled SPARQL for Belgium (and Child Focus) over the same triples, on one CPU's clock; rows must be
equal in number. Each question is given what it needs and no more, so that it looks at as much as it can.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import DefaultGraph, NamedNode, Store

import bikgraph
from benchmarks.build_speed import built
from benchmarks.figures import Figure, command
from benchmarks.generate import generate
from bikgraph.questions.binding import bind, fill

PROFILES = 300
# What the required parameters are given; `countries` are the project's first ten.
VALUES = {"country": "BE", "actor": "be-child-focus", "from": "2018", "to": "2020", "indicator": "p4-hotlines"}


def measure(*, smallest: bool) -> Iterator[Figure]:
    """The ratio of the totals over all questions, and the question that is slowest here."""
    profiles = 2 if smallest else PROFILES
    with tempfile.TemporaryDirectory() as name:
        project = Path(name, "project")
        countries = generate(project, profiles, seed=2)
        built(project)
        graph = bikgraph.open(project)
        memory = _in_rdflib(graph.store)
        values = {**VALUES, "countries": ",".join(countries[:10])}
        seconds: dict[str, tuple[float, float]] = {}
        other_rows = []
        for question in graph.questions.values():
            required = {name: values[name] for name, parameter in question.parameters.items() if parameter.required}
            text = fill(question, bind(graph.store, question, required))
            started = time.process_time()
            solutions: Any = graph.store.query(text)
            ours = len(list(solutions))
            middle = time.process_time()
            theirs = len(list(memory.query(text)))
            seconds[question.name] = (middle - started, time.process_time() - middle)
            if ours != theirs:
                other_rows.append(f"{question.name} ({ours} and {theirs})")
    ours_total, theirs_total = (sum(column) for column in zip(*seconds.values(), strict=True))
    slowest = max(seconds, key=lambda name: seconds[name][0])
    yield Figure(
        f"all {len(seconds)} saved questions at {profiles} profiles, rdflib / ours",
        f"{theirs_total / ours_total:.0f} ({theirs_total:.1f} against {ours_total:.2f} s; "
        f"slowest here {slowest}, {seconds[slowest][0] * 1000:.0f} ms)",
        "20",
    )
    yield Figure("the same rows in number", "all" if not other_rows else f"not {', '.join(other_rows)}", "all")


def _in_rdflib(store: Store) -> rdflib.Dataset:
    """The merge and the graphs of links in rdflib's memory store: all that saved questions look at."""
    memory = rdflib.Dataset(default_union=False)
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        memory.default_graph.add(tuple(_rdflib(term) for term in quad.triple))
    for name in store.named_graphs():
        if "links-" in name.value:
            for quad in store.quads_for_pattern(None, None, None, name):
                memory.graph(rdflib.URIRef(name.value)).add(tuple(_rdflib(term) for term in quad.triple))
    return memory


def _rdflib(term: Any) -> Any:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if hasattr(term, "datatype"):
        return rdflib.Literal(
            term.value, lang=term.language, datatype=None if term.language else rdflib.URIRef(term.datatype.value)
        )
    return rdflib.BNode(term.value)


if __name__ == "__main__":
    command(measure, __doc__)
