"""bikgraph: national policy for children's internet use as an open knowledge graph.

Two wings, and faces over both. One wing makes a release of a project's data, the other uses one:

    making a release
      vocabulary/       what ontology/ declares; the only loader of it
      reading/          data files become triples, each with its place
      checking/         SHACL shapes, likely doubles
      reasoning/        the OWL 2 RL closure by compiled rules, proofs, owlrl as the reference
      building/         the whole, country by country; what did not change is not done again
      draft/            first files of a new project, JSON Schemas for editors
    where they meet
      release/          a release: written, opened, and what it knows of itself
    using a release
      tables/           tables of terms, a result format a file
      search/           the index of names and texts that a release carries, and the search in it
      questions/        saved questions, and questions in plain words
      exploring/        things, statements, chains, proofs, any SPARQL
      export/           RDF formats
      pictures/         networks, bodies, timelines; maps, rankings, matrices of answers
      reports/          quality report, methodology
      knowledge_graph   the Python API over all of these; its drawing methods are in drawing
      briefs/           a country on two pages, for print
    faces
      cli/              the command line

All stand on the ground: namespaces, plain_text, findings, places, nearest, errors, lookup, endings, output_file,
query_files, and project, which alone knows where a project's folders are. Imports go one way, downwards in the layers
of pyproject.toml (import-linter).

Importing this package imports none of them until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "BIK",
    "BikgraphError",
    "DataError",
    "Finding",
    "Inconsistent",
    "KnowledgeGraph",
    "NotUnderstood",
    "OntologyError",
    "ReleaseError",
    "RequestError",
    "TimeLimitExceeded",
    "UnknownAxiom",
    "build",
    "check",
    "open",
]

if TYPE_CHECKING:
    import os

    from rdflib import Namespace

    from bikgraph.errors import (
        BikgraphError,
        DataError,
        Inconsistent,
        NotUnderstood,
        OntologyError,
        ReleaseError,
        RequestError,
        TimeLimitExceeded,
        UnknownAxiom,
    )
    from bikgraph.findings import Finding
    from bikgraph.knowledge_graph import KnowledgeGraph
    from bikgraph.project import Project

    BIK: Namespace


def open(project: str | os.PathLike[str] | Project | None = None) -> KnowledgeGraph:
    """Open the release of a project: the folder named, the one around you, or the data that bikgraph brings along.

    Nothing is built: without a release, ReleaseError says how to make one. Raises RequestError if the folder that is
    named is no project.

    >>> open()
    <KnowledgeGraph of 75 profiles>
    """
    from bikgraph.errors import ReleaseError
    from bikgraph.knowledge_graph import KnowledgeGraph
    from bikgraph.project import find
    from bikgraph.release import existing_release

    found = find(project)
    release = existing_release(found)
    if release is None:
        how = "Build one with: bikgraph build, or in Python: bikgraph.build()"
        raise ReleaseError(f"The project {found.root} has no release. {how}")
    return KnowledgeGraph(found, release)


def build(
    project: str | os.PathLike[str] | Project | None = None, *, jobs: int | None = None, reasoner: str = "rules"
) -> KnowledgeGraph:
    """Build the release of a project, and open it; what did not change since the last build is not done again.

    `jobs` is the most processes to use, one a core by default; `reasoner` is "rules", or "owlrl", the slow reference.
    Raises DataError with all findings if the data have errors, ReleaseError if the disk refuses; the release that was
    there before is then unchanged.
    """
    from bikgraph.building import build_release
    from bikgraph.project import find

    found = find(project)
    build_release(found, jobs=jobs, reasoner=reasoner)
    return open(found)


def check(project: str | os.PathLike[str] | Project | None = None) -> list[Finding]:
    """All findings in a project's data, errors and warnings, each with file, line and remedy; nothing is written."""
    from bikgraph.building import check_data
    from bikgraph.project import find

    return check_data(find(project))


def __getattr__(name: str) -> Any:
    if name == "BIK":
        from rdflib import Namespace

        from bikgraph.namespaces import BIK as IRI

        return Namespace(IRI)
    if name in __all__:
        from importlib import import_module

        home = {"KnowledgeGraph": "knowledge_graph", "Finding": "findings"}.get(name, "errors")
        return getattr(import_module(f"bikgraph.{home}"), name)
    raise AttributeError(f"module 'bikgraph' has no attribute {name!r}")
