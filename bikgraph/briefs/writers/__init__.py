"""A brief written in a format, a module each: `write` gives the bytes of the whole file, the same for the same brief."""
