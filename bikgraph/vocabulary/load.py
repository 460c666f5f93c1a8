"""The one loader of the ontology folder: every command meets a broken file in the same way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from bikgraph.errors import DataError
from bikgraph.findings import Finding
from bikgraph.project import Project
from bikgraph.vocabulary.turtle import parse_turtle
from bikgraph.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True)
class Declarations:
    """What the ontology folder of a project tells: statements by kind and path of file, and their vocabulary."""

    ontology: dict[Path, list[Quad]]
    schemes: dict[Path, list[Quad]]
    shapes: dict[Path, list[Quad]]
    vocabulary: Vocabulary

    def quads(self, kind: str) -> list[Quad]:
        """The statements of `ontology`, `schemes` or `shapes`, each once, in an order that depends on them alone."""
        files: dict[Path, list[Quad]] = getattr(self, kind)
        return sorted({quad for quads in files.values() for quad in quads}, key=str)


def load_declarations(project: Project) -> Declarations:
    """Read the ontology folder of a project. Codes of countries and editions in data files are added by the caller.

    Raises DataError with a finding for each file that is not valid Turtle, and for a context that is not valid JSON-LD.
    """
    findings: list[Finding] = []

    def read(graph: str, paths: list[Path]) -> dict[Path, list[Quad]]:
        return {path: parse_turtle(project, graph, path, findings) for path in paths}

    ontology = read("ontology", project.ontology_files())
    schemes = read("schemes", project.scheme_files())
    shapes = read("shapes", project.shape_files())
    context = _context(project, findings)
    if findings:
        raise DataError(findings)
    told = [quad for files in (ontology, schemes) for quads in files.values() for quad in quads]
    vocabulary = Vocabulary(context, told, [quad for quads in shapes.values() for quad in quads])
    return Declarations(ontology, schemes, shapes, vocabulary)


def _context(project: Project, findings: list[Finding]) -> dict[str, Any]:
    path = project.context_file
    line, column, reason = 1, 1, "expected an object with the one key @context"
    try:
        data = json.loads(path.read_text("utf-8"))
        if isinstance(data, dict) and isinstance(data.get("@context"), dict):
            context: dict[str, Any] = data["@context"]
            return context
    except json.JSONDecodeError as error:
        line, column, reason = error.lineno, error.colno, error.msg
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    message = f"The JSON-LD context cannot be read: {reason}. Mend this line, or the one before."
    findings.append(Finding(project.name_of(path), line, column, "error", "context-syntax", message))
    return {}
