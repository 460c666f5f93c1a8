"""Thirty countries together: one body one resource, unknown is not no, contradictions kept, editions that can be
compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from bikgraph.building import check_data
from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import names, solutions, values
from bikgraph.namespaces import BIK, DCT, ID
from bikgraph.nearest import fold
from bikgraph.project import Project

# Names that sources, years and languages give to one body.
ONE = [
    ("Child Focus", "Stichting voor Vermiste en Seksueel Uitgebuite kinderen", "be-child-focus"),
    ("Belgian Safer Internet Centre", "Betternet", "be-safer-internet-centre"),
    ("Federal Minister of Justice", "Service public fédéral Justice", "be-ministry-of-justice"),
    ("Média Animation asbl", "Media Animation", "be-media-animation"),
    (
        "Department of Communications, Climate Action and Environment",
        "Department of Communications, Energy & Natural Resources",
        "ie-department-of-communications",
    ),
    (
        "Ministry of Children and Families",
        "Ministry of Children, Equality and Social Inclusion",
        "no-ministry-of-children-and-families",
    ),
    (
        "Ministry for Social Policy and Children's Rights",
        "Ministry for Family, Children's Rights and Social Solidarity",
        "mt-ministry-for-social-policy",
    ),
    ("INHOPE", "inhope", "inhope"),
]
# Bodies that are easily taken for one, and are two.
TWO = [
    ("be-minister-of-health-fl", "be-minister-of-health-fr"),
    ("be-imec", "be-iminds"),
    ("be-csa", "fr-csa"),
    ("at-ispa", "be-ispa-belgium"),
    ("cz-ministry-of-justice", "ee-ministry-of-justice"),
    ("pt-pt-foundation", "pt-fundacao-portugal-telecom"),
    ("ro-anpdca", "ro-child-protection-authority-2018"),
    ("sk-nks", "sk-national-center-violence"),
    ("de-debitel", "si-debitel"),
    ("lu-cnpd", "pt-cnpd"),
    ("ie-upc", "nl-upc"),
]
SUCCESSORS = [
    ("be-iminds", "be-imec"),
    ("fr-csa", "fr-arcom"),
    ("gb-ukccis", "gb-ukcis"),
    ("se-statens-medierad", "se-mediemyndigheten"),
    ("pl-nobodys-children-foundation", "pl-empowering-children-foundation"),
]


def known_as(graph: KnowledgeGraph, name: str) -> set[str]:
    """The slugs of the actors that have this name."""
    return {
        node.value.removeprefix(ID) for known, node in names(graph.store, BIK + "Actor") if fold(known) == fold(name)
    }


@pytest.mark.parametrize(("one", "other", "slug"), ONE, ids=[slug for _, _, slug in ONE])
def test_one_body_is_one_resource(graph: KnowledgeGraph, one: str, other: str, slug: str) -> None:
    """The names of several sources, years and languages lead to one actor."""
    assert slug in known_as(graph, one) & known_as(graph, other)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_bodies_stay_two(graph: KnowledgeGraph, one: str, other: str) -> None:
    """Two bodies with one name, or nearly one, each have their own sources and no common record but told
    differences.
    """
    for slug in (one, other):
        assert values(graph.store, NamedNode(ID + slug), BIK + "source"), slug
    assert not list(solutions(graph.store, f"SELECT ?x {{ <{ID}{one}> <http://www.w3.org/2002/07/owl#sameAs> ?x }}"))


@pytest.mark.parametrize(("old", "new"), SUCCESSORS)
def test_renamed_body_leads_to_its_successor(graph: KnowledgeGraph, old: str, new: str) -> None:
    """A renamed or merged body keeps its slug and names its successor."""
    successors = values(graph.store, NamedNode(ID + old), DCT + "isReplacedBy")

    assert [node.value for node in successors] == [ID + new]


def test_all_facts_of_the_research_are_there(graph: KnowledgeGraph) -> None:
    """The counts of the sheets: 609 roles, 264 policies, 97 agreements, 70 data collections, 128 good practices, and
    Belgium 2020's own.
    """
    counts = {}
    for cls in ("Responsibility", "Policy", "Agreement", "DataCollection", "GoodPractice"):
        query = (
            f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?set <{BIK}states> ?x . ?x a <{BIK}{cls}> . FILTER (?set != "
            f"<{ID}profile-be-2020>) }}"
        )
        counts[cls] = int(next(iter(solutions(graph.store, query)))["n"].value)

    assert counts == {"Responsibility": 609, "Policy": 264, "Agreement": 97, "DataCollection": 70, "GoodPractice": 128}


def test_every_record_says_when_it_was_checked(graph: KnowledgeGraph) -> None:
    """A record's own day, or that of its file."""
    assert not list(
        solutions(graph.store, f"SELECT ?x {{ ?set <{BIK}states> ?x FILTER NOT EXISTS {{ ?x <{BIK}checked> ?day }} }}")
    )


