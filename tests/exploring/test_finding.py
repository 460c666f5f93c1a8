"""The search: names first, texts when asked, narrowed, and honest about what it did."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from bikgraph.errors import RequestError
from bikgraph.exploring.finding import COLUMNS, TEXT_COLUMNS
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import is_a, solutions
from bikgraph.namespaces import BIK, ID


def slugs(rows: object) -> list[str]:
    """The slugs of the things that rows are of."""
    assert hasattr(rows, "__iter__")
    return [row.thing.removeprefix(ID) for row in rows]


def test_the_columns_that_scripts_know_come_first(graph: KnowledgeGraph) -> None:
    """match, kind, thing, thingLabel, country keep their places; year and source follow, and the field of a text."""
    assert graph.find("klicksafe").columns == COLUMNS
    assert COLUMNS[:5] == ["match", "kind", "thing", "thingLabel", "country"]
    assert graph.find("klicksafe", texts=True).columns == TEXT_COLUMNS


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("mediawjis", "be-mediawijs"),
        ("media wijs", "be-mediawijs"),
        ("childfocus", "be-child-focus"),
        ("Chld Focus", "be-child-focus"),
        ("klicksfe", "de-klicksafe"),
        ("agenzija appogg", "mt-agenzija-appogg"),
        ("Medietilsynet", "no-norwegian-media-authority"),
        ("Norwegian media autority", "no-norwegian-media-authority"),
        ("CYTA", "cy-cyta"),
        ("Κύπρος", "country-cy"),
    ],
)
def test_a_name_is_found_first(graph: KnowledgeGraph, words: str, slug: str) -> None:
    """By a name in any language, without accents, with a typing error, as one word or as two."""
    assert slugs(graph.find(words))[0] == slug


def test_every_name_finds_its_thing(graph: KnowledgeGraph) -> None:
    """Of each country five actors, asked by each of their whole names: the thing is among the first rows.

    A name may say a country or a kind: a thing that is called so is never lost to a filter.
    """
    query = (
        "SELECT value, iri FROM name JOIN thing ON thing.id = name.thing WHERE sort = 0 AND words != '' AND thing.id IN "
        "(SELECT thing FROM facet WHERE facet = 'country' AND value = ?) AND thing.id IN "
        "(SELECT thing FROM facet WHERE facet = 'kind' AND value = 'actor') ORDER BY length(value), value LIMIT 5"
    )
    lost = []
    for (code,) in graph.index.rows("SELECT DISTINCT value FROM facet WHERE facet = 'country'"):
        for name, iri in graph.index.rows(query, code):
            if iri not in [row.thing for row in graph.find(name, most=40)]:
                lost.append(name)
    assert not lost


def test_a_country_and_a_kind_narrow(graph: KnowledgeGraph) -> None:
    """`ministry of education germany` gives German ministries alone, and says what was understood."""
    found = graph.search("ministry of education germany")

    assert {(row.country, row.kind) for row in found.table} == {("DE", "ministry")}
    assert "of kind ministry in DE" in found.remarks[0]
    assert "--words-only" in found.remarks[0]
    assert {row.country for row in graph.find("ministry of education germany", words_only=True)} != {"DE"}


@pytest.mark.parametrize("code", ["BE", "DE", "MT", "NO", "CY"])
def test_options_narrow(graph: KnowledgeGraph, code: str) -> None:
    """Without words all that fits is listed; every row is of the country and the kind asked for."""
    rows = list(graph.find("", country=code, kind="policy", most=500))

    assert rows
    assert {row.country for row in rows} == {code}
    assert all(is_a(graph.store, NamedNode(row.thing), BIK + "Policy") for row in rows)


def test_years_narrow(graph: KnowledgeGraph) -> None:
    """A span holds its first and last year; the year of a page about a law is none of the law's."""
    rows = list(graph.find("", kind="law", year="2018-2020", most=500))

    assert {row.year for row in rows} == {2018, 2019, 2020}
    assert slugs(graph.find("", kind="law", year="2018", most=500)) == [
        row.thing.removeprefix(ID) for row in rows if row.year == 2018
    ]
    undated = graph.search("", kind="law", country="NO", year="2013-2026", most=500)
    assert "no-penal-code" not in slugs(undated.table)
    assert any("more have no year of their own" in remark for remark in undated.remarks)


def test_texts_answer_what_names_do_not(graph: KnowledgeGraph) -> None:
    """Records whose notes and purposes say it, each with country and source, the words marked in their sentence."""
    rows = list(graph.find("age verification", texts=True, most=50))

    assert {"FR", "ES", "GB"} <= {row.country for row in rows}
    assert all("**" in row.match and row.source for row in rows)
    assert {"note", "purpose", "name"} <= {row.field for row in rows}
    note = next(row for row in rows if row.field == "note" and "standards, can sanction" in row.match)
    assert note.match == "Sets **age verification** standards, can sanction."
    assert note.thingLabel == "Audiovisual and Digital Communication Regulatory Authority: oversight, regulation"
    assert (note.country, note.year, note.source) == ("FR", 2024, ID + "source-fr-sren-osborne")
    assert len(slugs(graph.find("age verification"))) < len(rows)


