"""The saved questions as their files state them: a `.rq` file is standard SPARQL under a header of `#+` lines (queries/README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.namespaces import expand
from bikgraph.nearest import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from bikgraph.project import Project


class Parameter(NamedTuple):
    """A parameter of a question: what it takes, whether it must be given, and the variable that it fills."""

    name: str
    type: str
    required: bool
    variable: str
    several: bool


class Question(NamedTuple):
    """A saved question as its file states it; `base` is the column whose countries the answer rests on, if it compares countries; `asks` how people ask it."""

    name: str
    summary: str
    question: str
    description: str
    about: str
    default_edition: str
    parameters: dict[str, Parameter]
    columns: list[str]
    base: str
    asks: list[str]
    expect: list[dict[str, Any]]
    sparql: str


def load_question(path: Path, parsed: Mapping[str, Any] | None = None) -> Question:
    """Read one `.rq` file. Raises RequestError if its header is no YAML or lacks a field.

    `parsed` has headers that a build has parsed (`parsed_headers`); one is used if the file is still the same.
    """
    text = path.read_text("utf-8")
    known = (parsed or {}).get(path.stem)
    try:
        data = known["header"] if known is not None and known["text"] == text else _header(text)
        parameters = {
            name: Parameter(
                name, spec["type"], bool(spec.get("required")), spec.get("variable", name), bool(spec.get("several"))
            )
            for name, spec in (data.get("params") or {}).items()
        }
        return Question(
            path.stem,
            data["summary"],
            data["question"],
            (data.get("description") or "").strip(),
            expand(data["about"]) or data["about"],
            data["defaultEdition"],
            parameters,
            data["columns"],
            data.get("base") or "",
            data.get("asks") or [],
            data.get("expect") or [],
            text,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RequestError(
            f"The header of {path.name} cannot be read ({error}). queries/README.md lists its fields."
        ) from error


def parsed_headers(files: Mapping[str, Path]) -> dict[str, Any]:
    """The headers of `.rq` files with the text that each was parsed from: a release keeps them, for YAML is slow to import."""
    texts = {name: path.read_text("utf-8") for name, path in files.items()}
    return {name: {"text": text, "header": _header(text)} for name, text in texts.items()}


def _header(text: str) -> Any:
    import yaml

    header = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    try:
        return yaml.load(header, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def find_question(project: Project, name: str, parsed_headers: Mapping[str, Any] | None = None) -> Question:
    """The saved question of that name, its header taken from `parsed_headers` if its file is unchanged.

    Raises RequestError that offers the nearest names.
    """
    files = project.question_files()
    if name in files:
        return load_question(files[name], parsed_headers)
    near = nearest(name, files, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Questions: {', '.join(files)}."
    raise RequestError(f"There is no question {name!r}. {hint} See all with: bikgraph questions")
