"""Where a project's folders are: the checkout's, the installed wheel's, or a user's own. No other module knows.

A project is a folder with `data/`, and perhaps `ontology/` and `queries/` of its own; what it lacks comes from the
package. Asked for by name it is that folder; else the one that the environment variable BIKGRAPH_PROJECT names; else
the nearest folder above the working directory that has `data/countries.yaml`; else the package's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bikgraph.errors import RequestError
from bikgraph.namespaces import BIK

ENVIRONMENT_VARIABLE = "BIKGRAPH_PROJECT"
_MARK = Path("data", "countries.yaml")
_PACKAGE = Path(__file__).parent
_CLASSES = {"sources": "Register", "actors": "Register", "profiles": "CountryProfile", "pages": "CountryPages"}


class DataFile(NamedTuple):
    """A YAML file of the project: its path, name for messages, named graph, the class of its top record, and its group.

    A group is a country whose files refer to one another; the empty group is read first, and all others refer to it.
    """

    path: Path
    name: str
    graph: str
    cls: str
    group: str

    @property
    def expected_id(self) -> str:
        """The id that the file's top record has to have, so that graph and file names tell what they hold."""
        word = {BIK + "Register": "register", BIK + "CountryProfile": "profile", BIK + "CountryPages": "pages"}[
            self.cls
        ]
        return f"{'sources' if self.lists_sources else word}-{self.path.stem}"

    @property
    def kind(self) -> str:
        """What a country's file is: "sources", "actors", "profile" or "pages"."""
        return self.path.parent.name.removesuffix("s") if self.path.parent.name == "profiles" else self.path.parent.name

    @property
    def lists_sources(self) -> bool:
        """Whether the file is one country's list of source documents."""
        return self.path.parent.name == "sources"

    @property
    def is_register(self) -> bool:
        """Whether the country's other files refer to what this one lists."""
        return self.cls == BIK + "Register"


class Project(NamedTuple):
    """The folders of one project; `is_package` tells whether it is the one that the package brings along."""

    root: Path
    is_package: bool = False

    @property
    def data(self) -> Path:
        """The folder of the data files."""
        return self.root / "data"

    @property
    def ontology(self) -> Path:
        """The folder of the ontology: the project's own, or the package's."""
        own = self.root / "ontology"
        return own if own.is_dir() else package_root() / "ontology"

    @property
    def release(self) -> Path:
        """The folder that builds write to and questions read from."""
        return self.root / "release"

    @property
    def schema_folder(self) -> Path:
        """The folder of the JSON Schemas for editors: beside the ontology, if the project has one of its own."""
        own = self.root / "ontology"
        return own / "schema" if own.is_dir() else self.root / "schema"

    def ontology_files(self) -> list[Path]:
        """The Turtle files of the ontology itself."""
        return sorted(self.ontology.glob("*.ttl"))

    def scheme_files(self) -> list[Path]:
        """The Turtle files of the SKOS schemes."""
        return sorted((self.ontology / "schemes").glob("*.ttl"))

    def shape_files(self) -> list[Path]:
        """The Turtle files of the shapes for data (not those for the ontology's own style)."""
        return sorted(path for path in (self.ontology / "shapes").glob("*.ttl") if path.name != "ontology-style.ttl")

    @property
    def context_file(self) -> Path:
        """The JSON-LD context, the only mapping between YAML and RDF."""
        return self.ontology / "context.jsonld"

    def question_files(self) -> dict[str, Path]:
        """The saved queries by name: the package's, and the project's own, which win."""
        found: dict[str, Path] = {}
        for folder in (package_root() / "queries", self.root / "queries"):
            found |= {path.stem: path for path in sorted(folder.glob("*.rq"))}
        return dict(sorted(found.items()))

    def data_files(self) -> list[DataFile]:
        """The YAML files, those that others refer to first."""
        base = [
            self._file(self.data / name, "Register", Path(name).stem, "")
            for name in ("countries.yaml", "sources.yaml", "actors/int.yaml")
        ]
        files = [file for file in base if file.path.is_file()]
        for folder, cls in _CLASSES.items():
            for path in sorted((self.data / folder).glob("*.yaml")):
                if (folder, path.stem) != ("actors", "int"):
                    graph = f"{path.stem}-{folder}" if folder in ("pages", "sources") else path.stem
                    files.append(self._file(path, cls, graph, path.stem.split("-")[0]))
        return files

    def link_files(self) -> list[Path]:
        """The SSSOM tables."""
        return sorted((self.data / "links").glob("*.sssom.tsv"))

    def stray_files(self) -> list[Path]:
        """Files below data/ that no stage would read, because of their folder or ending."""
        known = {file.path for file in self.data_files()} | set(self.link_files())
        return [
            path
            for path in sorted(self.data.rglob("*"))
            if path.is_file() and path not in known and path.suffix != ".md" and not path.name.startswith(".")
        ]

    def name_of(self, path: Path) -> str:
        """A path as messages show it: relative to the project, with forward slashes."""
        for base in (self.root, package_root()):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.as_posix()

    def _file(self, path: Path, cls: str, graph: str, group: str) -> DataFile:
        return DataFile(path, self.name_of(path), graph, BIK + cls, group)


def package_root() -> Path:
    """The folder that holds the package's ontology/, data/ and queries/: inside the wheel, or the checkout."""
    packed = _PACKAGE / "_project"
    return packed if packed.is_dir() else _PACKAGE.parent


def packed_release() -> Path | None:
    """The folder of the release that the wheel carries, without a store; None if this is no wheel."""
    folder = _PACKAGE / "_project" / "release"
    return folder if folder.is_dir() else None


def find(folder: str | os.PathLike[str] | None = None) -> Project:
    """The project asked for, else the environment's, else the nearest one above the working directory, else the package's.

    Raises RequestError if the folder that was named is no project.
    """
    named = folder if folder is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    if named is not None:
        root = Path(named).resolve()
        if not (root / "data").is_dir():
            how = "--project" if folder is not None else ENVIRONMENT_VARIABLE
            raise RequestError(
                f"{how} names {str(named)!r}, which has no data/ folder. Make a project there with: bikgraph new "
                f"{named}"
            )
        return _project(root)
    for candidate in _upwards():
        if (candidate / _MARK).is_file():
            return _project(candidate)
    return _project(package_root())


def find_project(project: str | os.PathLike[str] | Project | None = None) -> Project:
    """The project given, or found as `find` finds the folder named."""
    return project if isinstance(project, Project) else find(project)


def _project(root: Path) -> Project:
    return Project(root, is_package=root == package_root())


def _upwards() -> Iterator[Path]:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the working directory was deleted
        return
    yield here
    yield from here.parents
