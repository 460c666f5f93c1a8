"""What the documents promise is so: commands exist, the README's output is real, every command has help and a
mention.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bikgraph.project import Project
from tests.conftest import ROOT, run

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (
    "ask",
    "questions",
    "sparql",
    "find",
    "show",
    "connect",
    "why",
    "export",
    "draw",
    "report",
    "methodology",
    "brief",
    "check",
    "build",
    "schema",
    "new",
    "ids",
    "completion",
)


def commands_of(text: str) -> list[str]:
    """The bikgraph commands in a text's console blocks, without their comments."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [
        line.split(" #")[0].strip() for block in blocks for line in block.splitlines() if line.startswith("bikgraph ")
    ]


def test_first_output_is_real(project: Project) -> None:
    """The table on the README's first screen is what the command prints."""
    [shown] = re.findall(r"```text\n(pillar .*?)```", README, re.DOTALL)

    assert run(project, "ask", "pillar-coordinators", "--country", "BE").stdout == shown


@pytest.mark.parametrize(
    "command", [c for c in commands_of(README) if not c.startswith(("bikgraph new", "bikgraph --project"))]
)
def test_readme_command_runs(project: Project, tmp_path: Path, command: str) -> None:
    """Each command of the README runs as it stands there."""
    done = run(project, *shlex.split(command)[1:], cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout or list(tmp_path.iterdir())


def test_readme_editors_commands_run(tmp_path: Path) -> None:
    """The commands for a project of one's own run in their order."""
    for command in commands_of(README):
        if command.startswith(("bikgraph new", "bikgraph --project")):
            done = run(None, *shlex.split(command)[1:], cwd=tmp_path)
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_command_has_help_and_a_mention(command: str) -> None:
    """Every command says what it does, and the README or the guides name it."""
    done = run(None, command, "--help")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 4
    assert "\\b" not in done.stdout
    guides = README + (ROOT / "CONTRIBUTING.md").read_text() + (ROOT / "data" / "README.md").read_text()
    assert f"bikgraph {command}" in guides or f"{command}" in guides


def test_help_lists_all_commands() -> None:
    """The top help lists every command, and only those."""
    text = run(None, "--help").stdout
    listed = re.findall(r"^  ([a-z]+) ", text.split("Commands:")[1], re.MULTILINE)

    assert tuple(listed) == COMMANDS


@pytest.mark.parametrize(
    ("document", "commands"), [("README.md", 2), ("CONTRIBUTING.md", 1)], ids=["README.md", "CONTRIBUTING.md"]
)
def test_documents_install_the_tested_versions(document: str, commands: int) -> None:
    """Each command that sets up an environment in the checkout takes the tested versions."""
    lines = [line for line in (ROOT / document).read_text("utf-8").splitlines() if "venv .venv" in line]

    assert len(lines) == commands
    assert all(" && PIP_CONSTRAINT=requirements-tested.txt .venv/bin/pip install -q " in line for line in lines)


def pinned_versions() -> dict[str, list[tuple[str, str]]]:
    """What requirements-tested.txt has for each package: versions, and the Pythons and platforms that each is for."""
    versions: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / "requirements-tested.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            pinned = re.fullmatch(r"([a-z0-9-]+)==([a-z0-9.]+)(?: ; ([^#]+?))?(?: +# via .+)?", line)
            assert pinned, f"Neither a version nor a comment: {line}. Renew the file with: .ci/lock"
            versions.setdefault(pinned[1], []).append((pinned[2], pinned[3] or ""))
    return versions


def test_tested_versions_are_those_that_the_project_needs() -> None:
    """Each dependency, for development too, has a tested version within its bounds; else .ci/lock renews the file."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in settings["optional-dependencies"].values() for line in lines]
    versions = pinned_versions()
    for needed in map(Requirement, [*settings["dependencies"], *extras]):
        tested = versions.get(needed.name.lower().replace("_", "-"), [])
        assert tested, f"{needed.name} has no tested version. Renew the file with: .ci/lock"
        assert all(needed.specifier.contains(version) for version, _ in tested), f"{needed}: {tested}"
        assert list(needed.specifier), (
            f"{needed.name} has no lower bound in pyproject.toml, so the lowest cannot be tested."
        )


def test_ci_installs_what_the_tests_need() -> None:
    """Each package that a test names for a program it needs is one that .ci/run installs."""
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    packages = {
        package
        for path in (ROOT / "tests").rglob("*.py")
        for package in re.findall(r"""\bpeer\(\s*"[^"]+",\s*package="([^"]+)\"""", path.read_text("utf-8"))
        if path.name != "test_suite.py"
    }

    assert "default-jre-headless" in packages
    assert [package for package in packages if f"packages+=({package.removeprefix('npm: ')})" not in ci] == []


def test_links_in_documents_lead_somewhere() -> None:
    """A relative link in a document names a file of the checkout."""
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_decisions_are_listed() -> None:
    """Every decision has its line in the list, and names what was measured and what it costs."""
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    for path in sorted((ROOT / "docs" / "decisions").glob("0*.md")):
        assert f"({path.name})" in index, path.name
        text = path.read_text("utf-8")
        for part in ("**Context.**", "**Choice.**", "**Measured.**", "**Cost.**"):
            assert part in text, f"{path.name} lacks {part}"


def test_versions_agree() -> None:
    """Package, citation, changelog and ontology name one version."""
    import bikgraph

    version = bikgraph.__version__
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text()
    assert re.search(rf"^version: .?{version}", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    assert f"## {version} " in (ROOT / "CHANGELOG.md").read_text()
    assert f'owl:versionInfo "{version}"' in (ROOT / "ontology" / "bik.ttl").read_text()
