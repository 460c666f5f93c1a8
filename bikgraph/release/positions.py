"""Where each told triple of a named graph stands: kept in the release, a line a triple, in the order of the dump.

So `why` is a look-up, needs no file of the project, and stays true after an editor changed the YAML.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from pyoxigraph import RdfFormat, Triple, serialize


class Position(NamedTuple):
    """A place in one of the project's files: its name relative to the project, line and column from 1."""

    file: str
    line: int
    column: int


class Positions(NamedTuple):
    """The told triples of one graph as sorted N-Triples, each with its position."""

    lines: Sequence[bytes]
    places: Sequence[Position]

    def of(self, triple: Triple) -> Position | None:
        """Where a triple is told; None if the graph does not tell it."""
        line = cast("bytes", serialize([triple], format=RdfFormat.N_TRIPLES)).rstrip(b"\n")
        at = bisect_left(self.lines, line)
        return self.places[at] if at < len(self.lines) and self.lines[at] == line else None


def encode(positions: Iterable[Position]) -> bytes:
    """The positions of sorted N-Triples, one for each line, as text."""
    files: dict[str, int] = {}
    rows = [f"{files.setdefault(file, len(files))} {line} {column}\n" for file, line, column in positions]
    return (json.dumps(list(files)) + "\n" + "".join(rows)).encode()


def decode(lines: bytes, text: bytes) -> Positions:
    """The positions that `encode` wrote for the same `lines`. Raises ValueError if the two do not fit together."""
    head, *rows = text.decode().splitlines()
    files = json.loads(head)
    places = []
    for row in rows:
        file, line, column = map(int, row.split(" "))
        places.append(Position(files[file], line, column))
    triples = lines.splitlines()
    if len(triples) != len(places):
        raise ValueError(f"{len(places)} positions for {len(triples)} triples")
    return Positions(triples, places)