@pytest.mark.parametrize("words", ["age verificaton", "Âge verification", "verif* age", "verifies the age"])
def test_texts_forgive(graph: KnowledgeGraph, words: str) -> None:
    """Typing errors, accents, prefixes and other endings are forgiven in texts too."""
    assert "fr-age-verification-framework" in slugs(graph.find(words, texts=True, most=50))


def test_a_phrase_stands_as_it_is(graph: KnowledgeGraph) -> None:
    """Words in quotes have to stand side by side."""
    loose = slugs(graph.find("abuse child", texts=True, most=500))
    strict = slugs(graph.find('"abuse child"', texts=True, most=500))

    assert len(strict) < len(loose)
    assert slugs(graph.find('"age verification"', texts=True, most=50))


def test_nothing_found_says_what_was_looked_at(graph: KnowledgeGraph) -> None:
    """No row is padded; the sentences say where it was looked, and what else there would be."""
    found = graph.search("xyzzy")
    assert not len(found.table)
    assert "looked at: names only" in found.remarks[0]
    assert "--texts" in found.remarks[-1]

    narrowed = graph.search("age verification", texts=True, kind="law")
    assert not len(narrowed.table)
    assert "of kind law" in narrowed.remarks[0]
    assert f"{len(graph.find('age verification', texts=True))} without the kind" in narrowed.remarks[1]

    elsewhere = graph.search("trusted flagger", country="FR", kind="responsibility")
    assert "in the texts (--texts)" in elsewhere.remarks[-1]


def test_a_kind_among_the_words_gives_way(graph: KnowledgeGraph) -> None:
    """Where nothing of the kind has the other words, the kind was a word; this is said, never left silent."""
    found = graph.search("Which countries have a law on age verification?", texts=True)

    assert "FR" in {row.country for row in found.table}
    assert any("nothing of kind law has the other words" in remark for remark in found.remarks)


def test_terms_of_the_ontology_when_asked(graph: KnowledgeGraph) -> None:
    """Classes, properties and codes are found with `terms` alone."""
    for texts in (False, True):
        plain = list(graph.find("coordination model", texts=texts, words_only=True, most=500))
        more = list(graph.find("coordination model", texts=texts, words_only=True, most=500, terms=True))
        assert not [row for row in plain if row.thing.startswith(BIK)]
        assert BIK + "CoordinationModel" in [row.thing for row in more]


@pytest.mark.parametrize("words", ["", "   ", "?!", '""', "*"])
def test_nothing_to_look_for(graph: KnowledgeGraph, words: str) -> None:
    """A request without a word and without a filter is wrong, and says what to give."""
    with pytest.raises(RequestError, match="There is no word to look for"):
        graph.find(words)


def test_topics_narrow(graph: KnowledgeGraph) -> None:
    """A topic narrows by code, label or other label, a broader one gives what its narrower ones have."""
    tagged = {
        topic: {solution["thing"].value.removeprefix(ID) for solution in solutions(graph.store, query)}
        for topic, query in (
            ("ages", "SELECT ?thing { ?thing bik:topic id:topic-age-verification }"),
            ("abuse", "SELECT DISTINCT ?thing { ?thing bik:topic/skos:broader? id:topic-child-sexual-abuse }"),
        )
    }
    for written in ("age-verification", "Age verification"):
        assert set(slugs(graph.find("", topic=written, texts=True, most=1000))) == tagged["ages"]
    for written in ("child-sexual-abuse", "sexual violence against children"):
        assert set(slugs(graph.find("", topic=written, texts=True, most=1000))) == tagged["abuse"]
    assert len(tagged["abuse"]) > len(tagged["ages"]) > 0
    named = graph.search("", topic="age-verification", country="FR")
    assert {slug.split("-")[0] for slug in slugs(named.table)} == {"fr"}
    assert any("2 more have no name of their own" in remark for remark in named.remarks)
    with pytest.raises(RequestError, match="Accepted: advertising, age-rating"):
        graph.find("", topic="ages of man")


def test_a_release_without_an_index_is_searched_too(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """A release of an earlier version has none: it is made in memory for the search."""
    import json

    from bikgraph.release import INDEX, Release

    folder = tmp_path / "old"
    shutil.copytree(graph.release.folder, folder)
    (folder / INDEX).unlink()
    seal = json.loads((folder / "seal.json").read_text("utf-8"))
    del seal[INDEX]
    (folder / "seal.json").write_text(json.dumps(seal), "utf-8")
    release = Release(folder)

    assert release.damage(thorough=True) is None
    assert slugs(KnowledgeGraph(graph.project, release).find("mediawjis"))[0] == "be-mediawijs"
