"""A brief written in a format, a module each: `write` gives the whole file, the same bytes for the same brief."""
