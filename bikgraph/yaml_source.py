"""YAML 1.2 with positions: a file becomes composed nodes that know their line and column.

PyYAML's C parser composes; the four resolvers of the YAML 1.2 core schema (null, bool, int, float) take the place of
PyYAML's own, which read Norway's `NO` as false. Refused, because JSON-LD would lose them or readers would not expect
them: aliases, merge keys, explicit tags, duplicate keys, null, floats, and the line breaks U+0085, U+2028 and U+2029.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from bikgraph.findings import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 30
_STR, _INT, _BOOL = ("tag:yaml.org,2002:" + name for name in ("str", "int", "bool"))
_NULL, _FLOAT = ("tag:yaml.org,2002:" + name for name in ("null", "float"))
_MAP, _SEQ = ("tag:yaml.org,2002:" + name for name in ("map", "seq"))
_FORBIDDEN_BREAK = re.compile("[\x85\u2028\u2029]")

_BRACKET = re.compile(r"[\[\]{}]")
# Block nesting as deep as MAX_DEPTH needs that many dashes or spaces in front of some value.
_DEEP_BLOCK = re.compile(rf"^[ ]*(?:[-?] +){{{MAX_DEPTH - 10},}}|^ {{{MAX_DEPTH},}}", re.MULTILINE)

Node = yaml.Node
Mapping = yaml.MappingNode
Sequence = yaml.SequenceNode
Scalar = yaml.ScalarNode


class _CoreLoader(yaml.CSafeLoader):
    """A loader that resolves plain scalars by the YAML 1.2 core schema only."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own protocol


for _tag, _pattern, _first in (
    (_BOOL, r"true|True|TRUE|false|False|FALSE", "tTfF"),
    (_INT, r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (_FLOAT, r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+.0123456789"),
    (_NULL, r"~|null|Null|NULL|", "~nN"),
):
    _CoreLoader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), [*_first, ""] if _tag == _NULL else list(_first))


@dataclass
class SourceFile:
    """One data file: its name for messages, its composed root (None if it cannot be read), and what was found in it."""

    name: str
    root: Mapping | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(self, node: Node | tuple[int, int], rule: str, message: str, value: str = "", severity: Severity = "error") -> None:
        """Add a finding at `node`, or at a (line, column) pair counted from 1."""
        line, column = node if isinstance(node, tuple) else position(node)
        self.findings.append(Finding(self.name, line, column, severity, rule, message, value))


def position(node: Node) -> tuple[int, int]:
    """The line and column of a node, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is nearest to `word`, if any is near enough to be meant.

    >>> closest("lable", ["label", "note"])
    'label'
    """
    matches = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A sentence that offers the nearest candidate, with a space before it; empty if none is near."""
    match = closest(word, candidates)
    return f" Did you mean {match}?" if match else ""


def parse(path: Path, name: str) -> SourceFile:
    """Compose the file at `path`; whatever is wrong is in the result's findings, nothing is raised but OSError."""
    source = SourceFile(name)
    text = _decode(path, source)
    if text is None:
        return source
    try:
        if _deep(text):
            source.report((1, 1), "yaml-depth", f"The file nests values more than {MAX_DEPTH} levels deep. Data files need at most 6.")
            return source
        root = yaml.compose(text, Loader=_CoreLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = (error.problem or str(error)).strip()
        source.report(place, "yaml-syntax", f"This is not valid YAML: {problem}. Check indentation, colons and quotes on this line and the one before.")
        return source
    except yaml.YAMLError as error:
        source.report((1, 1), "yaml-syntax", f"This is not valid YAML: {error}.")
        return source
    if root is None:
        source.report((1, 1), "empty-file", "The file is empty. Expected a mapping with id, label and at least one list of records; or delete the file.")
    elif not isinstance(root, Mapping):
        source.report(root, "yaml-type", "Expected a mapping (key: value) at the top of the file.", "")
    else:
        seen: set[int] = set()
        _refuse(root, source, seen, text)
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


def _decode(path: Path, source: SourceFile) -> str | None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        source.report((1, 1), "file-size", f"The file has {size / 1e6:.0f} MB; a data file may have {MAX_BYTES / 1e6:.0f} MB. Split it, or remove what is no data.")
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        source.report((line, column), "encoding", "The file is not UTF-8 here. Save it as UTF-8 (it looks like Latin-1 or Windows-1252).", f"byte 0x{data[error.start]:02x}")
        return None
    if match := _FORBIDDEN_BREAK.search(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        source.report((line, column), "line-break", "This line break is invisible in most editors. Replace it by an ordinary one.", f"U+{ord(match.group()):04X}")
        return None
    return text


def _deep(text: str) -> bool:
    """Whether the text nests too deep to compose safely (composing recurses on the C stack)."""
    flow = most = 0
    for bracket in _BRACKET.findall(text):
        flow += 1 if bracket in "[{" else -1
        most = max(most, flow)
    if most < MAX_DEPTH and not _DEEP_BLOCK.search(text):
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


def _refuse(node: Node, source: SourceFile, seen: set[int], text: str) -> None:
    """Report everything in the tree that YAML allows and data files do not."""
    if id(node) in seen:
        if not any(finding.rule == "yaml-alias" for finding in source.findings):
            for event in yaml.parse(text, Loader=_CoreLoader):
                if isinstance(event, yaml.AliasEvent):
                    place = (event.start_mark.line + 1, event.start_mark.column + 1)
                    source.report(place, "yaml-alias", "Aliases are not allowed: write the value out here.", f"*{event.anchor}")
        return
    seen.add(id(node))
    if isinstance(node, Mapping):
        if node.tag != _MAP:
            source.report(node, "yaml-tag", "Explicit tags are not allowed: remove it.", node.tag)
        keys: dict[str, Scalar] = {}
        for key, value in node.value:
            if not isinstance(key, Scalar) or key.tag not in (_STR, _INT, _BOOL):
                source.report(key, "yaml-key", "A key is a plain word, such as label.", str(getattr(key, "value", ""))[:40])
                continue
            if key.value == "<<":
                source.report(key, "yaml-merge", "Merge keys are not allowed: write the fields out here.", "<<")
            if key.value in keys:
                first = position(keys[key.value])[0]
                source.report(key, "duplicate-key", f"The field {key.value} stands here a second time (first on line {first}). Remove one, or join them into a list.", key.value)
            keys[key.value] = key
            _refuse(value, source, seen, text)
    elif isinstance(node, Sequence):
        if node.tag != _SEQ:
            source.report(node, "yaml-tag", "Explicit tags are not allowed: remove it.", node.tag)
        for value in node.value:
            _refuse(value, source, seen, text)
    elif node.tag == _NULL:
        source.report(node, "yaml-null", "There is no value here. Write one, or remove the field.", node.value)
    elif node.tag == _FLOAT:
        source.report(node, "yaml-float", 'This reads as a decimal number. Put it in quotes, such as "2.2".', node.value)
    elif node.tag not in (_STR, _INT, _BOOL):
        source.report(node, "yaml-tag", "Explicit tags are not allowed: remove it.", node.tag)
