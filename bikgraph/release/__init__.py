"""A built release: how it is written, opened and described, and what it knows of itself."""

from bikgraph.release.graphs import GraphInfo
from bikgraph.release.opening import existing_release, heal_packed_release
from bikgraph.release.release import (
    CONTEXT,
    DUMP,
    FINDINGS,
    INDEX,
    MANIFEST,
    POSITIONS,
    QUESTIONS,
    STORE,
    Release,
    current,
)

__all__ = [
    "CONTEXT",
    "DUMP",
    "FINDINGS",
    "INDEX",
    "MANIFEST",
    "POSITIONS",
    "QUESTIONS",
    "STORE",
    "GraphInfo",
    "Release",
    "current",
    "existing_release",
    "heal_packed_release",
]
