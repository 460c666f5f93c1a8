"""The text of a data file with ids put in: only they are added, at the positions that the parser tells.

Comments, order and layout stay, byte for byte. The result is read again, and has to say what the text said before.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

import yaml

from bikgraph.reading import yaml_source as ys
from bikgraph.reading.record_ids import LAST_NUMBER, RecordIds


class Edit(NamedTuple):
    """What takes the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits done; of two at one place the first comes first."""
    for edit in sorted(edits, key=lambda edit: edit.start)[::-1]:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def first_fields(text: str, node: yaml.MappingNode, *fields: str) -> Edit:
    """The edit that puts `fields` (each `key: value`) before the first field of a mapping."""
    if node.flow_style:
        if not node.value:
            return Edit(node.start_mark.index + 1, node.start_mark.index + 1, ", ".join(fields))
        start = node.value[0][0].start_mark.index
        return Edit(start, start, "".join(f"{field}, " for field in fields))
    line_break = "\r\n" if "\r\n" in text else "\n"
    end = line_break + " " * node.start_mark.column
    return Edit(node.start_mark.index, node.start_mark.index, "".join(field + end for field in fields))


def last_number(text: str, root: yaml.MappingNode, ids: RecordIds) -> list[Edit]:
    """The edits that make the file keep the highest numbers of `ids`: below its id, where it keeps none yet."""
    if not isinstance(ids.node, ys.Mapping):
        identifier = ys.get(root, "id")
        line_end = text.find("\n", identifier.end_mark.index) if identifier is not None else -1
        if root.flow_style or line_end < 0:
            return [first_fields(text, root, ids.line())]
        line_break = "\r\n" if text[line_end - 1] == "\r" else "\n"
        return [Edit(line_end + 1, line_end + 1, " " * root.start_mark.column + ids.line() + line_break)]
    kept = {letter: node for letter in ids.last if (node := ys.get(ids.node, letter)) is not None}
    edits = [Edit(node.start_mark.index, node.end_mark.index, str(ids.last[letter])) for letter, node in kept.items()]
    lacking = [f"{letter}: {number}" for letter, number in ids.last.items() if letter not in kept]
    return [*edits, first_fields(text, ids.node, *lacking)] if lacking else edits


def same_without(before: RecordIds, after: RecordIds, roots: tuple[ys.Mapping, ys.Mapping]) -> bool:
    """Whether two readings of a file, whose top nodes are `roots`, differ only by ids that records lacked before."""
    if len(before.records) != len(after.records):
        return False
    lacked = [
        id(new.node)
        for old, new in zip(before.records, after.records, strict=True)
        if ys.get(old.node, "id") is None and ys.get(new.node, "id") is not None
    ]
    return bool(_content(roots[0], roots[0], ()) == _content(roots[1], roots[1], lacked))


def _content(node: ys.Node, root: ys.Mapping, without_id: Container[int]) -> object:
    """A node as plain values, in order; without what may differ."""
    if isinstance(node, ys.Mapping):
        return [
            (key.value, _content(value, root, without_id))
            for key, value in node.value
            if not (key.value == "id" and id(node) in without_id) and not (key.value == LAST_NUMBER and node is root)
        ]
    if isinstance(node, ys.Sequence):
        return [[_content(item, root, without_id)] for item in node.value]
    return (node.tag, node.value)
