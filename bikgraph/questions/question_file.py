"""The text of a question's file and its header: lines that begin with `#+ ` and together are YAML."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.places import START, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "#+"
LARGEST = 200_000
# Deeper than any header needs; the parser of YAML is recursive.
_DEEPEST = 12


class Fault(NamedTuple):
    """What is wrong at a place of a question's file, and how to mend it."""

    place: Place
    rule: str
    message: str
    value: str = ""


class FaultyFile(ValueError):
    """A file that cannot be read as a question's text; carries the fault."""

    def __init__(self, rule: str, message: str, place: Place = START) -> None:
        """Make the fault of these words."""
        self.fault = Fault(place, rule, message)
        super().__init__(message)


def has_text(path: Path, text: str) -> bool:
    """Whether a question's file holds exactly this text, which was checked before; False for what cannot be read."""
    data = text.encode()
    try:
        status = path.stat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def read_text(path: Path) -> str:
    """The text of a question's file. Raises FaultyFile for what is no regular file of UTF-8 text of a sensible size.

    What the path leads to is looked at before it is opened: a pipe would be waited for without end.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FaultyFile("question-unreadable", "This is no regular file. Remove it, or give it another ending.")
        if status.st_size > LARGEST:
            raise FaultyFile(
                "question-size", f"The file is larger than {LARGEST:,} bytes. A question is a page of text."
            )
        data = path.read_bytes()
    except OSError as error:
        raise FaultyFile("question-unreadable", f"The file cannot be read: {error.strerror}.") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        place = Place(data.count(b"\n", 0, error.start) + 1, error.start - line_start + 1)
        raise FaultyFile(
            "question-encoding", f"The byte 0x{data[error.start]:02x} is no UTF-8. Save the file as UTF-8.", place
        ) from error
    if not text.strip():
        raise FaultyFile("question-empty", "The file is empty. Write a header and a query (queries/README.md).")
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.removesuffix("\r"), 1):
            if (not character.isprintable() and character not in "\t ") and not character.isspace():
                raise FaultyFile(
                    "question-character",
                    f"The character U+{ord(character):04X} is not visible. Remove it.",
                    Place(number, column),
                )
    return text


def header_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Of each line of the header the number, the column at which its YAML begins, and the YAML."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(MARK):
            content = line[len(MARK) :].removesuffix("\r")
            yield number, len(MARK) + (2 if content.startswith(" ") else 1), content.removeprefix(" ")


def parse_header(text: str) -> Any:
    """The header as data. Raises ValueError if it is no YAML."""
    import yaml

    try:
        return yaml.load("\n".join(line for _, _, line in header_lines(text)), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from error


class Header(NamedTuple):
    """The header as data, the place of each part by its path (`("params", "country", "type")`), and repeated keys."""

    data: Any
    places: dict[tuple[str | int, ...], Place]
    repeated: list[tuple[str, Place]]

    def place(self, *path: str | int) -> Place:
        """The place of a part, else of the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, START)


def placed_header(text: str) -> Header:
    """The header with the places of its parts. Raises FaultyFile if there is none, or if it is no plain YAML."""
    import yaml

    lines = list(header_lines(text))
    if not lines:
        raise FaultyFile("question-no-header", "The file has no header: lines that begin with #+ (queries/README.md).")

    def place_of(mark: Any) -> Place:
        number, column, _ = lines[min(mark.line, len(lines) - 1)]
        return Place(number, column + mark.column)

    source = "\n".join(line for _, _, line in lines)
    try:
        depth = 0
        for event in yaml.parse(source, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise FaultyFile("question-header", "The header nests too deeply.", place_of(event.start_mark))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise FaultyFile(
                    "question-header",
                    "A header has no & and * of YAML. Write the value out.",
                    place_of(event.start_mark),
                )
        node = yaml.compose(source, Loader=yaml.CSafeLoader)
        data = yaml.load(source, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error)
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        if "end of stream" in problem:  # what was not closed is more telling than the end
            marks.reverse()
        mark = next((mark for mark in marks if mark is not None), None)
        raise FaultyFile(
            "question-header",
            f"The header is no YAML: {problem}. Put quotes around a text with a colon or a brace.",
            place_of(mark) if mark is not None else Place(lines[0][0], lines[0][1]),
        ) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, FaultyFile):
            raise
        raise FaultyFile("question-header", f"The header is no YAML: {error}.", Place(lines[0][0], 1)) from error
    header = Header(data, {(): Place(lines[0][0], 1)}, [])
    _collect(node, (), header, place_of)
    return header


def _collect(node: Any, path: tuple[str | int, ...], header: Header, place_of: Any) -> None:
    if node is None:
        return
    if path:
        header.places.setdefault(path, place_of(node.start_mark))
    if node.id == "mapping":
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                header.repeated.append((name, place_of(key.start_mark)))
            seen.add(name)
            header.places[(*path, name)] = place_of(key.start_mark)
            _collect(value, (*path, name), header, place_of)
    elif node.id == "sequence":
        for index, value in enumerate(node.value):
            _collect(value, (*path, index), header, place_of)
