"""A country's files together: contradictions of sources are kept, codes are known, and bad input is refused."""

from __future__ import annotations

import pytest

from bikgraph import open as open_graph
from bikgraph.building import build_release as build
from bikgraph.errors import DataError
from bikgraph.findings import Finding
from bikgraph.namespaces import ID
from bikgraph.project import Project
from tests.conftest import dump_of, edit


def found_in(project: Project) -> list[Finding]:
    """What a build finds, errors and all."""
    try:
        return build(project, jobs=1).findings
    except DataError as error:
        return error.findings


def test_two_answers_of_two_sources_stay(own_project: Project) -> None:
    """Both answers are kept with their sources, the pair is reported, and the country counts once."""
    edit(
        own_project,
        "profiles/be-2018.yaml",
        lambda text: text.replace(
            "  ministries-involved: more-than-6",
            "  ministries-involved:\n    - {answer: more-than-6, source: source-be-bik-map-2018}\n    - {answer: "
            "4-6, source: source-be-sic-2023}",
        ),
    )
    build(own_project)
    graph = open_graph(own_project.root)

    [pair] = [row for row in graph.ask("contradictions") if row.answerB is not None]
    assert {(pair.answerA, pair.sourceA), (pair.answerB, pair.sourceB)} == {
        ("more-than-6", ID + "source-be-bik-map-2018"),
        ("4-6", ID + "source-be-sic-2023"),
    }
    ranking = list(graph.ask("country-ranking", indicator="ministries-involved", edition=2018))
    assert {(row.answer, row.base) for row in ranking} == {("more-than-6", "1 of 26"), ("4-6", "1 of 26")}
    assert next(row.answers for row in graph.ask("coverage") if row.edition == 2018) == 6


