"""The saved questions as their files state them: standard SPARQL under a header of `#+` lines (queries/README.md).

A question whose file is faulty hides itself only: it cannot be asked, and the others can.
"""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.namespaces import expand
from bikgraph.nearest import nearest
from bikgraph.questions.parameters import TYPES
from bikgraph.questions.question_file import has_text, parse_header, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from bikgraph.project import Project

_MOST_TOLD = 5


class Parameter(NamedTuple):
    """A parameter of a question: what it takes, whether it must be given, and the variable that it fills."""

    name: str
    type: str
    required: bool
    variable: str
    several: bool


class Question(NamedTuple):
    """A saved question as its file states it.

    `country_column` is `own` where the country is among the columns, `added` where it is put before them unless exactly
    one country is named, and empty where rows belong to no country. `base` is the column whose countries the answer
    rests on, if it compares countries; `asks` is how people ask it. `facts` is what people call the records of class
    `about`, `fewer` why countries with such records may have no rows, and `instead` names the questions to offer then.
    `undated` names the question that has the rows without a year, which are left out where years count.
    """

    name: str
    summary: str
    question: str
    description: str
    about: str
    default_edition: str
    parameters: dict[str, Parameter]
    columns: list[str]
    country_column: str
    base: str
    facts: str
    fewer: str
    instead: list[str]
    undated: str
    asks: list[str]
    expect: list[dict[str, Any]]
    sparql: str

    def command(self, given: Mapping[str, str]) -> str:
        """The command that asks it with these parameters, as a shell takes it."""
        return shlex.join(["bikgraph", "ask", self.name, *(part for n, v in given.items() for part in (f"--{n}", v))])

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or of another name of its type (`countries` for `country`)."""
        if name in self.parameters:
            return self.parameters[name]
        for parameter in self.parameters.values():
            parameter_type = TYPES[parameter.type]
            if parameter.name == parameter_type.name and name in parameter_type.other_names:
                return parameter
        return None


class Loaded(NamedTuple):
    """The questions of a project that can be asked, by name, and the names of those that cannot."""

    questions: dict[str, Question]
    faulty: list[str]


def load_question(
    path: Path, parsed_headers: Mapping[str, Any] | None = None, declared: Collection[str] | None = None
) -> Question:
    """Read one `.rq` file. Raises RequestError that says what is wrong in it.

    `parsed_headers` has headers that a build has checked and parsed; one is used if the file is still the same, and the
    file is not checked again. `declared` are the IRIs that the ontology declares; without them terms are not looked at.
    """
    stored = (parsed_headers or {}).get(path.stem)
    if stored is not None and has_text(path, stored["text"]):
        return _question(path.stem, stored["text"], stored["header"])
    from bikgraph.questions.faults import faults_of

    findings = faults_of(path, path.name, declared)
    if findings:
        told = "".join(
            f"\n  {found.file}:{found.line}:{found.column}: {found.message}" for found in findings[:_MOST_TOLD]
        )
        more = f"\n  … ({len(findings)} in all)" if len(findings) > _MOST_TOLD else ""
        raise RequestError(f"The question {path.stem} cannot be asked. See also: bikgraph check{told}{more}")
    text = read_text(path)
    return _question(path.stem, text, parse_header(text))


def _question(name: str, text: str, header: Mapping[str, Any]) -> Question:
    parameters = {
        parameter: Parameter(
            parameter,
            spec["type"],
            spec.get("required", False),
            spec.get("variable", parameter),
            spec.get("several", False),
        )
        for parameter, spec in header.get("params", {}).items()
    }
    return Question(
        name,
        header["summary"],
        header["question"],
        header.get("description", "").strip(),
        expand(header["about"]) or header["about"],
        header["defaultEdition"],
        parameters,
        header["columns"],
        header.get("countryColumn", ""),
        header.get("base", ""),
        header.get("facts", ""),
        header.get("fewer", "").strip(),
        header.get("instead", []),
        header.get("undated", ""),
        header.get("asks", []),
        header.get("expect", []),
        text,
    )


def stored_question(name: str, parsed_headers: Mapping[str, Any]) -> Question:
    """The saved question of that name as a release keeps it (`parsed_headers`); its file is not read.

    Raises RequestError if the release has none, for its file was faulty or missing when it was built.
    """
    if name not in parsed_headers:
        raise RequestError(
            f"The release has no question {name}. Mend its file (bikgraph check), and run: bikgraph build"
        )
    return _question(name, parsed_headers[name]["text"], parsed_headers[name]["header"])


def load_all(project: Project, parsed_headers: Mapping[str, Any] | None = None) -> Loaded:
    """The saved questions of a project, the faulty ones left out."""
    loaded = Loaded({}, [])
    declared: Collection[str] | None = None
    for name, path in project.question_files().items():
        if declared is None and name not in (parsed_headers or {}):
            declared = _declared(project)
        try:
            loaded.questions[name] = load_question(path, parsed_headers, declared)
        except RequestError:
            loaded.faulty.append(name)
    return loaded


def _declared(project: Project) -> Collection[str] | None:
    from bikgraph.questions.faults import declared_terms

    return declared_terms(project)


def parsed_headers(project: Project, stored: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The headers of the sound questions, with the text that each was parsed from: YAML is slow to import.

    `stored` are those of an earlier build: a question whose file is unchanged is not looked at again.
    """
    questions = load_all(project, stored).questions
    return {
        name: {"text": question.sparql, "header": parse_header(question.sparql)} for name, question in questions.items()
    }


def find_question(project: Project, name: str, parsed_headers: Mapping[str, Any] | None = None) -> Question:
    """The saved question of that name, its header taken from `parsed_headers` if its file is unchanged.

    Raises RequestError that offers the nearest names, or says what is wrong in the question's file.
    """
    path = project.question_file(name)
    if path is not None:
        declared = None if parsed_headers is not None and name in parsed_headers else _declared(project)
        return load_question(path, parsed_headers, declared)
    files = project.question_files()
    near = nearest(name[:200], files, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Questions: {', '.join(files)}."
    shown = repr(name if len(name) <= 60 else f"{name[:59]}…")
    raise RequestError(f"There is no question {shown}. {hint} See all with: bikgraph questions")
