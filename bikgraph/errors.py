"""What can go wrong, as exceptions that carry the text for the user, an exit status and an HTTP status.

    BikgraphError            (2, 500)
    ├── RequestError         (2, 400)  what was asked for cannot be done: an unknown name, a wrong parameter, a syntax
    error │   └── NotUnderstood    (2, 400)  a question in plain words that could mean several saved questions, or none
    ├── DataError            (1, 500)  the data are at fault: carries the findings
    ├── OntologyError        (1, 500)  the ontology is at fault
    │   ├── UnknownAxiom     (1, 500)  it has an axiom that inference does not keep
    │   └── Inconsistent     (1, 500)  the reference reasoner finds a contradiction in it, or in the data
    ├── ReleaseError         (2, 503)  the release is missing, damaged, or cannot be written
    └── TimeLimitExceeded    (3, 503)  a query ran longer than it may

In brackets: the exit status of a command, and the HTTP status of a server's answer. The command line turns them into
text in one place (`bikgraph.cli.main`); nothing else prints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bikgraph.plain_text import visible

if TYPE_CHECKING:
    from bikgraph.findings import Finding

__all__ = [
    "BikgraphError",
    "DataError",
    "Inconsistent",
    "NotUnderstood",
    "OntologyError",
    "ReleaseError",
    "RequestError",
    "TimeLimitExceeded",
    "UnknownAxiom",
]


class BikgraphError(Exception):
    """The root of the package's exceptions; its text is meant for the user."""

    exit_status = 2
    http_status = 500

    def __str__(self) -> str:
        # A text may quote a request or a file: it must not drive the terminal that it is shown on.
        return visible(super().__str__())


class RequestError(BikgraphError):
    """A name, parameter or query of the request is wrong; the text says what is accepted."""

    http_status = 400


class NotUnderstood(RequestError):
    """A question in plain words that could mean several, or none; `nearest` holds commands with what they ask."""

    def __init__(self, words: str, nearest: list[tuple[str, str]]) -> None:
        """Say so, with the `nearest` questions."""
        self.nearest = nearest
        offered = "".join(f"\n  {command}\n      {question}" for command, question in nearest)
        super().__init__(
            f"It is not clear what {words!r} asks. The nearest questions:{offered}\nSee all with: bikgraph questions"
        )


class DataError(BikgraphError):
    """The project's data have errors; `findings` lists all of them."""

    exit_status = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Carry the `findings`."""
        self.findings = list(findings)
        super().__init__(f"{len(self.findings)} findings in the data")


class OntologyError(BikgraphError):
    """The ontology is at fault; the text says what it states, and what to do."""

    exit_status = 1


class UnknownAxiom(OntologyError):
    """The ontology has an axiom that cannot be compiled."""


class Inconsistent(OntologyError):
    """owlrl finds the ontology or the data inconsistent; the text is its own."""


class ReleaseError(BikgraphError):
    """The release is missing, damaged, or cannot be written."""

    http_status = 503


class TimeLimitExceeded(BikgraphError):
    """A query ran longer than its time limit and was stopped."""

    exit_status = 3
    http_status = 503
