"""The graph, or a part of it, in RDF formats."""
