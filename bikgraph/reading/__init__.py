"""Data files become triples: parsed with positions, checked, completed, expanded."""

from bikgraph.reading.answers import ANSWER_FIELDS
from bikgraph.reading.circles import CircleRules, circle_in_words, circles, edges_of
from bikgraph.reading.data_file import expand, read_file
from bikgraph.reading.field_values import SLUG, FieldValues
from bikgraph.reading.language_tags import LANGUAGE
from bikgraph.reading.records import Completer
from bikgraph.reading.references import check_references
from bikgraph.reading.sssom import graph_of, read_links
from bikgraph.reading.told import Completed, Reference

__all__ = [
    "ANSWER_FIELDS",
    "LANGUAGE",
    "SLUG",
    "CircleRules",
    "Completed",
    "Completer",
    "FieldValues",
    "Reference",
    "check_references",
    "circle_in_words",
    "circles",
    "edges_of",
    "expand",
    "graph_of",
    "read_file",
    "read_links",
]
