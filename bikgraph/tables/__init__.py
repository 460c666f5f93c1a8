"""Tables of RDF terms, and the formats in which they are written, one a file."""

from bikgraph.tables.formats import DEFAULT_FORMAT, FORMATS, RESULT_FORMATS, table_format
from bikgraph.tables.result_format import ResultFormat
from bikgraph.tables.table import Table

__all__ = ["DEFAULT_FORMAT", "FORMATS", "RESULT_FORMATS", "ResultFormat", "Table", "table_format"]
