"""The query that `bikgraph questions NAME --sparql` hands out gives the rows of `ask`, in the same order, in an engine
that knows nothing of us: here Oxigraph and rdflib, in `test_standalone_in_virtuoso.py` a server.
"""

from __future__ import annotations

import re

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import solutions, values
from bikgraph.namespaces import GRAPH, LABEL
from bikgraph.project import Project
from bikgraph.questions import Question, ask, bind, standalone_query
from bikgraph.release.graphs import graphs_of
from tests.conftest import Command
from tests.questions.engines import EXAMPLES, NAMES, XSD, cases, cell_of, in_oxigraph, in_rdflib, standalone, told

# rdflib uses old names of its own.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")

# For these rdflib takes several seconds even where only Belgium is described.
SLOW_IN_RDFLIB = {"edition-diff", "roles-as-of", "responsibilities", "compare-countries"}


@pytest.fixture(scope="module")
def belgium_dataset(belgium_graph: KnowledgeGraph) -> rdflib.Dataset:
    """Belgium's release in rdflib's own memory store."""
    return _dataset(belgium_graph.store)


def _dataset(store: Store) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=store.dump(format=RdfFormat.N_QUADS), format="nquads")
    return dataset


def test_every_parameter_is_tried(graph: KnowledgeGraph) -> None:
    """There is an example of every type of parameter that a question takes, so that a new one is tried too."""
    used = {parameter.type for question in graph.questions.values() for parameter in question.parameters.values()}

    assert {*graph.questions} == {*NAMES}
    assert set() == used - {*EXAMPLES}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name == "edition-diff" else name for name in NAMES]
)
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


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW_IN_RDFLIB else name for name in NAMES]
)
def test_rows_of_ask_in_rdflib(name: str, belgium_graph: KnowledgeGraph, belgium_dataset: rdflib.Dataset) -> None:
    """The same in rdflib, for Belgium's release, where rdflib is quick enough."""
    for language in ("nl",) if name in SLOW_IN_RDFLIB else ("en", "nl"):
        _compare_in_rdflib(belgium_graph.questions[name], belgium_graph.store, belgium_dataset, "be", language)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["de", "mt", "no", "cy"])
def test_rows_of_ask_in_rdflib_for_other_countries(code: str, graph: KnowledgeGraph) -> None:
    """As the test before, of what the release holds of another country and of what all share."""
    store = _part(graph, code)
    dataset = _dataset(store)

    for name in NAMES:
        if name not in SLOW_IN_RDFLIB:
            _compare_in_rdflib(graph.questions[name], store, dataset, code, "fr")


def _part(graph: KnowledgeGraph, code: str) -> Store:
    """The release without the graphs of other countries."""
    named = {GRAPH + name for name, info in graphs_of(graph.release.manifest).items() if info.country in ("", code)}
    quads = {
        quad
        for quad in graph.store.quads_for_pattern(None, None, None, None)
        if isinstance(quad.graph_name, NamedNode) and re.sub("/(inferred|names)$", "", quad.graph_name.value) in named
    }
    store = Store()
    store.bulk_extend(quads)
    store.bulk_extend({Quad(quad.subject, quad.predicate, quad.object) for quad in quads})
    return store


def _compare_in_rdflib(question: Question, store: Store, dataset: rdflib.Dataset, code: str, language: str) -> None:
    given = cases(question)[0] | {"country": code.upper()}
    if "actor" in question.parameters:
        bodies = solutions(store, "SELECT ?id WHERE { ?r bik:function ?f ; bik:actor ?id } ORDER BY ?id LIMIT 1")
        given = {"actor": next(iter(bodies))["id"].value}
    query = standalone_query(question, bind(store, question, given), language)
    rows = [tuple(cell_of(term) for term in row) for row in ask(store, question, given, language).terms]

    assert in_rdflib(dataset, query) == rows, question.name


