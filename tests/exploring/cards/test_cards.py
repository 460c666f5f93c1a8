"""Cards: what is known of one thing, on a screen."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from bikgraph.exploring.cards import Card, card
from bikgraph.exploring.cards.card import HEIGHT, MOST, WIDTH, Row, Section
from bikgraph.exploring.cards.kinds import SECTIONS
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import instances
from bikgraph.namespaces import BIK, GRAPH, ID, LABEL
from bikgraph.project import Project
from bikgraph.tables.table import Source
from tests.conftest import Command

HOSTILE = "Bad<script>alert(1)</script>\x1b]0;title\x07 \u202elabel\nand a line"


def _section(shown: Card, heading: str) -> Section:
    return next(section for section in shown.sections if section.heading.startswith(heading))


def _fits(text: str) -> None:
    """No card is longer than a screen and a half, and no line wider than its columns, but for a single long word."""
    lines = text.splitlines()
    assert len(lines) <= 60, text
    for line in lines:
        words = max(len(word) for word in line.replace("bikgraph show ", "bikgraph_show_").split()) if line else 0
        assert len(line) <= WIDTH or words > WIDTH - 30, line


def _check_all(store: Store, things: Iterable[NamedNode]) -> int:
    checked = 0
    for thing in things:
        shown = card(store, thing)
        assert shown.name
        assert shown.kind, thing
        assert all(section.rows for section in shown.sections), thing
        assert shown.sections, thing
        _fits(str(shown))
        checked += 1
    return checked


def test_every_country_has_a_card(graph: KnowledgeGraph) -> None:
    """All thirty: what the graph holds by edition, who does what, policies, answers, sources, and what to ask next."""
    countries = instances(graph.store, BIK + "Country")

    assert _check_all(graph.store, countries) == 30
    for country in countries:
        shown = card(graph.store, country)
        headings = {re.sub(r" \(.*", "", section.heading) for section in shown.sections}
        assert {"Holds", "Who does what", "Policies", "Answers", "Links"} <= headings, country
        assert shown.fresh.startswith("Newest year told: 20"), country


def test_a_sample_of_each_kind_has_a_card(graph: KnowledgeGraph) -> None:
    """Of each class of things and records every twentieth, of those with few all."""
    for cls, _ in SECTIONS:
        things = instances(graph.store, cls or BIK + "Code")
        assert _check_all(graph.store, things[:: max(len(things) // 20, 1)]) >= min(len(things), 7), cls


@pytest.mark.slow
def test_every_actor_and_record_has_a_card(graph: KnowledgeGraph) -> None:
    """All bodies, records and sources: none raises, none is empty, none is longer than a screen and a half."""
    for name, least in (("Actor", 839), ("Record", 1500), ("Source", 800), ("Code", 100)):
        assert _check_all(graph.store, instances(graph.store, BIK + name)) >= least


def test_the_card_of_a_body(graph: KnowledgeGraph) -> None:
    """Roles in words by function with their years, agreements with their parties, and links of our tables as such."""
    shown = graph.card("Child Focus")
    text = str(shown)

    assert text.startswith("Child Focus (be-child-focus)\nNGO, helpline, hotline · Belgium · stated by one of ")
    assert "awareness: coordinator; member 2023; operator 2011" in text
    assert "policy coordination: coordinator for Creating a safe environment for children" in text
    agreements = [row.text for row in _section(shown, "Agreements").rows]
    memorandum = next(
        text for text in agreements if text.startswith("Memorandum of Understanding on child sexual abuse")
    )
    assert "2020" not in memorandum, "the edition is not the year of an agreement"
    assert memorandum.endswith("with Crown Prosecutor's Office, Federal Police, Ministry of Justice")
    assert "homepage https://childfocus.be/ (our link, 0.95)" in _section(shown, "Links").rows[0].text
    assert shown.commands == ("bikgraph show be-child-focus --all",)


def test_the_card_of_an_agreement(graph: KnowledgeGraph) -> None:
    """All parties if the source names all, else at least those that it names."""
    complete, incomplete = graph.card("be-mou-csam"), graph.card("be-operational-protocol-2017")

    assert [row.text for row in _section(complete, "Parties").rows] == [
        "Child Focus (helpline, hotline, NGO; Belgium)",
        "Crown Prosecutor's Office (judiciary; Belgium)",
        "Federal Police (law enforcement; Belgium)",
        "Ministry of Justice (ministry; Belgium)",
    ]
    assert _section(incomplete, "Parties").rows[0].text == "at least these 4:"


def test_the_card_of_a_questionnaire_item(graph: KnowledgeGraph) -> None:
    """Who answered what: each country that answered stands under one answer."""
    rows = _section(graph.card("edition-2024-coverage"), "Answers").rows

    told = graph.sparql("SELECT ?c WHERE { ?a bik:indicator id:edition-2024-coverage ; bik:country ?c }")
    assert not isinstance(told, bool)
    assert sum(int(row.text.split(": ")[1]) for row in rows) == len(told) > 10


def test_labels_are_in_the_language_that_is_asked_for(graph: KnowledgeGraph) -> None:
    """Names of things and codes follow the language, English where there is none."""
    assert graph.card("DE", lang="fr").name == "Allemagne"
    assert "Italia" in str(graph.card("Malta", lang="it")) or graph.card("it", lang="it").name == "Italia"


def test_what_gives_way_is_counted(graph: KnowledgeGraph) -> None:
    """The rows that a card shows and those that it counts are together all that there are; so are those of policies."""
    for code in ("DE", "NO", "MT", "CY", "BE"):
        shown = graph.card(code)
        policies = _section(shown, "Policies")
        total = len({row.policy for row in graph.ask("policies", country=code)})
        assert f"Policies ({total})" == policies.heading
        assert len(policies.rows) + policies.left_out == total
        counted = re.search(rf"… and (\d+) more: bikgraph ask policies --country {code}\n", str(shown))
        assert counted is not None
        assert 0 < int(counted[1]) < total


def test_a_long_card_is_cut_row_by_row() -> None:
    """The longest section gives way first, down to its least, and says how many rows are left out."""
    rows = tuple(Row(f"row {number}") for number in range(100))
    shown = Card("X", "x", "thing", sections=(Section("Many", rows, 5, "more"), Section("Few", rows[:2], 0, "more")))
    text = shown.render()

    assert len(text.splitlines()) == HEIGHT
    left = re.search(r"… and (\d+) more: more", text)
    assert left is not None
    assert int(left[1]) == 105 - (text.count("row ") - 2)
    sections = tuple(Section(str(at), rows[:9], 0, "more", least=9) for at in range(20))
    assert len(Card("X", "x", "thing", sections=sections).render().splitlines()) <= MOST


def test_footnotes_and_sources_fit_each_other(graph: KnowledgeGraph) -> None:
    """Each number behind a row stands below with its document, and each document there is cited above."""
    for thing in ("be-child-focus", "Germany", "no-norwegian-media-authority", "be-mou-csam", "MT"):
        above, _, below = str(graph.card(thing)).partition("\nSources")
        cited = {int(mark) for mark in re.findall(r"\[(\d+)", above)}
        listed = {int(mark) for mark in re.findall(r"^  \[(\d+)\]", below, re.MULTILINE)}
        assert cited == listed == set(range(1, len(listed) + 1)), thing


def test_a_footnote_is_kept_whole_and_addresses_are_not_cut() -> None:
    """A mark with its sections is not broken over lines; an address stands whole, or its source's slug for it."""
    address = "https://example.org/" + "long/" * 14
    source = Source(NamedNode(ID + "source-x"), "A title of some length that can be cut", address, "policy-frameworks")
    section = Section("Rows", (Row("word " * 18, (source,)),), 0, "all")
    shown = Card("X", "x", "thing", sections=(section,))

    assert "[1 §policy-frameworks]" in shown.render()
    assert address in shown.render()
    brief = shown.render(height=3)
    assert address not in brief
    assert "[1] A title of some length that can be cut, source-x" in brief
    assert "(their addresses: bikgraph show and the slug)" in brief


