"""A picture leaves no trace in matplotlib, is the same in each thread, and is whole or not there."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NoReturn

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from pyoxigraph import NamedNode, Store

from bikgraph.errors import RequestError
from bikgraph.namespaces import ID
from bikgraph.output_file import write_file
from bikgraph.pictures import Look, Picture, Shade, check_ending, draw_network, europe_map
from bikgraph.pictures.canvas import page
from bikgraph.pictures.lettering import Lettering
from tests.conftest import ROOT


def network(store: Store, path: Path) -> bytes:
    """Ruritania's network."""
    draw_network(store, NamedNode(ID + "country-zz"), None, Look()).save(path)
    return path.read_bytes()


def europe(path: Path) -> bytes:
    """A map of countries without data."""
    europe_map([Shade("nd", "No data", "no-data")], {}, title="Map", subtitle="", footer="").save(path)
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_threads(world: Store, tmp_path: Path, ending: str) -> None:
    """Two pictures drawn by two threads at once, again and again, are the bytes that one thread draws."""
    alone = network(world, tmp_path / f"n.{ending}"), europe(tmp_path / f"e.{ending}")
    with ThreadPoolExecutor(2) as pool:
        networks = pool.map(lambda i: network(world, tmp_path / f"n{i}.{ending}"), range(3))
        maps = pool.map(lambda i: europe(tmp_path / f"e{i}.{ending}"), range(3))
        assert {*networks} == {alone[0]}
        assert {*maps} == {alone[1]}


def test_settings_and_backend_stay(world: Store, tmp_path: Path) -> None:
    """A notebook's style and backend do not change, not even while a picture fails, and do not show in the picture."""
    plain = network(world, tmp_path / "n.svg")
    with mpl.rc_context({"svg.fonttype": "path", "text.color": "red", "legend.frameon": True, "figure.dpi": 50}):
        before, backend = dict(mpl.rcParams.copy()), mpl.get_backend(auto_select=False)
        assert network(world, tmp_path / "styled.svg") == plain
        with pytest.raises(ZeroDivisionError):
            Picture(fails, title="").svg()
        assert dict(mpl.rcParams.copy()) == before
        assert mpl.get_backend(auto_select=False) == backend


def fails(lettering: Lettering) -> NoReturn:
    """A picture that cannot be painted."""
    raise ZeroDivisionError


def test_no_pyplot_and_no_backend(tmp_path: Path) -> None:
    """In a fresh process, drawing neither imports pyplot nor chooses a backend."""
    code = (
        "import sys, pathlib; from bikgraph.pictures import Shade, europe_map; "
        f"path = pathlib.Path({str(tmp_path / 'm.png')!r}); "
        "europe_map([Shade('n', 'N', 'no-data')], {}, title='', subtitle='', footer='').save(path); "
        "import matplotlib; print('matplotlib.pyplot' in sys.modules, matplotlib.get_backend(auto_select=False))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.split() == ["False", "None"]
    assert (tmp_path / "m.png").stat().st_size > 1000


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_full_disk(world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """A disk that is full leaves the older picture as it was, and no other file, and is told."""
    old = network(world, tmp_path / f"n.{ending}")

    def refused(path: object, fill: Callable[[BinaryIO], object]) -> None:
        write_file(tmp_path / f"n.{ending}", lambda out: fill(FullDisk(out)))

    monkeypatch.setattr("bikgraph.pictures.picture.write_file", refused)
    with pytest.raises(RequestError, match="No space left on device"):
        network(world, tmp_path / f"n.{ending}")
    assert (tmp_path / f"n.{ending}").read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == [f"n.{ending}"]


class FullDisk(BytesIO):
    """A file that takes no more bytes."""

    def __init__(self, out: BinaryIO) -> None:
        """Write the first bytes, as a disk does before it is full."""
        super().__init__()
        out.write(b"half")

    def write(self, _: object) -> NoReturn:
        """Refuse."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is told in words."""
    with pytest.raises(RequestError, match="cannot be written: No such file"):
        europe(tmp_path / "no" / "e.svg")


@pytest.mark.parametrize("name", ["a.svg", "a.PNG", "a.pdf"])
def test_endings(name: str, tmp_path: Path) -> None:
    """The ending tells the kind of picture, in small or capital letters."""
    check_ending(Path(name))
    Picture(blank, title="T").save(tmp_path / name)

    assert (tmp_path / name).read_bytes().startswith((b"<?xml", b"\x89PNG", b"%PDF"))


@pytest.mark.parametrize("name", ["a.gif", "a", ".svg"])
def test_other_endings(name: str) -> None:
    """Another ending, or none, is refused by the file's name."""
    with pytest.raises(RequestError, match=rf"ends in .svg, .png or .pdf, and '{name}' does not"):
        check_ending(Path(name))


def blank(lettering: Lettering) -> Figure:
    """An empty page."""
    return page(1, 1)[0]
