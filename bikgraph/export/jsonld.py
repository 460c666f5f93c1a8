"""JSON-LD under the project's own words: record sets and registers with their records inside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import RdfFormat, Triple, serialize

from bikgraph.errors import RequestError
from bikgraph.namespaces import ID


def framed(triples: Iterable[Triple], context: Mapping[str, Any]) -> bytes:
    """Compact JSON-LD: record sets and registers with their records inside, everything else beside them, nothing lost.

    PyLD compacts; its framing is not used, for it follows every inverse property into the embedded records: a country
    took minutes (docs/decisions/0008).
    """
    from pyld import jsonld

    def no_network(url: str, _: Any) -> Any:
        raise RequestError(f"The JSON-LD context names {url}, which is not loaded: contexts are embedded.")

    # Oxigraph expands: PyLD's own reader compares each statement with all others, 4 minutes for 30 countries.
    expanded = json.loads(serialize(triples, format=RdfFormat.JSON_LD) or b"[]")
    compacted = jsonld.compact(
        expanded, context, {"base": ID, "graph": True, "documentLoader": no_network, "processingMode": "json-ld-1.1"}
    )
    nodes = {node["id"]: node for node in compacted["@graph"]}
    inside: set[str] = set()
    for node in compacted["@graph"]:
        for key in (key for key in _holding(context) if key in node):
            node[key] = [
                _embedded(value, nodes, inside) for value in (node[key] if isinstance(node[key], list) else [node[key]])
            ]
    graph = [node for name, node in nodes.items() if name not in inside]
    return (json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _holding(context: Mapping[str, Any]) -> Iterator[str]:
    """The context's terms whose values stand inside the record set or register that holds them."""
    for key, term in context.items():
        if isinstance(term, dict) and term["@id"].startswith(("bik:has", "bik:registers")):
            yield key


def _embedded(value: Any, nodes: Mapping[str, Any], inside: set[str]) -> Any:
    if value in nodes and value not in inside:
        inside.add(value)
        return nodes[value]
    return value
