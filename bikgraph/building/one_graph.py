"""One graph validated and closed, in a store that holds what it builds upon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Store, Triple

from bikgraph.building.triples import add_new, list_default, remove
from bikgraph.checking.shapes import Shapes
from bikgraph.checking.shapes import findings as shape_findings
from bikgraph.findings import Finding
from bikgraph.lookup import terms
from bikgraph.namespaces import curie
from bikgraph.places import START, Places, object_text, place_of
from bikgraph.reasoning import owlrl_reference
from bikgraph.reasoning.closure import Contradiction, Reasoner


def validate(store: Store, shapes: Shapes, told: Iterable[Triple], file: str, places: Places) -> list[Finding]:
    """The findings of the shapes in `told`, which the default graph of `store` holds."""
    return shape_findings(shapes.validate(store, told), file, places)


def close(
    store: Store, rules: Reasoner, told: Sequence[Triple], file: str, places: Places, *, by_owlrl: bool = False
) -> tuple[list[Triple], list[Finding]]:
    """Add to the default graph of `store` what follows from `told`, which it holds; returns it, and the contradictions.

    With `by_owlrl` the reference reasoner draws the conclusions, many times slower.
    """
    context = set(list_default(store)) - set(told) if by_owlrl else set()
    inferred, contradictions = rules.close(store, told)
    if by_owlrl:
        remove(store, inferred)
        inferred = add_new(store, owlrl_reference.close(context, told))
    return inferred, [contradiction(found, file, places) for found in contradictions]


def contradiction(found: Contradiction, file: str, places: Places) -> Finding:
    """A contradiction as a finding, at the first of its premises that stands in the file."""
    line, column = START
    for triple in found.premises:
        subject, predicate, obj = terms(triple)
        place = place_of(places, subject.value, predicate.value, object_text(obj))
        if place != START:
            line, column = place
            break
    premises = "; ".join(" ".join(curie(object_text(term)) for term in terms(triple)) for triple in found.premises)
    axiom = " ".join(curie(part) for part in found.rule.axiom)
    message = f"These cannot be true together: {premises}. The ontology says: {axiom}. Mend one of them."
    return Finding(file, line, column, "error", "contradiction", message)
