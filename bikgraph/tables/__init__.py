"""Tables of RDF terms, and the formats in which they are written, one a file."""

from bikgraph.tables.about import About, CodeMeaning, ColumnMeaning
from bikgraph.tables.formats import DEFAULT_FORMAT, FORMATS, RESULT_FORMATS, table_format
from bikgraph.tables.layout import IDS, Layout, check_layout
from bikgraph.tables.result_format import ResultFormat, check_installed
from bikgraph.tables.sources import SOURCE_COLUMNS, Source
from bikgraph.tables.table import Table

__all__ = [
    "DEFAULT_FORMAT",
    "FORMATS",
    "IDS",
    "RESULT_FORMATS",
    "SOURCE_COLUMNS",
    "About",
    "CodeMeaning",
    "ColumnMeaning",
    "Layout",
    "ResultFormat",
    "Source",
    "Table",
    "check_installed",
    "check_layout",
    "table_format",
]
