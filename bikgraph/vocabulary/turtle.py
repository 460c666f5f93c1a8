"""Turtle files of the ontology folder: their statements with lasting blank nodes, and the line of each statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse, serialize

from bikgraph.findings import Finding
from bikgraph.lookup import Node, Term
from bikgraph.namespaces import RDF_TYPE, curie
from bikgraph.places import START, Place, object_text
from bikgraph.project import Project

_PREFIX = re.compile(r"^\s*@?prefix\s+([^\s:]*):\s*<([^>]*)>", re.IGNORECASE)


def parse_turtle(project: Project, graph: str, path: Path, findings: list[Finding]) -> list[Quad]:
    """The statements of one Turtle file; what is wrong with it goes to `findings`, and nothing is then returned.

    Blank nodes get names that depend on the content alone (RDFC-1.0), on `graph` and on the file's name.
    """
    try:
        dataset = Dataset(parse(path.read_bytes(), RdfFormat.TURTLE))
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        message = f"This is not valid Turtle: {error.msg}. Mend this line, or the one before."
        findings.append(Finding(project.name_of(path), line, column, "error", "turtle-syntax", message))
        return []
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"This file cannot be read: {reason}. Restore it, or take it away."
        findings.append(Finding(project.name_of(path), 1, 1, "error", "turtle-file", message))
        return []
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = cast("bytes", serialize(dataset, format=RdfFormat.N_QUADS)).decode()
    named = lines.replace("_:c14n", f"_:{graph}-{path.stem}-c14n")
    return list(parse(named.encode(), RdfFormat.N_QUADS))


def turtle_places(text: str, statements: Iterable[Triple]) -> dict[Triple, Place]:
    """The line of each statement in the text of the file that states it; column 1.

    It is the line, within the block that begins with the subject, that names predicate and object; else the block's
    first line. A statement about a blank node stands in the block of the thing that it is part of.
    """
    told = list(statements)
    lines = text.splitlines()
    prefixes = {match[2]: match[1] for line in lines if (match := _PREFIX.match(line))}
    blocks = _blocks(lines)
    owners = {triple.object: triple.subject for triple in told if isinstance(triple.object, BlankNode)}
    places: dict[Triple, Place] = {}
    for triple in told:
        subject = cast("Node", triple.subject)
        while isinstance(subject, BlankNode) and subject in owners:
            subject = cast("Node", owners[subject])
        block = next((blocks[name] for name in _names(subject, prefixes) if name in blocks), None)
        if block is None:
            places[triple] = START
            continue
        first = block[0]
        predicate = ["a"] if triple.predicate.value == RDF_TYPE else _names(triple.predicate, prefixes)
        wanted = _names(cast("Term", triple.object), prefixes)
        places[triple] = Place(next((n for n in block if _says(lines[n - 1], predicate, wanted)), first), 1)
    return places


def _blocks(lines: list[str]) -> dict[str, list[int]]:
    """The numbers of the lines of each block, by the name that the block begins with; blocks begin at the margin."""
    blocks: dict[str, list[int]] = {}
    current: list[int] = []
    for number, line in enumerate(lines, 1):
        if line and not line[0].isspace() and not line.startswith(("#", "@", ".")):
            current = blocks.setdefault(line.split()[0], [])
        current.append(number)
    return blocks


def _names(term: Term, prefixes: Mapping[str, str]) -> list[str]:
    """How a file may write a term: by its prefixes, by ours, as a whole IRI, or as the text of a literal."""
    if isinstance(term, BlankNode):
        return [""]
    text = object_text(term).partition("@")[0] if not hasattr(term, "datatype") else term.value
    own = [f"{prefix}:{text[len(namespace) :]}" for namespace, prefix in prefixes.items() if text.startswith(namespace)]
    return [*own, curie(text), f"<{text}>", text]


def _says(line: str, predicate: list[str], wanted: list[str]) -> bool:
    words = line.split()
    return any(name in words for name in predicate) and any(name in line for name in wanted)
