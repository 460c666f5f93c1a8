"""A row of a table as a named tuple of plain Python values, whose values are also found by their columns' names."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from functools import lru_cache
from typing import Any


def row_class(columns: Sequence[str]) -> type[Any]:
    """The class of rows with these columns; one whose name is no Python name is reached as `row["name"]`.

    >>> row = row_class(["actor", "from"])("be-star", 2018)
    >>> row.actor, row["from"], row[0]
    ('be-star', 2018, 'be-star')
    """
    return _row_class(tuple(columns))


# Python compiles each named tuple, which takes longer than a small question.
@lru_cache(maxsize=256)
def _row_class(columns: tuple[str, ...]) -> type[Any]:
    places = {column: at for at, column in enumerate(columns)}
    base: Any = namedtuple("Row", columns, rename=True)  # type: ignore[misc]  # noqa: PYI024

    class Row(base):
        __slots__ = ()

        def __getitem__(self, key: Any) -> Any:
            if not isinstance(key, str):
                return super().__getitem__(key)
            if key in places:
                return super().__getitem__(places[key])
            from bikgraph.nearest import did_you_mean

            raise KeyError(f"There is no column {key!r}.{did_you_mean(key, columns)} Columns: {', '.join(columns)}.")

    return Row
