"""The dump of a release: a gzip member for each named graph, whose N-Quads are sorted: same input, same bytes."""

from __future__ import annotations

import zlib

from bikgraph.namespaces import GRAPH


def member(lines: bytes, graph: str) -> bytes:
    """The gzip member of one named graph (its short name), from its sorted N-Triples."""
    return packed(lines.replace(b" .\n", f" <{GRAPH}{graph}> .\n".encode()))


def packed(data: bytes) -> bytes:
    """A gzip member that carries neither name nor time."""
    import gzip

    return gzip.compress(data, compresslevel=6, mtime=0)


def unpacked(data: bytes) -> bytes:
    """What one or several gzip members hold. Raises ValueError if they are damaged."""
    import gzip

    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"not a whole gzip member ({error})") from error


def lines_of(member_bytes: bytes) -> bytes:
    """The N-Triples of one gzip member of N-Quads."""
    data = unpacked(member_bytes)
    if not data:
        return b""
    graph = data[data.rindex(b" <", 0, data.index(b"\n")) : data.index(b"\n") + 1]
    return data.replace(graph, b" .\n")


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal: what tells contents apart."""
    import hashlib  # takes longer to load than to compute, and a question needs none

    return hashlib.sha256(data).hexdigest()


def quick_checksum(data: bytes) -> str:
    """CRC-32 in hexadecimal: what tells damage, at each reading.

    >>> quick_checksum(b"bikgraph")
    '44967cc1'
    """
    return f"{zlib.crc32(data):08x}"
