"""The build of a release: read, check, infer and write, for all files of a project."""
