"""Ids for the records of a project's files: each that lacks one gets the next number of its file, where it stands.

What a record was called in the last release, when its fields still made its slug, is noted in the table of replaced
records, so that the old slug leads on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from bikgraph.draft.id_edits import edited, first_fields, last_number, same_without
from bikgraph.draft.project_vocabulary import project_vocabulary
from bikgraph.errors import DataError, ReleaseError
from bikgraph.findings import Finding
from bikgraph.lookup import is_a
from bikgraph.namespaces import BIK, ID
from bikgraph.output_file import write_file
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.record_ids import RecordIds
from bikgraph.reading.records import Completer
from bikgraph.reading.replaced import table_with
from bikgraph.reading.text_file import read_text
from bikgraph.release import current

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bikgraph.project import DataFile, Project

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Addition(NamedTuple):
    """A line that a file lacks: an id, or the highest numbers; `line` is that on which the record begins."""

    file: str
    line: int
    text: str


class GivenIds(NamedTuple):
    """What was added, or would be, by file and line, and the old slugs of the last release that lead on from now."""

    additions: list[Addition]
    replaced: dict[str, str]


def give_ids(project: Project, *, write: bool = False) -> GivenIds:
    """Give an id to each record that lacks one; with `write`, put them into the files.

    All files are looked at before the first is written, and each is replaced as a whole; a second run finds nothing to
    do. Raises DataError with what is wrong where a file cannot be read, and RequestError if the disk refuses a file:
    those written before it keep their ids, and the next run goes on.
    """
    completer = Completer(project_vocabulary(project))
    findings: list[Finding] = []
    files = [found for file in project.data_files() if (found := look_through(file, completer, findings))]
    texts = {file.file.path: file.new_text(findings) for file in files if file.additions}
    if findings:
        raise DataError(sorted(findings))
    replaced = _replaced(project, {key: slug for file in files for key, slug in file.keys.items()})
    if write:
        # The table first: whatever happens then, each slug of the last release has its successor.
        if replaced:
            _write(project.replaced_file, table_with(project.replaced_file, replaced))
        for path, text in texts.items():
            _write(path, text)
    return GivenIds([addition for file in files for addition in file.additions], replaced)


def look_through(file: DataFile, completer: Completer, findings: list[Finding]) -> NumberedFile | None:
    """The file with what it lacks; None if it cannot be read, which is added to `findings`."""
    source = ys.SourceFile(file.name)
    text = read_text(file.path, source.report)
    root = ys.parse_text(text, source).root if text is not None else None
    if text is None or root is None:
        findings += source.findings
        return None
    looked = NumberedFile(file, completer, text, root)
    if looked.ids.outdated():
        completed = completer.complete(source, file.cls, file.graph)
        looked.keys = {key: slug for key, slug in completed.keys.items() if slug in looked.given}
        if looked.ids.told is None:
            findings += [found for found in completed.source.findings if found.rule == "last-number"]
            return None
    return looked


class NumberedFile:
    """One file and what it lacks: `keys` maps what its records were called before to the ids that they get."""

    def __init__(self, file: DataFile, completer: Completer, text: str, root: ys.Mapping) -> None:
        self.file, self.completer, self.text, self.root = file, completer, text, root
        self.keys: dict[str, str] = {}
        self.ids = ids = self._ids(root)
        self.lacking = [record for record in ids.records if ys.get(record.node, "id") is None]
        self.given = [ids.give(record.letter) for record in self.lacking]
        lines = [(ys.position(ids.node or root).line, ids.line())] if ids.outdated() else []
        for record, given in zip(self.lacking, self.given, strict=True):
            lines.append((ys.position(record.node).line, f"id: {given}"))
        self.additions = [Addition(file.name, *line) for line in lines]

    def new_text(self, findings: list[Finding]) -> str:
        """The text with what it lacks; that nothing else would change is looked at, and reported otherwise."""
        edits = [
            first_fields(self.text, record.node, f"id: {given}")
            for record, given in zip(self.lacking, self.given, strict=True)
        ]
        if self.ids.outdated():
            edits += last_number(self.text, self.root, self.ids)
        text = edited(self.text, edits)
        after = ys.parse_text(text, ys.SourceFile(self.file.name)).root
        if after is None or not same_without(self.ids, self._ids(after), (self.root, after)):
            lines = "; ".join(f"line {addition.line}: {addition.text}" for addition in self.additions)
            message = f"The ids cannot be put in here without changing more. Write them by hand: {lines}."
            findings.append(Finding(self.file.name, 1, 1, "error", "record-id", message))
        return text

    def _ids(self, root: ys.Mapping) -> RecordIds:
        return RecordIds(root, self.file.cls, self.file.graph, self.completer.vocabulary)


def _replaced(project: Project, keys: Mapping[str, str]) -> dict[str, str]:
    """Of old slugs and the ids that follow them, those that the project's last release has as records."""
    try:
        release = current(project.release) if keys else None
        store = None if release is None else release.open()
    except ReleaseError:
        store = None  # what cannot be opened names nothing that could be followed
    if store is None:
        return {}
    return {old: new for old, new in sorted(keys.items()) if is_a(store, NamedNode(ID + old), BIK + "Record")}


def _write(path: Path, text: str) -> None:
    is_marked = path.is_file() and path.read_bytes().startswith(_BYTE_ORDER_MARK)
    write_file(path, lambda out: out.write((_BYTE_ORDER_MARK if is_marked else b"") + text.encode()))
