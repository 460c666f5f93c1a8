"""The query that `bikgraph questions NAME --sparql` hands out gives the rows of `ask`, in the same order, in an engine
that knows nothing of us: here Oxigraph and rdflib, in `test_standalone_in_virtuoso.py` a server.
"""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import RdfFormat

from bikgraph.knowledge_graph import KnowledgeGraph
from tests.questions.engines import (
    EXAMPLES,
    NAMES,
    all_cases,
    cases,
    in_oxigraph,
    in_rdflib,
    standalone,
    told,
)

# rdflib uses old names of its own.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")

# For these rdflib takes several seconds even where only Belgium is described.
SLOW_IN_RDFLIB = {"edition-diff", "roles-as-of", "responsibilities", "compare-countries"}


@pytest.fixture(scope="module")
def belgium_dataset(belgium_graph: KnowledgeGraph) -> rdflib.Dataset:
    """Belgium's release in rdflib's own memory store."""
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=belgium_graph.store.dump(format=RdfFormat.N_QUADS), format="nquads")
    return dataset


def test_every_parameter_is_tried(graph: KnowledgeGraph) -> None:
    """There is an example of every type of parameter that a question takes, so that a new one is tried too."""
    used = {parameter.type for question in graph.questions.values() for parameter in question.parameters.values()}

    assert {*graph.questions} == {*NAMES}
    assert set() == used - {*EXAMPLES}


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_ask_in_oxigraph(name: str, graph: KnowledgeGraph) -> None:
    """With and without parameters: the same rows in the same order, labels with their languages, and there are some."""
    question = graph.questions[name]
    numbers = []

    for given in cases(question):
        rows = told(graph, question, given, "fr")
        numbers.append(len(rows))
        assert in_oxigraph(graph.store, standalone(graph, question, given, "fr")) == rows, given
    given = cases(question)[0]
    assert in_oxigraph(graph.store, standalone(graph, question, given, "en")) == told(graph, question, given, "en")
    assert max(numbers) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rows_of_ask_for_every_value(name: str, graph: KnowledgeGraph) -> None:
    """As the test before, of all countries, kinds, editions, roles, functions and questions."""
    question = graph.questions[name]

    for given in all_cases(question, graph.store):
        assert in_oxigraph(graph.store, standalone(graph, question, given, "el")) == told(
            graph, question, given, "el"
        ), given


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW_IN_RDFLIB else name for name in NAMES]
)
def test_rows_of_ask_in_rdflib(name: str, belgium_graph: KnowledgeGraph, belgium_dataset: rdflib.Dataset) -> None:
    """The same in rdflib, for Belgium's release, where rdflib is quick enough."""
    question = belgium_graph.questions[name]
    given = {**cases(question)[0], **({"country": "BE"} if "country" in question.parameters else {})}
    if name == "same-role-elsewhere":
        given = cases(question)[0]

    for language in ("en", "nl"):
        rows = told(belgium_graph, question, given, language)
        assert in_rdflib(belgium_dataset, standalone(belgium_graph, question, given, language)) == rows
