"""Damage to a release or to the cache: never a wrong answer, and one command heals it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

from bikgraph.building import build_release
from bikgraph.errors import ReleaseError
from bikgraph.lookup import solutions
from bikgraph.project import Project
from bikgraph.release import Release, current, existing_release, heal_packed_release, opening
from bikgraph.release.release import INDEX, graph_node
from bikgraph.search import read, search_names

# Each seed is a damage of its own. The first few run every time, all of them with the slow tests.
FAST, BOTH, ALL = 4, 12, 100


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data)) if data else 0
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :] if data else b"x"


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))] if data else b"x"


def _empty(data: bytes, _: random.Random) -> bytes:
    return b"" if data else b"x"


HARMS: list[Callable[[bytes, random.Random], bytes]] = [_flip, _cut, _empty]


def damage(files: list[Path], seed: int) -> str:
    """Flip a bit of one of `files`, cut it, empty it, or take it away; says what was done."""
    chance = random.Random(seed)  # noqa: S311 - damage is to be the same in every run
    path = chance.choice(files)
    harm = chance.choice([*HARMS, None])
    if harm is None:
        path.unlink()
        return f"{path.name} taken away"
    path.write_bytes(harm(path.read_bytes(), chance))
    return f"{path.name}: {harm.__name__}"


def told(release: Release) -> tuple[object, ...]:
    """All that a reader can get out of a release: every statement, the merge, the other files, a position."""
    store = release.open()
    quads = sorted(map(str, store.quads_for_pattern(None, None, None, None)))
    merged = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    counted = [row["n"].value for row in solutions(store, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")]
    places = []
    for name in sorted(release.graphs):
        quad = min(store.quads_for_pattern(None, None, None, graph_node(name)), key=str)
        places.append(release.position(name, quad.triple))
    index = release.index(store)
    tables = ("thing", "name", "text", "document", "facet", "meaning", "word", "name_vocabulary", "document_vocabulary")
    indexed = [index.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]  # noqa: S608
    found = [hit.iri for hit in search_names(index, read("tests"))]
    return quads, merged, counted, release.context, release.questions, release.findings, places, indexed, found


def files_of(folder: Path) -> list[Path]:
    """The files below `folder` that hold data; RocksDB's log and options are its own."""
    names = ("LOG", "LOCK", "IDENTITY", "OPTIONS", ".lock")
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(names))


def is_said(error: Exception) -> bool:
    """Whether an error is one that says that the release is damaged, or RocksDB's own word for it."""
    return isinstance(error, ReleaseError) or "orruption" in str(error)


def _never_wrong(project: Project, expected: tuple[object, ...], what: str) -> None:
    try:
        release = current(project.release)
        assert release is not None
        assert told(release) == expected, what
    except (ReleaseError, OSError, RuntimeError, ValueError) as error:
        assert is_said(error), (what, error)  # noqa: PT017 - a right answer is as good as an error


def _healed(project: Project, expected: tuple[object, ...], what: str) -> None:
    build_release(project, jobs=1)
    release = current(project.release)
    assert release is not None
    assert release.damage(thorough=True) is None, what
    assert told(release) == expected, what


def _check(tiny: Project, folder: Path, seed: int, part: str) -> None:
    root = folder / "damaged"
    shutil.copytree(tiny.root, root, symlinks=True)
    project = Project(root)
    release = current(project.release)
    assert release is not None
    expected = told(release)
    what = damage(files_of(release.folder if part == "release" else project.release / "cache"), seed)
    _never_wrong(project, expected, what)
    _healed(project, expected, what)


@pytest.mark.parametrize("seed", range(FAST))
def test_a_damaged_release_is_healed_by_a_build(tiny: Project, tmp_path: Path, seed: int) -> None:
    """A file of the release is flipped, cut, emptied or gone: nothing wrong is read, and `build` makes it whole."""
    _check(tiny, tmp_path, seed, "release")


