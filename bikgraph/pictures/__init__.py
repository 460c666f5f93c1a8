"""Pictures of the graph: a country's actors, a map of answers."""
