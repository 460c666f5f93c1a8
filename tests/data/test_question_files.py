"""Every saved question: its header, its columns, and the same rows in Oxigraph and rdflib. `queries/README.md`
describes the header.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.questions.parameters import TYPES

QUERIES = Path(__file__).parents[2] / "queries"
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))
ID = "https://w3id.org/bikgraph/id/"
# rdflib uses old names of its own.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated:DeprecationWarning")

RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

REQUIRED = {"summary", "question", "about", "defaultEdition", "params", "columns", "expect"}
OPTIONAL = {"description", "base", "asks", "facts", "fewer", "instead", "undated", "countryColumn"}
LATEST = {
    "pillar-coordinators",
    "implementation-roles",
    "cross-pillar-actors",
    "answers",
    "answer-summary",
    "gaps",
    "compare-countries",
    "country-ranking",
    "similar-countries",
}
WITHOUT_EDITION = {"links", "actor-profile"}
# The country is among their columns already; of all others, but the profile of an actor, it is put first where not one
# country alone is asked for.
OWN_COUNTRY = {
    "agreements-by-kind",
    "compare-countries",
    "contradictions",
    "coordination-models",
    "country-ranking",
    "coverage",
    "law-timeline",
    "safer-internet-centres",
    "same-role-elsewhere",
    "who-signs-with-police",
}
WITHOUT_COUNTRY = {"actor-profile"}
# Of these the columns alone: coverage and contradictions have the edition among their columns, edition-diff is on two
# of them.
OTHER_EDITION = {"coverage", "contradictions", "edition-diff"}

# Fixed for good: other people's scripts read these names. Without the column edition, which all but WITHOUT_EDITION
# have at the end.
COLUMNS = {
    "pillar-coordinators": "pillar pillarLabel actor actorLabel",
    "implementation-roles": "pillar pillarLabel role actor actorLabel",
    "ministries": "actor actorLabel territory territoryLabel competence",
    "agreements": "agreement agreementLabel kind purpose parties partiesComplete",
    "agreement-parties": "agreement agreementLabel actor actorLabel kind",
    "bound-together": "actorA actorALabel actorB actorBLabel agreement agreementLabel",
    "actor-profile": "relation other otherLabel source",
    "cross-pillar-actors": "actor actorLabel pillars",
    "consortium-members": "consortium consortiumLabel actor actorLabel role represents",
    "answers": "pillar group indicator indicatorLabel answer",
    "answer-summary": "pillar pillarLabel introduced existing notAvailable notAnswered",
    "gaps": "pillar indicator indicatorLabel answer",
    "policies": "policy policyLabel kind responsible responsibleLabel pillar",
    "data-collections": "collection collectionLabel kind periodicity actor actorLabel",
    "good-practices": "practice practiceLabel kind actor actorLabel year",
    "sources": "section sectionTitle statements",
    "links": "subject subjectLabel predicate target graph",
    "compare-countries": "indicator indicatorLabel country countryLabel answer answerLabel",
    "edition-diff": "kind subject subjectLabel before after change",
    "country-ranking": "rank country countryLabel answer base",
    "agreements-by-kind": "agreement agreementLabel kind country countryLabel year parties",
    "who-signs-with-police": "country countryLabel actor actorLabel police policeLabel agreement agreementLabel",
    "safer-internet-centres": "country countryLabel function actor actorLabel",
    "similar-countries": "other otherLabel agreeing comparable share",
    "coordination-models": "model modelLabel country countryLabel",
    "coverage": (
        "country countryLabel edition actors responsibilities policies agreements dataCollections goodPractices "
        "answers questions"
    ),
    "law-timeline": "year policy policyLabel kind country countryLabel",
    "same-role-elsewhere": "role function country countryLabel other otherLabel",
    "contradictions": "country countryLabel edition indicator indicatorLabel answerA sourceA answerB sourceB",
    "roles-as-of": "actor actorLabel role function pillar sourceYear",
    "responsibilities": ("function functionLabel role roleLabel pillar pillarLabel actor actorLabel kind year note"),
}
# Columns that came later stand at the end.
ADDED = {"roles-as-of": ["old"]} | {
    name: ["year"] for name in ("policies", "agreements", "agreement-parties", "who-signs-with-police")
}
PARAMETERS = {name: {"country", "edition"} for name in COLUMNS} | {"actor-profile": {"actor"}, "links": {"country"}}
PARAMETERS |= {
    "agreement-parties": {"country", "kind", "edition"},
    "agreements": {"country", "kind", "edition"},
    "agreements-by-kind": {"country", "kind", "year", "edition"},
    "answers": {"country", "pillar", "edition"},
    "contradictions": {"country", "edition"},
    "country-ranking": {"country", "indicator", "edition"},
    "coverage": {"country"},
    "data-collections": {"country", "kind", "edition"},
    "edition-diff": {"country", "from", "to"},
    "good-practices": {"country", "kind", "year", "edition"},
    "implementation-roles": {"country", "pillar", "role", "edition"},
    "law-timeline": {"country", "kind", "year", "from", "to"},
    "pillar-coordinators": {"country", "pillar", "edition"},
    "policies": {"country", "kind", "pillar", "from", "to", "edition"},
    "responsibilities": {"country", "function", "role", "pillar", "kind", "year", "edition"},
    "roles-as-of": {"country", "year", "function", "role"},
    "safer-internet-centres": {"country", "function"},
    "same-role-elsewhere": {"country", "actor", "function", "role"},
    "who-signs-with-police": {"country"},
}
for _name in [
    "agreement-parties",
    "agreements",
    "agreements-by-kind",
    "data-collections",
    "good-practices",
    "law-timeline",
    "policies",
    "responsibilities",
]:
    PARAMETERS[_name] |= {"topic"}
# rdflib takes minutes for these without any parameter, as nobody asks them: with parameters they are compared all the
# same.
NEVER_WHOLE_IN_RDFLIB = {
    "edition-diff",
    "similar-countries",
    "same-role-elsewhere",
    "bound-together",
    "compare-countries",
    "country-ranking",
    "roles-as-of",
}

# For these rdflib takes several seconds even where only Belgium is described.
SLOW_IN_RDFLIB = {"edition-diff", "roles-as-of"}


def _text(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text("utf-8")


def _header(name: str) -> dict[str, Any]:
    lines = [line[2:].removeprefix(" ") for line in _text(name).splitlines() if line.startswith("#+")]
    header: dict[str, Any] = yaml.safe_load("\n".join(lines))
    return header


def _slug(kind: str, value: object) -> str:
    if kind == "country" or kind.endswith("-kind"):
        return f"{kind}-{value}".lower()
    return f"edition-{value}" if kind == "edition" else str(value)


def _terms(declared: dict[str, Any], value: object) -> str:
    values = str(value).split(",") if declared.get("several") else [value]
    return " ".join(
        str(one) if declared["type"] == "year" else f"<{ID}{_slug(declared['type'], one)}>" for one in values
    )


def _bound(name: str, params: dict[str, object]) -> str:
    """The query with `params` in its VALUES lines."""
    text, header = _text(name), _header(name)
    for param, value in params.items():
        declared = header["params"][param]
        line = f"VALUES ?{declared.get('variable', param)} {{ UNDEF }}"
        text = text.replace(line, line.replace("UNDEF", _terms(declared, value)))
    return text


def _in_oxigraph(store: Store, query: str) -> list[tuple[object, ...]]:
    def plain(term: Any) -> object:
        if term is None or isinstance(term, NamedNode):
            return term and term.value
        return (term.value, term.language, term.datatype.value)

    answered = store.query(query)
    assert isinstance(answered, QuerySolutions)
    return [tuple(plain(term) for term in row) for row in answered]


def _in_rdflib(dataset: rdflib.Dataset, query: str) -> list[tuple[object, ...]]:
    def plain(term: Any) -> object:
        if term is None or isinstance(term, rdflib.URIRef):
            return term and str(term)
        return (str(term), term.language, str(term.datatype or (RDF_LANG_STRING if term.language else XSD_STRING)))

    return [tuple(plain(term) for term in row) for row in dataset.query(query)]  # type: ignore[union-attr]


def _dataset(store: Store) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=store.dump(format=RdfFormat.N_QUADS), format="nquads")
    return dataset


@pytest.fixture(scope="module")
def dataset(store: Store) -> rdflib.Dataset:
    """The release in rdflib's own memory store."""
    return _dataset(store)


