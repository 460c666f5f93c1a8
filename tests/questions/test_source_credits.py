"""Sources as people cite them."""

from __future__ import annotations

from pyoxigraph import NamedNode, Store

from bikgraph.lookup import document_of, instances
from bikgraph.namespaces import BIK, ID
from bikgraph.questions.source_credits import sources_of
from bikgraph.tables.table import Source


def _cited(store: Store, slug: str, language: str = "en") -> Source:
    node = NamedNode(ID + slug)
    return sources_of(store, [node], language)[node]


def test_a_section_is_cited_with_its_document(store: Store) -> None:
    """A section has the title and address of the document that its profile transcribes, and its own number."""
    source = _cited(store, "profile-no-2024-section-policy-frameworks")
    document = _cited(store, "source-no-monitor-2024")
    assert source == document._replace(node=source.node, section="policy-frameworks")
    assert source.title == "Norway - Policy monitor country profile"
    assert source.address.startswith("https://")
    assert source.retrieved == "2026-11-23"
    assert _cited(store, "profile-be-2020-section-2-2").section == "2.2"


def test_flags_tell_what_weakens_a_source(store: Store) -> None:
    """A copy, an unconfirmed address and an excerpt are told; a page that was read whole has no flag."""
    assert _cited(store, "source-be-gof-code").flags == ("copy",)
    assert "unverified" in _cited(store, "source-mt-itu-2023").flags
    assert _cited(store, "profile-de-2024-section-policy-frameworks").flags == ("excerpt",)
    assert _cited(store, "profile-be-2020-section-2-2").flags == ()


def test_titles_are_in_the_language_that_is_asked_for(store: Store) -> None:
    """The title is in the wanted language where the document has one in it, else in English."""
    assert _cited(store, "source-be-datanews-code", "nl").title.startswith("Belgische operatoren")
    assert _cited(store, "source-be-sic-2023", "nl").title == _cited(store, "source-be-sic-2023").title


def test_a_document_is_not_cited_by_a_country_name(store: Store) -> None:
    """The profile that its site heads "Belgium" is cited by its other title, which nobody takes for the country."""
    assert _cited(store, "bik-map-2020-belgium").title == "Country profile of Belgium in the third BIK Policy Map"


def test_an_unknown_source_is_named_by_itself(store: Store) -> None:
    """A node that the graph does not describe is its own title; nothing else is made up."""
    node = NamedNode("https://example.org/nothing")
    assert sources_of(store, [node])[node] == Source(node, title="https://example.org/nothing")


def test_every_source_of_the_thirty_countries_can_be_cited(store: Store) -> None:
    """Every section leads to a document, and every source has a title that is no slug."""
    nodes = instances(store, BIK + "Source")
    cited = sources_of(store, nodes)
    assert len(cited) == len(set(nodes)) > 800
    assert not [node for node, source in cited.items() if not source.title or source.title in node.value]
    sections = instances(store, BIK + "Section")
    assert len(sections) > 100
    assert all(cited[section].section and document_of(store, section) != section for section in sections)
