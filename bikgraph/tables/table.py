"""The table that a question gives: its columns, its rows of RDF terms, and the same rows as values of Python."""

from __future__ import annotations

import warnings
from collections import namedtuple
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.lookup import Node, Term
from bikgraph.plain_text import visible
from bikgraph.tables.cells import python_value, shown
from bikgraph.tables.formats import DEFAULT_FORMAT, FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    import pandas as pd

Cell = Term | None


class Source(NamedTuple):
    """A source of a row, as footnotes and the columns of `--sources` tell it; what is not known is empty.

    `node` is the section or page; `retrieved` the day on which the page was fetched, as YYYY-MM-DD; `flags` are among
    `copy` (not the page itself, but a copy of it), `unverified` (the page was not seen), `excerpt` (only a part of it
    was seen) and `only-source` (the row has no other source).
    """

    node: Node
    title: str = ""
    address: str = ""
    section: str = ""
    retrieved: str = ""
    flags: tuple[str, ...] = ()


class Table(Sequence[Any]):
    """The rows of one answer. Iterating gives named tuples of plain Python values.

    IRIs and texts are `str`, counts and years `int`, truth values `bool`; what a row lacks is None. `notes` say what
    the rows rest on: sentences that are shown below the table. `sources` has the sources of each row, if they are
    known; they are told where `shows_sources`, else people's formats mark the rows that rest on weak sources alone.
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[Sequence[Any]], language: str = "en", name: str = "Row"
    ) -> None:
        """`terms` has a row of RDF terms (or None) for each row; `language` is the one that labels were asked in."""
        self.columns = list(columns)
        self.terms: list[tuple[Any, ...]] = [tuple(row) for row in terms]
        self.language = language
        self._row = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]  # noqa: PYI024
        self.name = name
        self.notes: list[str] = []
        self.sources: list[list[Source]] | None = None
        self.shows_sources = False

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._typed(row) for row in self.terms[index]]
        return self._typed(self.terms[index])

    def __iter__(self) -> Iterator[Any]:
        return (self._typed(row) for row in self.terms)

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self)} rows of {', '.join(self.columns)}>"

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame with the same columns. Raises ImportError if pandas is missing."""
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("pandas is not installed. Install it with: pip install 'bikgraph[pandas]'") from error
        return pd.DataFrame([list(row) for row in self], columns=self.columns)

    def render(self, format: str = DEFAULT_FORMAT, width: int | None = None, *, form: str | None = None) -> str:
        """The table in one of `FORMATS`, ending in a newline; `width` cuts the lines of `table` to a terminal.

        The notes stand below the rows in the formats for people, `table` and `markdown`; the formats for programs
        hold rows alone. `form` is the old name of `format`. Raises RequestError for an unknown format.
        """
        if form is not None:
            warnings.warn("The keyword `form` is called `format` now.", DeprecationWarning, stacklevel=2)
            format = form
        if format not in RESULT_FORMATS:
            raise RequestError(f"There is no format {format!r} for rows. Formats: {', '.join(FORMATS)}.")
        return RESULT_FORMATS[format].write(self, width)

    def _repr_html_(self) -> str:
        from html import escape

        def row(cells: Sequence[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        body = "".join(row([shown(term, self.language) for term in terms], "td") for terms in self.terms)
        notes = "".join(f"<p>{escape(visible(note))}</p>" for note in self.notes)
        return f"<table><thead>{row(self.columns, 'th')}</thead><tbody>{body}</tbody></table>{notes}"

    def _typed(self, row: Sequence[Cell]) -> Any:
        return self._row(*(python_value(term) for term in row))
