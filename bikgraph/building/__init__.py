"""The build of a release: read, check, infer and write, for all files of a project."""

from bikgraph.building.build import Progress, Summary, build_release, check_data

__all__ = ["Progress", "Summary", "build_release", "check_data"]
