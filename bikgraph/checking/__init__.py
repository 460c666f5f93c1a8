"""What is wrong in the data that no file's own reader sees: shapes, and likely doubles."""

from bikgraph.checking.doubles import doubles
from bikgraph.checking.shapes import Shapes, findings

__all__ = ["Shapes", "doubles", "findings"]
