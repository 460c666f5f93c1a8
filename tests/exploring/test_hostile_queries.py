"""Queries that would never end, or take all memory: each is stopped in time, and its process with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from bikgraph.errors import BikgraphError, TimeLimitExceeded
from bikgraph.exploring.sparql import sparql
from bikgraph.release import Release
from tests.conftest import ROOT

ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = {
    "a product of four": f"SELECT * WHERE {{ {ALL} }}",
    "a product of four, counted": f"SELECT (COUNT(*) AS ?n) WHERE {{ {ALL} }}",
    "a product of four, distinct": f"SELECT DISTINCT * WHERE {{ {ALL} }}",
    "a product of four, ordered": f"SELECT * WHERE {{ {ALL} }} ORDER BY ?l ?a",
    "a product of four, grouped": f"SELECT ?a (COUNT(?l) AS ?n) WHERE {{ {ALL} }} GROUP BY ?a",
    "a product of four, filtered": f'SELECT * WHERE {{ {ALL} FILTER (CONTAINS(STR(?l), "not there")) }}',
    "a product of four, asked": f'ASK {{ {ALL} FILTER (STR(?a) = "not there") }}',
    "a product of four, constructed": f"CONSTRUCT {{ ?a ?e ?l }} WHERE {{ {ALL} }}",
    "a product of four, described": f"DESCRIBE ?l WHERE {{ {ALL} }}",
    "a product of four, concatenated": f"SELECT (GROUP_CONCAT(STR(?l)) AS ?n) WHERE {{ {ALL} }}",
    "a product in a sub-select": f"SELECT * WHERE {{ {{ SELECT ?a ?l WHERE {{ {ALL} }} ORDER BY ?l }} ?a ?x ?l }}",
    "a product in EXISTS": f'SELECT * WHERE {{ ?s ?p ?o FILTER EXISTS {{ {ALL} FILTER (STR(?l) = "none") }} }}',
    "a product in MINUS": f"SELECT * WHERE {{ ?s ?p ?o MINUS {{ {ALL} FILTER (?s = ?l) }} }}",
    "a product in OPTIONAL": f"SELECT * WHERE {{ ?s ?p ?o OPTIONAL {{ {ALL} FILTER (?l = ?o && ?a = ?o) }} }}",
    "a product of unions": "SELECT * WHERE { "
    + " ".join(f"{{ ?a{n} ?b{n} ?c{n} }} UNION {{ ?c{n} ?b{n} ?a{n} }}" for n in range(5))
    + " }",
    "paths between all": "SELECT * WHERE { ?a (!<x:>)* ?b . ?c (!<x:>)* ?d . ?e (!<x:>)* ?f }",
    "paths of paths": "SELECT (COUNT(*) AS ?n) WHERE { ?a ((!<x:>)/(!<x:>)*)+ ?b . ?b ((!<x:>)|^(!<x:>))* ?c }",
    "a regular expression on all": f'SELECT * WHERE {{ {ALL} FILTER REGEX(STR(?l), "^(a+)+$") }}',
    "values of values": "SELECT * WHERE { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }}" for n in range(6))
    + " FILTER (?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 < 0) }",
    "a text that doubles": "SELECT ?t WHERE { ?a ?b ?c . ?d ?e ?f . "
    + " ".join(
        f"BIND (CONCAT({'STR(?c), STR(?f)' if n == 0 else f'?t{n - 1}, ?t{n - 1}'}) AS ?t{n})" for n in range(18)
    )
    + " BIND (?t17 AS ?t) }",
}


# What the engine sees through: a filter on one pattern is looked at before the others are joined.
HARMLESS_HERE = {"a product of four, filtered", "a product of four, asked", "a regular expression on all"}


def children() -> str:
    """The processes that this one has started and that are still there."""
    command = ["ps", "--ppid", str(os.getpid()), "-o", "args="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_stopped(tiny_release: Release, name: str) -> None:
    """It ends within its second or little more, with a sentence if it found no end, and leaves no process."""
    started = time.monotonic()
    try:
        rows = sparql(tiny_release.store_folder, HOSTILE[name], timeout=1.0)
    except BikgraphError as error:
        assert "ran longer than 1 seconds" in str(error) or "out of memory" in str(error)  # noqa: PT017
    else:
        assert name in HARMLESS_HERE
        assert not rows

    assert time.monotonic() - started < 6
    assert "sparql_worker" not in children()


@pytest.mark.slow
def test_hostile_queries_take_little_memory(tiny_release: Release) -> None:
    """Of all of them, none needs more than 700 MB in its second."""
    code = (
        "import json, resource, sys; sys.path.insert(0, sys.argv[1])\n"
        "import resource\nfrom pathlib import Path\nfrom bikgraph.errors import BikgraphError\n"
        "from bikgraph.exploring.sparql import sparql\n"
        "for query in json.loads(sys.argv[3]):\n"
        "    try:\n        sparql(Path(sys.argv[2]), query, 1.0)\n    except BikgraphError:\n        pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    arguments = [str(ROOT), str(tiny_release.store_folder), json.dumps(list(HOSTILE.values()))]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)

    assert int(done.stdout) / 1024 < 700


def test_one_hostile_query_is_stopped(tiny_release: Release) -> None:
    """The plainest of them, always run: stopped at its limit."""
    with pytest.raises(TimeLimitExceeded, match=r"ran longer than 0\.5 seconds"):
        sparql(tiny_release.store_folder, HOSTILE["a product of four, ordered"], timeout=0.5)
