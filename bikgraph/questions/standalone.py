"""A saved question as one SPARQL query with its labels, for other people's editors and servers."""

from __future__ import annotations

import re

from bikgraph.errors import RequestError
from bikgraph.namespaces import LABEL
from bikgraph.questions.parameters import quoted
from bikgraph.questions.question import Question
from bikgraph.questions.rows import label_variable

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_PREFIX = re.compile(r"^\s*PREFIX\s+\S+\s*<[^>]*>\s*$", re.IGNORECASE)


def standalone_query(question: Question, language: str = "en") -> str:
    """The question's query with a label column for each entity: in `language`, else in English.

    Raises RequestError for a language that is no tag such as `fr` or `de-at`.
    """
    if not _TAG.fullmatch(language):
        raise RequestError(f"{quoted(language)} is no language tag. Expected one such as fr or de-at.")
    lines = [line for line in question.sparql.splitlines() if not line.startswith("#+")]
    prologue = [line.strip() for line in lines if _PREFIX.match(line)]
    body = "\n".join(f"    {line}" for line in lines if not _PREFIX.match(line)).strip("\n").rstrip()
    labels = [column for column in question.columns if column.endswith("Label")]
    languages = [language, *(["en"] if language != "en" else [])]
    optionals = []
    projected = set(
        re.findall(r"\?(\w+)", next((line for line in lines if line.lstrip().upper().startswith("SELECT")), ""))
    )
    for column in labels:
        node = label_variable(column, projected)
        for tag in languages:
            optionals.append(
                f"  OPTIONAL {{ ?{node} <{LABEL}> ?{column}_{tag.replace('-', '_')} . "
                f'FILTER(LANG(?{column}_{tag.replace("-", "_")}) = "{tag.lower()}") }}'
            )
        options = ", ".join(f"?{column}_{tag.replace('-', '_')}" for tag in languages)
        optionals.append(f"  BIND(COALESCE({options}) AS ?{column})")
    columns = " ".join(f"?{column}" for column in question.columns)
    comment = f"# {question.question}"
    return (
        "\n".join([comment, *prologue, f"SELECT DISTINCT {columns} WHERE {{", "  {", body, "  }", *optionals, "}"])
        + "\n"
    )
