"""What a brief says, held against the graph, for all thirty countries."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import pytest

from bikgraph.briefs.content import Brief, Part
from bikgraph.briefs.facts import Facts
from bikgraph.briefs.fit import LINES, fitted, lines_of
from bikgraph.briefs.gather import gathered
from bikgraph.briefs.numbered_sources import with_sources
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import instances
from bikgraph.namespaces import BIK, ID


@pytest.fixture(scope="module")
def briefs(graph: KnowledgeGraph) -> dict[str, tuple[Brief, Brief]]:
    """The brief of each country, fitted and full, without its picture."""
    briefs = {}
    for country in sorted(instances(graph.store, BIK + "Country"), key=lambda country: country.value):
        full = gathered(graph, country, picture=None, full=True)
        briefs[country.value.removeprefix(f"{ID}country-")] = with_sources(fitted(full), Facts(graph, country)), full
    return briefs


def parts(brief: Brief) -> dict[str, Part]:
    """The parts by the first word of their title."""
    return {part.title.split()[0].strip(","): part for part in brief.parts}


def texts(part: Part) -> list[list[str]]:
    """The words of each entry."""
    return [[item.text for item in entry.cells] for entry in part.entries]


def everything(brief: Brief) -> Iterator[str]:
    """All texts of a brief."""
    yield from (brief.title, brief.lead, brief.no_picture)
    for part in brief.parts:
        yield part.lead
        yield from (text for entry in texts(part) for text in entry)
    for source in brief.sources:
        yield from (source.title, source.section, *source.flags)


def test_all_thirty_countries_have_all_parts(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """Each country has each part, and each part says what it rests on, with rows or without."""
    assert len(briefs) == 30
    for brief, _ in briefs.values():
        assert list(parts(brief)) == [
            "Bodies", "Laws", "Agreements", "Answers", "Gaps", "Changes", "Freshness", "Network",
        ]  # fmt: skip
        assert all(part.lead.endswith(".") for part in brief.parts)


def test_what_gave_way_is_counted(graph: KnowledgeGraph, briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """A fitted brief is within its lines; what it lacks of the full one is what it counts, and an address is named."""
    for brief, full in briefs.values():
        assert sum(lines_of(part) for part in brief.parts) <= LINES
        for part, whole in zip(brief.parts, full.parts, strict=True):
            assert len(part.entries) + part.left_out == len(whole.entries)
            assert set(part.entries) <= set(whole.entries)
            assert whole.left_out == 0
            if part.left_out:
                assert part.rest().startswith(f"… and {part.left_out} more ")
                assert part.more.startswith("bikgraph ")
    assert sum(part.left_out for brief, _ in briefs.values() for part in brief.parts) > 0
    assert gathered(graph, graph.thing("country-be"), picture=None) == briefs["be"][0]


def test_what_gave_way_is_where_the_command_says(graph: KnowledgeGraph, briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """The command beside what gave way is one that runs, and gives all that the part has."""
    for code, (brief, full) in briefs.items():
        for part, whole in zip(brief.parts, full.parts, strict=True):
            if not part.left_out:
                continue
            _, command, name, *options = shlex.split(part.more)
            if command == "brief":
                assert [name, *options] == [code.upper(), "--full", "-o", f"{code}.html"]
                continue
            given = {option.removeprefix("--"): word for option, word in zip(options[::2], options[1::2], strict=True)}
            rows = graph.ask_loaded(graph.questions[name], given)
            assert len(rows) >= len(whole.entries)


def test_all_sources_are_numbered(graph: KnowledgeGraph, briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """Numbers run from 1 in the order in which a reader meets them; each row's source is in the list, with a title."""
    for brief, full in briefs.values():
        assert [source.number for source in brief.sources] == list(range(1, len(brief.sources) + 1))
        assert all(source.title for source in brief.sources)
        met = [
            note
            for part in brief.parts
            for row in part.rows()
            for cell in row.cells
            for item in cell
            for note in sorted(brief.numbers[source] for source in item.sources)
        ]
        firsts = list(dict.fromkeys(met))
        assert sorted(firsts) == list(range(1, len(firsts) + 1))
        assert {source.title for source in brief.sources} == {source.title for source in full.sources}