def test_a_thing_of_which_nothing_is_told_says_so() -> None:
    """No section is left blank, and no card: it says that there is no more."""
    store = Store()
    store.add(Quad(NamedNode(ID + "xx"), NamedNode(LABEL), Literal("X", language="en"), DefaultGraph()))
    shown = card(store, NamedNode(ID + "xx"))

    assert [row.text for row in shown.sections[0].rows] == [
        "Nothing but its name, what kind of thing it is, and who states it."
    ]
    assert str(shown).startswith("X (xx)\n")


def test_hostile_labels_are_harmless() -> None:
    """A label with markup or control characters is text in a notebook and words on a terminal."""
    store = Store()
    thing, pact = NamedNode(ID + "xx-thing"), NamedNode(ID + "xx-pact")
    for subject, predicate, obj in (
        (thing, LABEL, Literal(HOSTILE, language="en")),
        (pact, LABEL, Literal(HOSTILE, language="en")),
        (pact, BIK + "about", thing),
    ):
        for name in (NamedNode(GRAPH + "xx"), DefaultGraph()):
            store.add(Quad(subject, NamedNode(predicate), obj, name))
    shown = card(store, thing)
    html = shown._repr_html_()

    assert {character for character in str(shown) if not character.isprintable()} <= {"\n"}
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html


