"""The methodology: the words of docs/methodology.md, with numbers and tables of codes from the graph.

The words are a template: `{{ counts.sources }}` stands for a number, `{{ codes.roles }}` for a table, and
`{{ questions }}` for the questions of each edition with their answers. All numbers come from the release, so that the
words cannot fall behind the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bikgraph.errors import RequestError
from bikgraph.lookup import countries_of
from bikgraph.namespaces import ID
from bikgraph.project import package_root
from bikgraph.query_files import Row
from bikgraph.reports.facts import rows
from bikgraph.reports.fill import environment, fill
from bikgraph.reports.web_page import Format, web_page
from bikgraph.tables.markdown import Markdown, table

if TYPE_CHECKING:
    from pyoxigraph import Store


def words_file() -> Path:
    """The file of the words: docs/methodology.md of the checkout, or its copy in the wheel."""
    return package_root() / "docs" / "methodology.md"


def methodology(store: Store, path: Path | None = None, format: Format = "markdown") -> str:
    """The methodology of the release in `store` as Markdown or as a web page; its words are `path`'s, or the package's.

    Raises RequestError if the words cannot be read, or ask for a number or table that there is not.
    """
    import jinja2

    file = words_file() if path is None else path
    try:
        template = environment().from_string(file.read_text("utf-8"))
        markdown = fill(template, counts=_counts(store), codes=_code_tables(store), questions=_questions(store))
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"The words of the methodology cannot be read from {file}: {error}.") from error
    except jinja2.TemplateError as error:
        raise RequestError(f"The words of the methodology in {file} cannot be filled: {error}.") from error
    return web_page(markdown) if format == "html" else markdown


def _counts(store: Store) -> dict[str, int]:
    return {row["name"]: row["n"] for row in rows(store, "counts")} | {"countries": countries_of(store, None) or 0}


def _code_tables(store: Store) -> dict[str, Markdown]:
    """A table of codes for each list of codes, by its slug's words: `codes.actor_kinds` for `scheme-actor-kinds`."""
    lists: dict[str, list[Row]] = {}
    for row in rows(store, "codes"):
        name = row["scheme"].value.removeprefix(ID).removeprefix("scheme-").replace("-", "_")
        lists.setdefault(name, []).append(row)
    return {name: _code_table(codes) for name, codes in lists.items()}


def _code_table(codes: Sequence[Row]) -> Markdown:
    # Codes of a list whose things are not counted, such as the models that answers show, have no column of numbers.
    used = any(row["uses"] for row in codes)
    heads = ["Code", "Label", "Meaning", *(["Times used"] if used else [])]
    return table(
        heads,
        [[_code(row["name"]), row["label"], row["definition"], *([row["uses"]] if used else [])] for row in codes],
    )


def _questions(store: Store) -> Markdown:
    questions = rows(store, "questions")
    answers: dict[str, list[Row]] = {}
    for row in rows(store, "answers"):
        answers.setdefault(row["scheme"], []).append(row)
    times = {(row["question"], row["code"]): row["times"] for row in rows(store, "answers_given")}
    parts = []
    for year in dict.fromkeys(row["year"] for row in questions):
        asked = [row for row in questions if row["year"] == year]
        parts += [
            f"### Questions of {year}",
            _question_table(asked),
            f"### Answers of {year}",
            _answer_table(asked, answers, times),
        ]
    return Markdown("\n\n".join(parts))


def _question_table(asked: Sequence[Row]) -> Markdown:
    base = asked[0]["stated"] or "an unknown number"
    return table(
        ["Code", "Question", "Answers", "Countries with data"],
        [
            [
                _code(row["name"]),
                row["label"],
                _admits(row),
                f"{row['countries']} of {base}" if row["scheme"] else "in other records",
            ]
            for row in asked
        ],
    )


def _admits(row: Row) -> str:
    return "open, no codes" if row["scheme"] is None else "several of a list" if row["several"] else "one of a list"


def _answer_table(
    asked: Sequence[Row],
    answers: Mapping[str, Sequence[Row]],
    times: Mapping[tuple[str, str], int],
) -> Markdown:
    """The answers that the questions admit: a line a code of a list, for all questions that share the list."""
    body = []
    for scheme in dict.fromkeys(row["scheme"] for row in asked if row["scheme"]):
        sharing = [row for row in asked if row["scheme"] == scheme]
        names = _code(sharing[0]["name"]) if len(sharing) == 1 else f"{len(sharing)} questions"
        for code in answers.get(scheme, ()):
            count = sum(times.get((row["question"], code["code"]), 0) for row in sharing)
            body.append([names, _code(code["name"]), code["label"], code["definition"], count])
    return table(["Question", "Answer", "Label", "Meaning", "Times given"], body)


def _code(name: str) -> Markdown:
    return Markdown(f"`{name}`") if name and "`" not in name and "|" not in name else Markdown("")
