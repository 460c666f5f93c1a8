"""The table that a question gives: its columns, its rows of RDF terms, and the same rows as values of Python."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bikgraph.endings import choose_format
from bikgraph.errors import RequestError
from bikgraph.lookup import Term
from bikgraph.tables.cells import plain, python_value
from bikgraph.tables.formats import DEFAULT_FORMAT, FORMATS, RESULT_FORMATS
from bikgraph.tables.layout import Layout, check_layout, laid_out
from bikgraph.tables.result_format import ResultFormat, check_installed
from bikgraph.tables.row import row_class
from bikgraph.tables.sources import Source, as_data, sources_of_rows, with_source_rows

if TYPE_CHECKING:
    import os

    import pandas as pd

    from bikgraph.tables.about import About

__all__ = ["Cell", "Source", "Table"]

Cell = Term | None


class Table(Sequence[Any]):
    """The rows of one answer. Iterating gives named tuples of plain Python values, also found as `row["column"]`.

    IRIs and texts are `str`, counts and years `int`, truth values `bool`; what a row lacks is None. `notes` say what
    the rows rest on: sentences that are shown below the table. `sources` has the sources of each row, if they are
    known; they are told where `shows_sources`, else people's formats mark the rows that rest on weak sources alone.
    `about` is the question that the table answers, and what its columns mean, if that is known.

    >>> from pyoxigraph import Literal
    >>> table = Table(["name", "year"], [[Literal("Star"), Literal(2018)]])
    >>> table[0].name, table[0]["year"], table.to_dicts()
    ('Star', 2018, [{'name': 'Star', 'year': 2018}])
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[Sequence[Any]], language: str = "en", name: str = "Row"
    ) -> None:
        """`terms` has a row of RDF terms (or None) for each row; `language` is the one that labels were asked in."""
        self.columns = list(columns)
        self.terms: list[tuple[Any, ...]] = [tuple(row) for row in terms]
        self.language = language
        self._row = row_class(self.columns)
        self.name = name
        self.notes: list[str] = []
        self.sources: list[list[Source]] | None = None
        self.shows_sources = False
        # Whether the rows stand once for each of their sources already, in columns.
        self.has_source_rows = False
        self._about: Callable[[], About | None] | About | None = None
        # Of a table with a row for each source, the one with each row once, which formats for people show.
        self._each_once: Table | None = None

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

    @property
    def about(self) -> About | None:
        """What the table is about; None if that is not known."""
        if callable(self._about):
            self._about = self._about()
        return self._about

    @about.setter
    def about(self, about: About | None) -> None:
        self._about = about

    def tell_about(self, tell: Callable[[], About | None]) -> None:
        """Let `tell` say what the table is about, when it is first asked for: few tables are written with it."""
        self._about = tell

    @property
    def knows_sources(self) -> bool:
        """Whether columns of the sources can be asked for."""
        return self.sources is not None or self.shows_sources

    def with_columns(self, columns: Sequence[str]) -> Table:
        """The table with these of its columns, in this order."""
        places = [self.columns.index(column) for column in columns]
        chosen = self.with_rows(columns, [[row[at] for at in places] for row in self.terms])
        # What a row rests on does not depend on which of its columns are shown.
        chosen.sources = None if self.sources is None else sources_of_rows(self)
        chosen.shows_sources, chosen.has_source_rows = self.shows_sources, self.has_source_rows
        return chosen

    def with_rows(self, columns: Sequence[str], terms: Sequence[Sequence[Any]]) -> Table:
        """A table of other rows that answers the same; their sources are not known."""
        table = Table(columns, terms, self.language, self.name)
        table.notes = list(self.notes)
        table.tell_about(lambda: self.about)
        return table

    def by_source(self) -> Table:
        """The table with a row for each row and source, and six columns that tell the source (`SOURCE_COLUMNS`).

        It is written as this one: formats for people have footnotes, and JSON has each row once, with a list.
        """
        table = with_source_rows(self)
        table.shows_sources = True
        table._each_once = self  # noqa: SLF001 - another table of this class
        return table

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column, values as in rows; where sources are shown, with a list `sources`.

        A row that has several sources is one dictionary, as in JSON.
        """
        if self._each_once is not None:
            return self._each_once.to_dicts()
        rows: list[dict[str, Any]] = [dict(zip(self.columns, row, strict=True)) for row in self]
        if self.shows_sources:
            for row, sources in zip(rows, sources_of_rows(self), strict=True):
                row["sources"] = [as_data(source, plain(source.node)) for source in sources]
        return rows

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame with the same columns; where sources are shown, a row for each of them.

        Raises ImportError if pandas is missing.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("pandas is not installed. Install it with: pip install 'bikgraph[pandas]'") from error
        table = with_source_rows(self) if self.shows_sources and not self.has_source_rows else self
        return pd.DataFrame([list(row) for row in table], columns=table.columns)

    def render(
        self,
        format: str = DEFAULT_FORMAT,
        width: int | None = None,
        *,
        form: str | None = None,
        layout: Layout | None = None,
    ) -> str:
        """The table as text in one of `FORMATS`, ending in a newline; `width` wraps the cells of `table` to a terminal.

        The notes stand below the rows in the formats for people, `table`, `markdown` and `html`; the formats for
        programs hold rows alone. `layout` chooses columns, heads and names. `form` is the old name of `format`. Raises
        RequestError for an unknown format, one that is not text (`to_bytes` has it), and an unknown column.
        """
        if form is not None:
            warnings.warn("The keyword `form` is called `format` now.", DeprecationWarning, stacklevel=2)
            format = form
        chosen = _format(format)
        if chosen.binary:
            raise RequestError(f"The format {format} is no text. In Python: table.save('rows{chosen.endings[0]}').")
        layout = layout or Layout()
        return self._written(chosen, layout if width is None else layout._replace(width=width)).decode()

    def to_bytes(self, format: str, layout: Layout | None = None) -> bytes:
        """The table as the bytes of a file in one of `FORMATS`.

        Raises RequestError for an unknown format or column, and where a library is missing: it says how to install it.
        """
        return self._written(_format(format), layout or Layout())

    def save(self, path: str | os.PathLike[str], format: str | None = None, layout: Layout | None = None) -> None:
        """Write the table to a file, in the format of its ending, whole or not at all; `.gz` behind it packs it.

        Raises RequestError for an ending of no format or of another, for what is no path, and if the disk refuses.
        """
        from bikgraph.output_file import file_path, write_file

        target = file_path(path, "For bytes to write elsewhere: table.to_bytes('csv').")
        endings = {name: known.endings for name, known in RESULT_FORMATS.items()}
        data = self.to_bytes(choose_format(endings, format, str(target)), layout)
        write_file(target, lambda out: out.write(data))

    def _written(self, format: ResultFormat, layout: Layout) -> bytes:
        check_layout(format, layout)
        check_installed(format)
        table = laid_out(self._each_once or self, format, layout)
        ids = format.ids if layout.ids in (None, "none") else layout.ids
        # Columns that somebody chose stay, however narrow the terminal.
        asked = layout.ids is not None or layout.columns is not None
        written = format.write(table, layout._replace(ids=ids, keeps_columns=asked))
        return written if isinstance(written, bytes) else written.encode()

    def _repr_html_(self) -> str:
        from bikgraph.tables.html import fragment

        return fragment(self._each_once or self, Layout(ids="short"))

    def _typed(self, row: Sequence[Cell]) -> Any:
        return self._row(*(python_value(term) for term in row))


def _format(name: str) -> ResultFormat:
    if name not in RESULT_FORMATS:
        raise RequestError(f"There is no format {name!r} for rows. Formats: {', '.join(FORMATS)}.")
    return RESULT_FORMATS[name]