@pytest.mark.parametrize("seed", range(FAST))
def test_a_damaged_cache_is_a_miss(tiny: Project, tmp_path: Path, seed: int) -> None:
    """An entry of the cache that does not fit its checksums is made again, also if a file was changed meanwhile."""
    _check(tiny, tmp_path, seed, "cache")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FAST, ALL))
def test_a_hundred_damages(tiny: Project, tmp_path: Path, seed: int) -> None:
    """As the two tests before, a hundred times."""
    parts = ("release", "cache") if seed < BOTH else ("release",) if seed % 4 else ("cache",)
    for part in parts:
        _check(tiny, tmp_path / part, seed, part)


@pytest.fixture
def packed(tiny: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel's release folder, as the build hook packs it, and an empty cache folder of the user."""
    release = current(tiny.release)
    assert release is not None
    folder = tmp_path / "wheel"
    folder.mkdir()
    for name in (*release.manifest["files"], "manifest.json"):
        shutil.copyfile(release.folder / name, folder / name)
    monkeypatch.setattr(opening, "packed_release", lambda: folder)
    monkeypatch.setattr(opening, "_cache_folder", lambda: tmp_path / "user")
    return folder


PACKAGE = Project(Path("/nowhere"), is_package=True)


@pytest.mark.parametrize("seed", [*range(FAST), *(pytest.param(n, marks=pytest.mark.slow) for n in range(FAST, BOTH))])
def test_the_wheels_release_is_unfolded_anew(packed: Path, tmp_path: Path, seed: int) -> None:
    """Damage to the unfolded store is seen when it is opened, or at the latest by `build`, which unfolds it anew."""
    release = existing_release(PACKAGE)
    assert release is not None
    expected = told(release)
    what = damage(files_of(release.folder), seed)
    try:
        again = existing_release(PACKAGE)
        assert again is not None
        assert told(again) == expected, what
    except (ReleaseError, OSError, RuntimeError) as error:
        assert is_said(error), (what, error)  # noqa: PT017 - a right answer is as good as an error
        assert heal_packed_release(), what
    heal_packed_release()
    healed = existing_release(PACKAGE)
    assert healed is not None
    assert healed.damage(thorough=True) is None, what
    assert told(healed) == expected, what
    assert [path.name for path in (tmp_path / "user").iterdir()] == [healed.folder.name]


@pytest.mark.parametrize("name", ["bikgraph.nq.gz", "manifest.json"])
@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_wheel_is_said(packed: Path, name: str, seed: int) -> None:
    """A dump or manifest of the wheel that does not fit its checksum is never unfolded; the sentence says what to
    do.
    """
    damage([packed / name], seed)

    with pytest.raises(ReleaseError, match=r"damaged.*pip install --force-reinstall bikgraph"):
        existing_release(PACKAGE)


def test_a_member_dropped_from_the_dump_is_said(packed: Path) -> None:
    """A dump that lacks one graph's member is another dump: it is not unfolded."""
    entry = Release(packed).manifest["graphs"]["mt"]["dump"]
    data = (packed / "bikgraph.nq.gz").read_bytes()
    (packed / "bikgraph.nq.gz").write_bytes(data[: entry["offset"]] + data[entry["offset"] + entry["bytes"] :])

    with pytest.raises(ReleaseError, match="damaged"):
        existing_release(PACKAGE)


@pytest.mark.parametrize("harm", [*HARMS, None], ids=["flip", "cut", "empty", "gone"])
def test_a_damaged_index_is_said(
    tiny: Project, tmp_path: Path, harm: Callable[[bytes, random.Random], bytes] | None
) -> None:
    """A search in an index that is not as it was sealed is refused with the remedy, and a build makes it whole."""
    root = tmp_path / "damaged"
    shutil.copytree(tiny.root, root, symlinks=True)
    project = Project(root)
    release = current(project.release)
    assert release is not None
    expected = told(release)
    path = release.folder / INDEX
    whole = path.read_bytes()
    path.unlink()
    if harm is not None:
        path.write_bytes(harm(whole, random.Random(1)))  # noqa: S311 - the same in every run

    with pytest.raises(ReleaseError, match="bikgraph build"):
        release.index(release.open())
    _healed(project, expected, "the index")
