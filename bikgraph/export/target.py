"""Where an export goes: a file by its path, or one that is open for bytes; a format's name is neither."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import BinaryIO, cast

from bikgraph.errors import RequestError
from bikgraph.export.writer import FORMATS, export_format
from bikgraph.output_file import write_file

_HOW = (
    "Write graph.export('bikgraph.ttl') for a file of the format that its ending names, or "
    "graph.export(file, 'turtle') for a file that is open for bytes: open('bikgraph.ttl', 'wb'), io.BytesIO()."
)


def write_to(out: object, format: str | None, write: Callable[[BinaryIO, str], None]) -> None:
    """Let `write` fill `out`, a path or a file that is open for bytes, in `format`.

    Without a `format` a path's ending names it, and other files are Turtle. What a path names is written whole or not
    at all. Raises RequestError for what is no file, for an unknown format, and for one that the ending contradicts.
    """
    if isinstance(out, (str, os.PathLike)):
        path = str(os.fspath(out))
        if path in FORMATS:
            raise RequestError(f"{path!r} is a format, and the file is missing. {_HOW}")
        if path in ("", "-"):
            raise RequestError(f"{path!r} names no file. {_HOW}")
        chosen = export_format(format, path)
        write_file(path, lambda file: write(file, chosen))
        return
    if isinstance(out, io.TextIOBase):
        raise RequestError(f"The file is open for text, and an export is bytes. {_HOW}")
    if not callable(getattr(out, "write", None)):
        given = "No file is given" if out is None else f"{type(out).__name__} is no file"
        raise RequestError(f"{given}. {_HOW}")
    write(cast("BinaryIO", out), export_format(format, None))
