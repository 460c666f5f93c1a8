"""The graphs outside every closure: the link sets, the replaced records, and the saved queries as SHACL executables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from bikgraph.building.graph_result import GraphResult
from bikgraph.building.positions import positions_by_subject, positions_in_file
from bikgraph.building.triples import to_lines
from bikgraph.namespaces import QUESTION
from bikgraph.places import Place
from bikgraph.project import Project
from bikgraph.questions.catalogue import describe_questions
from bikgraph.questions.faults import check as check_questions
from bikgraph.reading import graph_of, read_links, read_replaced
from bikgraph.release.graphs import GraphInfo


def link_graphs(project: Project, declared: Collection[str]) -> Iterator[GraphResult]:
    """The link sets, with what is wrong in their tables; `declared` are the slugs that they may link."""
    for path in project.link_files():
        places: dict[tuple[str, ...], Place] = {}
        triples, findings = read_links(path, project.name_of(path), declared, places)
        lines = to_lines(triples)
        info = GraphInfo(graph_of(path), "links", file=project.name_of(path))
        positions = positions_in_file(lines, info.file, places)
        yield GraphResult(info.name, info, told=lines, positions=positions, findings=findings)


def replaced_graph(project: Project, declared: Collection[str]) -> Iterator[GraphResult]:
    """The replaced records, if the project has a table of them; `declared` are the slugs that the data describe."""
    path = project.replaced_file
    if path.is_file():
        places: dict[tuple[str, ...], Place] = {}
        triples, findings = read_replaced(path, project.name_of(path), declared, places)
        lines = to_lines(triples)
        info = GraphInfo("replaced", "replaced", file=project.name_of(path))
        positions = positions_in_file(lines, info.file, places)
        yield GraphResult(info.name, info, told=lines, positions=positions, findings=findings)


def question_graph(project: Project, headers: Mapping[str, Any]) -> GraphResult:
    """The questions that can be asked, by their checked `headers`, and what is wrong in the others."""
    lines = to_lines(describe_questions(project, headers))
    files = {QUESTION + name: project.name_of(path) for name, path in project.question_files().items()}
    info = GraphInfo("questions", "questions")
    positions = positions_by_subject(lines, files)
    return GraphResult(info.name, info, told=lines, positions=positions, findings=check_questions(project))
