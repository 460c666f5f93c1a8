"""What a table says of itself beside its rows: the question that it answers, and what its columns and codes mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
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


class About:
    """The question that a table answers, in words, the parameters it was asked with, and its columns.

    `parameters` are names with values as people read them, such as `("country", "Belgium")`. `columns` may be given as
    what makes them: a workbook alone asks for them, and the codes of all rows are looked up for it.
    """

    def __init__(
        self,
        question: str = "",
        parameters: tuple[tuple[str, str], ...] = (),
        columns: tuple[ColumnMeaning, ...] | Callable[[], tuple[ColumnMeaning, ...]] = (),
    ) -> None:
        """Keep what is given."""
        self.question, self.parameters, self._columns = question, parameters, columns

    @cached_property
    def columns(self) -> tuple[ColumnMeaning, ...]:
        """What each column holds, and the codes that occur in it."""
        return self._columns() if callable(self._columns) else self._columns

    def __repr__(self) -> str:
        return f"<About {self.question!r}>"
