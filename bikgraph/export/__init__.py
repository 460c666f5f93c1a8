"""The graph, or a part of it, in RDF formats."""

from bikgraph.export.selection import Selection
from bikgraph.export.target import write_to
from bikgraph.export.writer import FORMATS, ExportFormat, export, export_format, triples_as_text

__all__ = ["FORMATS", "ExportFormat", "Selection", "export", "export_format", "triples_as_text", "write_to"]
