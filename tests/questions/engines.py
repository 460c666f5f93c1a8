"""What the tests of stand-alone queries share: the cases that each question is asked in, and its rows in each engine in
one form, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import NamedNode, QuerySolutions, Store

from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.namespaces import GRAPH, curie
from bikgraph.questions import TYPES, Question, bind, standalone_query

NAMES = sorted(path.stem for path in (Path(__file__).parents[2] / "queries").glob("*.rq"))
Given = dict[str, str]
# An IRI as its text; a literal as its text, language and datatype.
Cell = str | tuple[str, str, str] | None
Rows = list[tuple[Cell, ...]]

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

COUNTRIES = ("BE", "DE", "MT", "NO", "CY")
# What a required parameter is given, by its name; and what each type of parameter is tried with.
NEEDED = {"actor": "be-child-focus", "indicator": "ministries-involved", "from": "2018", "to": "2020"}
EXAMPLES = {
    "actor": ("no-norwegian-media-authority",),
    "actor-kind": ("hotline",),
    "agreement-kind": ("MoU",),
    "collection-kind": ("survey",),
    "country": (*COUNTRIES, "FR,IE"),
    "edition": ("2020",),
    "function": ("hotline,helpline",),
    "indicator": ("coverage",),
    "pillar": ("bik-2012-pillar-3",),
    "policy-kind": ("law",),
    "practice-kind": ("campaign",),
    "role": ("operator",),
    "topic": ("age-verification",),
    "year": ("2018",),
}


def cases(question: Question) -> list[Given]:
    """What a question is asked with: nothing, what its header expects rows of, countries, and an example of each other
    parameter beside several countries.
    """
    return _distinct(
        [
            _needed(question),
            *({name: str(value) for name, value in entry["params"].items()} for entry in question.expect),
            *_each(question, EXAMPLES, {"country": ",".join(COUNTRIES)}),
        ]
    )


def all_cases(question: Question, store: Store) -> list[Given]:
    """Every value of every parameter that stands for some things of the graph, alone; of bodies a few, all countries at
    once.

    A required edition is left out: two editions are compared in seconds, and `cases` has some.
    """
    accepted = {name: tuple(parameter_type.accepted(store)) for name, parameter_type in TYPES.items()}
    accepted |= {
        "actor": ("de-jugendschutz-net", "mt-agenzija-appogg", "cy-cyprus-pedagogical-institute"),
        "country": ("all", ",".join(COUNTRIES)),
        "year": ("2012", "2021", "2026"),
    }
    return [given for given in _each(question, accepted, {}) if "from" not in question.parameters or "country" in given]


def _needed(question: Question) -> Given:
    return {name: NEEDED[name] for name, parameter in question.parameters.items() if parameter.required}


def _each(question: Question, values: dict[str, tuple[str, ...]], beside: Given) -> Iterator[Given]:
    for name, parameter in question.parameters.items():
        for value in values[parameter.type]:
            others = {other: text for other, text in beside.items() if other in question.parameters}
            yield {**_needed(question), **others, name: value}


def _distinct(given: Sequence[Given]) -> list[Given]:
    return [one for at, one in enumerate(given) if one not in given[:at]]


def told(graph: KnowledgeGraph, question: Question, given: Given, language: str) -> Rows:
    """The rows that `ask` gives."""
    return [tuple(cell_of(term) for term in row) for row in graph.ask_loaded(question, given, language).terms]


def standalone(graph: KnowledgeGraph, question: Question, given: Given, language: str) -> str:
    """The query that is handed out for the same."""
    return standalone_query(question, bind(graph.store, question, given), language)


def in_oxigraph(store: Store, query: str) -> Rows:
    """The rows in Oxigraph, to which no prefix is told."""
    answered = store.query(query)
    assert isinstance(answered, QuerySolutions)
    columns = [variable.value for variable in answered.variables]
    return [shown(columns, [cell_of(term) for term in row]) for row in answered]


def in_rdflib(graph: rdflib.Dataset, query: str) -> Rows:
    """The rows in rdflib."""

    def cell(term: Any) -> Cell:
        if term is None or isinstance(term, rdflib.URIRef):
            return term and str(term)
        return (
            str(term),
            term.language or "",
            str(term.datatype or (LANG_STRING if term.language else f"{XSD}string")),
        )

    answered = graph.query(query)
    columns = [str(variable) for variable in answered.vars or ()]
    return [shown(columns, [cell(term) for term in row]) for row in answered]  # type: ignore[union-attr]


def shown(columns: Sequence[str], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row with the IRIs that `ask` abbreviates abbreviated: of properties, and of graphs of links."""
    return tuple(_abbreviated(column, cell) for column, cell in zip(columns, row, strict=True))


def _abbreviated(column: str, cell: Cell) -> Cell:
    if isinstance(cell, str) and column in ("relation", "predicate"):
        return (curie(cell), "", f"{XSD}string")
    if isinstance(cell, str) and column == "graph":
        return (cell.removeprefix(f"{GRAPH}links-"), "", f"{XSD}string")
    return cell


def cell_of(term: Any) -> Cell:
    """A term of Oxigraph's in the form that all engines' terms are compared in."""
    if term is None or isinstance(term, NamedNode):
        return term and term.value
    return (term.value, term.language or "", term.datatype.value)
