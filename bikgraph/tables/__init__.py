"""Tables of RDF terms, and the formats in which they are written, one a file."""
