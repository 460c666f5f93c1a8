"""The JSON Schemas for editors: derived, current, and of one mind with `bikgraph check` where a schema can judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bikgraph import yaml_source as ys
from bikgraph.project import Project
from bikgraph.schema import write_schemas
from tests.conftest import ROOT
from tests.test_read import CASES
from tests.tiny import SHAPES, check, to_python

CHECKOUT = Project(ROOT)
# What one file's form does not show: what other files hold, what several records say together, and how the text is written.
BEYOND_A_SCHEMA = {
    "unknown slug", "memorandum with one party", "two records with one key", "same id twice", "section that is not there", "value twice", "ages the wrong way round",
    "bracket against the ministries named", "id that is not the file's", "indicator not answered", "date that is none", "indicator answered twice", "duplicate key",
}  # fmt: skip


def validator(kind: str) -> Draft7Validator:
    """The committed schema of a kind of file."""
    schema = json.loads((ROOT / "ontology" / "schema" / f"{kind}.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def kind_of(root: Any) -> str:
    """The kind of file that a top record's id tells."""
    return str(root.get("id", "profile")).split("-")[0]


def test_committed_schemas_are_current(tmp_path: Path) -> None:
    """The committed schemas are what the ontology gives now; mend them with: bikgraph schema --write."""
    for path in write_schemas(CHECKOUT, tmp_path):
        assert path.read_text("utf-8") == (ROOT / "ontology" / "schema" / path.name).read_text("utf-8"), "run: bikgraph schema --write"


@pytest.mark.parametrize("file", CHECKOUT.data_files(), ids=lambda file: file.graph)
def test_committed_data_fit(file: Any) -> None:
    """Every committed file fits its schema, and its first line names that schema for editors."""
    root = ys.parse(file.path, file.name).root
    assert root is not None
    value = to_python(root)

    assert [error.message for error in validator(kind_of(value)).iter_errors(value)] == []
    named = file.path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (file.path.parent / named).resolve() == ROOT / "ontology" / "schema" / f"{kind_of(value)}.schema.json"


@pytest.mark.parametrize("name", [name for name in CASES if name not in BEYOND_A_SCHEMA])
def test_faults_are_seen_by_both(tmp_path: Path, name: str) -> None:
    """A fault of form that `check` refuses, the schema refuses too (or the file is no YAML that an editor could judge)."""
    text = CASES[name][0]
    path = tmp_path / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = ys.parse(path, "x.yaml")
    if source.root is None:
        assert source.findings
        return

    assert list(validator("profile").iter_errors(to_python(source.root))), name


@pytest.mark.parametrize("path", sorted(SHAPES.glob("*/valid.*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_valid_examples_pass_both(path: Path) -> None:
    """What passes `check` passes the schema."""
    assert not [finding for finding in check(path).findings if finding.is_error]
    root = ys.parse(path, path.name).root
    assert root is not None
    value = to_python(root)

    assert [error.message for error in validator(kind_of(value)).iter_errors(value)] == []


def test_schema_offers_codes_with_their_meaning() -> None:
    """Codes come with their labels, and fields with what they mean, for completion and hover."""
    text = json.dumps(validator("profile").schema)

    assert "policy-coordination" in text
    assert "p4-hotlines" in text
    assert "bik-2012-pillar-3" in text
    assert "Links a responsibility to the actor that bears it." in text