def test_flags_of_sources_are_carried(graph: KnowledgeGraph) -> None:
    """22 pages were read in a copy; three addresses could not be confirmed, and what stands on them alone says so."""
    query = "SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a <{0}SourceDocument> ; <{0}{1}> true }}"
    count = {
        flag: int(next(iter(solutions(graph.store, query.format(BIK, flag))))["n"].value)
        for flag in ("readInCopy", "unverified")
    }
    flagged = {
        row["x"].value
        for row in solutions(graph.store, f"SELECT ?x {{ ?set <{BIK}states> ?x . ?x <{BIK}unverified> true }}")
    }
    alone = {
        row["x"].value
        for row in solutions(
            graph.store,
            f"SELECT ?x {{ ?set <{BIK}states> ?x . ?x <{BIK}source> ?s . ?s <{BIK}unverified> true FILTER NOT EXISTS "
            f"{{ ?x <{BIK}source> ?t FILTER NOT EXISTS {{ ?t <{BIK}unverified> true }} }} }}",
        )
    }

    # One mirrored page of the list of editions is cited by no edition.
    assert count["readInCopy"] >= 22
    assert count["unverified"] == 3
    assert flagged
    assert flagged == alone


def test_the_committed_data_have_no_finding(graph: KnowledgeGraph) -> None:
    """The build of the committed data, from nothing, found nothing: not even a warning."""
    assert graph.release.findings == []


@pytest.mark.slow
def test_one_process_or_several_find_nothing(project: Project) -> None:
    """A check of the committed data in one process and in two finds the same: nothing."""
    assert check_data(project, jobs=1) == check_data(project, jobs=2) == []


# ---- unknown is not no


def test_comparison_tells_no_data_from_not_answered(graph: KnowledgeGraph) -> None:
    """Belgium left items of 2020 blank; of Spain's form these items were not seen; the United Kingdom is not in
    2024.
    """
    table = graph.ask("compare-countries", countries=["BE", "ES"], edition=2020)
    answers = {(row.indicator.removeprefix(ID), row.country[-2:]): row.answer for row in table}

    assert answers["edition-2020-p1-other-activity", "be"] == "not-answered"
    assert answers["edition-2020-p1-other-activity", "es"] == "no-data"
    assert answers["edition-2020-policy-shape", "es"] == "broader-policies"
    assert {row.answerLabel for row in table if row.answer == "no-data"} == {"no data"}
    assert table.notes == ["Base: 2 of 2 countries with data in the edition of 2020."]
    assert {row.country[-2:] for row in graph.ask("compare-countries", countries=["DE", "UK"], edition=2024)} == {"de"}


def test_ranking_states_its_base(graph: KnowledgeGraph) -> None:
    """Equal answers share a rank; the base is of the edition's own number of countries; the default is the
    edition in which most countries have answers.
    """
    table = graph.ask("country-ranking", indicator="ministries-involved", edition=2018)
    ranks = {row.country[-2:]: row.rank for row in table}

    assert ranks["be"] == 1
    assert ranks["at"] == ranks["sk"] == 2
    assert ranks["it"] == ranks["ro"] == 18
    assert {row.base for row in table} == {"23 of 26"}
    assert {row.edition for row in graph.ask("country-ranking", indicator="influence")} == {2024}
    assert {row.base for row in graph.ask("country-ranking", indicator="coverage", edition=2026)} == {
        "2 of an unknown number"
    }


