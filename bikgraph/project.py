"""Where a project's folders are: the checkout's, the installed wheel's, or a user's own. No other module knows.

A project is a folder with `data/`, and perhaps `ontology/` and `queries/` of its own; what it lacks comes from the
package. Asked for by name it is that folder; else the one that the environment variable BIKGRAPH_PROJECT names; else
the nearest folder above the working directory that has `data/countries.yaml`; else the package's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bikgraph.errors import OntologyError, RequestError
from bikgraph.namespaces import BIK

ENVIRONMENT_VARIABLE = "BIKGRAPH_PROJECT"
_MARK = Path("data", "countries.yaml")
_PACKAGE = Path(__file__).parent


class FileKind(NamedTuple):
    """A kind of data file: what its name is, and what the file holds. A new kind of data file is a row of `FILE_KINDS`.

    `folder` is below data/; `pattern` is the name of the files, with `<…>` for what differs: `<cc>` is a country's code
    in small letters, `<edition>` the edition. `cls` is the IRI of the class of the top record (empty: no YAML),
    `id_word` the first word of that record's id, `graph_ending` the end of its named graph's name.
    """

    name: str
    folder: str
    pattern: str
    cls: str = ""
    id_word: str = ""
    graph_ending: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether the files of all countries refer to this one file, which belongs to no country."""
        return "<" not in self.pattern

    @property
    def is_register(self) -> bool:
        """Whether the country's other files refer to what this one lists."""
        return self.cls == BIK + "Register"

    @property
    def ending(self) -> str:
        """How the names of these files end."""
        return self.pattern.rpartition(">")[2]

    @property
    def path(self) -> str:
        """Where these files are, as messages say it: `data/actors/<cc>.yaml`."""
        return PurePosixPath("data", self.folder, self.pattern).as_posix()

    def name_for(self, country: str, edition: str = "") -> str:
        """The name that a file of this kind has for a country (its code) and an edition.

        >>> next(kind for kind in FILE_KINDS if kind.name == "profile").name_for("GR", "2018")
        'gr-2018.yaml'
        """
        return self.pattern.replace("<cc>", country.lower()).replace("<edition>", edition)


