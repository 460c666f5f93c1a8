"""What the columns of answers mean, as queries/columns.yaml declares it: a sentence each, and whose codes one holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.findings import Finding
from bikgraph.namespaces import expand
from bikgraph.nearest import did_you_mean
from bikgraph.questions.question_file import FaultyFile, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from bikgraph.project import Project

FILE = "columns.yaml"
LABELS = "*Label"
_SUFFIX = LABELS.removeprefix("*")
_FIELDS = ("meaning", "codes")


class Meaning(NamedTuple):
    """What a column holds, in a sentence, and the IRI of the class whose codes those are; empty for no codes."""

    text: str
    codes: str = ""


Meanings = Mapping[str, Meaning]


def column_meanings(project: Project) -> Meanings:
    """What the package declares of columns, and the project's own file, which wins, by the names that the files use.

    Raises RequestError that says what is wrong in a file, and how to mend it.
    """
    meanings: dict[str, Meaning] = {}
    for path in _files(project):
        data, faults = _read(path, project.name_of(path))
        if faults:
            first = faults[0]
            raise RequestError(f"{first.file}:{first.line}: {first.message} See also: bikgraph check")
        meanings |= {name: _meaning(entry) for name, entry in data.items()}
    return meanings


def meaning_of(meanings: Meanings, question: str, column: str) -> Meaning:
    """What is declared of a question's column: of this question, else of every one; empty if nothing is.

    >>> said = {"actor": Meaning("A body."), "gaps.actor": Meaning("Who."), "*Label": Meaning("The name of {column}.")}
    >>> [meaning_of(said, *asked).text for asked in (("gaps", "actor"), ("x", "actor"), ("x", "actorLabel"))]
    ['Who.', 'A body.', 'The name of actor.']
    """
    for name in (f"{question}.{column}", column):
        if name in meanings:
            return meanings[name]
    if column.endswith(_SUFFIX) and LABELS in meanings:
        named = meanings[LABELS]
        return named._replace(text=named.text.replace("{column}", column.removesuffix(_SUFFIX)))
    return Meaning("")


def column_faults(project: Project) -> list[Finding]:
    """What is wrong in the files that say what columns mean; an empty list if nothing is."""
    return [fault for path in _files(project) for fault in _read(path, project.name_of(path))[1]]


def _files(project: Project) -> list[Path]:
    return [folder / FILE for folder in project.question_folders if (folder / FILE).exists()]


def _meaning(entry: Any) -> Meaning:
    if isinstance(entry, str):
        return Meaning(entry)
    return Meaning(entry["meaning"], expand(entry.get("codes", "")) or "")


def _read(path: Path, shown: str) -> tuple[dict[str, Any], list[Finding]]:
    # Only a workbook and the description of a question need it.
    import yaml

    try:
        text = read_text(path)
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except FaultyFile as error:
        place = error.fault.place
        return {}, [Finding(shown, place.line, place.column, "error", error.fault.rule, error.fault.message)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        message = (
            f"The file is no YAML: {getattr(error, 'problem', None) or error}. Quote a text with a colon or a brace."
        )
        return {}, [Finding(shown, line, column, "error", "columns-file", message)]
    if not isinstance(data, dict):
        message = "The file is a mapping: a line a column, such as actor: A body that a source names."
        return {}, [Finding(shown, 1, 1, "error", "columns-file", message)]
    lines = text.splitlines()
    faults = []
    for name, message in _faults(data):
        line = next((number for number, line in enumerate(lines, 1) if line.strip("\"' ").startswith(str(name))), 1)
        faults.append(Finding(shown, line, 1, "error", "columns-meaning", message, str(name)[:60]))
    return data, faults


def _faults(data: Mapping[Any, Any]) -> Iterator[tuple[Any, str]]:
    """What is wrong with the entries, each with its name."""
    for name, entry in data.items():
        if isinstance(name, str) and isinstance(entry, str) and entry.strip():
            continue
        if not isinstance(name, str) or not isinstance(entry, dict) or not isinstance(entry.get("meaning"), str):
            yield name, f'{name} has no text. Write: {name}: "what it holds", or {{meaning: …, codes: a class}}.'
            continue
        for field in entry:
            if field not in _FIELDS:
                yield name, f"{name} has no field {field}.{did_you_mean(str(field), _FIELDS)} Fields: meaning, codes."
        codes = entry.get("codes", "bik:Code")
        if not isinstance(codes, str) or expand(codes) is None:
            yield name, f"codes of {name} is the class of the codes, such as bik:Role; not {str(codes)[:60]}."
