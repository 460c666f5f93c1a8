"""The graphs outside every closure: the link sets, and the saved queries as SHACL executables."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bikgraph.building.graph_result import GraphResult
from bikgraph.building.positions import positions_by_subject, positions_in_file
from bikgraph.building.triples import to_lines
from bikgraph.findings import Finding
from bikgraph.namespaces import QUESTION
from bikgraph.project import Project
from bikgraph.questions.catalogue import describe_questions
from bikgraph.reading import graph_of, read_links
from bikgraph.release.graphs import GraphInfo


def other_graphs(project: Project, declared: Collection[str], findings: list[Finding]) -> Iterator[GraphResult]:
    """The link sets and the questions; what is wrong in the link tables goes to `findings`."""
    for path in project.link_files():
        triples, found = read_links(path, project.name_of(path), declared)
        findings += found
        lines = to_lines(triples)
        info = GraphInfo(graph_of(path), "links", file=project.name_of(path))
        positions = positions_in_file(lines, info.file, {})
        yield GraphResult(info.name, info, told=lines, positions=positions)
    lines = to_lines(describe_questions(project))
    files = {QUESTION + name: project.name_of(path) for name, path in project.question_files().items()}
    info = GraphInfo("questions", "questions")
    yield GraphResult(info.name, info, told=lines, positions=positions_by_subject(lines, files))
