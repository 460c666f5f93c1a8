"""The build hook of the wheel: it builds the release of the project's data and packs the dump along."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReleaseHook(BuildHookInterface[Any]):
    """Adds bikgraph/_project/release/ with the dump and its manifest."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the release aside and include it; an editable install reads the checkout's own."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from bikgraph.building import build_release
        from bikgraph.project import Project
        from bikgraph.release import MANIFEST, current

        self._aside = Path(tempfile.mkdtemp())
        for folder in ("ontology", "data", "queries"):
            shutil.copytree(Path(self.root, folder), self._aside / folder)
        project = Project(self._aside)
        build_release(project)
        built = current(project.release)
        if built is None:
            message = "The release was not built."
            raise RuntimeError(message)
        for name in (*built.manifest["files"], MANIFEST):
            build_data["force_include"][str(built.folder / name)] = f"bikgraph/_project/release/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete the release that was built aside."""
        if version != "editable":
            shutil.rmtree(self._aside, ignore_errors=True)
