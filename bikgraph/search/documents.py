"""What a graph says of things, as the index has it: their names, their texts, and what a search is narrowed by."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import Node, instances, subjects, triples, values
from bikgraph.namespaces import ALT_LABEL, BIK, ID, LABEL, NOTATION, OWL, RDF_TYPE, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Store

SCHEMA_ORG_DESCRIPTION = "https://schema.org/description"
# The texts of a thing by field; a text that two fields hold is that of the first.
TEXTS = {
    "note": SKOS + "note",
    "purpose": BIK + "purpose",
    "competence": BIK + "competence",
    "audience": BIK + "audience",
    "cross-border": BIK + "crossBorder",
    "keyword": "http://www.w3.org/ns/dcat#keyword",
    "description": SCHEMA_ORG_DESCRIPTION,
    "definition": SKOS + "definition",
}
CONTEXT = "context"
# What a record links whose names are words of it too: a responsibility has no name of its own.
_LINKS = [
    BIK + name for name in ("involves", "role", "function", "pillar", "indicator", "answer", "about", "territory")
]
_KIND, _COUNTRY, _EDITION, _SOURCE, _TOPIC = (BIK + name for name in ("kind", "country", "edition", "source", "topic"))
_YEARS = tuple(BIK + name for name in ("year", "endYear", "date"))
_SECTION, _IN_EDITION = BIK + "hasSection", BIK + "inEdition"
_BROADER = SKOS + "broader"
_NEIGHBOURS = (*_LINKS, _KIND, _COUNTRY, _EDITION, _IN_EDITION, _SOURCE, _TOPIC)
_TERMS = (*(BIK + name for name in ("Code", "Section", "Topic")), SKOS + "ConceptScheme", OWL + "Class")
_READ = [LABEL, ALT_LABEL, NOTATION, RDF_TYPE, _BROADER, *TEXTS.values(), *_YEARS, *_NEIGHBOURS]
THING, SOURCE, TERM = 0, 1, 2
_MOST_YEARS = 200
# Classes of what holds in the year of its edition.
_OF_THE_EDITION = {"Responsibility", "Answer", "Indicator", "CountryProfile"}


# What is said of one node: the values of each property, by its IRI.
Said = dict[str, list[NamedNode | Literal]]


class Document(NamedTuple):
    """A thing for the index. `names` and `texts` are (value, language) and (field, value, language)."""

    iri: str
    sort: int
    names: list[tuple[str, str]]
    texts: list[tuple[str, str, str]]
    facets: list[tuple[str, str]]


class Reader:
    """Reads documents out of a store: all in one pass over the properties that count, or those of some nodes."""

    def __init__(self, store: Store) -> None:
        """Read from `store`."""
        self._store = store
        self._statements: dict[Node, Said] = {}
        self._is_complete = False
        self._source_years: dict[Node, set[int]] = {}
        self._section_editions = {
            section: edition
            for profile, _, section in triples(store, None, _SECTION)
            for edition in values(store, profile, _EDITION)
        }
        self._terms = {node for cls in _TERMS for node in instances(store, cls)}

    def everything(self) -> Iterator[Document]:
        """The documents of all things that have a name or a text, in the order of their IRIs."""
        for predicate in _READ:
            for node, _, obj in triples(self._store, None, predicate):
                if isinstance(obj, NamedNode | Literal):
                    self._statements.setdefault(node, defaultdict(list))[predicate].append(obj)
        self._is_complete = True
        return self.of([node for node in self._statements if isinstance(node, NamedNode)])

    def of(self, nodes: Iterable[NamedNode]) -> Iterator[Document]:
        """The documents of those of the nodes that are things or terms of ours and have words."""
        for node in sorted(nodes, key=lambda node: node.value):
            if node.value.startswith((ID, BIK)) and (document := self._document(node)) is not None:
                yield document

    def _said(self, node: Node | Literal) -> Said:
        """What is said of a node, by the IRIs of the properties that count."""
        if isinstance(node, Literal):
            return defaultdict(list)
        if node not in self._statements:
            said: Said = defaultdict(list)
            if not self._is_complete:
                for _, predicate, obj in triples(self._store, node):
                    if isinstance(obj, NamedNode | Literal):
                        said[predicate.value].append(obj)
            self._statements[node] = said
        return self._statements[node]

    def _document(self, node: NamedNode) -> Document | None:
        said = self._said(node)
        texts: dict[tuple[str, str], str] = {}
        for field, predicate in TEXTS.items():
            for text in _texts(said[predicate]):
                texts.setdefault(text, field)
        context = {name for link in _LINKS for obj in said[link] for name in self._names(obj)} if said[_SOURCE] else ()
        names = sorted({*_texts(said[LABEL]), *_texts(said[ALT_LABEL])})
        if not (names or texts or context or said[_TOPIC]):
            return None
        listed = [(field, *text) for text, field in texts.items()]
        # Only what a topic is called: its other names are each about a part of what is tagged with it.
        listed += [
            ("topic", *name) for name in sorted({n for obj in said[_TOPIC] for n in _texts(self._said(obj)[LABEL])})
        ]
        listed += [(CONTEXT, name, "") for name in sorted(context)]
        return Document(node.value, self._sort(node, said), names, listed, sorted(set(self._facets(node, said))))

    def _sort(self, node: NamedNode, said: Said) -> int:
        if not node.value.startswith(ID) or node in self._terms:
            return TERM
        return SOURCE if NamedNode(BIK + "Source") in said[RDF_TYPE] else THING

    def _facets(self, node: NamedNode, said: Said) -> Iterator[tuple[str, str]]:
        classes = [cls.value.removeprefix(BIK) for cls in said[RDF_TYPE] if cls.value.startswith(BIK)]
        yield from (("kind", kebab(name)) for name in classes)
        yield from (("kind", code) for kind in said[_KIND] for code in self._codes(kind))
        if "Country" in classes:
            yield from (("country", code.value) for code in said[NOTATION])
        yield from (("country", code) for country in said[_COUNTRY] for code in self._codes(country))
        for topic in said[_TOPIC]:
            yield from (("topic", code) for node in self._upwards(topic) for code in self._codes(node))
        years = self._years_of_source(node) if "Source" in classes else self._years(said, classes)
        yield from (("year", str(year)) for year in years)

    def _years(self, said: Said, classes: list[str]) -> set[int]:
        """The thing's own years; else of what an edition asks about its own time, the edition's year.

        A law that a profile of 2018 names may be older, and so may what a page of that year says: neither year is its.
        """
        own = _own_years(said)
        if own or not _OF_THE_EDITION.intersection(classes):
            return own
        return {year for edition in _editions(said) for year in self._numbers(edition)}

    def _years_of_source(self, source: NamedNode | Literal) -> set[int]:
        if isinstance(source, Literal):
            return set()
        if source not in self._source_years:
            said = self._said(source)
            editions = [*_editions(said), *(o for o in [self._section_editions.get(source)] if o is not None)]
            self._source_years[source] = _own_years(said) or {
                year for edition in editions for year in self._numbers(edition)
            }
        return self._source_years[source]

    def _upwards(self, topic: NamedNode | Literal) -> Iterator[NamedNode | Literal]:
        """A topic and all that are broader than it."""
        seen: set[NamedNode | Literal] = set()
        todo = [topic]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                yield node
                todo += self._said(node)[_BROADER]

    def _codes(self, node: Node | Literal) -> list[str]:
        return [code.value for code in self._said(node)[NOTATION]]

    def _numbers(self, edition: Node | Literal) -> list[int]:
        return [int(code) for code in self._codes(edition) if code.isdecimal()]

    def _names(self, node: NamedNode | Literal) -> list[str]:
        """The English names of what a record links, else all."""
        said = self._said(node)
        names = [*_texts(said[LABEL]), *_texts(said[ALT_LABEL])]
        return [name for name, language in names if language == "en"] or [name for name, _ in names]


def dependants(store: Store, nodes: Collection[NamedNode]) -> set[NamedNode]:
    """The things whose documents may change when these are described otherwise: they and what names them.

    What hands on a code or a year is followed further: sections of a profile, narrower topics, what is in an edition.
    """
    carriers: set[NamedNode] = set()
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node not in carriers:
            carriers.add(node)
            todo += [section for section in values(store, node, _SECTION) if isinstance(section, NamedNode)]
            todo += [subject for predicate in (_BROADER, _IN_EDITION) for subject in subjects(store, predicate, node)]
    return carriers | {
        subject
        for node in carriers
        for subject, predicate, _ in triples(store, None, None, node)
        if predicate.value in _NEIGHBOURS and isinstance(subject, NamedNode)
    }


def kebab(name: str) -> str:
    """The code of a class: its name in small letters, joined by hyphens.

    >>> kebab("MemorandumOfUnderstanding")
    'memorandum-of-understanding'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _texts(terms: Iterable[NamedNode | Literal]) -> list[tuple[str, str]]:
    return sorted({(o.value, o.language or "") for o in terms if isinstance(o, Literal) and o.value.strip()})


def _editions(said: Said) -> list[NamedNode | Literal]:
    return [*said[_EDITION], *said[_IN_EDITION]]


def _own_years(said: Said) -> set[int]:
    """The years of a thing's own properties; from its first to its last where it lasted."""
    found = {int(o.value[:4]) for p in _YEARS for o in said[p] if o.value[:4].isdecimal()}
    if found and said[_YEARS[1]] and max(found) - min(found) < _MOST_YEARS:
        return set(range(min(found), max(found) + 1))
    return found
