"""Which format a file is written in: the one asked for, else the one that its ending names; never two at odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bikgraph.errors import RequestError

Endings = Mapping[str, Sequence[str]]
PACKED = ".gz"
# Endings that readers know as one kind of file: nothing else is written to a file that has one.
_SAYS_ITS_KIND = frozenset({
    ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".md", ".markdown", ".html", ".htm", ".xlsx", ".xls", ".ods",
    ".parquet", ".srj", ".srx", ".xml", ".yaml", ".yml", ".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".owl",
    ".rq", ".pdf", ".docx", ".svg", ".png", ".jpg", ".zip",
})  # fmt: skip


def choose_format(endings: Endings, asked: str | None, output: str | None, default: str | None = None) -> str:
    """The name of the format to write the file `output` in, or standard output if None or `-`.

    `endings` gives the formats that there are, each with its endings, the usual one first; `default` is taken where
    nothing names one: neither the request nor an ending. Raises RequestError for an unknown format, for an ending that
    is another format's, and for one that is none's: a file is what its ending says. A last `.gz` says that the file
    is packed; the ending before it tells the format.

    >>> kinds = {"csv": [".csv"], "json": [".json", ".srj"]}
    >>> choose_format(kinds, None, "rows.SRJ"), choose_format(kinds, "csv", None)
    ('json', 'csv')
    >>> choose_format(kinds, None, "rows.csv.gz")
    'csv'
    """
    if asked is not None and asked not in endings:
        raise RequestError(f"There is no format {asked!r}. Formats: {', '.join(endings)}.")
    name = Path("" if output is None or output == "-" else output)
    packed = name.suffix if name.suffix.lower() == PACKED else ""
    name = name.with_suffix("") if packed else name
    # A file that is called .csv and no more would be one that ends so.
    ending = (name.suffix or (name.name if name.name.startswith(".") else "")).lower()
    told = [name for name, own in endings.items() if ending in own]
    if asked is not None:
        if asked not in told and (told or ending in _SAYS_ITS_KIND):
            usual = next(iter(endings[asked]), "")
            is_kind = f" is {' or '.join(told)}, not {asked}" if told else f" is no {asked}"
            leave_out = ", or leave --format out" if told else ""
            raise RequestError(f"A file that ends in {ending}{is_kind}. Name it {name.stem}{usual}{packed}{leave_out}.")
        return asked
    if told:
        return told[0]
    if default is not None and not ending:
        return default
    listed = ", ".join(f"{own[0]} ({name})" for name, own in endings.items() if own)
    if ending:
        said = f"The ending {ending!r} names no format."
    elif name.name in endings:
        said = (
            f"{name.name} is a format, and no file: name a file, such as bikgraph{next(iter(endings[name.name]), '')}."
        )
    else:
        said = f"{name.name[:60]!r} has no ending, and so names no format."
    raise RequestError(f"{said} Endings: {listed}; or choose with --format (in Python format=).")
