"""What only all files together show."""

from __future__ import annotations

import shutil
from pathlib import Path

from bikgraph.building import check_data
from bikgraph.project import Project
from tests.conftest import ROOT


def test_a_circle_across_files_is_refused(tmp_path: Path) -> None:
    """Two bodies of two files that each follow the other: a finding where the last statement stands."""
    for folder in ("ontology", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name, body, other in (("be", "be-child-focus", "insafe"), ("int", "insafe", "be-child-focus")):
        path = tmp_path / "data" / "actors" / f"{name}.yaml"
        path.write_text(path.read_text().replace(f"  - id: {body}\n", f"  - id: {body}\n    replacedBy: {other}\n"))
    found = [finding for finding in check_data(Project(tmp_path)) if finding.rule == "circle"]

    assert [finding.file for finding in found] == ["data/actors/int.yaml"]
    assert "insafe → be-child-focus → insafe" in found[0].message
    assert "data/actors/be.yaml" in found[0].message
