"""Stage 1: a data file becomes triples. Parse, check, complete (ours); expand (JSON-LD, pyoxigraph)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, Triple, parse

from bikgraph.places import START, object_text
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.file_name import check_file_name
from bikgraph.reading.records import Completer
from bikgraph.reading.told import Completed

if TYPE_CHECKING:
    from bikgraph.project import DataFile


def read_file(file: DataFile, completer: Completer) -> Completed:
    """Parse, check and complete one data file; its findings are in the result. Raises OSError if it cannot be read."""
    source = ys.parse(file.path, file.name)
    completed = completer.complete(source, file.cls, file.graph)
    check_file_name(file, completed, completer.vocabulary)
    return completed


def expand(completed: Completed, context: Mapping[str, Any]) -> list[Triple]:
    """The triples of a completed file. Leaves in are triples out: a loss is reported as a finding of the file."""
    text = json.dumps({"@context": context, **completed.document})
    triples = [quad.triple for quad in parse(text.encode(), RdfFormat.JSON_LD)]
    if len(triples) != len(completed.told):
        out = {(t.subject.value, t.predicate.value, object_text(t.object)) for t in triples}
        for subject, predicate, text in sorted(completed.told - out):
            place = completed.places[(subject, predicate, text)]
            completed.source.report(
                place, "lost-value", f"JSON-LD drops this value of {predicate}: write it in another form.", text
            )
        for subject, predicate, text in sorted(out - completed.told):
            place = completed.places.get((subject,), START)
            completed.source.report(
                place, "made-up-value", f"JSON-LD makes up a value of {predicate} here: write it in another form.", text
            )
    return triples