@pytest.fixture(scope="module")
def belgium_dataset(belgium_graph: KnowledgeGraph) -> rdflib.Dataset:
    """Belgium's release in rdflib's own memory store."""
    return _dataset(belgium_graph.store)


def test_questions_complete() -> None:
    """The table of questions and the folder name the same ones."""
    assert sorted(COLUMNS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_header_fields(name: str) -> None:
    """The header has all fields that it needs and no other, each of a known form."""
    header = _header(name)

    assert set() == REQUIRED - set(header)
    assert set() == set(header) - REQUIRED - OPTIONAL
    assert ("latest" if name in LATEST else "none" if name in WITHOUT_EDITION | OTHER_EDITION else "all") == header[
        "defaultEdition"
    ]
    assert header["about"].partition(":")[0] in {"bik", "owl"}
    assert ("own" if name in OWN_COUNTRY else None if name in WITHOUT_COUNTRY else "added") == header.get(
        "countryColumn"
    )
    assert {entry.split()[0] for entry in header.get("instead", [])} <= {*NAMES}
    assert header["expect"]
    for param in header["params"].values():
        assert set() == set(param) - {"type", "required", "variable", "several"}
        assert param["type"] in TYPES
    for expected in header["expect"]:
        assert {"params", "rows"} == set(expected)
        assert set() == set(expected["params"]) - set(header["params"])
        assert not any(isinstance(value, bool) for value in expected["params"].values()), 'Quote Norway: country: "NO".'


@pytest.mark.parametrize("name", NAMES)
def test_header_parameters(name: str) -> None:
    """A question takes the parameters of the table, and its template names no other; each has a VALUES line of its
    own, once in each branch.
    """
    header = _header(name)
    lines = [line.strip() for line in _text(name).splitlines()]

    assert PARAMETERS[name] == set(header["params"])
    header["question"].format_map(dict.fromkeys(header["params"], ""))
    for param, declared in header["params"].items():
        assert f"VALUES ?{declared.get('variable', param)} {{ UNDEF }}" in lines
    assert len(header["params"]) == len({line for line in lines if "UNDEF" in line})


@pytest.mark.parametrize("name", NAMES)
def test_columns_fixed(name: str) -> None:
    """The columns are those of the table; the query, which Oxigraph parses as it stands, projects all but the labels,
    and the source.
    """
    columns = COLUMNS[name].split() + ([] if name in WITHOUT_EDITION | OTHER_EDITION else ["edition"])
    columns += ADDED.get(name, [])
    projected = [column for column in columns if not column.endswith("Label") and column != "source"]
    if name not in OWN_COUNTRY | WITHOUT_COUNTRY:
        projected.insert(0, "country")
    answered = Store().query(_text(name))  # without prefixes of ours: the text stands alone
    assert isinstance(answered, QuerySolutions)
    variables = [variable.value for variable in answered.variables]

    assert columns == _header(name)["columns"]
    assert [*projected, "source"] == [variable for variable in variables if not variable.endswith("Node")]
    assert {f"{variable.removesuffix('Node')}Label" for variable in variables if variable.endswith("Node")} <= set(
        columns
    )


@pytest.mark.parametrize("name", NAMES)
def test_rows_expected(name: str, store: Store) -> None:
    """The numbers of rows in the header hold: distinct rows, the source left out unless it is a column."""
    header = _header(name)
    last = None if "source" in header["columns"] else -1

    for expected in header["expect"]:
        rows = _in_oxigraph(store, _bound(name, expected["params"]))

        assert expected["rows"] == len({row[:last] for row in rows}), expected["params"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_rows_same_in_rdflib(name: str, store: Store, dataset: rdflib.Dataset) -> None:
    """Oxigraph and rdflib give the same rows, as often and in the same order, with parameters and without."""
    _compare(name, store, dataset)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW_IN_RDFLIB else name for name in NAMES]
)
def test_rows_same_in_rdflib_for_one_country(
    name: str, belgium_graph: KnowledgeGraph, belgium_dataset: rdflib.Dataset
) -> None:
    """As the test before, where only Belgium is described."""
    _compare(name, belgium_graph.store, belgium_dataset)


def _compare(name: str, store: Store, dataset: rdflib.Dataset) -> None:
    given = [expected["params"] for expected in _header(name)["expect"]]

    for params in given if name in NEVER_WHOLE_IN_RDFLIB else [*given, {}]:
        query = _bound(name, params)
        rows, others = _in_oxigraph(store, query), _in_rdflib(dataset, query)

        assert Counter(rows) == Counter(others), params
        assert rows == others, params
