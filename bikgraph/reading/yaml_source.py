"""YAML 1.2 with positions: a file becomes composed nodes that know their line and column.

PyYAML's C parser composes; the four resolvers of the YAML 1.2 core schema (null, bool, int, float) take the place of
PyYAML's own, which read Norway's `NO` as false. Refused, because JSON-LD would lose them or readers would not expect
them: aliases, merge keys, explicit tags, duplicate keys, null, floats, and the line breaks U+0085, U+2028 and U+2029.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from bikgraph.findings import Finding, Severity
from bikgraph.places import START, Place

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 30
_TOO_DEEP = f"The file nests values more than {MAX_DEPTH} levels deep. Data files need at most 6."
_STR, _INT, _BOOL = ("tag:yaml.org,2002:" + name for name in ("str", "int", "bool"))
_NULL, _FLOAT = ("tag:yaml.org,2002:" + name for name in ("null", "float"))
_FORBIDDEN_BREAK = re.compile("[\x85\u2028\u2029]")
# What the YAML specification calls not printable, surrogates apart, which UTF-8 cannot hold.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Composing recurses on the C stack and crashes the process from some 20 000 levels on (tried): a file that could nest
# that deep is counted by its events first. No file nests flow values deeper than it has opening brackets.
_OPENING = re.compile(r"[\[{]")
_SAFE_BRACKETS = 2000
# Block nesting as deep as MAX_DEPTH needs that many dashes or spaces in front of some value.
_DEEP_BLOCK = re.compile(rf"^[ ]*(?:[-?] +){{{MAX_DEPTH - 10},}}|^ {{{MAX_DEPTH},}}", re.MULTILINE)
# What a tag or an anchor looks like: only a text with one is searched for them event by event.
_MARK = re.compile(r"(?:^|[\s\[{,])[!&]", re.MULTILINE)

Node = yaml.Node
Mapping = yaml.MappingNode
Sequence = yaml.SequenceNode
Scalar = yaml.ScalarNode


class _CoreLoader(yaml.CSafeLoader):
    """A loader that resolves plain scalars by the YAML 1.2 core schema only."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    (_BOOL, r"true|True|TRUE|false|False|FALSE", "tTfF"),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        _FLOAT,
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    (_NULL, r"~|null|Null|NULL|", "~nN"),
):
    _CoreLoader.add_implicit_resolver(
        _tag, re.compile(rf"^(?:{_pattern})$"), [*_first, ""] if _tag == _NULL else list(_first)
    )


@dataclass
class SourceFile:
    """One data file: its name for messages, its composed root (None if it cannot be read), and what was found in it."""

    name: str
    root: Mapping | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(
        self, node: Node | Place, rule: str, message: str, value: str = "", severity: Severity = "error"
    ) -> None:
        """Add a finding at a node, or at a place."""
        line, column = node if isinstance(node, Place) else position(node)
        self.findings.append(Finding(self.name, line, column, severity, rule, message, value))


def position(node: Node) -> Place:
    """The place of a node."""
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def parse(path: Path, name: str) -> SourceFile:
    """Compose the file at `path`; whatever is wrong is in the result's findings, nothing is raised but OSError."""
    source = SourceFile(name)
    text = _decode(path, source)
    if text is None:
        return source
    try:
        if _deep(text):
            source.report(START, "yaml-depth", _TOO_DEEP)
            return source
        root = yaml.compose(text, Loader=_CoreLoader)
    except yaml.MarkedYAMLError as error:
        _syntax_error(error, source)
        return source
    if root is None:
        source.report(
            START,
            "empty-file",
            "The file is empty. Expected a mapping with id, label and at least one list of records; or delete the file.",
        )
    elif not isinstance(root, Mapping):
        source.report(root, "yaml-type", "Expected a mapping (key: value) at the top of the file.", "")
    else:
        if _MARK.search(text):
            _refuse_marks(text, source)
        _refuse(root, source, set(), 1)
        if not source.findings:
            source.root = root
    return source


def items(mapping: Mapping) -> Iterator[tuple[str, Scalar, Node]]:
    """The entries of a mapping as (key, key node, value node)."""
    for key, value in mapping.value:
        yield key.value, key, value


def get(mapping: Mapping, name: str) -> Node | None:
    """The value node of the key `name`, or None."""
    for key, value in mapping.value:
        if key.value == name:
            return value  # type: ignore[no-any-return]
    return None


def is_text(node: Node) -> bool:
    """Whether a node is a string scalar."""
    return isinstance(node, Scalar) and node.tag == _STR


def is_integer(node: Node) -> bool:
    """Whether a node is an integer scalar."""
    return isinstance(node, Scalar) and node.tag == _INT