def test_what_is_not_known_is_never_a_no(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """No text of any brief calls a missing answer a no, and no code or address stands where a name should."""
    for _, full in briefs.values():
        for text in everything(full):
            assert "https://w3id.org/" not in text
            assert "None" not in text


def test_distribution_adds_up(graph: KnowledgeGraph, briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """Beside an answer stands how many countries of the edition gave which, as another query counts them."""
    rows = graph.sparql(
        "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?r bik:indicator id:edition-2025-coverage ; bik:country ?c ; "
        "bik:answer id:answer-2025-coverage-comprehensively-addressed }"
    )
    assert not isinstance(rows, (bool, list))
    count = rows[0].n
    answers = [entry for entry in texts(parts(briefs["ie"][1])["Answers"]) if entry[0] == "2025"]

    assert answers[0][1:3] == ["Coverage of BIK+ issues in national policies", "comprehensively addressed"]
    assert answers[0][3].startswith(f"comprehensively addressed: {count} of 29 countries; ")
    assert answers[0][3].endswith("no data: 7")


def test_agreements_name_their_parties(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """A number of parties is "at least" one where the source may not name all, and no more than it says."""
    ireland = {entry[1]: entry[2] for entry in texts(parts(briefs["ie"][1])["Agreements"])}
    belgium = {entry[1]: entry[2] for entry in texts(parts(briefs["be"][1])["Agreements"])}

    assert ireland["Memorandum of Understanding of the Garda Blocking Initiative"].startswith("7 parties: ")
    assert belgium["Operational Protocol of Cooperation (cooperation agreement)"].startswith("at least 4 parties: ")
    assert parts(briefs["cy"][0])["Agreements"].lead == (
        "No source that was read names an agreement; that does not say that there is none."
    )


def test_laws_come_by_year(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """Laws stand under the year of their adoption, the newest first; those without a year are last."""
    for _, full in briefs.values():
        years = [entry[0] for entry in texts(parts(full)["Laws"])]
        numbered = [int(year) for year in years if year != "no year"]
        assert numbered == sorted(numbered, reverse=True)
        assert years == [str(year) for year in numbered] + ["no year"] * (len(years) - len(numbered))


def test_gaps_tell_the_reason(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """An own no, a blank, an edition that leaves the country out, and tables that only Belgium has, are four things."""
    belgium = dict(texts(parts(briefs["be"][1])["Gaps"]))
    cyprus = dict(texts(parts(briefs["cy"][1])["Gaps"]))
    britain = dict(texts(parts(briefs["gb"][1])["Gaps"]))

    assert belgium["2 questions of 2020: not available"].startswith("The country's own no: ")
    assert "neither yes nor no" in belgium["5 questions of 2020: left blank"]
    assert "Measures pillar by pillar" not in belgium
    assert (
        cyprus["Measures pillar by pillar"]
        == "Their tick tables are in the graph for 1 country only, not for this one."
    )
    assert britain["Editions 2023, 2024, 2025 of the policy map"] == "Does not cover this country."
    assert (
        cyprus["Edition 2023 of the policy map"] == "Covers this country, but the graph has no country's profile of it."
    )


def test_changes_are_those_of_the_saved_question(graph: KnowledgeGraph, briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """Only what is new, gone or changed between the last two editions is listed; what cannot be compared is counted."""
    rows = list(graph.ask("edition-diff", country="NO", from_=2024, to=2025))
    norway = parts(briefs["no"][1])["Changes"]

    assert len(norway.entries) == sum(row.change in {"new", "gone", "changed"} for row in rows)
    assert f"{sum(row.change == 'not-comparable' for row in rows)} not comparable" in norway.lead
    assert parts(briefs["cy"][0])["Changes"].lead == (
        "Two editions are needed for a comparison; of this country the graph has only 2024."
    )


def test_unverified_sources_are_flagged(briefs: dict[str, tuple[Brief, Brief]]) -> None:
    """A page whose address nobody could confirm says so in the list of sources, and its facts are a gap."""
    full = briefs["ie"][1]
    flagged = [source for source in full.sources if any("unverified" in flag for flag in source.flags)]

    assert [source.title for source in flagged] == ["DPC and CnaM sign co-operation agreement"]
    assert "Whether 2 facts are true" in dict(texts(parts(full)["Gaps"]))


def test_labels_come_in_the_language_asked_for(graph: KnowledgeGraph) -> None:
    """With a language, names that have a label in it come in it; the others in English."""
    french = gathered(graph, graph.thing("country-be"), "fr", full=True)

    assert french.title.startswith("Belgique: ")
    assert any(text.startswith("Service public fédéral Justice (") for text in everything(french))
