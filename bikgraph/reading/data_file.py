"""Stage 1: a data file becomes triples. Parse, check, complete (ours); expand (JSON-LD, pyoxigraph)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, Triple, parse

from bikgraph.nearest import did_you_mean
from bikgraph.places import START, object_text
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.field_values import MAY_BE_FOREIGN
from bikgraph.reading.records import Completed, Completer

if TYPE_CHECKING:
    from bikgraph.project import DataFile


_FOREIGN = re.compile(r"[a-z]{2}-")


def read_file(file: DataFile, completer: Completer) -> Completed:
    """Parse, check and complete one data file; its findings are in the result. Raises OSError if it cannot be read."""
    source = ys.parse(file.path, file.name)
    completed = completer.complete(source, file.cls)
    given = ys.get(source.root, "id") if source.root is not None else None
    if source.root is not None and given is None:
        source.report(
            source.root,
            "missing-id",
            f"The file has no id. Write id: {file.expected_id} as its first field, or rename the file.",
        )
    elif given is not None and given.value != file.expected_id:
        source.report(
            given,
            "file-name",
            f"A file of this name holds the record {file.expected_id}. Mend the id, or rename the file.",
            ys.shown(given),
        )
    return completed


def check_references(completed: Completed, known: Mapping[str, Iterable[str]], group: str = "") -> list[str]:
    """Report each slug that neither the file nor `known` (slug to classes) describes, with the nearest one.

    Returns the slugs that may stand in another country's register than that of `group`.
    """
    abroad = []
    for reference in completed.references:
        if reference.slug not in known and reference.slug not in completed.declared:
            if reference.may_be_foreign:
                abroad.append(reference.slug)
                continue
            if (
                reference.key in MAY_BE_FOREIGN
                and group
                and _FOREIGN.match(reference.slug)
                and not reference.slug.startswith(f"{group}-")
            ):
                message = f"{reference.slug} is none of this country's bodies. If it stands in another country's register, say why it takes part: crossBorder: {{en: …}}."
                completed.source.report(reference.place, "foreign-actor", message, reference.slug)
                continue
            described = {**known, **completed.declared}
            fitting = [
                slug
                for slug, classes in described.items()
                if not reference.classes or reference.classes.intersection(classes)
            ]
            hint = did_you_mean(reference.slug, sorted(fitting))
            message = f"Nothing has the slug {reference.slug}.{hint or ' Add it to data/actors, or mend the name.'}"
            completed.source.report(reference.place, "unknown-slug", message, reference.slug)
    return sorted(set(abroad))


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
