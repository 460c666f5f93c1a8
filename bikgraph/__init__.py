"""bikgraph: national policy for children's internet use as an open knowledge graph.

The stages, in the order in which data flow through them; a stage imports only earlier ones:

    project         where ontology/, data/ and queries/ are
    yaml_source     YAML with positions
    vocabulary      what ontology, schemes, shapes and context declare
    field_values    the values of fields, checked and resolved
    complete        records completed to JSON-LD
    read, links     1 files become triples
    validate        2 SHACL
    rules, infer    3 OWL 2 RL (owlrl_reasoner: the reference)
    assemble        1 to 3 for the files of one country
    release         4 the store and the dump, swapped in atomically (cache: results of earlier builds; build: the whole)
    graph           5 a release opened: the Python API
    questions, sparql, things, describe, connect, why, export, draw     6 what can be asked of it
    cli             the command line, over the Python API

Importing this package imports none of them until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "BIK",
    "BikgraphError",
    "DataError",
    "KnowledgeGraph",
    "ReleaseError",
    "RequestError",
    "TimeLimitExceeded",
    "open",
]

if TYPE_CHECKING:
    from rdflib import Namespace

    from bikgraph.errors import BikgraphError, DataError, ReleaseError, RequestError, TimeLimitExceeded
    from bikgraph.knowledge_graph import KnowledgeGraph, open

    BIK: Namespace

_HOMES = {name: "bikgraph.errors" for name in __all__ if name.endswith(("Error", "Exceeded"))} | {
    "KnowledgeGraph": "bikgraph.knowledge_graph",
    "open": "bikgraph.knowledge_graph",
}


def __getattr__(name: str) -> Any:
    if name == "BIK":
        from rdflib import Namespace

        from bikgraph.namespaces import BIK as IRI

        return Namespace(IRI)
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'bikgraph' has no attribute {name!r}")
