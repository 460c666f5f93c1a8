"""Data files become triples: parsed with positions, checked, completed, expanded."""

from bikgraph.reading.data_file import check_references, expand, read_file
from bikgraph.reading.records import Completed, Completer
from bikgraph.reading.sssom import graph_of, read_links

__all__ = ["Completed", "Completer", "check_references", "expand", "graph_of", "read_file", "read_links"]
