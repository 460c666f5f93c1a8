"""What a map of answers shows: each country of the graph and of the map has a class, and none is lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from bikgraph.errors import RequestError
from bikgraph.namespaces import BIK, ID
from bikgraph.pictures import answer_map, europe_map, one_question
from bikgraph.pictures.europe_map import countries

QUESTION, EDITION = NamedNode(ID + "question"), NamedNode(ID + "edition-2030")
TURTLE = f"@prefix bik: <{BIK}> . @prefix id: <{ID}> . "


def test_a_country_without_boundaries_is_named(world: Store, tmp_path: Path) -> None:
    """From the store to the picture: a 31st country is in the legend, and named beside the map with its answer."""
    chosen = answer_map(world, QUESTION, EDITION)
    europe_map(
        chosen.shades,
        chosen.values,
        title=chosen.title,
        subtitle=chosen.subtitle,
        footer=chosen.footer,
        names=chosen.names,
    ).save(tmp_path / "map.svg")
    root = ET.parse(tmp_path / "map.svg").getroot()  # noqa: S314
    lines = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    titles = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}title")]

    assert lines[lines.index("Not on the map") + 1] == "Yes: Ruritania (ZZ)"
    assert lines[lines.index("Yes") : lines.index("Yes") + 3] == ["Yes", "1 country", "ZZ"]
    assert "Belgium: No" in titles
    assert "Malta: not in this edition" in titles
    assert "Is there a policy? (2030)" in lines
    assert "2030 edition, 2 of 2 countries with data." in lines


def test_every_country_has_a_class(world: Store) -> None:
    """All countries of the graph and of the map are there; those that the graph does not have are in no edition."""
    chosen = answer_map(world, QUESTION, EDITION)

    assert chosen.values.keys() == countries().keys() | {"ZZ"}
    assert chosen.values["ZZ"] == ID + "answer-yes"
    assert {code for code, key in chosen.values.items() if key == "not-covered"} == countries().keys() - {"BE"}
    assert chosen.names == {"ZZ": "Ruritania", "BE": "Belgium"}


def test_sides_are_not_taken(world: Store) -> None:
    """Two different answers of one country are a class of their own; a covered country without any has no data."""
    store = copy(world)
    load(store, "id:q3 bik:indicator id:question ; bik:country id:country-be ; bik:answer id:answer-yes .")
    load(store, "id:country-aa a bik:Country . id:edition-2030 bik:covers id:country-aa .")
    chosen = answer_map(store, QUESTION, EDITION)

    assert chosen.values["BE"] == "several"
    assert chosen.values["country-aa"] == "no-data", "a country without a code goes by its identifier"
    assert [shade.key for shade in chosen.shades] == [ID + "answer-yes", "no-data", "not-covered", "several"]
    assert (
        next(shade.label for shade in chosen.shades if shade.kind == "not-covered") == "not known to be in this edition"
    )


def test_which_edition(world: Store) -> None:
    """A code that several editions share means the question that most countries answered, or that of the edition asked
    for.
    """
    store = copy(world)
    load(store, "id:later bik:inEdition id:edition-2031 . id:edition-2031 bik:year 2031 .")
    both = [QUESTION, NamedNode(ID + "later")]

    assert one_question(store, both, None) == (QUESTION, EDITION)
    assert one_question(store, both, NamedNode(ID + "edition-2031")) == (both[1], NamedNode(ID + "edition-2031"))
    with pytest.raises(RequestError, match=r"No answer to this question is known. Editions that ask it: 2031\."):
        one_question(store, both[1:], None)
    with pytest.raises(RequestError, match=r"does not ask this question. Editions that ask it: 2030, 2031\."):
        one_question(store, both, NamedNode(ID + "edition-2018"))


def copy(store: Store) -> Store:
    """A store of its own with the same statements."""
    other = Store()
    other.extend(store)
    return other


def load(store: Store, turtle: str) -> None:
    """Add statements."""
    store.load((TURTLE + turtle).encode(), format=RdfFormat.TURTLE)