def is_boolean(node: Node) -> bool:
    """Whether a node is a boolean scalar."""
    return isinstance(node, Scalar) and node.tag == _BOOL


def shown(node: Node) -> str:
    """A node as messages quote it: a scalar's text, nothing for a list or a mapping."""
    return str(node.value) if isinstance(node, Scalar) else ""


def _syntax_error(error: yaml.MarkedYAMLError, source: SourceFile) -> None:
    mark = error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else START
    problem = (error.problem or str(error)).strip()
    remedy = "Check indentation, colons and quotes on this line and the one before."
    if "another document" in problem:
        problem, remedy = (
            "a second document begins here",
            "Remove the line ---, or move what follows to a file of its own.",
        )
    elif "cannot start any token" in problem and mark is not None:
        problem, remedy = (
            problem.replace("found character", "found a character"),
            "Indent with spaces, not with tabs; put text that begins with a sign in quotes.",
        )
    source.report(place, "yaml-syntax", f"This is not valid YAML: {problem}. {remedy}")


def _decode(path: Path, source: SourceFile) -> str | None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        source.report(
            START,
            "file-size",
            f"The file has {size / 1e6:.0f} MB; a data file may have {MAX_BYTES / 1e6:.0f} MB. Split it, or remove what is no data.",
        )
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        source.report(
            Place(line, column),
            "encoding",
            "The file is not UTF-8 here. Save it as UTF-8 (it looks like Latin-1 or Windows-1252).",
            f"byte 0x{data[error.start]:02x}",
        )
        return None
    for rule, pattern, message in (
        ("control-character", _CONTROL, "This control character is invisible and not allowed in YAML. Remove it."),
        (
            "line-break",
            _FORBIDDEN_BREAK,
            "This line break is invisible in most editors. Replace it by an ordinary one.",
        ),
    ):
        if match := pattern.search(text):
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            source.report(Place(line, column), rule, message, f"U+{ord(match.group()):04X}")
            return None
    return text


def _deep(text: str) -> bool:
    """Whether the text nests too deep to compose safely."""
    if sum(1 for _ in _OPENING.finditer(text)) < _SAFE_BRACKETS and not _DEEP_BLOCK.search(text):
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_CoreLoader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
    return False


def _refuse_marks(text: str, source: SourceFile) -> None:
    """Report tags, anchors and aliases, which the composed nodes no longer show; of aliases the first only."""
    aliases = 0
    events: Any = yaml.parse(text, Loader=_CoreLoader)  # its stubs leave out what scalar and collection events carry
    for event in events:
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if aliases == 1:
                source.report(
                    place, "yaml-alias", "Aliases are not allowed: write the value out here.", f"*{event.anchor}"
                )
        elif hasattr(event, "anchor"):
            if event.anchor is not None:
                source.report(
                    place,
                    "yaml-anchor",
                    "Anchors are not allowed: remove it. Text that begins with & stands in quotes.",
                    f"&{event.anchor}",
                )
            if getattr(event, "tag", None) is not None:
                source.report(
                    place,
                    "yaml-tag",
                    "Explicit tags are not allowed: remove it. Text that begins with ! stands in quotes.",
                    event.tag,
                )


def _refuse(node: Node, source: SourceFile, seen: set[int], depth: int) -> None:
    """Report everything else in the tree that YAML allows and data files do not."""
    if id(node) in seen:
        return  # an alias, reported where it stands
    seen.add(id(node))
    if depth > MAX_DEPTH:
        source.report(node, "yaml-depth", _TOO_DEEP)
    elif isinstance(node, Mapping):
        _refuse_keys(node, source)
        for _, value in node.value:
            _refuse(value, source, seen, depth + 1)
    elif isinstance(node, Sequence):
        for value in node.value:
            _refuse(value, source, seen, depth + 1)
    elif node.tag == _NULL:
        source.report(node, "yaml-null", "There is no value here. Write one, or remove the field.", node.value)
    elif node.tag == _FLOAT:
        source.report(
            node, "yaml-float", 'This reads as a decimal number. Put it in quotes, such as "2.2".', node.value
        )


def _refuse_keys(node: Mapping, source: SourceFile) -> None:
    keys: dict[str, Scalar] = {}
    for key, _ in node.value:
        if not isinstance(key, Scalar) or key.tag not in (_STR, _INT, _BOOL):
            source.report(key, "yaml-key", "A key is a plain word, such as label.", shown(key)[:40])
            continue
        if key.value == "<<":
            source.report(key, "yaml-merge", "Merge keys are not allowed: write the fields out here.", "<<")
        if key.value in keys:
            first = position(keys[key.value])[0]
            source.report(
                key,
                "duplicate-key",
                f"The field {key.value} stands here a second time (first on line {first}). Remove one, or join them into a list.",
                key.value,
            )
        keys[key.value] = key