def test_no_label_is_made_up(graph: KnowledgeGraph) -> None:
    """France's policies are five rows, some of which name nobody who answers for them: there is no label then."""
    query = standalone(graph, graph.questions["policies"], {"country": "FR"}, "de")
    rows = in_oxigraph(graph.store, query)
    columns = graph.questions["policies"].columns
    named = [
        (row[columns.index(name)], row[columns.index(f"{name}Label")])
        for row in rows
        for name in ("policy", "responsible")
    ]

    assert len(rows) == 5
    assert (None, None) in named
    for node, label in named:
        if node is None or label is None:
            assert (node, label) == (None, None)
            continue
        assert label[0] in {found.value for found in values(graph.store, NamedNode(str(node)), LABEL)}


@pytest.mark.parametrize("name", NAMES)
def test_text_is_fit_for_other_tools(name: str, graph: KnowledgeGraph) -> None:
    """rdflib's parser takes it; the comments name the command that made it; no open parameter is left."""
    question = graph.questions[name]
    given = cases(question)[-1]
    query = standalone(graph, question, given, "de-AT")
    comments = [line for line in query.splitlines() if line.startswith("# ")]

    prepareQuery(query)
    assert question.question in comments[0]
    for parameter, value in given.items():
        assert f"--{parameter}={value}" in comments[1]
    assert "UNDEF" not in query
    assert not re.search(r"[ \t]$", query, re.MULTILINE)


def test_comments_hold_what_was_typed(graph: KnowledgeGraph) -> None:
    """A value with a line break stays in its comment: it does not become part of the query."""
    question = graph.questions["policies"]
    bound = bind(graph.store, question, {"country": "FR"})._replace(given={"country": "FR\n} INSERT DATA { \r x"})
    lines = standalone_query(question, bound).splitlines()

    assert "INSERT DATA" in lines[1]
    assert [line for line in lines if "INSERT" in line] == [lines[1]]
    assert all(line.startswith("# ") for line in lines[: lines.index("")])


@pytest.mark.parametrize("language", ['fr"', "fr) }", "fr\nx", "", "a" * 9, "-", "fr-"])
def test_language_is_a_tag(language: str, graph: KnowledgeGraph) -> None:
    """What is no language tag gets into no query."""
    with pytest.raises(RequestError, match="no language tag"):
        standalone(graph, graph.questions["policies"], {"country": "FR"}, language)


def test_own_prefixes_are_kept(graph: KnowledgeGraph) -> None:
    """A question that calls something else rdfs: keeps its meaning, and its labels are found."""
    question = graph.questions["policies"]
    other = question._replace(sparql=question.sparql.replace("skos:", "rdfs:"))
    given = {"country": "BE"}

    assert in_oxigraph(graph.store, standalone(graph, other, given, "fr")) == told(graph, question, given, "fr")


def test_default_edition_is_that_of_ask(belgium: Project, belgium_graph: KnowledgeGraph, command: Command) -> None:
    """Without parameters the command hands out what `ask` answers without parameters, and says which edition that is."""
    done = command(belgium, "questions", "answers", "--sparql")
    question = belgium_graph.questions["answers"]
    rows = told(belgium_graph, question, {}, "en")

    assert done.returncode == 0
    assert in_oxigraph(belgium_graph.store, done.stdout) == rows
    assert {row[-1] for row in rows} == {("2020", "", f"{XSD}integer")}
    assert "# Edition: 2020" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["policies", "--country", "Frnce"], "Did you mean France"),
        (["policies", "--country", "ZZ"], "Accepted: a name in any language, or a code"),
        (["policies", "--contry", "FR"], "no parameter 'contry'. Its parameters: country"),
        (["policies", "--country"], "--country needs a value"),
        (["policies", "--country", "FR", "--country", "DE"], "--country is given twice"),
        (["policies", "--country", "FR", "--countries", "DE"], "--countries is another name of --country"),
        (["policies", "FR"], "Parameters are written --country FR"),
        (["policies", "--lang", 'x"'], "is no language tag"),
        (["policys"], "Did you mean policies"),
        (["actor-profile"], "needs --actor, such as --actor be-child-focus"),
        (["edition-diff", "--country", "BE", "--from", "2018"], "needs --to"),
    ],
)
def test_faults_are_told(arguments: list[str], words: str, belgium: Project, command: Command) -> None:
    """A typo, an unknown value, a parameter that is missing or given twice: no query, and how to mend it."""
    done = command(belgium, "questions", *arguments, "--sparql")

    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
