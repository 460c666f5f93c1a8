"""A tiny country for tests: files of a few lines, read against one `Base` that is built once in each process."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from pathlib import Path

import yaml

from bikgraph.building.country import assemble_country as assemble_group
from bikgraph.building.country import load_shared
from bikgraph.building.graph_result import GraphResult
from bikgraph.building.shared import SharedGraphs
from bikgraph.namespaces import BIK
from bikgraph.project import DataFile, Project
from bikgraph.reading import yaml_source as ys

SHAPES = Path(__file__).parent / "shapes"
CLASSES = {"register": "Register", "profile": "CountryProfile", "pages": "CountryPages"}
FOLDERS = {"register": "actors", "profile": "profiles", "pages": "pages"}
HEAD = """id: profile-be-2020
label: {en: Belgium 2020}
country: BE
edition: 2020
wholeQuestionnaire: false
sections:
  - {number: "1", label: {en: Policy}}
"""
STATEMENT = HEAD + "statements:\n  - {id: be-x, label: {en: X}, about: be-child-focus, source: "


@functools.cache
def base() -> SharedGraphs:
    """What the tiny country's files refer to: two countries, a source document, an international body."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        (data / "actors").mkdir(parents=True)
        for name in ("countries", "sources", "actors/int"):
            (data / f"{name}.yaml").write_text(
                (SHAPES / "base" / f"{Path(name).name}.yaml").read_text("utf-8"), "utf-8"
            )
        result = load_shared(Project(Path(folder)))
    assert not [finding for graph in result.results for finding in graph.findings]
    return result


@functools.cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bikgraph-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def data_file(path: Path) -> DataFile:
    """The file at `path` as if it stood in the tiny country's project: its id tells the folder and the name."""
    found = re.search(rb"^id: (register|profile|pages)-([a-z0-9-]+)", path.read_bytes()[:4096], re.MULTILINE)
    kind, stem = (part.decode() for part in found.groups()) if found else ("profile", "be-2020")
    placed = _folder() / FOLDERS[kind] / f"{stem}.yaml"
    placed.parent.mkdir(exist_ok=True)
    placed.unlink(missing_ok=True)
    placed.symlink_to(path.resolve())
    return DataFile(
        placed,
        f"data/{FOLDERS[kind]}/{stem}.yaml",
        f"{stem}-pages" if kind == "pages" else stem,
        BIK + CLASSES[kind],
        "be",
    )


def actors() -> DataFile:
    """The tiny country's actors."""
    return data_file(SHAPES / "base" / "be.yaml")


def check(path: Path) -> GraphResult:
    """Read, validate and close the file at `path`, beside the tiny country's actors."""
    others = [] if path.name == "be.yaml" else [actors()]
    *before, result = assemble_group(base(), [*others, data_file(path)], {})
    assert not [finding for other in before for finding in other.findings]
    return result


def check_text(folder: Path, text: str | bytes) -> GraphResult:
    """As `check`, for a file of this content."""
    path = folder / "example.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check(path)


def add_norway(data: Path) -> None:
    """Give a project of the tiny country a second one: all that Malta's files say, told of Norway."""
    for path in sorted(data.glob("*/mt*.yaml")):
        text = (
            path.read_text("utf-8")
            .replace("Malta", "Norway")
            .replace("mt-", "no-")
            .replace("-mt", "-no")
            .replace("country: MT", 'country: "NO"')
        )
        path.with_name(path.name.replace("mt", "no", 1)).write_text(text, "utf-8")


def to_python(node: yaml.Node) -> object:
    """A composed node as Python values, read by the core schema as `yaml_source` reads it."""
    if isinstance(node, ys.Mapping):
        return {key.value: to_python(value) for key, value in node.value}
    if isinstance(node, ys.Sequence):
        return [to_python(item) for item in node.value]
    if ys.is_boolean(node):
        return node.value.lower() == "true"
    return int(node.value) if ys.is_integer(node) and node.value.lstrip("-").isdigit() else node.value
