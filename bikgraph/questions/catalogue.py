"""The saved questions as data: each is a `sh:SPARQLSelectExecutable` (the sib-swiss/sparql-examples convention)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from bikgraph.namespaces import LABEL, QUESTION, RDF_TYPE, RDFS, SH
from bikgraph.questions.question import load_all

if TYPE_CHECKING:
    from bikgraph.project import Project


def describe_questions(project: Project, headers: Mapping[str, Any] | None = None) -> Iterator[Triple]:
    """The statements about every saved question of a project; a faulty one is left out.

    `headers` are those that were checked and parsed already (`parsed_headers`).
    """
    for question in load_all(project, headers).questions.values():
        node = NamedNode(QUESTION + question.name)
        for predicate, obj in (
            (RDF_TYPE, NamedNode(SH + "SPARQLExecutable")),
            (RDF_TYPE, NamedNode(SH + "SPARQLSelectExecutable")),
            (LABEL, Literal(question.summary, language="en")),
            (RDFS + "comment", Literal(question.question, language="en")),
            (SH + "select", Literal(question.sparql)),
        ):
            yield Triple(node, NamedNode(predicate), obj)