def test_incomplete_agreement_says_at_least(graph: KnowledgeGraph) -> None:
    """Parties known in part are counted as at least so many, and noted below tables without the count."""
    parties = {row.agreement.removeprefix(ID): row.parties for row in graph.ask("agreements-by-kind")}

    assert parties["be-mou-csam"] == "4"
    assert parties["fr-protocol-pornography"].startswith("at least ")
    assert parties["be-operational-protocol-2017"] == "at least 4"
    assert "be-operational-protocol-2017 (at least 4)" in graph.ask("agreement-parties", country="BE").notes[0]


def test_similar_countries_leaves_out_what_cannot_be_compared(graph: KnowledgeGraph) -> None:
    """Only countries with a question in common, the most alike first."""
    rows = list(graph.ask("similar-countries", country="DE", edition=2024))

    assert all(row.comparable > 0 and 0 <= row.share <= 1 for row in rows)
    assert [row.share for row in rows] == sorted((row.share for row in rows), reverse=True)
    assert ID + "country-fr" not in {row.other for row in rows}


# ---- editions and time


def test_change_between_editions_keeps_to_the_crosswalk(graph: KnowledgeGraph) -> None:
    """Same and changed only where questions and answers are known to match; the rest is not comparable, new ones are
    new.
    """
    changes = {
        row.subject.removeprefix(ID): (row.before, row.after, row.change)
        for row in graph.ask("edition-diff", country="SE", from_=2024, to=2025)
        if row.kind == "answer"
    }

    assert changes["edition-2025-integration"] == ("separate-dedicated-policies", "separate-dedicated-policies", "same")
    assert changes["edition-2025-influence"] == ("not-influenced", "informs-not-main-influence", "not-comparable")
    assert changes["edition-2025-childrens-rights"] == ("implicit-support", "implied-not-explicit", "same")
    mine = {
        row.subject.removeprefix(ID): row.change
        for row in graph.ask("edition-diff", country="NL", from_=2024, to=2025)
        if row.kind == "answer"
    }
    assert mine["edition-2025-risks-harms-data"] == "new"


def test_roles_of_two_times_are_both_there(graph: KnowledgeGraph) -> None:
    """The coordinator of the Portuguese centre changed: each year gives its own."""
    coordinators = {
        year: {
            row.actorLabel
            for row in graph.ask("roles-as-of", country="PT", year=year)
            if (row.role, row.function) == ("coordinator", "implementation")
        }
        for year in (2020, 2025)
    }

    assert coordinators[2020] == {"Portuguese Foundation for Science and Technology"}
    assert coordinators[2025] == {"National Cybersecurity Centre"}


def test_belgium_2020_is_the_default_where_pillars_are_asked(graph: KnowledgeGraph) -> None:
    """Belgium has four record sets; roles under pillars are those of its latest edition with any, 2020."""
    assert {row.edition for row in graph.ask("coverage") if row.country == ID + "country-be"} == {
        None,
        2018,
        2020,
        2025,
    }
    assert {row.edition for row in graph.ask("pillar-coordinators", country="BE")} == {2020}


def test_map_tells_what_is_not_known(graph: KnowledgeGraph, tmp_path: Path) -> None:
    """Answers, blanks, no data and countries outside the edition are classes of their own, and all 30 countries are
    drawn.
    """
    from bikgraph.pictures.answer_map import answer_map

    chosen = answer_map(graph.store, NamedNode(ID + "edition-2025-coverage"), NamedNode(ID + "edition-2025"))
    kinds = {shade.key: shade.kind for shade in chosen.shades}

    assert len(chosen.values) == 30
    assert kinds[chosen.values["GB"]] == "not-covered"
    assert kinds[chosen.values["BE"]] == "no-data"
    assert chosen.values["DE"] == ID + "answer-2025-coverage-emerging-priority-partially-covered"
    assert chosen.subtitle.startswith("2025 edition, 22 of 30 countries with data (the edition covers 29).")
    blank = answer_map(graph.store, NamedNode(ID + "edition-2020-p1-other-activity"), NamedNode(ID + "edition-2020"))
    assert (blank.values["BE"], blank.values["FR"]) == ("not-answered", "no-data")
    graph.draw_map("policy-shape", tmp_path / "map.svg", edition=2018)
    assert all(f'id="country-{code}"' in (tmp_path / "map.svg").read_text("utf-8") for code in chosen.values)
    with pytest.raises(RequestError, match="Editions that ask it: 2018"):
        graph.draw_map("strategy-addressed", tmp_path / "no.svg", edition=2020)
    assert not (tmp_path / "no.svg").exists()