BAD = {
    "an answer of another edition's list": (
        "profiles/be-2018.yaml",
        lambda text: text.replace("policy-shape: broader-policies", "policy-shape: one-main-overarching-framework"),
        "unknown-answer",
        "has no answer one-main-overarching-framework",
    ),
    "a source that is not declared": (
        "pages/be.yaml",
        lambda text: text.replace("source: source-be-cybersimpel", "source: source-be-cybersimple", 1),
        "unknown-slug",
        "Did you mean source-be-cybersimpel?",
    ),
    "a year before 1800": (
        "pages/be.yaml",
        lambda text: text.replace("year: 2016", "year: 1706", 1).replace("year: 1997", "year: 1797", 1),
        "MinInclusive",
        "from 1800",
    ),
    "a year in the future": (
        "pages/be.yaml",
        lambda text: text.replace("year: 1997", "year: 2090", 1),
        "SPARQL",
        "2090 is in the future",
    ),
    "a role without function": (
        "pages/be.yaml",
        lambda text: text.replace("function: awareness, ", "", 1),
        "MinCount",
        "exactly one function",
    ),
    "a party of another country": (
        "pages/be.yaml",
        lambda text: text.replace(
            "parties: [be-child-focus, be-ministry", "parties: [nl-offlimits, be-child-focus, be-ministry", 1
        ),
        "foreign-actor",
        "say why it takes part: crossBorder",
    ),
    "a party of another country that is nowhere": (
        "pages/be.yaml",
        lambda text: text.replace(
            "    parties: [be-child-focus, be-ministry",
            "    crossBorder: {en: Both take reports.}\n    parties: [nl-offlimit, be-child-focus, be-ministry",
            1,
        ),
        "unknown-slug",
        "Nothing has the slug nl-offlimit",
    ),
    "a slug of two files": (
        "pages/be.yaml",
        lambda text: text.replace("id: be-missions-decree-1997", "id: be-criminal-code"),
        "duplicate-record",
        "is defined in data/profiles/be-2020.yaml too",
    ),
    "false, which YAML 1.1 reads for Norway": (
        "profiles/be-2018.yaml",
        lambda text: text.replace("country: BE", "country: false"),
        "bad-value",
        "The field country takes text",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused(own_project: Project, case: str) -> None:
    """Each fault is an error with file, line, and how to mend it; the release stays."""
    name, change, rule, message = BAD[case]
    before = dump_of(own_project)
    edit(own_project, name, change)
    with pytest.raises(DataError) as error:
        build(own_project, jobs=1)

    hits = [
        finding
        for finding in error.value.findings
        if finding.is_error and finding.rule == rule and message in finding.message
    ]
    assert hits
    assert all(finding.file.startswith("data/") and finding.line >= 1 for finding in hits)
    assert dump_of(own_project) == before


def test_country_outside_the_edition_is_refused(own_project: Project) -> None:
    """The United Kingdom was in the map until 2020: a later profile is an error, under either of its codes."""
    for code in ("GB", "UK"):
        (own_project.data / "profiles" / "gb-2024.yaml").write_text(
            f"id: profile-gb-2024\nlabel: {{en: UK}}\ncountry: {code}\nedition: 2024\ndocument: "
            f"eu-country-table\nwholeQuestionnaire: false\nanswers:\n  coverage: {{answer: emerging-priority, "
            f"source: eu-country-table}}\n",
            "utf-8",
        )

        assert [finding.message for finding in found_in(own_project) if finding.is_error and finding.line == 3] == [
            "The country is not among the 29 that the edition 2024 covers: mend the country or the edition."
        ]


def test_other_codes_of_countries_are_accepted_and_one_is_stored(own_project: Project) -> None:
    """EL is Greece and UK the United Kingdom, in files and in questions; NO and no name Norway in questions."""
    (own_project.data / "pages" / "gr.yaml").write_text(
        "id: pages-gr\nlabel: {en: Greece}\ncountry: EL\npolicies:\n  - {id: gr-x, label: {en: X}, kind: law, year: "
        "2010, source: eu-country-table}\n",
        "utf-8",
    )
    build(own_project)
    graph = open_graph(own_project.root)

    assert [row.country for row in graph.ask("law-timeline", country="GR")] == [ID + "country-gr"]
    assert list(graph.ask("law-timeline", country="EL")) == list(graph.ask("law-timeline", country="GR"))
    for text in ("NO", "no", "Norway"):
        assert not list(graph.ask("law-timeline", country=text))


def test_norway_is_no_lie(own_tiny: Project) -> None:
    """NO and no are Norway, as YAML 1.2 has it; one code is stored."""
    for code in ("NO", "no"):
        (own_tiny.data / "pages" / "no.yaml").write_text(
            f"id: pages-no\nlabel: {{en: Norway}}\ncountry: {code}\npolicies:\n  - {{id: no-x, label: {{en: X, no: "
            f"Y}}, kind: law, year: 2010, source: eu-country-table}}\n",
            "utf-8",
        )
        build(own_tiny)

        assert [
            (row.country, row.policyLabel)
            for row in open_graph(own_tiny.root).ask("law-timeline", country=code, lang="no")
        ] == [(ID + "country-no", "Y")]


def test_uncited_source_and_likely_double_are_warnings(own_project: Project) -> None:
    """A source that nothing cites, and two actors of nearly one name, are told, and build all the same."""
    edit(
        own_project,
        "sources/be.yaml",
        lambda text: (
            text
            + "  - id: source-be-spare\n    label: {en: Spare page}\n"
            + '    page: https://example.org/\n    retrieved: "2026-11-23"\n'
        ),
    )
    edit(
        own_project,
        "actors/be.yaml",
        lambda text: (
            text
            + "  - id: be-mediawijss\n    label: {en: Flemish Regulator for the Medias}\n"
            + "    kind: ngo\n    source: source-be-sic-2023\n"
        ),
    )
    warnings = {(finding.rule, finding.value) for finding in found_in(own_project) if not finding.is_error}

    assert warnings == {("uncited-source", "source-be-spare"), ("likely-double", "be-vrm")}
    edit(
        own_project,
        "actors/be.yaml",
        lambda text: text.replace(
            "    kind: ngo\n    source: source-be-sic-2023\n",
            "    kind: ngo\n    notDouble: be-vrm\n    source: source-be-sic-2023\n",
        ),
    )
    assert {finding.rule for finding in found_in(own_project)} == {"uncited-source"}


def test_foreign_party_with_a_reason_is_let_in(own_project: Project) -> None:
    """Another country's body may be a party if the agreement says why."""
    (own_project.data / "actors" / "nl.yaml").write_text(
        "id: register-nl\nlabel: {en: NL}\ncountry: NL\nactors:\n  - {id: nl-offlimits, label: {en: Offlimits}, "
        "kind: ngo, source: eu-country-table}\n",
        "utf-8",
    )
    edit(
        own_project,
        "pages/be.yaml",
        lambda text: text.replace(
            "    parties: [be-child-focus, be-ministry",
            "    crossBorder: {en: Both take reports.}\n    parties: [nl-offlimits, be-child-focus, be-ministry",
            1,
        ),
    )

    assert not [finding for finding in found_in(own_project) if finding.is_error]
