"""The IRIs and prefixes that are fixed for good (see docs/w3id/ for where they resolve)."""

from __future__ import annotations

BASE = "https://w3id.org/bikgraph/"
BIK = BASE + "ontology#"
SHAPES = BASE + "shapes#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"
QUESTION = BASE + "question/"
INFERRED = "/inferred"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SH = "http://www.w3.org/ns/shacl#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"

RDF_TYPE = RDF + "type"
LABEL = RDFS + "label"
ALT_LABEL = SKOS + "altLabel"
NOTATION = SKOS + "notation"

# What queries, exports and tables abbreviate IRIs by; id is last, so that a longer match wins.
PREFIXES: dict[str, str] = {
    "bik": BIK,
    "biksh": SHAPES,
    "id": ID,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "sh": SH,
    "dct": DCT,
    "foaf": FOAF,
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "qb": "http://purl.org/linked-data/cube#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "cpov": "http://data.europa.eu/m8g/",
    "schema": "https://schema.org/",
    "vann": "http://purl.org/vocab/vann/",
    "wikidata": "http://www.wikidata.org/entity/",
}


def curie(iri: str) -> str:
    """Abbreviate `iri` by the longest of `PREFIXES`, or return it as it is.

    >>> curie("https://w3id.org/bikgraph/ontology#coordinates")
    'bik:coordinates'
    >>> curie("https://example.org/")
    'https://example.org/'
    """
    best = ""
    name = ""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(namespace) > len(best):
            best, name = namespace, prefix
    local = iri[len(best) :]
    return f"{name}:{local}" if best and local and "/" not in local and "#" not in local else iri


def expand(text: str) -> str | None:
    """Expand a CURIE with one of `PREFIXES`, `<iri>` or a full http(s) IRI; None for anything else.

    >>> expand("bik:coordinates")
    'https://w3id.org/bikgraph/ontology#coordinates'
    """
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    if text.startswith(("http://", "https://")):
        return text
    return None


def graph_name(iri: str) -> str:
    """The short name of a named graph: `be-2020` for `…/graph/be-2020`.

    >>> graph_name("https://w3id.org/bikgraph/graph/be-2020/inferred")
    'be-2020/inferred'
    """
    return iri.removeprefix(GRAPH)
