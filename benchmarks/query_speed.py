"""All saved questions on 300 profiles: the release's store against rdflib's own memory store. Run: python -m benchmarks.query_speed

Both run the same filled SPARQL for Belgium (and Child Focus) over the same triples; rows must be equal in number.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import DefaultGraph, NamedNode

import bikgraph
from benchmarks.generate import generate
from bikgraph.questions.ask import bind, fill

PROFILES = 300


def main() -> None:
    """Print a line a question, and the ratio of the totals."""
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder) / "project", PROFILES, seed=2)
        graph = bikgraph.open(Path(folder) / "project")
        memory = rdflib.Dataset(default_union=False)
        for quad in graph.store.quads_for_pattern(None, None, None, DefaultGraph()):
            memory.default_graph.add(tuple(_rdflib(term) for term in quad.triple))
        for name in graph.store.named_graphs():
            if "links-" in name.value:
                for quad in graph.store.quads_for_pattern(None, None, None, name):
                    memory.graph(rdflib.URIRef(name.value)).add(tuple(_rdflib(term) for term in quad.triple))
        totals = [0.0, 0.0]
        for question in graph.questions.values():
            given = {
                name: {"country": "BE", "actor": "be-child-focus"}[name]
                for name, p in question.parameters.items()
                if p.required
            }
            text = fill(question, bind(graph.store, question, given))
            started = time.process_time()
            solutions: Any = graph.store.query(text)
            ours = len(list(solutions))
            middle = time.process_time()
            theirs = len(list(memory.query(text)))
            seconds = (middle - started, time.process_time() - middle)
            totals = [total + spent for total, spent in zip(totals, seconds, strict=True)]
            print(
                f"{question.name:22} {ours:5} rows  {seconds[0] * 1000:8.1f} ms  rdflib {seconds[1] * 1000:10.1f} ms  {'' if ours == theirs else f'DIFFER: {theirs}'}"
            )
        print(
            f"total: {totals[0] * 1000:.0f} ms, rdflib {totals[1] * 1000:.0f} ms: {totals[1] / totals[0]:.0f} times as fast (target >= 20)"
        )


def _rdflib(term: Any) -> Any:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if hasattr(term, "datatype"):
        return rdflib.Literal(
            term.value, lang=term.language, datatype=None if term.language else rdflib.URIRef(term.datatype.value)
        )
    return rdflib.BNode(term.value)


if __name__ == "__main__":
    main()
