"""What a search is narrowed by, as people write it; countries and kinds among the words."""

from __future__ import annotations

import pytest

from bikgraph.errors import RequestError
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.search import Filters, filters_of, read, understand


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"country": "DE"}, Filters(country=("DE",))),
        ({"country": "fr, Deutschland,Czech"}, Filters(country=("FR", "DE", "CZ"))),
        ({"country": "UK,EL"}, Filters(country=("GB", "GR"))),
        ({"kind": "law"}, Filters(kind=("law",))),
        ({"kind": "MoU"}, Filters(kind=("memorandum-of-understanding",))),
        ({"kind": "memoranda of understanding"}, Filters(kind=("memorandum-of-understanding",))),
        ({"kind": "NGOs,police"}, Filters(kind=("ngo", "law-enforcement"))),
        ({"kind": "Public organisation"}, Filters(kind=("public-organisation",))),
        ({"kind": "responsibilities"}, Filters(kind=("responsibility",))),
        ({"year": "2018"}, Filters(year=("2018",))),
        ({"year": "2018-2020"}, Filters(year=("2018", "2019", "2020"))),
        ({"year": "2018–2019"}, Filters(year=("2018", "2019"))),
        ({}, Filters()),
    ],
)
def test_filters_as_people_write_them(graph: KnowledgeGraph, given: dict[str, str], wanted: Filters) -> None:
    """Codes, names in any language, several by commas, everyday words and plurals of kinds, spans of years."""
    assert filters_of(graph.index, **given) == wanted


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"country": "XX"}, r"There is no country 'XX' \(--country\).*Accepted: AT, BE,"),
        ({"country": "Belgim"}, "Did you mean belgi"),
        ({"country": "BE,Atlantis"}, "There is no country 'Atlantis'"),
        ({"country": ","}, "There is no country ','"),
        ({"country": ""}, "There is no country ''"),
        ({"year": ""}, "such as 2018 or 2018-2022"),
        ({"kind": "polise"}, "Did you mean police"),
        ({"year": "soon"}, "such as 2018 or 2018-2022"),
        ({"year": "2022-2018"}, "is no year"),
        ({"year": "3018"}, "from 1800 to 2100"),
    ],
)
def test_a_filter_that_means_nothing(graph: KnowledgeGraph, given: dict[str, str], said: str) -> None:
    """The message says what is accepted, and what is near."""
    with pytest.raises(RequestError, match=said):
        filters_of(graph.index, **given)


def test_every_country_and_demonym_is_understood(graph: KnowledgeGraph) -> None:
    """Each label of each of the thirty countries, in every language, and each demonym becomes the country's code."""
    rows = graph.index.rows("SELECT name, value FROM meaning WHERE facet = 'country'")
    assert len({code for _, code in rows}) == 30

    wrong = []
    for name, code in rows:
        typed = understand(graph.index, read(f"helpline {name}"), Filters())
        if typed.filters.country != (code,):
            wrong.append((name, typed.filters.country))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "country", "kind", "left"),
    [
        ("ministry of education germany", "DE", "ministry", "education"),
        ("German ministries", "DE", "ministry", ""),
        ("Which countries have a law on age verification?", "", "law", "age verification"),
        ("police NO", "NO", "law-enforcement", ""),
        ("police in Norge or Malta", "NO MT", "law-enforcement", ""),
        ("media literacy germny", "DE", "", "media literacy"),
        ("federal polise", "", "", "federal polise"),  # near a country, and near a word that names have
        ("minstry of justice", "", "ministry", "justice"),
        ("internet policy forum", "", "", "internet policy forum"),
        ('"ministry" germany', "DE", "", "ministry"),
        ("age verification", "", "", "age verification"),
    ],
)
def test_countries_and_kinds_among_the_words(
    graph: KnowledgeGraph, text: str, country: str, kind: str, left: str
) -> None:
    """A country may stand anywhere, a kind at either end; what is in quotes is looked for as it is."""
    typed = understand(graph.index, read(text), Filters())

    assert " ".join(typed.filters.country) == country
    assert " ".join(typed.filters.kind) == kind
    assert " ".join(word.text for word in typed.words) == left


def test_what_an_option_tells_is_not_understood_again(graph: KnowledgeGraph) -> None:
    """With --country a country among the words is a word, with --kind a kind."""
    given = Filters(country=("BE",), kind=("law",))
    typed = understand(graph.index, read("ministry germany"), given)

    assert typed.filters == given
    assert not typed.understood
    assert [word.text for word in typed.words] == ["ministry", "germany"]


def test_phrases_and_prefixes() -> None:
    """A star ends a prefix, quotes hold a phrase together."""
    typed = read('verif* "age verification" standards')

    assert [(word.text, word.is_prefix) for word in typed.words] == [
        ("verif", True),
        ("age", False),
        ("verification", False),
        ("standards", False),
    ]
    assert typed.phrases == ("age verification",)
