"""The release of a project: the one built in it, or the one that the wheel carries, unfolded once."""

from __future__ import annotations

from pathlib import Path

from bikgraph.errors import ReleaseError
from bikgraph.project import Project, packed_release
from bikgraph.release.release import DUMP, MANIFEST, STORE, Release, current, read_manifest

_REINSTALL = "Install it anew with: pip install --force-reinstall bikgraph"


def existing_release(project: Project) -> Release | None:
    """The release of a project, or None if none was built in it. That of the wheel is unfolded if need be.

    Raises ReleaseError if it is damaged, or if there is no room to unfold it.
    """
    folder = packed_release() if project.is_package else None
    return current(project.release) if folder is None else _unfolded(folder, thorough=False)


def heal_packed_release() -> bool:
    """Unfold the release of the wheel anew if any byte of it is damaged, and say whether it was."""
    folder = packed_release()
    if folder is None:
        return False
    target = _cache_folder() / _manifest(folder)["digest"][:32]
    damaged = target.exists() and _is_lacking(Release(target, folder), thorough=True)
    _unfolded(folder, thorough=True)
    return damaged


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("bikgraph") / "releases"


def _manifest(packed: Path) -> dict[str, str]:
    try:
        return read_manifest(packed / MANIFEST)
    except ReleaseError as error:
        raise ReleaseError(f"The release that bikgraph brings along is damaged ({MANIFEST}). {_REINSTALL}") from error


def _unfolded(packed: Path, *, thorough: bool) -> Release:
    """The release of the wheel with its store in the user's cache folder, made anew where it is missing or damaged."""
    target = _cache_folder() / _manifest(packed)["digest"][:32]
    release = Release(target, packed)
    if not target.exists() or _is_lacking(release, thorough=thorough):
        _unfold(target, release, thorough=thorough)
    return release


def _is_lacking(release: Release, *, thorough: bool) -> bool:
    """Whether it is damaged, or, looked at thoroughly, whether another version made its index, or none."""
    if release.damage(thorough=thorough) is not None:
        return True
    if not thorough:
        return False
    from bikgraph.search import can_index  # a question need not load what makes an index

    return release.has_fitting_index != can_index()


def _unfold(target: Path, release: Release, *, thorough: bool) -> None:
    """Make the store and the index below `target` from the dump; they appear when complete and counted."""
    # What writes a release is imported where it is needed: a question opens one.
    from bikgraph.release.dump import unpacked
    from bikgraph.release.store import index, load_all, seal
    from bikgraph.release.writer import explained

    try:
        dump = release.read(DUMP)
        parts = [entry["dump"] for entry in release.manifest["graphs"].values()]
        graphs = [unpacked(dump[part["offset"] : part["offset"] + part["bytes"]]) for part in parts]
    except (ReleaseError, ValueError) as error:
        raise ReleaseError(f"The release that bikgraph brings along is damaged ({DUMP}). {_REINSTALL}") from error
    import shutil
    import tempfile

    with explained(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=".new-"))
        try:
            counted = load_all(aside / STORE, graphs)
            if counted != release.manifest["statements"]:
                wanted = release.manifest["statements"]
                raise ReleaseError(f"The unfolded release has {counted} statements instead of {wanted}. {_REINSTALL}")
            index(aside)
            seal(aside, release.digest)
            if target.exists() and _is_lacking(release, thorough=thorough):
                target.replace(_trash(target))
            if not target.exists():  # else another process was faster
                aside.replace(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            for old in target.parent.glob(f".old-{target.name}-*"):
                shutil.rmtree(old, ignore_errors=True)


def _trash(target: Path) -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(dir=target.parent, prefix=f".old-{target.name}-")) / "damaged"
