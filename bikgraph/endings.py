"""Which format a file is written in: the one asked for, else the one that its ending names; never two at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bikgraph.errors import RequestError

Endings = Mapping[str, Sequence[str]]


def choose_format(endings: Endings, asked: str | None, output: str | None, default: str | None = None) -> str:
    """The name of the format to write the file `output` in, or standard output if None or `-`.

    `endings` gives the formats that there are, each with its endings, the usual one first; `default` is taken where
    nothing names one: neither the request nor an ending. Raises RequestError for an unknown format, for an ending that
    is another format's, and for one that is none's: a file is what its ending says.

    >>> kinds = {"csv": [".csv"], "json": [".json", ".srj"]}
    >>> choose_format(kinds, None, "rows.SRJ"), choose_format(kinds, "csv", None)
    ('json', 'csv')
    """
    if asked is not None and asked not in endings:
        raise RequestError(f"There is no format {asked!r}. Formats: {', '.join(endings)}.")
    ending = "" if output is None or output == "-" else Path(output).suffix.lower()
    told = [name for name, own in endings.items() if ending in own]
    if asked is not None:
        if told and asked not in told:
            usual = next(iter(endings[asked]), "")
            raise RequestError(
                f"A file that ends in {ending} is {' or '.join(told)}, not {asked}. "
                f"Name it {Path(str(output)).stem}{usual}, or leave --format out."
            )
        return asked
    if told:
        return told[0]
    if default is not None and not ending:
        return default
    listed = ", ".join(f"{own[0]} ({name})" for name, own in endings.items() if own)
    raise RequestError(
        f"The ending {ending or 'of nothing'!r} names no format. Endings: {listed}; or choose with --format."
    )
