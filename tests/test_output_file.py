"""Files that users ask for: whole or not at all, packed where the name says so."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import BinaryIO

import pytest

from bikgraph.errors import RequestError
from bikgraph.output_file import write_file


def test_a_name_that_ends_in_gz_is_packed(tmp_path: Path) -> None:
    """.gz is gzip, the same bytes for the same contents, whatever the name and the hour."""
    for name in ("a.csv.gz", "B.GZ"):
        write_file(tmp_path / name, lambda out: out.write(b"x,y\r\n"))

    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == b"x,y\r\n"
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "B.GZ").read_bytes()
    write_file(tmp_path / "gz", lambda out: out.write(b"plain"))
    assert (tmp_path / "gz").read_bytes() == b"plain"


def test_a_packed_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """A failure while writing leaves the older file and nothing else."""
    write_file(tmp_path / "a.gz", lambda out: out.write(b"old"))

    def fail(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(RequestError, match="No space left"):
        write_file(tmp_path / "a.gz", fail)
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"old"
    assert len(list(tmp_path.iterdir())) == 1
