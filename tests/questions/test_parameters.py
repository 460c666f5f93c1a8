"""The types of parameters: what people write, and what of the graph it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import BIK, ID, XSD
from bikgraph.query_files import filled
from bikgraph.questions.ask import ask
from bikgraph.questions.default_edition import holdings
from bikgraph.questions.parameters import TYPES, resolve, resolve_several
from bikgraph.questions.question import load_question

TEXT_QUESTION = """#+ summary: Actors by a word
#+ question: Which actors have {word} in their name?
#+ about: bik:Actor
#+ defaultEdition: none
#+ params:
#+   word: {type: text, required: true}
#+ columns: [actor, actorLabel]

PREFIX bik: <https://w3id.org/bikgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?actor ?source
WHERE {
  VALUES ?word { UNDEF }
  ?actor a bik:Actor ; rdfs:label ?label .
  FILTER (CONTAINS(STR(?label), ?word))
  OPTIONAL { ?actor bik:source ?source }
}
ORDER BY ?actor
"""


def test_types_are_those_documented() -> None:
    """Every documented type is a class, with all that help and messages say of it."""
    kinds = {f"{of}-kind" for of in ("actor", "agreement", "policy", "collection", "practice")}
    plain = {"country", "edition", "pillar", "actor", "indicator", "function", "role", "topic", "year", "text"}
    assert set(TYPES) == kinds | plain
    assert all(kind.takes and kind.example for kind in TYPES.values())


def test_a_topic_takes_in_the_narrower(graph: KnowledgeGraph) -> None:
    """A topic means those under it too, by code or by any of its names; each record is in the graph once."""
    for written in ("child-sexual-abuse", "Child sexual abuse and exploitation", "sexual violence against children"):
        slugs = {term.value.removeprefix(ID) for term in resolve(graph.store, "topic", "topic", written)}
        assert slugs == {f"topic-{code}" for code in ("child-sexual-abuse", "child-sexual-abuse-material")}
    wide = graph.ask("agreements", topic="illegal-content")
    narrow = graph.ask("agreements", topic="child-sexual-abuse-material")
    assert 0 < len(narrow) < len(wide) < len(graph.ask("agreements"))
    assert {row.agreement for row in narrow} < {row.agreement for row in wide}
    assert not len(graph.ask("policies", topic="games", country="CY"))


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_accepted_values_are_accepted(belgium_graph: KnowledgeGraph, kind: str) -> None:
    """What a type lists as accepted means a thing of its class; so does its example, where the graph has it."""
    for value in TYPES[kind].accepted(belgium_graph.store)[:10]:
        assert resolve(belgium_graph.store, "x", kind, value)
    if kind == "topic" and not TYPES[kind].accepted(belgium_graph.store):
        return
    assert resolve(belgium_graph.store, "x", kind, TYPES[kind].example)


@pytest.mark.parametrize(
    "written",
    ["Child Focus", 'a "quoted" \\ text', "\\u0022 } UNION {", "two\nlines", "", "é", "'''", '"""', "UNDEF }"],
)
def test_text_is_a_plain_literal(belgium_graph: KnowledgeGraph, tmp_path: Path, written: str) -> None:
    """A text is taken as it is written, whatever signs it has; it never becomes part of the query."""
    path = tmp_path / "actors-by-word.rq"
    path.write_text(TEXT_QUESTION, "utf-8")
    question = load_question(path)

    assert resolve(belgium_graph.store, "word", "text", written) == [Literal(written)]
    table = ask(belgium_graph.store, question, {"word": written})
    query = filled("SELECT ?word { VALUES ?word { UNDEF } }", {"word": [Literal(written)]})
    assert [row["word"] for row in belgium_graph.store.query(query)] == [Literal(written)]  # type: ignore[union-attr]
    assert (ID + "be-child-focus" in {row.actor for row in table}) == (written in {"Child Focus", ""})


def test_stray_byte_is_no_text(belgium_graph: KnowledgeGraph) -> None:
    """A byte of the command line that is no UTF-8 is refused in words."""
    with pytest.raises(RequestError, match="not valid UTF-8"):
        resolve(belgium_graph.store, "word", "text", "\udc80")


