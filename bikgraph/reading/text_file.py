"""The text of a data file: UTF-8 of a bearable size, without characters that no data file may hold."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from bikgraph.places import START, Place
from bikgraph.reading.characters import odd_characters

MAX_BYTES = 5 * 1024 * 1024
# A file in the wrong encoding, or no text at all, is not worth a finding a character.
_MOST_ODD = 20

Report = Callable[[Place, str, str, str], None]
"""Takes a finding's place, rule, message and value."""


def read_text(path: Path, report: Report) -> str | None:
    """The text of the file at `path`, without a byte-order mark; None if something is wrong, which is reported.

    Raises OSError if the file cannot be read. That it is a regular file is seen to by `bikgraph.project`.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        message = (
            f"The file has {size / 1e6:.0f} MB; a data file may have {MAX_BYTES / 1e6:.0f} MB. "
            "Split it, or remove what is no data."
        )
        report(START, "file-size", message, "")
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[line_start : error.start].decode("utf-8", "replace")) + 1
        place = Place(data.count(b"\n", 0, error.start) + 1, column)
        message = "The file is not UTF-8 here. Save it as UTF-8 (it looks like Latin-1 or Windows-1252)."
        report(place, "encoding", message, f"byte 0x{data[error.start]:02x}")
        return None
    odd = list(islice(odd_characters(text), _MOST_ODD))
    for offset, rule, message, code_point in odd:
        place = Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        report(place, rule, message, code_point)
    return None if odd else text
