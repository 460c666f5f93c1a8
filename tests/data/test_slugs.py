"""The committed data as a whole: nothing dangles, everything leads to a source, and released slugs stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from bikgraph.lookup import instances, solutions, triples, value, values
from bikgraph.namespaces import BIK, DCT, GRAPH, ID, LABEL, SKOS

RELEASED = Path(__file__).with_name("released-slugs.txt")
COMMAND = "python -m tests.data.test_slugs"


def slugs_of(store: Store) -> set[str]:
    """Every entity that a release describes."""
    return {
        subject.value.removeprefix(ID)
        for subject in {subject for subject, _, _ in triples(store)}
        if isinstance(subject, NamedNode) and subject.value.startswith(ID)
    }


@pytest.fixture(scope="module")
def slugs(store: Store) -> set[str]:
    """Every entity that the release describes."""
    return slugs_of(store)


def test_released_slugs_stay(slugs: set[str]) -> None:
    """A slug that was released is still there; a renamed thing keeps its old one, with dct:isReplacedBy."""
    missing = set(RELEASED.read_text().split()) - slugs

    assert not missing


def test_released_slugs_are_listed(slugs: set[str]) -> None:
    """Every slug of this release is in the list, so that the next one cannot lose it."""
    unlisted = slugs - set(RELEASED.read_text().split())

    assert not unlisted, f"add them with: {COMMAND}"


def test_nothing_dangles(store: Store, slugs: set[str]) -> None:
    """Whatever a statement names in the project's own space is described there."""
    objects = {obj for _, _, obj in triples(store)}
    named = {obj.value for obj in objects if isinstance(obj, NamedNode) and obj.value.startswith(ID)}

    assert not named - {ID + slug for slug in slugs}


def test_every_record_and_actor_has_a_source(store: Store) -> None:
    """Each record, actor and territory leads back to a source, and each section to the profile that has it."""
    for cls in ("Record", "Actor", "Territory"):
        for thing in instances(store, BIK + cls):
            assert value(store, thing, BIK + "source"), thing
    for section in {section for _, _, section in triples(store, None, BIK + "source")}:
        assert isinstance(section, NamedNode)
        assert value(store, section, LABEL), section


def test_records_are_no_blank_nodes(store: Store) -> None:
    """In the data graphs everything has an IRI, so that it can be linked, cited and compared."""
    blank = [
        q
        for g in ("be", "be-2020", "int", "countries", "sources")
        for q in store.quads_for_pattern(None, None, None, NamedNode(GRAPH + g))
        if not isinstance(q.subject, NamedNode)
    ]

    assert not blank


def test_four_one_three_one_ministries(store: Store) -> None:
    """The four ministries of education, one of justice, three of health, one of data protection are nine actors, each
    one body.
    """
    ministries = {
        row["x"].value.removeprefix(ID + "be-")
        for row in solutions(
            store,
            f"SELECT ?x {{ <{ID}profile-be-2020> <{BIK}hasResponsibility>/<{BIK}actor> ?x . ?x a <{BIK}Ministry> }}",
        )
    }

    assert len([m for m in ministries if "education" in m]) == 4
    assert len([m for m in ministries if "health" in m]) == 3
    assert {"ministry-of-justice", "minister-for-data-protection"} <= ministries
    assert len(ministries) == 9


def test_no_source_sentence_without_own_words(store: Store) -> None:
    """Descriptions are language-tagged texts of ours, never bare strings."""
    for _, _, description in triples(store, None, DCT + "description"):
        assert isinstance(description, Literal)
        assert description.language == "en"


def test_no_party_is_bound_to_itself(store: Store) -> None:
    """No chain joins a party with itself."""
    assert not [triple for triple in triples(store) if triple[0] == triple[2] and triple[0].value.startswith(ID)]


def test_aliases_stay_aliases(store: Store) -> None:
    """No other name of a thing becomes its label: each has one label a language."""
    for thing, _, alias in triples(store, None, SKOS + "altLabel"):
        labels = [label for label in values(store, thing, LABEL) if isinstance(label, Literal)]
        assert alias not in labels or thing.value.endswith("be-french-community-authority")
        assert len({label.language for label in labels}) == len(labels) == len(values(store, thing, LABEL)), thing


if __name__ == "__main__":
    import bikgraph

    found = slugs_of(bikgraph.open(Path(__file__).parents[2]).store) | set(
        RELEASED.read_text().split() if RELEASED.exists() else ()
    )
    RELEASED.write_text("\n".join(sorted(found)) + "\n")
