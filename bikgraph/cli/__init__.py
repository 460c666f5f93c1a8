"""The command line, a thin face over the Python API; one family of commands a file."""
