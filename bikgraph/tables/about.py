"""What a table says of itself beside its rows: the question that it answers, and what its columns and codes mean."""

from __future__ import annotations

from typing import NamedTuple


class CodeMeaning(NamedTuple):
    """A code that occurs in a column, with its label and its definition; what is not known is empty."""

    code: str
    label: str = ""
    definition: str = ""


class ColumnMeaning(NamedTuple):
    """What a column holds, in a sentence, and for a column of codes those that occur in the rows."""

    column: str
    meaning: str = ""
    codes: tuple[CodeMeaning, ...] = ()


class About(NamedTuple):
    """The question that a table answers, in words, the parameters it was asked with, and its columns.

    `parameters` are names with values as people read them, such as `("country", "Belgium")`.
    """

    question: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    columns: tuple[ColumnMeaning, ...] = ()