def test_html_links_web_addresses_only(graph: KnowledgeGraph) -> None:
    """A notebook's card has every source with its address as a link, and nothing else as one."""
    html = graph.card("Child Focus")._repr_html_()
    links = re.findall(r'<a href="([^"]*)">', html)

    assert "https://childfocus.be/" in links
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert html.count("<li>") > 20


def test_commands_of_a_card_work(graph: KnowledgeGraph, project: Project, command: Command) -> None:
    """Each command that a country's card offers can be run as it stands, also those behind what gave way."""
    shown = graph.card("Cyprus")
    commands = {*shown.commands, *(section.command for section in shown.sections)}

    assert len(commands) >= 5
    for line in sorted(commands):
        done = command(project, *line.split()[1:])
        assert done.returncode == 0, line
        assert done.stdout, line


def test_show_prints_a_card_and_all_prints_everything(project: Project, command: Command) -> None:
    """Without options a card; `--all` every statement, told and inferred; another format a row for each."""
    brief = command(project, "show", "Germany").stdout
    whole = command(project, "show", "Germany", "--all").stdout
    rows = command(project, "show", "Germany", "--format", "csv").stdout

    assert brief.startswith("Germany (country-de)\ncountry · DE · ")
    assert len(brief.splitlines()) < 50 < len(whole.splitlines())
    assert "\nInferred of it by others\n" in whole
    assert rows.startswith("direction,relation,other,otherLabel,told,source,credit,reason\r\n")


def test_ask_shows_the_card_of_what_is_named(project: Project, command: Command) -> None:
    """Words that are exactly the name or code of a country, or the name of a thing, show its card, and say so."""
    for words, slug in (("Italy", "country-it"), ("italia", "country-it"), ("UK", "country-gb"), ("NO", "country-no")):
        done = command(project, "ask", words)
        assert done.stdout.splitlines()[0].endswith(f"({slug})")
        assert f"bikgraph show {words}" in done.stderr
    done = command(project, "ask", "Child", "Focus", "--lang", "nl")
    assert done.stdout.startswith("Stichting voor Vermiste en Seksueel Uitgebuite kinderen (be-child-focus)")
    assert "bikgraph show 'Child Focus'" in done.stderr


def test_ask_still_answers_questions(project: Project, command: Command) -> None:
    """A saved question and plain words are asked as before; what names nothing is said to."""
    assert "bikgraph show" not in command(project, "ask", "ministries", "--country", "MT").stderr
    assert "bikgraph ask pillar-coordinators" in command(project, "ask", "who coordinates pillar 4 in Belgium?").stderr
    for words in ("Itally", "", "ministeries"):
        done = command(project, "ask", words)
        assert done.returncode == 2, textwrap.shorten(done.stdout, 80)
        assert "There is no question" in done.stderr


def test_a_card_without_a_thing_says_what_is_meant(project: Project, command: Command) -> None:
    """A typing error is answered with the nearest names, an empty one with what to write."""
    assert "Did you mean country-de" in command(project, "show", "Germny").stderr
    empty = command(project, "show", " ")
    assert (empty.returncode, empty.stdout) == (2, "")
    assert "such as be-star or Germany" in empty.stderr
