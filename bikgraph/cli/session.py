"""What one run of the command line has opened: the project, its release, the graph."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import click

from bikgraph.project import Project, find
from bikgraph.release import Release, existing_release

if TYPE_CHECKING:
    from bikgraph import KnowledgeGraph


class Session:
    """What one run of the command line has opened so far; each thing is opened once, when it is asked for."""

    def __init__(self, folder: str | None) -> None:
        """Look for the project in `folder`, or around the working directory if None."""
        self._folder = folder

    @cached_property
    def project(self) -> Project:
        """The project that the command line names, or the one found. Raises RequestError if there is none."""
        return find(self._folder)

    @cached_property
    def release(self) -> Release | None:
        """The project's release, if there is one. Raises ReleaseError if it is damaged."""
        return existing_release(self.project)

    def open(self) -> KnowledgeGraph:
        """The project's release opened; where there is none, it is built first, and said so."""
        from bikgraph import KnowledgeGraph, build

        if self.release is not None:
            return KnowledgeGraph(self.project, self.release)
        root = self.project.root
        click.echo(f"bikgraph: {root} has no release yet; building it first (bikgraph build).", err=True)
        return build(self.project)


def session(ctx: click.Context) -> Session:
    """The session of this run."""
    found = ctx.find_root().obj
    if not isinstance(found, Session):
        # A command that is run on its own, or while the shell completes a line: no group has made a session.
        found = ctx.find_root().obj = Session(found or ctx.find_root().params.get("project"))
    return found
