"""Stage 5: a built release, opened read-only.

    release/current -> builds/<digest>      what readers open; a link that is swapped (bikgraph.release_writer)
    release/builds/<digest>/store/          the named graphs, and in the default graph the merge of all, each triple once
    release/builds/<digest>/bikgraph.nq.gz  the named graphs, a gzip member each: same input, same bytes
    release/builds/<digest>/manifest.json   the graphs, the build's summary, and the saved questions' headers, parsed

A reader, or a crash, sees the old release or the new one. A project that only the wheel brings along has its dump in the
wheel; its store is unfolded once into the user's cache folder.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Store

from bikgraph.errors import ReleaseError

DUMP, MANIFEST, STORE = "bikgraph.nq.gz", "manifest.json", "store"


class Release(NamedTuple):
    """A built release: its folder, and its manifest as read."""

    folder: Path
    manifest: dict[str, Any]

    def open(self) -> Store:
        """The store, read-only. Raises ReleaseError if it is damaged."""
        try:
            return Store.read_only(str(self.folder / STORE))
        except OSError as error:
            raise ReleaseError(
                f"The release in {self.folder} cannot be opened: {error}. Delete that folder and run: bikgraph build"
            ) from error


def current(release_folder: Path) -> Release | None:
    """The release that is swapped in below `release_folder`, if there is one."""
    folder = release_folder / "current"
    try:
        # Resolved once, so that store and manifest are of one build even if another is swapped in meanwhile.
        folder = folder.resolve(strict=True)
        return Release(folder, json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError):
        return None


def packed(manifest_file: Path, cache_folder: Path) -> Release:
    """The release that a wheel carries, as it stands or will stand below `cache_folder` once its store is unfolded."""
    manifest = json.loads(manifest_file.read_text("utf-8"))
    return Release(cache_folder / manifest["digest"][:32], manifest)
