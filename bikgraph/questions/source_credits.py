"""Sources as people cite them: title, address, section, day of reading, and what weakens them.

A record names a section of a document, or a page. The section is looked up in the profile that has it, which names
the document; so section 2.2 is credited with the document's title and address, and with its own number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.lookup import Node, document_of, is_a, label_of, name_of, subjects, text, value, values
from bikgraph.namespaces import ALT_LABEL, BIK, FOAF, LABEL
from bikgraph.tables.table import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store


def sources_of(store: Store, nodes: Iterable[Node], language: str = "en") -> dict[Node, Source]:
    """Each of `nodes`, sections or documents, as a source to cite; what the graph does not know stays empty.

    Titles are in `language` where there is one. The flag `only-source` depends on what is stated, and is not given
    here. A node of which the graph knows nothing gets its own IRI as its title.
    """
    return {node: _source(store, node, language) for node in dict.fromkeys(nodes)}


def _source(store: Store, node: Node, language: str) -> Source:
    document = document_of(store, node)
    pages = sorted(page.value for page in values(store, document, FOAF + "page"))
    return Source(
        node,
        title=_title(store, document, language),
        address=pages[0] if pages else "",
        section=text(store, node, BIK + "sectionNumber"),
        retrieved=text(store, document, BIK + "retrieved"),
        flags=tuple(_flags(store, document)),
    )


def _title(store: Store, document: Node, language: str) -> str:
    """The document's title; its other title where the title alone would be taken for the country of the same name."""
    label = label_of(store, document, language)
    if label is None:
        return name_of(store, document, language)
    others = sorted(found.value for found in values(store, document, ALT_LABEL))
    namesake = any(is_a(store, node, BIK + "Country") for node in subjects(store, LABEL, label))
    return others[0] if namesake and others else label.value


def _flags(store: Store, document: Node) -> Iterable[str]:
    if _is_true(store, document, "readInCopy"):
        yield "copy"
    if _is_true(store, document, "unverified"):
        yield "unverified"
    # A profile that transcribes only some answers of the questionnaire was read in excerpts of its document.
    profiles = subjects(store, BIK + "document", document)
    if any(text(store, profile, BIK + "wholeQuestionnaire") == "false" for profile in profiles):
        yield "excerpt"


def _is_true(store: Store, node: Node, name: str) -> bool:
    found = value(store, node, NamedNode(BIK + name))
    return found is not None and found.value == "true"
