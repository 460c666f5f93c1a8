"""A new project: what it needs to be checked, or a finding and nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bikgraph.draft import new_project, project_vocabulary
from bikgraph.errors import DataError, RequestError
from bikgraph.project import Project, package_root
from tests.conftest import run

BROKEN = "@prefix bik: <https://w3id.org/bikgraph/ontology#> .\n\nbik:Actor bik:label .\n"


def broken_ontology(root: Path) -> Path:
    """A folder with an ontology of its own, whose third line is not Turtle."""
    (root / "ontology").mkdir(parents=True)
    for path in (package_root() / "ontology").iterdir():
        if path.suffix == ".jsonld":
            (root / "ontology" / path.name).write_bytes(path.read_bytes())
    (root / "ontology" / "bik.ttl").write_text(BROKEN, "utf-8")
    return root


def test_the_first_files_are_yaml_of_the_country(tmp_path: Path) -> None:
    """Each file is there, names the country, and lists what was written."""
    written = new_project(tmp_path / "mine", "fr")
    actors, profile = (
        yaml.safe_load((tmp_path / "mine" / "data" / name).read_text("utf-8"))
        for name in ("actors/fr.yaml", "profiles/fr-2020.yaml")
    )

    assert all(path.is_file() for path in written)
    assert set(written) == {path for path in (tmp_path / "mine").rglob("*") if path.is_file()}
    assert actors["label"] == {"en": "Actors of France"}
    assert (actors["id"], actors["country"], profile["id"]) == ("register-fr", "FR", "profile-fr-2020")
    assert profile["label"] == {"en": "France in the BIK Policy Map 2020"}
    assert profile["responsibilities"][0]["source"] == "1"


def test_an_unknown_country_is_refused(tmp_path: Path) -> None:
    """The message lists the codes; nothing is written."""
    with pytest.raises(RequestError, match="There is no country 'XX'.*AT, BE, BG"):
        new_project(tmp_path / "mine", "xx")
    assert not (tmp_path / "mine").exists()


def test_a_broken_ontology_is_a_finding(tmp_path: Path) -> None:
    """A Turtle file that cannot be read is found with its line by `schema` and `new`, and nothing is written."""
    root = broken_ontology(tmp_path / "mine")

    with pytest.raises(DataError) as raised:
        new_project(root, "FR")
    finding = raised.value.findings[0]

    assert (finding.file, finding.line, finding.rule) == ("ontology/bik.ttl", 3, "turtle-syntax")
    assert not (root / "data").exists()
    with pytest.raises(DataError):
        project_vocabulary(Project(root))


def test_a_broken_list_of_countries_is_a_finding(tmp_path: Path) -> None:
    """Codes come from the list of countries: an error in it is found with its line."""
    new_project(tmp_path / "mine", "FR")
    path = tmp_path / "mine" / "data" / "countries.yaml"
    path.write_text(path.read_text("utf-8") + "  - {id: [\n", "utf-8")

    with pytest.raises(DataError) as raised:
        project_vocabulary(Project(tmp_path / "mine"))
    assert raised.value.findings[0].file == "data/countries.yaml"


@pytest.mark.parametrize("command", [["schema"], ["schema", "--write"], ["check"], ["new"]])
def test_commands_say_where_it_is_broken(tmp_path: Path, command: list[str]) -> None:
    """Each command ends with status 1 and the place of the fault, as `check` does."""
    root = broken_ontology(tmp_path / "mine")
    if command == ["new"]:
        done = run(None, "new", str(root), "--country", "FR")
    else:
        (root / "data").mkdir()
        (root / "data" / "countries.yaml").write_text("id: register-countries\n", "utf-8")
        done = run(Project(root), *command)

    assert done.returncode == 1
    assert "ontology/bik.ttl:3:" in done.stdout + done.stderr
    assert "This is not valid Turtle" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
