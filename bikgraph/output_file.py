"""A file that a user asked for: it appears whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

from bikgraph.endings import PACKED
from bikgraph.errors import RequestError


def file_path(target: object, instead: str) -> Path:
    """The path that a user gave for a file. Raises RequestError, with what to do `instead`, for what is no path.

    >>> file_path("rows.csv", "…")
    PosixPath('rows.csv')
    """
    if isinstance(target, (str, os.PathLike)):
        return Path(os.fspath(target))
    raise RequestError(f"A file is named by its path, and {type(target).__name__} is none. {instead}")


def write_file(path: str | os.PathLike[str], fill: Callable[[BinaryIO], Any]) -> None:
    """Let `fill` write the file at `path`; it takes the place of an older one when it is complete.

    What is written to a file that ends in .gz is packed by gzip, the same bytes each time. Raises RequestError if the
    disk refuses; what was there before is then unchanged.
    """
    import tempfile

    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}-")
    except (OSError, ValueError) as error:
        raise RequestError(f"{target} cannot be written: {_reason(error)}.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            if target.suffix.lower() == PACKED:
                _pack(out, fill)
            else:
                fill(out)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except OSError as error:
        raise RequestError(f"{target} cannot be written: {_reason(error)}.") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _pack(out: BinaryIO, fill: Callable[[BinaryIO], Any]) -> None:
    import gzip

    # Neither the name nor the hour is kept in the file: equal contents are equal files.
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        fill(cast("BinaryIO", packed))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
