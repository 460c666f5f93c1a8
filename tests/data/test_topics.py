"""Topics in the data of all countries: what the codes say of themselves, and which records have them."""

from __future__ import annotations

import csv
import json
import re

import pytest
from pyoxigraph import Literal, NamedNode, Store

from bikgraph.lookup import instances, is_a, text, triples, value, values
from bikgraph.namespaces import BIK, ID, LABEL, SKOS
from bikgraph.project import Project

TOPIC = BIK + "topic"
LEAST, MOST = 20, 35
# How many of each class have a topic, at least: a loss of tags is noticed, an addition is free.
TAGGED = {"Policy": 219, "Agreement": 76, "GoodPractice": 122, "DataCollection": 18, "Responsibility": 176}
SAID = {
    "fr-age-verification-framework": {"age-verification"},
    "dk-age-limit-agreement": {"minimum-age", "social-media"},
    "it-law-71-2017": {"cyberbullying"},
    "pt-seven-days-with-the-media": {"media-literacy", "artificial-intelligence"},
    "be-mou-csam": {"child-sexual-abuse-material", "child-sexual-abuse"},
    "no-personal-data-act": {"privacy"},
    "mt-influencer-marketing-guidelines": {"advertising"},
    "sk-concept-of-media-education": {"media-literacy"},
    "pl-criminal-code-amendment-grooming": {"grooming-and-sexting"},
    "de-jmstv": {"child-protection", "audiovisual-media"},
    # Titles that name none: a paragraph, a code of laws.
    "gr-article-312-penal-code": set(),
    "be-criminal-code": set(),
    "hu-government-decree-2012-2015": set(),
}


def topics(store: Store) -> list[NamedNode]:
    """The codes."""
    return sorted(instances(store, BIK + "Topic"), key=str)


def topics_of(store: Store, thing: NamedNode) -> set[str]:
    """The codes that a thing has."""
    return {getattr(code, "value", "").removeprefix(ID + "topic-") for code in values(store, thing, TOPIC)}


def test_the_scheme_is_of_a_size_to_choose_from(store: Store) -> None:
    """There are 20 to 35 topics, each in the one scheme, named after its notation."""
    assert LEAST <= len(topics(store)) <= MOST
    for topic in topics(store):
        assert values(store, topic, SKOS + "inScheme") == [NamedNode(ID + "scheme-topics")]
        assert topic == NamedNode(f"{ID}topic-{text(store, topic, SKOS + 'notation')}")


def test_each_topic_says_what_belongs_to_it(store: Store) -> None:
    """Besides its definition, a topic has a note of scope, so that two people tag alike."""
    for topic in topics(store):
        assert len(text(store, topic, SKOS + "definition")) > 30, topic
        assert len(text(store, topic, SKOS + "scopeNote")) > 30, topic


def test_scope_notes_name_topics_that_there_are(store: Store) -> None:
    """A word of several parts that a note of scope names after a colon (`The age itself: minimum-age`) is a code."""
    codes = {text(store, topic, SKOS + "notation") for topic in topics(store)}
    for topic in topics(store):
        named = re.findall(r": ([a-z]+(?:-[a-z]+)+)", text(store, topic, SKOS + "scopeNote"))
        assert set(named) <= codes, (topic, named)


def test_each_topic_is_used_or_says_why_not(store: Store) -> None:
    """A topic that no record has says so in an editorial note; one that is used has none that would be wrong."""
    for topic in topics(store):
        used = next(triples(store, None, TOPIC, topic), None) is not None
        assert used == (value(store, topic, SKOS + "editorialNote") is None), topic


def test_narrower_topics_lead_up(store: Store) -> None:
    """What is broader is a topic, and no topic is broader than itself, however far."""
    for topic in topics(store):
        above, todo = set[NamedNode](), [topic]
        while todo:
            broader = [node for node in values(store, todo.pop(), SKOS + "broader") if isinstance(node, NamedNode)]
            assert all(is_a(store, node, BIK + "Topic") for node in broader)
            todo += [node for node in broader if node not in above]
            above |= set(broader)
        assert topic not in above


def test_every_topic_in_the_data_is_a_code(store: Store) -> None:
    """Nothing else stands where a topic is meant, and only records of the five classes have one."""
    codes = set(topics(store))
    for thing, _, code in triples(store, None, TOPIC):
        assert code in codes
        assert any(is_a(store, thing, BIK + cls) for cls in TAGGED), thing


@pytest.mark.parametrize("cls", TAGGED)
def test_so_many_records_have_a_topic(store: Store, cls: str) -> None:
    """Records whose text names a topic keep it; most records of the other kind, such as a partner of a centre, have
    none.
    """
    things = set(instances(store, BIK + cls))
    tagged = {thing for thing in things if topics_of(store, thing)}

    assert TAGGED[cls] <= len(tagged) < len(things)


def test_every_country_has_topics(store: Store) -> None:
    """In each of the 30 countries some record has a topic."""
    without = []
    for country in instances(store, BIK + "Country"):
        sets = [thing for thing, _, _ in triples(store, None, BIK + "country", country)]
        records = {record for thing in sets for record in values(store, thing, BIK + "states")}
        if not any(topics_of(store, record) for record in records if isinstance(record, NamedNode)):
            without.append(country.value)

    assert without == []


@pytest.mark.parametrize("slug", SAID)
def test_the_topics_of_some_records(store: Store, slug: str) -> None:
    """A record has the topics that its text names, in whatever language, and none where it names none."""
    assert topics_of(store, NamedNode(ID + slug)) == SAID[slug]


def test_a_topic_is_a_subject(store: Store) -> None:
    """Who knows only DCTERMS finds the topics as subjects."""
    tagged = {(thing, code) for thing, _, code in triples(store, None, TOPIC)}
    subjects = {(thing, code) for thing, _, code in triples(store, None, "http://purl.org/dc/terms/subject")}

    assert tagged <= subjects


def test_each_topic_has_its_row_in_the_table_of_eurovoc(store: Store, project: Project) -> None:
    """Every topic was looked for in EuroVoc; the table's names are those of the scheme."""
    lines = (project.root / "data" / "links" / "eurovoc.sssom.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))

    assert {row["subject_id"].removeprefix("bikid:") for row in rows} == {
        topic.value.removeprefix(ID) for topic in topics(store)
    }
    for row in rows:
        topic = NamedNode(ID + row["subject_id"].removeprefix("bikid:"))
        assert Literal(row["subject_label"], language="en") in values(store, topic, LABEL)
        assert row["object_id"].startswith("eurovoc:") == bool(row["object_label"])


def test_editors_are_offered_the_topics(project: Project) -> None:
    """The JSON Schema of profiles completes the codes, with their labels, for each of the five kinds of record."""
    schema = json.loads((project.root / "ontology" / "schema" / "profile.schema.json").read_text("utf-8"))
    for cls in TAGGED:
        offered = json.dumps(schema["definitions"][cls]["properties"]["topic"])
        assert '"age-verification"' in offered
        assert '"safe and responsible internet use"' in offered
        assert "pillar" in schema["definitions"][cls]["properties"]
