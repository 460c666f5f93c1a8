"""The saved questions as data: each is a `sh:SPARQLSelectExecutable` (the sib-swiss/sparql-examples convention)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from bikgraph.namespaces import LABEL, QUESTION, RDF_TYPE, RDFS, SH
from bikgraph.questions.question import load_all

if TYPE_CHECKING:
    from bikgraph.project import Project


def describe_questions(project: Project) -> Iterator[Triple]:
    """The statements about every saved question of a project; a faulty one is left out."""
    for question in load_all(project).questions.values():
        node = NamedNode(QUESTION + question.name)
        for predicate, obj in (
            (RDF_TYPE, NamedNode(SH + "SPARQLExecutable")),
            (RDF_TYPE, NamedNode(SH + "SPARQLSelectExecutable")),
            (LABEL, Literal(question.summary, language="en")),
            (RDFS + "comment", Literal(question.question, language="en")),
            (SH + "select", Literal(question.sparql)),
        ):
            yield Triple(node, NamedNode(predicate), obj)
