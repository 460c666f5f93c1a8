"""The index of names and texts that a release carries, and the search in it."""

from bikgraph.search.filters import Filters, accepted, filters_of
from bikgraph.search.index import Index, can_index, code_digest, update_index, write_index
from bikgraph.search.names import Hit, search_names, things_beginning, things_called
from bikgraph.search.texts import LEAST_OF_MOST, search_texts
from bikgraph.search.typed import Typed, read, understand
from bikgraph.search.words import words_of

__all__ = [
    "LEAST_OF_MOST",
    "Filters",
    "Hit",
    "Index",
    "Typed",
    "accepted",
    "can_index",
    "code_digest",
    "filters_of",
    "read",
    "search_names",
    "search_texts",
    "things_beginning",
    "things_called",
    "understand",
    "update_index",
    "words_of",
    "write_index",
]
