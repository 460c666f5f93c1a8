"""First files for a new project, and the JSON Schemas that editors of data files use."""
