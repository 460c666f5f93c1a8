"""Which files of a project are read: one table of their kinds, and regular files only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bikgraph.errors import OntologyError
from bikgraph.namespaces import BIK
from bikgraph.project import FILE_KINDS, DataFile, Project, package_root
from tests.conftest import ROOT


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """A project with folders for every kind of file, and none of them."""
    for row in FILE_KINDS:
        (tmp_path / "data" / row.folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "queries").mkdir()
    (tmp_path / "ontology" / "schemes").mkdir(parents=True)
    (tmp_path / "ontology" / "shapes").mkdir()
    return Project(tmp_path)


def described(file: DataFile) -> tuple[str, str, str, str, str]:
    """What the table says of a file: its kind, graph, class, group and the id of its top record."""
    return file.kind, file.graph, file.cls.removeprefix(BIK), file.group, file.expected_id


def test_table_tells_all_of_a_file(empty: Project) -> None:
    """Kind, graph, class, group and id of each kind of file, shared ones first, then those that others refer to."""
    names = ["countries", "sources", "actors/int", "sources/be", "actors/be", "profiles/be-2020", "pages/be"]
    for name in reversed(names):
        (empty.data / f"{name}.yaml").write_text("id: x\n")

    assert [described(file) for file in empty.data_files()] == [
        ("register", "countries", "Register", "", "register-countries"),
        ("register", "sources", "Register", "", "register-sources"),
        ("register", "int", "Register", "", "register-int"),
        ("sources", "be-sources", "Register", "be", "sources-be"),
        ("actors", "be", "Register", "be", "register-be"),
        ("profile", "be-2020", "CountryProfile", "be", "profile-be-2020"),
        ("pages", "be-pages", "CountryPages", "be", "pages-be"),
    ]
    assert [file.name for file in empty.data_files()] == [f"data/{name}.yaml" for name in names]
    assert [file.is_register for file in empty.data_files()] == [True] * 5 + [False] * 2
    assert [file.lists_sources for file in empty.data_files()] == [False] * 3 + [True] + [False] * 3


def test_files_of_the_checkout_are_each_of_a_kind() -> None:
    """Every committed data file is read, with a graph of its own, and none is stray."""
    project = Project(ROOT)
    files = project.data_files()

    assert len({file.graph for file in files}) == len(files) > 150
    assert {row.name for row in FILE_KINDS} == {file.kind for file in files} | {"links", "replaced"}
    assert project.stray_files() == []
    assert len(project.link_files()) == 9


def test_words_on_stray_files_come_out_of_the_table(empty: Project) -> None:
    """A file that nothing reads is told the places of all kinds of files."""
    for name in ("notes.txt", "actors/be.yml", "links/x.tsv", "profiles/old/be-2018.yaml", "README.md", ".hidden"):
        (empty.data / name).parent.mkdir(exist_ok=True)
        (empty.data / name).write_text("x")

    stray = empty.stray_files()
    assert [empty.name_of(path) for path in stray] == [
        "data/actors/be.yml",
        "data/links/x.tsv",
        "data/notes.txt",
        "data/profiles/old/be-2018.yaml",
    ]
    for path in stray:
        assert all(row.path in empty.why_stray(path) for row in FILE_KINDS)
    assert empty.why_stray(stray[0]) == (
        "Nothing reads this file. Data files are data/countries.yaml, data/sources.yaml, data/actors/int.yaml, "
        "data/sources/<cc>.yaml, data/actors/<cc>.yaml, data/profiles/<cc>-<edition>.yaml, data/pages/<cc>.yaml, "
        "data/links/<name>.sssom.tsv and data/replaced-records.tsv. Move or rename it."
    )


def make_fifo(path: Path) -> None:
    """A pipe that nobody writes to."""
    os.mkfifo(path)


def make_loop(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path.name)


IRREGULAR: dict[str, Callable[[Path], None]] = {
    "no regular file": make_fifo,
    "a folder": Path.mkdir,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a link to nothing (to itself)": make_loop,
}
PLACES = [
    "data/countries.yaml",
    "data/actors/be.yaml",
    "data/sources/be.yaml",
    "data/profiles/be-2020.yaml",
    "data/pages/be.yaml",
    "data/links/x.sssom.tsv",
    "queries/x.rq",
    "ontology/x.ttl",
    "ontology/schemes/x.ttl",
    "ontology/shapes/x.ttl",
]


@pytest.mark.parametrize("what", IRREGULAR)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_regular_file_is_not_read_but_told(empty: Project, place: str, what: str) -> None:
    """A pipe, a folder or a link to nothing under the name of a file is none of the files, and is told as stray."""
    path = empty.root / place
    IRREGULAR[what](path)

    listed = [
        *(file.path for file in empty.data_files()),
        *empty.link_files(),
        *empty.ontology_files(),
        *empty.scheme_files(),
        *empty.shape_files(),
        *empty.question_files().values(),
    ]
    assert path not in listed
    assert empty.stray_files() == [path]
    assert f"it is {what.split(' (', maxsplit=1)[0]}. Put a regular file here, or remove it." in empty.why_stray(path)


def test_link_to_a_file_is_read(empty: Project, tmp_path: Path) -> None:
    """A link to a regular file is as good as the file."""
    (tmp_path / "elsewhere.yaml").write_text("id: x\n")
    (empty.data / "actors" / "be.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    assert [file.name for file in empty.data_files()] == ["data/actors/be.yaml"]
    assert empty.stray_files() == []


def test_hidden_files_are_nobodys(empty: Project) -> None:
    """What an editor keeps beside a file (a lock, a swap file) is neither read nor stray."""
    (empty.data / "actors" / ".be.yaml").write_text("x")
    (empty.data / "actors" / ".#be.yaml").symlink_to("user@host.1234")

    assert empty.data_files() == []
    assert empty.stray_files() == []


@pytest.mark.parametrize(("make", "what"), [(make_fifo, "is no regular file"), (lambda _: None, "is missing")])
def test_context_that_is_no_file_is_an_error(empty: Project, make: Callable[[Path], None], what: str) -> None:
    """A JSON-LD context that is missing, or a pipe, is an error that says where it has to be."""
    make(empty.root / "ontology" / "context.jsonld")

    with pytest.raises(OntologyError, match=rf"ontology/context\.jsonld {what}"):
        _ = empty.context_file
    assert Project(package_root()).context_file.is_file()


def test_pipes_do_not_hang_check(tmp_path: Path) -> None:
    """`bikgraph check` of a project with a pipe for a register, a question and a link table ends, and names them."""
    for name in ("data/actors/be.yaml", "data/links/x.sssom.tsv", "queries/x.rq"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(tmp_path / name)
    done = subprocess.run(
        [sys.executable, "-m", "bikgraph", "--project", str(tmp_path), "check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    assert "Traceback" not in done.stderr
    for name in ("data/actors/be.yaml", "data/links/x.sssom.tsv", "queries/x.rq"):
        assert f"{name}:1:1: warning: Nothing reads this: it is no regular file." in done.stdout
