"""The types of parameters: what people write, and what of the graph it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import BIK, ID, XSD
from bikgraph.questions.ask import ask, filled, latest_edition
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
    assert set(TYPES) == {"country", "edition", "pillar", "actor", "indicator", "agreement-kind", "year", "text"}
    assert all(kind.takes and kind.example for kind in TYPES.values())


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_accepted_values_are_accepted(belgium_graph: KnowledgeGraph, kind: str) -> None:
    """What a type lists as accepted means a thing of its class; so does its example, where the graph has it."""
    for value in TYPES[kind].accepted(belgium_graph.store)[:10]:
        assert resolve(belgium_graph.store, "x", kind, value)
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
    """A list is split at commas; `all` means every thing of a class, and is a text where there is no class."""
    assert resolve_several(belgium_graph.store, "word", "text", "a, b") == [Literal("a"), Literal("b")]
    assert len(resolve_several(belgium_graph.store, "countries", "country", "all")) == 30
    with pytest.raises(RequestError, match=r"--word hotline,helpline; not 'all'"):
        resolve_several(belgium_graph.store, "word", "text", "all")


def test_latest_edition(belgium_graph: KnowledgeGraph) -> None:
    """The latest edition is that of the class, the countries, or the indicators' answers; None without a record."""
    store = belgium_graph.store
    belgium = resolve(store, "country", "country", "BE")
    coverage = resolve(store, "indicator", "indicator", "coverage")

    for countries in ([], belgium):
        for indicators in ([], coverage):
            found = latest_edition(store, BIK + "Answer", countries, indicators)
            years = [
                int(row["year"].value)
                for row in store.query(
                    f"SELECT ?year {{ ?r a <{BIK}Answer> ; <{BIK}edition> [ <{BIK}year> ?year ] ; "
                    f"<{BIK}country> ?country ; <{BIK}indicator> ?indicator }} "
                    + (f"VALUES ?country {{ {belgium[0]} }}" if countries else "")
                    if not indicators
                    else f"SELECT ?year {{ VALUES ?indicator {{ {' '.join(map(str, indicators))} }} "
                    f"?r a <{BIK}Answer> ; <{BIK}edition> [ <{BIK}year> ?year ] ; <{BIK}indicator> ?indicator }}"
                )  # type: ignore[union-attr]
            ]
            assert (found is None) == (not years)
            assert found is None or found.value.endswith(f"edition-{max(years)}")
    assert latest_edition(store, BIK + "Nothing", belgium) is None
