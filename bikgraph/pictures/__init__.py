"""Pictures of the graph: a country's actors, a map of answers."""

from bikgraph.pictures.canvas import check_ending

__all__ = ["check_ending"]