# In the order in which the files are read: those that others refer to come first.
FILE_KINDS = (
    FileKind("register", "", "countries.yaml", BIK + "Register", "register"),
    FileKind("register", "", "sources.yaml", BIK + "Register", "register"),
    FileKind("register", "actors", "int.yaml", BIK + "Register", "register"),
    FileKind("sources", "sources", "<cc>.yaml", BIK + "Register", "sources", "-sources"),
    FileKind("actors", "actors", "<cc>.yaml", BIK + "Register", "register"),
    FileKind("profile", "profiles", "<cc>-<edition>.yaml", BIK + "CountryProfile", "profile"),
    FileKind("pages", "pages", "<cc>.yaml", BIK + "CountryPages", "pages", "-pages"),
    FileKind("links", "links", "<name>.sssom.tsv"),
    FileKind("replaced", "", "replaced-records.tsv"),
)


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
    def row(self) -> FileKind:
        """The file's row of `FILE_KINDS`, by the folder and the file that its name for messages tells."""
        name = PurePosixPath(self.name)
        folder = "" if name.parent.name == "data" else name.parent.name
        rows = [row for row in FILE_KINDS if row.folder == folder and row.cls]
        return next(row for row in rows if row.pattern == name.name or not row.is_shared)

    @property
    def kind(self) -> str:
        """What the file is: "register" (shared by all countries), "sources", "actors", "profile" or "pages"."""
        return self.row.name

    @property
    def expected_id(self) -> str:
        """The id that the file's top record has to have, so that graph and file names tell what they hold."""
        return f"{self.row.id_word}-{self.path.stem}"

    @property
    def lists_sources(self) -> bool:
        """Whether the file is one country's list of source documents."""
        return self.kind == "sources"

    @property
    def is_register(self) -> bool:
        """Whether the country's other files refer to what this one lists."""
        return self.row.is_register


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
        return _regular(self.ontology, "*.ttl")

    def scheme_files(self) -> list[Path]:
        """The Turtle files of the SKOS schemes."""
        return _regular(self.ontology / "schemes", "*.ttl")

    def shape_files(self) -> list[Path]:
        """The Turtle files of the shapes for data (not those for the ontology's own style)."""
        return [path for path in _regular(self.ontology / "shapes", "*.ttl") if path.name != "ontology-style.ttl"]

    @property
    def context_file(self) -> Path:
        """The JSON-LD context, the only mapping between YAML and RDF. Raises OntologyError if it is no regular file."""
        path = self.ontology / "context.jsonld"
        if not path.is_file():
            what = "is no regular file" if path.exists() else "is missing"
            raise OntologyError(f"{self.name_of(path)} {what}. Put the project's JSON-LD context there.")
        return path

    @property
    def question_folders(self) -> tuple[Path, Path]:
        """The folders of saved queries: the package's, and the project's own, whose files win."""
        return package_root() / "queries", self.root / "queries"

    def question_files(self) -> dict[str, Path]:
        """The saved queries by name: the package's, and the project's own, which win."""
        files: dict[str, Path] = {}
        for folder in self.question_folders:
            files |= {path.stem: path for path in _regular(folder, "*.rq")}
        return dict(sorted(files.items()))

    def question_file(self, name: str) -> Path | None:
        """The file of the saved query of this name, the project's own before the package's; None if there is none."""
        if set(name) & set("/\\\0"):  # no name of a file
            return None
        return next(filter(_is_regular, (folder / f"{name}.rq" for folder in self.question_folders[::-1])), None)

    def data_files(self) -> list[DataFile]:
        """The YAML files, those that others refer to first."""
        files: dict[Path, DataFile] = {}
        for row in FILE_KINDS:
            for path in _regular(self.data / row.folder, "*" + row.ending if not row.is_shared else row.pattern):
                if row.cls and path not in files:
                    group = "" if row.is_shared else path.stem.split("-")[0] or path.stem
                    files[path] = DataFile(path, self.name_of(path), path.stem + row.graph_ending, row.cls, group)
        return list(files.values())

    def link_files(self) -> list[Path]:
        """The SSSOM tables."""
        return _regular(self.data / "links", "*.sssom.tsv")

    @property
    def replaced_file(self) -> Path:
        """The table of replaced records, if there is one."""
        return self.data / "replaced-records.tsv"

    def stray_files(self) -> list[Path]:
        """What no stage reads: files of another folder or ending in data/, and everywhere what is no regular file."""
        files = [*(file.path for file in self.data_files()), *self.link_files(), self.replaced_file]
        read = set(filter(_is_regular, files))
        below_data = [
            path
            for path in self.data.rglob("*")
            if path not in read and path.suffix != ".md" and not path.name.startswith(".") and not _is_folder(path)
        ]
        elsewhere = [
            path
            for folder, pattern in ((self.root / "ontology", "*.ttl"), (self.root / "queries", "*.rq"))
            for path in folder.rglob(pattern)
            if not path.is_file()
        ]
        return sorted(below_data) + sorted(elsewhere)

    def why_stray(self, path: Path) -> str:
        """What is wrong with one of the `stray_files`, and how to mend it."""
        if not path.is_file():
            what = "a folder" if path.is_dir() else "a link to nothing" if path.is_symlink() else "no regular file"
            return f"Nothing reads this: it is {what}. Put a regular file here, or remove it."
        paths = list(dict.fromkeys(row.path for row in FILE_KINDS))
        return f"Nothing reads this file. Data files are {', '.join(paths[:-1])} and {paths[-1]}. Move or rename it."

    def name_of(self, path: Path) -> str:
        """A path as messages show it: relative to the project, with forward slashes."""
        for base in (self.root, package_root()):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.as_posix()


def _regular(folder: Path, pattern: str) -> list[Path]:
    """The regular files of a folder, links to such too, without hidden ones: reading a fifo would wait for ever."""
    return sorted(path for path in folder.glob(pattern) if _is_regular(path))


def _is_regular(path: Path) -> bool:
    with suppress(OSError, ValueError):  # a name that no file can have
        return path.is_file() and not path.name.startswith(".")
    return False


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder of files, and not one that has the name of a data file."""
    return path.is_dir() and not any(row.ending and path.name.endswith(row.ending) for row in FILE_KINDS)


def package_root() -> Path:
    """The folder that holds the package's ontology/, data/ and queries/: inside the wheel, or the checkout."""
    packed = _PACKAGE / "_project"
    return packed if packed.is_dir() else _PACKAGE.parent


def packed_release() -> Path | None:
    """The folder of the release that the wheel carries, without a store; None if this is no wheel."""
    folder = _PACKAGE / "_project" / "release"
    return folder if folder.is_dir() else None


def find(folder: str | os.PathLike[str] | Project | None = None) -> Project:
    """The project asked for, else the environment's, else the nearest above the working directory, else the package's.

    Raises RequestError if the folder that was named is no project.
    """
    if isinstance(folder, Project):
        return folder
    named = folder if folder is not None else os.environ.get(ENVIRONMENT_VARIABLE) or None
    if named is not None:
        root = Path(named).resolve()
        if not (root / "data").is_dir():
            how = "--project" if folder is not None else ENVIRONMENT_VARIABLE
            remedy = f"Make a project there with: bikgraph new {named}"
            raise RequestError(f"{how} names {str(named)!r}, which has no data/ folder. {remedy}")
        return _project(root)
    for candidate in _upwards():
        if (candidate / _MARK).is_file():
            return _project(candidate)
    return _project(package_root())


def _project(root: Path) -> Project:
    return Project(root, is_package=root == package_root())


def _upwards() -> Iterator[Path]:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # the working directory was deleted
        return
    yield from (here, *here.parents)
