"""The loader of the ontology folder: a broken file is a finding with its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, parse

from bikgraph.errors import DataError
from bikgraph.findings import Finding
from bikgraph.vocabulary.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    from bikgraph.project import Project


@dataclass(frozen=True)
class Declarations:
    """What the ontology folder of a project declares."""

    vocabulary: Vocabulary


def load_declarations(project: Project) -> Declarations:
    """Read the ontology folder of a project. Codes of countries in data files are added by the caller.

    Raises DataError with a finding for each file that is not valid Turtle.
    """
    findings: list[Finding] = []
    ontology = _quads(project, [*project.ontology_files(), *project.scheme_files()], findings)
    shapes = _quads(project, project.shape_files(), findings)
    if findings:
        raise DataError(findings)
    return Declarations(Vocabulary.load(project.context_file, ontology, shapes))


def _quads(project: Project, files: list[Path], findings: list[Finding]) -> list[Quad]:
    quads: list[Quad] = []
    for path in files:
        try:
            quads += parse(path=str(path), format=RdfFormat.TURTLE)
        except SyntaxError as error:
            line, column = error.lineno or 1, error.offset or 1
            message = f"This is not valid Turtle: {error.msg}"
            findings.append(Finding(project.name_of(path), line, column, "error", "turtle-syntax", message))
    return quads
