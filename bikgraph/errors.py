"""What can go wrong, as exceptions that carry the text for the user and the exit status.

    BikgraphError           (exit status 2)
    ├── RequestError        what was asked for cannot be done: an unknown name, a wrong parameter, a syntax error
    ├── DataError           the data are at fault: carries the findings (exit status 1)
    ├── ReleaseError        the release cannot be read or written (exit status 2)
    └── TimeLimitExceeded   a query ran longer than it may (exit status 3)

The command line turns them into text in one place (`bikgraph.cli.main`); nothing else prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bikgraph.findings import Finding

__all__ = ["BikgraphError", "DataError", "ReleaseError", "RequestError", "TimeLimitExceeded"]


class BikgraphError(Exception):
    """The root of the package's exceptions; its text is meant for the user."""

    exit_status = 2


class RequestError(BikgraphError):
    """A name, parameter or query of the request is wrong; the text says what is accepted."""


class ReleaseError(BikgraphError):
    """The release is missing, damaged, or cannot be written."""


class TimeLimitExceeded(BikgraphError):
    """A query ran longer than its time limit and was stopped."""

    exit_status = 3


class DataError(BikgraphError):
    """The project's data have errors; `findings` lists all of them."""

    exit_status = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(f"{len(self.findings)} findings in the data")


class NotUnderstood(RequestError):
    """A question in plain words that could mean several saved questions, or none; `nearest` holds commands with what they ask."""

    def __init__(self, words: str, nearest: list[tuple[str, str]]) -> None:
        """Say so, with the `nearest` questions."""
        self.nearest = nearest
        offered = "".join(f"\n  {command}\n      {question}" for command, question in nearest)
        super().__init__(f"It is not clear what {words!r} asks. The nearest questions:{offered}\nSee all with: bikgraph questions")
