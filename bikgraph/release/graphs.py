"""What each named graph of a release is: the manifest says it, so that nobody has to guess it from a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Kind = Literal[
    "ontology", "schemes", "register", "actors", "profile", "pages", "sources", "links", "replaced", "questions"
]


class GraphInfo(NamedTuple):
    """One named graph with its companion of inferences.

    `name` is the short name, such as `be-2020`. Kind "register" is what all countries share: countries, international
    bodies, documents; "replaced" are old slugs and what took their place. `country` is a code in small letters,
    `edition` a year; both are empty where there is none.
    `file` is the file that tells it, relative to the project; empty where it is told by several.
    """

    name: str
    kind: Kind
    country: str = ""
    edition: str = ""
    file: str = ""


def graphs_of(manifest: Mapping[str, Any]) -> dict[str, GraphInfo]:
    """The graphs of a release's manifest by short name, companions apart."""
    return {name: GraphInfo(name, **entry["is"]) for name, entry in manifest["graphs"].items() if "is" in entry}
