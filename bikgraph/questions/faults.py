"""What is wrong in the files of saved questions, as findings with their places: `check` tests questions too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from bikgraph.findings import Finding, Severity
from bikgraph.places import START
from bikgraph.questions.column_meanings import column_faults
from bikgraph.questions.header_faults import header_faults
from bikgraph.questions.query_faults import query_faults
from bikgraph.questions.question_file import Fault, FaultyFile, placed_header, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from bikgraph.project import Project

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(project: Project, declared: Collection[str] | None = None, *, severity: Severity = "error") -> list[Finding]:
    """What is wrong in the questions of a project, in the order of their names.

    `declared` are the IRIs that its ontology declares, if they are at hand; else its Turtle files are read. To a check
    a faulty question is an error; to a build, which leaves it out and goes on, a `severity` of warning.
    """
    terms = declared_terms(project) if declared is None else frozenset(declared)
    in_questions = (
        finding
        for path in project.question_files().values()
        for finding in faults_of(path, project.name_of(path), terms)
    )
    return [replace(finding, severity=severity) for finding in (*in_questions, *column_faults(project))]


def faults_of(path: Path, name: str, declared: Collection[str] | None) -> list[Finding]:
    """What is wrong in one file, which messages call `name`; an empty list for a question that can be asked.

    `declared` are the IRIs that the ontology declares (None: whether terms are declared is not looked at).
    """
    shown = name.encode("utf-8", "backslashreplace").decode()  # a stray byte of a file name has no UTF-8
    faults: list[Fault] = []
    if not _NAME.fullmatch(path.stem):
        message = (
            "The name of a question's file becomes part of its IRI and of a command: lower-case letters, digits and "
            "hyphens, such as pillar-coordinators.rq. Rename the file."
        )
        faults.append(Fault(START, "question-name", message, path.stem.encode("utf-8", "backslashreplace").decode()))
    try:
        faults += faults_in(read_text(path), None if declared is None else frozenset(declared))
    except FaultyFile as error:
        faults.append(error.fault)
    return [
        Finding(shown, fault.place.line, fault.place.column, "error", fault.rule, fault.message, fault.value)
        for fault in sorted(dict.fromkeys(faults))
    ]


@lru_cache(maxsize=256)  # a build looks at each question three times
def faults_in(text: str, declared: frozenset[str] | None) -> tuple[Fault, ...]:
    """What is wrong in the text of a question's file."""
    try:
        header = placed_header(text)
    except FaultyFile as error:
        return (error.fault, *query_faults(text, None, declared))
    return (*header_faults(header, declared), *query_faults(text, header, declared))


def declared_terms(project: Project) -> frozenset[str] | None:
    """The IRIs that a project's ontology describes; None if a file of it cannot be read, which is told elsewhere."""
    paths = (*project.ontology_files(), *project.scheme_files(), *project.shape_files())
    try:
        return frozenset(_described(paths))
    except (OSError, SyntaxError, ValueError):
        return None


def _described(paths: Collection[Path]) -> Iterator[str]:
    for path in paths:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value
