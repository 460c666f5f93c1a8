"""The committed data as a whole: nothing dangles, everything leads to a source, and released slugs stay."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from bikgraph.namespaces import BIK, DCT, GRAPH, ID, LABEL, RDF_TYPE

RELEASED = Path(__file__).with_name("released-slugs.txt")
DEFAULT = DefaultGraph()
COMMAND = "python -m tests.test_data"


def slugs(store: Store) -> set[str]:
    """Every entity that the release describes."""
    return {
        q.subject.value.removeprefix(ID)
        for q in store.quads_for_pattern(None, None, None, DEFAULT)
        if isinstance(q.subject, NamedNode) and q.subject.value.startswith(ID)
    }


def test_released_slugs_stay(store: Store) -> None:
    """A slug that was released is still there; a renamed thing keeps its old one, with dct:isReplacedBy."""
    missing = set(RELEASED.read_text().split()) - slugs(store)

    assert not missing


def test_released_slugs_are_listed(store: Store) -> None:
    """Every slug of this release is in the list, so that the next one cannot lose it."""
    unlisted = slugs(store) - set(RELEASED.read_text().split())

    assert not unlisted, f"add them with: {COMMAND}"


def test_nothing_dangles(store: Store) -> None:
    """Whatever a statement names in the project's own space is described there."""
    named = {
        q.object.value
        for q in store.quads_for_pattern(None, None, None, DEFAULT)
        if isinstance(q.object, NamedNode) and q.object.value.startswith(ID)
    }

    assert not named - {ID + slug for slug in slugs(store)}


def test_every_record_and_actor_has_a_source(store: Store) -> None:
    """Each record, actor and territory leads back to a source, and each section to the profile that has it."""
    for cls in ("Record", "Actor", "Territory"):
        for quad in store.quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(BIK + cls), DEFAULT):
            assert next(store.quads_for_pattern(quad.subject, NamedNode(BIK + "source"), None, DEFAULT), None), (
                quad.subject
            )
    for quad in store.quads_for_pattern(None, NamedNode(BIK + "source"), None, DEFAULT):
        section = quad.object
        assert next(store.quads_for_pattern(section, NamedNode(LABEL), None, DEFAULT), None), section


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
        for row in store.query(
            f"SELECT ?x {{ <{ID}profile-be-2020> <{BIK}hasResponsibility>/<{BIK}actor> ?x . ?x a <{BIK}Ministry> }}"
        )
    }

    assert len([m for m in ministries if "education" in m]) == 4
    assert len([m for m in ministries if "health" in m]) == 3
    assert {"ministry-of-justice", "minister-for-data-protection"} <= ministries
    assert len(ministries) == 9


def test_no_source_sentence_without_own_words(store: Store) -> None:
    """Descriptions are language-tagged texts of ours, never bare strings."""
    for quad in store.quads_for_pattern(None, NamedNode(DCT + "description"), None, DEFAULT):
        assert quad.object.language == "en"


if __name__ == "__main__":
    import bikgraph

    found = slugs(bikgraph.open(Path(__file__).parents[2]).store) | set(
        RELEASED.read_text().split() if RELEASED.exists() else ()
    )
    RELEASED.write_text("\n".join(sorted(found)) + "\n")
