"""Help for writing data: JSON Schemas for editors, and new projects."""

from bikgraph.draft.json_schema import FILE_KINDS, json_schema, to_json, write_schemas
from bikgraph.draft.new_project import new_project
from bikgraph.draft.project_vocabulary import project_vocabulary
from bikgraph.draft.record_ids import give_ids

__all__ = ["FILE_KINDS", "give_ids", "json_schema", "new_project", "project_vocabulary", "to_json", "write_schemas"]
