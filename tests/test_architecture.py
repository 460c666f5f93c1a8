"""The house: layers hold, faces use only what packages offer, the map of the package names its rooms."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bikgraph
from tests.conftest import ROOT

PACKAGE = ROOT / "bikgraph"
FACES = ["cli"]
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def test_layers_hold() -> None:
    """Imports go down the layers of pyproject.toml, every module has its layer, and no package has a circle in it."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "2 kept, 0 broken" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_map_names_every_room() -> None:
    """The docstring of the package lists its packages, each once, and the modules that stand beside them."""
    text = bikgraph.__doc__ or ""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}

    assert set(re.findall(r"^ {6}(\w+)/ ", text, re.MULTILINE)) == packages
    assert len(re.findall(r"^ {6}\w+/ ", text, re.MULTILINE)) == len(packages)
    assert {name for name in modules if re.search(rf"\b{name}\b", text)} == modules


def imports_of(path: Path) -> list[tuple[str, list[str]]]:
    """The modules of ours that a file imports, with the names taken from each."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "bikgraph":
            found.append((node.module, [alias.name for alias in node.names]))
        elif isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names if alias.name.partition(".")[0] == "bikgraph"]
    return found


@pytest.mark.parametrize("path", [p for face in FACES for p in (PACKAGE / face).glob("*.py")], ids=lambda p: p.stem)
def test_a_face_uses_what_packages_offer(path: Path) -> None:
    """A face imports what `bikgraph` or a package lists in `__all__`, or modules of the ground; nothing deeper."""
    for module, names in imports_of(path):
        parts = module.split(".")
        if len(parts) > 1 and parts[1] in FACES:
            continue
        assert len(parts) <= 2, f"{module} is a module inside a package"
        if len(parts) == 1 or (PACKAGE / parts[1]).is_dir():
            offered = set(importlib.import_module(module).__all__)
            assert set(names) <= offered, f"{module} does not list {set(names) - offered}"


@pytest.mark.parametrize("path", [p.parent for p in PACKAGE.glob("*/__init__.py")], ids=lambda p: p.name)
def test_a_package_lists_what_it_offers(path: Path) -> None:
    """Every name of a package's `__all__` is there; the package says in a sentence what it is."""
    package = importlib.import_module(f"bikgraph.{path.name}")

    assert package.__doc__
    if path.name not in FACES:
        assert package.__all__
        assert all(hasattr(package, name) for name in package.__all__)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_one_idea(path: Path) -> None:
    """A module has at most 300 lines of at most 120 characters, and glues no namespace into a query."""
    lines = path.read_text("utf-8").splitlines()

    assert len(lines) <= 300
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []
    assert not [number for number, line in enumerate(lines, 1) if re.search(r"<\{[A-Z]+\}\w", line)]


def test_a_server_imports_no_maker_of_releases() -> None:
    """Opening a release and asking it imports neither SHACL nor owlrl, nor the reader of YAML, nor rdflib."""
    code = (
        "import sys, bikgraph.knowledge_graph, bikgraph.exploring, bikgraph.questions, bikgraph.tables\n"
        "print(sorted({'pyshacl', 'owlrl', 'rdflib', 'yaml', 'bikgraph.reading', 'bikgraph.building'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "[]\n"
