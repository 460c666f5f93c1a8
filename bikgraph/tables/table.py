"""The table that a question gives: its columns and rows of RDF terms, and the forms in which they are written."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import BlankNode, NamedNode
from pyoxigraph import Literal as RdfLiteral

from bikgraph.lookup import show
from bikgraph.namespaces import XSD

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["table", "csv", "tsv", "json", "markdown"]
FORMATS: tuple[Format, ...] = ("table", "csv", "tsv", "json", "markdown")
Term = Any  # a pyoxigraph NamedNode, BlankNode or Literal, or None
_NUMBERS = {XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "gYear")}


class Table(Sequence[Any]):
    """The rows of one answer. Iterating gives named tuples of plain Python values.

    IRIs and texts are `str`, counts and years `int`, truth values `bool`; what a row lacks is None. `notes` say what the
    rows rest on: sentences that are shown below the table.
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[Sequence[Term]], language: str = "en", name: str = "Row"
    ) -> None:
        """`terms` has a row of RDF terms (or None) for each row; `language` is the one that labels were asked in."""
        self.columns = list(columns)
        self.terms = [tuple(row) for row in terms]
        self.language = language
        self._row = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]  # noqa: PYI024
        self.name = name
        self.notes: list[str] = []

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
        """The rows as a pandas data frame with the same columns. Raises ImportError with the remedy if pandas is missing."""
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("pandas is not installed. Install it with: pip install 'bikgraph[pandas]'") from error
        return pd.DataFrame([list(row) for row in self], columns=self.columns)

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(self._shown(term))}</td>" for term in row) + "</tr>" for row in self.terms
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def render(self, form: Format, width: int | None = None) -> str:
        """The table in one of `FORMATS`, ending in a newline; `width` cuts the lines of `table` to a terminal.

        The notes stand below the rows in the forms for people, `table` and `markdown`; the forms for programs hold rows alone.
        """
        return {
            "table": self._text,
            "csv": self._csv,
            "tsv": self._tsv,
            "json": self._json,
            "markdown": self._markdown,
        }[form](width)

    def _typed(self, row: Sequence[Term]) -> Any:
        return self._row(*(python_value(term) for term in row))

    def _shown(self, term: Term) -> str:
        if term is None:
            return ""
        if isinstance(term, RdfLiteral):
            other = term.language and term.language != self.language.lower()
            return f"{term.value} ({term.language})" if other and self.language != "en" else term.value
        return show(term.value)

    def _text(self, width: int | None) -> str:
        rows = [self.columns, *([" ".join(self._shown(term).split()) for term in row] for row in self.terms)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.columns))]
        if width is not None:
            widths = _fit(widths, width)
        lines = [
            "  ".join(_cut(cell, wide).ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        lines.insert(1, "  ".join("─" * wide for wide in widths))
        return "\n".join(lines) + "\n" + self._noted()

    def _noted(self) -> str:
        return "".join(f"\n{note}\n" for note in self.notes)

    def _csv(self, _: int | None) -> str:
        import csv
        import io

        # https://www.w3.org/TR/sparql11-results-csv-tsv/: values without markup, lines end in CR LF.
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_plain(term) for term in row] for row in self.terms)
        return out.getvalue()

    def _tsv(self, _: int | None) -> str:
        lines = ["\t".join(f"?{column}" for column in self.columns)]
        lines += [
            "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in self.terms
        ]
        return "\n".join(lines) + "\n"

    def _json(self, _: int | None) -> str:
        bindings = [
            {column: _json_term(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return (
            json.dumps(
                {"head": {"vars": self.columns}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
            )
            + "\n"
        )

    def _markdown(self, _: int | None) -> str:
        rows = [[" ".join(self._shown(term).split()).replace("|", "\\|") for term in row] for row in self.terms]
        lines = [f"| {' | '.join(self.columns)} |", f"|{' --- |' * len(self.columns)}"]
        return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n" + self._noted()


def python_value(term: Term) -> Any:
    """A term as a plain Python value: `int`, `bool`, `float` or `str`."""
    if isinstance(term, RdfLiteral):
        datatype = term.datatype.value
        if datatype in _NUMBERS:
            return int(term.value)
        if datatype == XSD + "boolean":
            return term.value in ("true", "1")
        if datatype in (XSD + "decimal", XSD + "double", XSD + "float"):
            return float(term.value)
        return term.value
    return None if term is None else term.value


def _plain(term: Term) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return "" if term is None else term.value


def _json_term(term: Any) -> dict[str, str]:
    # https://www.w3.org/TR/sparql11-results-json/#select-encode-terms
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == XSD + "string":
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else cell[: max(width - 1, 0)] + "…"


def _fit(widths: list[int], width: int) -> list[int]:
    """Widths that fit a terminal, the widest columns cut first; none below 8 characters."""
    fitted = list(widths)
    while sum(fitted) + 2 * (len(fitted) - 1) > width and max(fitted) > 8:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted
