"""A built release: how it is written, opened and described."""