def test_year_is_a_number(belgium_graph: KnowledgeGraph) -> None:
    """A year is a whole number between two bounds, in any digits, however many there are."""
    assert resolve(belgium_graph.store, "from", "year", "٢٠٢٠") == [
        Literal("2020", datatype=NamedNode(XSD + "integer"))
    ]
    for wrong in ("1799", "2101", "20.5", "1" * 5000, "-2020", ""):
        with pytest.raises(RequestError, match="is no year"):
            resolve(belgium_graph.store, "from", "year", wrong)


def test_several_texts(belgium_graph: KnowledgeGraph) -> None:
    """A list is split at commas, and may be of one; `all` means every thing of a class, and is a text where there is
    no class.
    """
    store = belgium_graph.store
    assert resolve_several(store, "word", "text", "a, b") == [Literal("a"), Literal("b")]
    assert resolve_several(store, "word", "text", "all") == [Literal("all")]
    assert len(resolve_several(store, "country", "country", "all")) == 30
    assert len(resolve_several(store, "country", "country", "BE,belgium")) == 1
    for empty in ("", " , "):
        with pytest.raises(RequestError, match=r"--country takes one or more, .* such as --country FR,DE, or all; not"):
            resolve_several(store, "country", "country", empty)


def test_years_are_a_list_or_a_span(belgium_graph: KnowledgeGraph) -> None:
    """Years are listed, or are a span with both ends; one that ends before it begins is refused."""
    store = belgium_graph.store

    def years(written: str) -> list[str]:
        return [term.value for term in resolve_several(store, "year", "year", written)]

    assert years("2018") == ["2018"]
    assert years("2018,2020") == ["2018", "2020"]
    assert years("2018-2020") == years("2018–2020") == ["2018", "2019", "2020"]
    with pytest.raises(RequestError, match="ends before it begins"):
        years("2020-2018")
    with pytest.raises(RequestError, match="is no year"):
        years("2018-")


@pytest.mark.parametrize(
    ("kind", "written", "means"),
    [
        ("actor-kind", "NGO", ["actor-kind-ngo"]),
        ("actor-kind", "police", ["actor-kind-law-enforcement"]),
        ("agreement-kind", "MoU", ["agreement-kind-memorandum-of-understanding"]),
        (
            "actor-kind",
            "public-organisation",
            [
                f"actor-kind-{n}"
                for n in ["government", "judiciary", "law-enforcement", "ministry", "public-agency", "regulator"]
            ],
        ),
    ],
)
def test_kinds_in_common_words(belgium_graph: KnowledgeGraph, kind: str, written: str, means: list[str]) -> None:
    """Common words mean a kind, and the name of a class means the kinds of all that fall under it."""
    assert [term.value.removeprefix(ID) for term in resolve(belgium_graph.store, "kind", kind, written)] == means


def test_default_edition(graph: KnowledgeGraph) -> None:
    """The first edition is the one in which most of the countries asked for have records, of equals the latest."""
    rows = graph.store.query(
        f"SELECT DISTINCT ?year ?code {{ ?r a <{BIK}Answer> ; <{BIK}edition> [ <{BIK}year> ?year ] ; "
        f"<{BIK}country> [ <http://www.w3.org/2004/02/skos/core#notation> ?code ] }}"
    )
    by_year: dict[int, set[str]] = {}
    for row in rows:  # type: ignore[union-attr]
        by_year.setdefault(int(row["year"].value), set()).add(row["code"].value)
    for asked in (["DE"], ["MT"], ["NO"], ["CY"], ["DE", "GB"], ["CY", "GB", "NO"], []):
        terms = [term for code in asked for term in resolve(graph.store, "country", "country", code)]
        best = max((len(codes & set(asked)) if asked else len(codes), year) for year, codes in by_year.items())
        first = holdings(graph.store, BIK + "Answer", terms).editions[0]
        assert (len(first.countries), first.year) == best, asked
    assert holdings(graph.store, BIK + "Nothing").editions == []
