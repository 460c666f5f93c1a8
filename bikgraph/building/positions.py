"""The position of each told triple: in data files from their reader, in Turtle files from their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pyoxigraph import Quad, Triple

from bikgraph.building.triples import parse_lines
from bikgraph.lookup import terms
from bikgraph.places import START, Places, object_text, place_of
from bikgraph.project import Project
from bikgraph.release.dump import packed
from bikgraph.release.positions import Position, encode
from bikgraph.vocabulary.turtle import turtle_places


def positions_in_file(lines: bytes, file: str, places: Places) -> bytes:
    """The positions of told N-Triples of one file, as a gzip member; `places` are its reader's."""

    def place(triple: Triple) -> Position:
        subject, predicate, obj = terms(triple)
        return Position(file, *place_of(places, subject.value, predicate.value, object_text(obj)))

    return packed(encode(map(place, parse_lines(lines))))


def positions_in_turtle(project: Project, lines: bytes, files: Mapping[Path, Sequence[Quad]]) -> bytes:
    """The positions of the told N-Triples of Turtle files, as a gzip member; of several files, those in the first."""
    positions: dict[Triple, Position] = {}
    for path, quads in files.items():
        places = turtle_places(path.read_text("utf-8"), [quad.triple for quad in quads])
        for triple, place in places.items():
            positions.setdefault(triple, Position(project.name_of(path), *place))
    nowhere = Position("", *START)
    return packed(encode(positions.get(triple, nowhere) for triple in parse_lines(lines)))


def positions_by_subject(lines: bytes, files: Mapping[str, str]) -> bytes:
    """The positions of told N-Triples whose subject (an IRI) tells the file, as a gzip member."""
    subjects = (terms(triple)[0].value for triple in parse_lines(lines))
    return packed(encode(Position(files.get(subject, ""), *START) for subject in subjects))
