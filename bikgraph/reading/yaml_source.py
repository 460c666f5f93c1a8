"""YAML 1.2 with positions: a file becomes composed nodes that know their line and column.

PyYAML's C parser composes; the four resolvers of the YAML 1.2 core schema (null, bool, int, float) take the place of
PyYAML's own, which read Norway's `NO` as false. Refused, because JSON-LD would lose them or readers would not expect
them: aliases, merge keys, explicit tags, duplicate keys, null, floats, and the characters of `reading.characters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from bikgraph.findings import Finding, Severity
from bikgraph.places import START, Place
from bikgraph.reading.characters import odd_characters
from bikgraph.reading.text_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

MAX_DEPTH = 30
_TOO_DEEP = f"The file nests values more than {MAX_DEPTH} levels deep. Data files need at most 6."
_STR, _INT, _BOOL = ("tag:yaml.org,2002:" + name for name in ("str", "int", "bool"))
_NULL, _FLOAT = ("tag:yaml.org,2002:" + name for name in ("null", "float"))
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
    text = read_text(path, source.report)
    return source if text is None else parse_text(text, source)


def parse_text(text: str, source: SourceFile) -> SourceFile:
    """Compose the text of a file into `source`, which is returned; whatever is wrong goes to its findings."""
    try:
        root = yaml.compose(text, Loader=_CoreLoader)
    except yaml.MarkedYAMLError as error:
        _syntax_error(error, source)
        return source
    if root is None:
        source.report(
            START,
            "empty-file",
            "The file is empty. Expected a mapping with id, label and at least one list of records; "
            "or delete the file.",
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
    if "maximum nesting depth" in problem:  # libyaml's own limit of 1000 levels, which guards the C stack
        source.report(place, "yaml-depth", _TOO_DEEP)
        return
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
    elif isinstance(node, Scalar) and _is_odd(node, source):
        pass
    elif node.tag == _NULL:
        source.report(node, "yaml-null", "There is no value here. Write one, or remove the field.", node.value)
    elif node.tag == _FLOAT:
        source.report(
            node, "yaml-float", 'This reads as a decimal number. Put it in quotes, such as "2.2".', node.value
        )


def _is_odd(node: Scalar, source: SourceFile) -> bool:
    """Report the characters that no value may hold: in double quotes an escape can put them there."""
    odd = {found.code_point: found for found in odd_characters(node.value, is_value=True)}
    for found in odd.values():
        source.report(node, found.rule, found.message, found.code_point)
    return bool(odd)


def _refuse_keys(node: Mapping, source: SourceFile) -> None:
    keys: dict[str, Scalar] = {}
    for key, _ in node.value:
        if not isinstance(key, Scalar) or key.tag not in (_STR, _INT, _BOOL):
            source.report(key, "yaml-key", "A key is a plain word, such as label.", shown(key)[:40])
            continue
        if _is_odd(key, source):
            continue
        if "\n" in key.value or "\t" in key.value:
            source.report(key, "yaml-key", "A key is a plain word on one line, such as label.", shown(key)[:40])
            continue
        if key.value == "<<":
            source.report(key, "yaml-merge", "Merge keys are not allowed: write the fields out here.", "<<")
        if key.value in keys:
            first = position(keys[key.value])[0]
            source.report(
                key,
                "duplicate-key",
                f"The field {key.value} stands here a second time (first on line {first}). "
                "Remove one, or join them into a list.",
                key.value,
            )
        keys[key.value] = key
