"""The ontology's files: style, metadata, use of every term, the schemes, the OWL 2 RL profile, and a DL reasoner's
verdict.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, VANN, XSD

from bikgraph.building.country import assemble_country as assemble_group
from bikgraph.building.country import load_shared
from bikgraph.building.triples import store_of
from bikgraph.lookup import instances, terms
from bikgraph.namespaces import BIK, ID
from bikgraph.project import find
from bikgraph.reading.sssom import read_links
from bikgraph.reasoning.rules import compile_rules
from tests.conftest import peer

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = rdflib.URIRef("https://w3id.org/bikgraph/ontology")
CORE = sorted((ROOT / "ontology").glob("*.ttl"))
SCHEMES = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
SHAPES = sorted((ROOT / "ontology" / "shapes").glob("*.ttl"))
STYLE = ROOT / "ontology" / "shapes" / "ontology-style.ttl"
PREFIXES = """
    @prefix bik: <https://w3id.org/bikgraph/ontology#> .
    @prefix id: <https://w3id.org/bikgraph/id/> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix vann: <http://purl.org/vocab/vann/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def graph_of(*paths: Path) -> rdflib.Graph:
    """The statements of Turtle files in one graph."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


@cache
def vocabulary() -> rdflib.Graph:
    """The ontology, its alignments and the schemes; not to be changed."""
    return graph_of(*CORE, *SCHEMES)


@cache
def belgium() -> tuple[Triple, ...]:
    """All that is told: the ontology, the schemes, the registers and Belgium's files."""
    project = find(ROOT)
    base = load_shared(project)
    results = [*base.results, *assemble_group(base, [file for file in project.data_files() if file.group == "be"], {})]
    return tuple(quad.triple for result in results for quad in parse(result.told, RdfFormat.N_TRIPLES))


def bik(name: str) -> rdflib.URIRef:
    """A term of the ontology."""
    return rdflib.URIRef(BIK + name)


def entity(slug: str) -> rdflib.URIRef:
    """An entity by its slug."""
    return rdflib.URIRef(ID + slug)


def declared() -> set[str]:
    """The IRIs of the ontology's own terms."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {str(term) for kind in kinds for term in vocabulary().subjects(RDF.type, kind) if str(term).startswith(BIK)}


# Files and metadata


@pytest.mark.parametrize("path", [*CORE, *SCHEMES, *SHAPES], ids=lambda path: path.name)
def test_a_turtle_file_parses(path: Path) -> None:
    """Every Turtle file of the ontology parses in both engines to the same number of statements."""
    assert len(set(parse(path=str(path), format=RdfFormat.TURTLE))) == len(graph_of(path)) > 0


def test_the_header_says_what_a_user_needs() -> None:
    """The header gives title, version, version IRI, licence, creator, prefix, dates and changes, and they agree."""
    graph = vocabulary()
    (version,) = graph.objects(ONTOLOGY, OWL.versionInfo)
    (version_iri,) = graph.objects(ONTOLOGY, OWL.versionIRI)
    notes = [str(note) for note in graph.objects(ONTOLOGY, SKOS.changeNote)]

    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [ONTOLOGY]
    assert str(version_iri) == f"{ONTOLOGY}/{version}"
    assert any(note.startswith(f"{version} ") for note in notes)
    assert graph.value(ONTOLOGY, DCTERMS.license) == rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "bik"
    assert str(graph.value(ONTOLOGY, VANN.preferredNamespaceUri)) == BIK
    for needed in (DCTERMS.title, DCTERMS.creator, DCTERMS.created, DCTERMS.modified, RDFS.label, RDFS.comment):
        assert graph.value(ONTOLOGY, needed) is not None, needed


# Style, by SHACL over the ontology itself


def style_results(graph: rdflib.Graph) -> set[tuple[str, str]]:
    """What the style shape finds: the path and the kind of each constraint that does not hold."""
    from pyshacl import validate

    _, report, _ = validate(graph, shacl_graph=graph_of(STYLE), advanced=True)
    assert isinstance(report, rdflib.Graph)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return {
        (
            _local(report.value(result, SH.resultPath)),
            _local(report.value(result, SH.sourceConstraintComponent)).removesuffix("ConstraintComponent"),
        )
        for result in results
    }


def _local(iri: object) -> str:
    return re.split(r"[#/]", str(iri))[-1]


def test_the_ontology_keeps_its_style() -> None:
    """The ontology, its alignments and its schemes conform to the style shape."""
    assert style_results(vocabulary()) == set()


def test_foreign_terms_are_not_judged() -> None:
    """A term of another vocabulary needs no label or definition of ours."""
    graph = rdflib.Graph().parse(data=PREFIXES + "skos:Concept a owl:Class . dct:type a owl:ObjectProperty .")

    assert style_results(graph) == set()


GOOD_STYLE = """
    <https://w3id.org/bikgraph/ontology> a owl:Ontology ;
        owl:versionIRI <https://w3id.org/bikgraph/ontology/1.0.0> ; owl:versionInfo "1.0.0" ; dct:license
        <https://example.org/licence> ; dct:creator "Somebody" ; vann:preferredNamespacePrefix "bik" ; skos:changeNote
        "1.0.0: first."@en .
    bik:Code a owl:Class ; rdfs:label "code"@en ; skos:definition "A code."@en ; skos:example "One."@en ;
    rdfs:isDefinedBy <https://w3id.org/bikgraph/ontology> . id:one a bik:Code ; skos:inScheme id:scheme ; skos:notation
    "one" ; rdfs:label "one"@en , "un"@fr ; skos:definition "The first."@en .
"""
TERM, HEADER, CODE = bik("Code"), ONTOLOGY, entity("one")
EN: dict[str, Any] = {"lang": "en"}
# Subject, property, its value in place of the good one (none: taken away), added to the good one (+), and what has to
# be found.
Broken = tuple[rdflib.URIRef, rdflib.URIRef, rdflib.term.Node | None, bool, tuple[str, str]]
BROKEN: list[Broken] = [
    (TERM, RDF.type, OWL.NamedIndividual, False, ("type", "QualifiedMinCount")),
    (TERM, RDF.type, OWL.ObjectProperty, True, ("type", "QualifiedMaxCount")),
    (TERM, RDFS.label, None, False, ("label", "MinCount")),
    (TERM, RDFS.label, rdflib.Literal("other", **EN), True, ("label", "MaxCount")),
    (TERM, RDFS.label, rdflib.Literal("Kode", lang="de"), False, ("label", "LanguageIn")),
    (TERM, SKOS.definition, None, False, ("definition", "MinCount")),
    (TERM, SKOS.definition, rdflib.Literal("Another.", **EN), True, ("definition", "MaxCount")),
    (TERM, SKOS.definition, rdflib.Literal("Ein Kode.", lang="de"), False, ("definition", "LanguageIn")),
    (TERM, SKOS.definition, rdflib.Literal("A code", **EN), False, ("definition", "Pattern")),
    (TERM, SKOS.definition, rdflib.Literal("a code.", **EN), False, ("definition", "Pattern")),
    (TERM, SKOS.example, None, False, ("example", "MinCount")),
    (TERM, RDFS.isDefinedBy, None, False, ("isDefinedBy", "MinCount")),
    (TERM, RDFS.isDefinedBy, rdflib.URIRef("https://example.org/"), True, ("isDefinedBy", "MaxCount")),
    (TERM, RDFS.isDefinedBy, rdflib.URIRef("https://example.org/"), False, ("isDefinedBy", "HasValue")),
    (HEADER, OWL.versionIRI, None, False, ("versionIRI", "MinCount")),
    (HEADER, OWL.versionIRI, rdflib.URIRef("https://example.org/"), True, ("versionIRI", "MaxCount")),
    (HEADER, OWL.versionIRI, rdflib.Literal("1.0.0"), False, ("versionIRI", "NodeKind")),
    (HEADER, OWL.versionInfo, None, False, ("versionInfo", "MinCount")),
    (HEADER, OWL.versionInfo, rdflib.Literal("1.0"), False, ("versionInfo", "Pattern")),
    (HEADER, DCTERMS.license, None, False, ("license", "MinCount")),
    (HEADER, DCTERMS.license, rdflib.Literal("free"), False, ("license", "NodeKind")),
    (HEADER, DCTERMS.creator, None, False, ("creator", "MinCount")),
    (HEADER, VANN.preferredNamespacePrefix, None, False, ("preferredNamespacePrefix", "HasValue")),
    (HEADER, SKOS.changeNote, None, False, ("changeNote", "MinCount")),
    (CODE, SKOS.inScheme, None, False, ("inScheme", "MinCount")),
    (CODE, SKOS.inScheme, rdflib.Literal("scheme"), False, ("inScheme", "NodeKind")),
    (CODE, RDFS.label, rdflib.Literal("eins", lang="de"), False, ("label", "QualifiedMinCount")),
    (CODE, RDFS.label, rdflib.Literal("first", **EN), True, ("label", "QualifiedMaxCount")),
    (CODE, SKOS.notation, None, False, ("notation", "MinCount")),
    (CODE, SKOS.notation, rdflib.Literal("two"), True, ("notation", "MaxCount")),
    (CODE, SKOS.notation, rdflib.Literal("one", **EN), False, ("notation", "Datatype")),
    (CODE, SKOS.notation, rdflib.Literal("One two"), False, ("notation", "Pattern")),
    (CODE, SKOS.definition, None, False, ("definition", "MinCount")),
    (CODE, SKOS.definition, rdflib.Literal("Another.", **EN), True, ("definition", "MaxCount")),
    (CODE, SKOS.definition, rdflib.Literal("Der erste.", lang="de"), False, ("definition", "LanguageIn")),
    (CODE, SKOS.definition, rdflib.Literal("The first", **EN), False, ("definition", "Pattern")),
]


def test_the_good_style_example_conforms() -> None:
    """The small ontology that the broken copies are made from conforms."""
    assert style_results(rdflib.Graph().parse(data=PREFIXES + GOOD_STYLE)) == set()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{_local(broken[0])}-{'-'.join(broken[4])}-{broken[2]}")
def test_a_breach_of_style_is_caught(broken: Broken) -> None:
    """Each constraint of the style shape catches a copy in which it alone, or its absence, is at fault."""
    subject, path, value, added, expected = broken
    graph = rdflib.Graph().parse(data=PREFIXES + GOOD_STYLE)
    if not added:
        graph.remove((subject, path, None))
    if value is not None:
        graph.add((subject, path, value))

    assert expected in style_results(graph)


def test_every_style_constraint_has_a_breach() -> None:
    """No constraint of the style shape is left without a broken copy that it catches."""
    shape = graph_of(STYLE)
    parameters = {
        SH.minCount,
        SH.maxCount,
        SH.languageIn,
        SH.pattern,
        SH.hasValue,
        SH.nodeKind,
        SH.datatype,
        SH.qualifiedMinCount,
        SH.qualifiedMaxCount,
    }
    known = parameters | {SH.path, SH.message, SH.qualifiedValueShape}
    constraints = set()
    for node, path in shape.subject_objects(SH.path):
        assert set(shape.predicates(node)) <= known
        names = (_local(predicate) for predicate in set(shape.predicates(node)) & parameters)
        constraints |= {(_local(path), name[0].upper() + name[1:]) for name in names}

    assert {broken[4] for broken in BROKEN} == constraints


# Every term declared and used


def names_in(text: str) -> set[str]:
    """The terms of the ontology that a text writes with the prefix bik:."""
    return {BIK + name for name in re.findall(r"\bbik:([A-Za-z][A-Za-z0-9]*)", text)}


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


USING_FILES = [
    *SCHEMES,
    *SHAPES,
    ROOT / "ontology" / "alignments.ttl",
    ROOT / "ontology" / "context.jsonld",
    *sorted((ROOT / "queries").glob("*.rq")),
]


@pytest.mark.parametrize("path", USING_FILES, ids=lambda path: path.name)
def test_every_term_used_is_declared(path: Path) -> None:
    """A scheme, shape, alignment, context or query uses no term that the ontology does not declare."""
    text = path.read_text("utf-8")
    full = set(re.findall(re.escape(BIK) + r"[A-Za-z0-9]+", text))

    assert (names_in(text) | full) - declared() == set()


def test_every_term_that_the_program_names_is_declared() -> None:
    """The program's own `BIK + "…"` names terms that the ontology declares."""
    beginnings = {BIK + "has"}  # of several properties' names
    named = {
        BIK + name
        for path in (ROOT / "bikgraph").rglob("*.py")
        for name in re.findall(r'\bBIK \+ "([A-Za-z]+)"', path.read_text("utf-8"))
    }

    assert named
    assert named - declared() - beginnings == set()


def _used_in_axioms() -> set[str]:
    """The terms that an axiom is about: those on its far side, in an expression or a chain, or that it can infer."""
    graph = vocabulary()
    used: set[Any] = set()
    for predicate in (
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.disjointWith,
        OWL.onProperty,
        OWL.someValuesFrom,
        RDF.first,
    ):
        used |= set(graph.objects(None, predicate))
    for predicate in (OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyChainAxiom):
        used |= set(graph.subjects(predicate)) | set(graph.objects(None, predicate))
    return {str(term) for term in used}


def _used_in_data() -> set[str]:
    entities = [(p, o) for s, p, o in map(terms, belgium()) if not s.value.startswith(BIK)]
    return {p.value for p, _ in entities} | {o.value for _, o in entities if isinstance(o, NamedNode)}


def test_every_term_is_used() -> None:
    """Each term is used by data, a scheme, a shape, a query, the context or an axiom; one that is not is taken out."""
    # The classes of the files' top records, which the program gives by their folder: no pages are committed yet.
    used = _used_in_axioms() | _used_in_data() | {BIK + name for name in ("Register", "CountryProfile", "CountryPages")}
    for path in USING_FILES:
        if path.name != "alignments.ttl":
            used |= names_in(_without_comments(path.read_text("utf-8")))

    assert sorted(declared() - used) == []


def test_foreign_terms_of_axioms_are_declared_by_kind() -> None:
    """Each foreign class or property that an axiom speaks of is declared, so that OWL tools know what kind of term it
    is.
    """
    graph = vocabulary()
    predicates = (
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.propertyChainAxiom,
        OWL.equivalentClass,
        OWL.inverseOf,
    )
    terms = {
        term
        for predicate in predicates
        for pair in graph.subject_objects(predicate)
        for term in pair
        if isinstance(term, rdflib.URIRef)
    }
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}

    assert (
        sorted(
            term
            for term in terms
            if not str(term).startswith(str(XSD)) and not kinds & set(graph.objects(term, RDF.type))
        )
        == []
    )


def shacl_terms() -> set[str]:
    """The terms of the SHACL vocabulary, from the copy that pyshacl ships."""
    text = resources.files("pyshacl").joinpath("assets/shacl.ttl").read_text("utf-8")
    return {str(term) for term in rdflib.Graph().parse(data=text).subjects() if str(term).startswith(str(SH))}


def unknown_shacl_terms(graph: rdflib.Graph) -> list[str]:
    """The terms of a shapes graph in SHACL's namespace that SHACL does not have."""
    used = {
        str(term)
        for triple in graph
        for term in triple
        if isinstance(term, rdflib.URIRef) and str(term).startswith(str(SH))
    }
    return sorted(used - shacl_terms())


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.name)
def test_every_shacl_term_is_known(path: Path) -> None:
    """A shape uses real terms of SHACL only; pyshacl passes a misspelt constraint in silence."""
    assert unknown_shacl_terms(graph_of(path)) == []


def test_a_misspelt_shacl_term_is_caught() -> None:
    """A constraint with a small letter where a capital belongs is no term of SHACL."""
    graph = rdflib.Graph().parse(
        data=PREFIXES + "id:shape a sh:NodeShape ; sh:property [ sh:path rdfs:label ; sh:mincount 1 ] ."
    )

    assert unknown_shacl_terms(graph) == [str(SH) + "mincount"]


def test_the_context_names_declared_prefixes_only() -> None:
    """Each term of the JSON-LD context expands by a prefix of the context itself."""
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
    prefixes = {key for key, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))}

    assert {value["@id"].split(":")[0] for value in context.values() if isinstance(value, dict)} <= prefixes


# Schemes


def concepts() -> list[rdflib.term.Node]:
    """Everything that belongs to a scheme."""
    return sorted(set(vocabulary().subjects(SKOS.inScheme)), key=str)


def test_every_concept_has_exactly_one_english_label() -> None:
    """A concept has one English label, whatever other languages it has."""
    english = {
        str(concept): [
            label for label in vocabulary().objects(concept, RDFS.label) if getattr(label, "language", "") == "en"
        ]
        for concept in concepts()
    }

    assert len(english) > 130
    assert {concept: labels for concept, labels in english.items() if len(labels) != 1} == {}


def test_every_scheme_is_described() -> None:
    """Each scheme that a concept belongs to is described as one, with label and definition."""
    graph = vocabulary()
    schemes = set(graph.objects(None, SKOS.inScheme))

    assert [
        scheme for scheme in schemes if not {SKOS.ConceptScheme, bik("Strategy")} & set(graph.objects(scheme, RDF.type))
    ] == []
    assert [
        scheme
        for scheme in schemes
        if (scheme, RDFS.label, None) not in graph or (scheme, SKOS.definition, None) not in graph
    ] == []


def test_notations_are_unique_in_their_scheme() -> None:
    """Two concepts of one scheme never have the same notation."""
    graph = vocabulary()
    pairs = Counter(
        (scheme, str(notation))
        for concept, notation in graph.subject_objects(SKOS.notation)
        for scheme in graph.objects(concept, SKOS.inScheme)
    )

    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_a_codes_slug_ends_in_its_notation() -> None:
    """A code's identifier ends in the word that editors write, so that either tells the other."""
    graph = vocabulary()
    classes = [bik("Code"), *graph.subjects(RDFS.subClassOf, bik("Code"))]
    codes = [
        (code, notation)
        for cls in classes
        for code in graph.subjects(RDF.type, cls)
        for notation in graph.objects(code, SKOS.notation)
    ]

    assert len(codes) > 70
    assert [str(code) for code, notation in codes if not str(code).endswith(f"-{notation}")] == []


def test_not_answered_belongs_to_every_answer_scheme() -> None:
    """Every question admits that it was left without an answer, and no answer is a yes or no by default."""
    graph = vocabulary()
    schemes = set(graph.objects(None, bik("answerScheme")))

    assert len(schemes) > 20
    assert schemes == set(graph.objects(entity("answer-not-answered"), SKOS.inScheme))


def tick_items() -> list[rdflib.term.Node]:
    """The items of the 2020 tick tables, in the form's order."""
    graph = vocabulary()
    items = [
        item
        for item in graph.subjects(bik("inEdition"), entity("edition-2020"))
        if (item, bik("answerScheme"), entity("scheme-answers-availability")) in graph
    ]
    return sorted(items, key=lambda item: int(str(graph.value(item, bik("ordinal")))))


def test_the_questionnaire_has_38_tick_items_by_pillar() -> None:
    """The tick tables of 2020 have 4, 19, 11 and 4 items under the four pillars, in that order."""
    graph = vocabulary()
    pillars = Counter(str(graph.value(item, bik("pillar"))).removeprefix(ID) for item in tick_items())

    assert list(pillars.items()) == [
        ("bik-2012-pillar-1", 4),
        ("bik-2012-pillar-2", 19),
        ("bik-2012-pillar-3", 11),
        ("bik-2012-pillar-4", 4),
    ]


def test_the_questionnaire_has_its_groups() -> None:
    """Pillar 2 has groups of 5, 5, 6 and 3 items, Pillar 3 of 3, 3, 2 and 3; Pillars 1 and 4 have none."""
    graph = vocabulary()
    groups = Counter(
        (str(graph.value(item, bik("pillar")))[-1], _local(graph.value(item, bik("actionArea")) or ""))
        for item in tick_items()
    )

    assert [(pillar, count) for (pillar, group), count in groups.items() if group] == [
        ("2", 5),
        ("2", 5),
        ("2", 6),
        ("2", 3),
        ("3", 3),
        ("3", 3),
        ("3", 2),
        ("3", 3),
    ]
    assert [(pillar, count) for (pillar, group), count in groups.items() if not group] == [("1", 4), ("4", 4)]


def test_a_group_falls_under_the_pillar_of_its_items() -> None:
    """An item and the action area that it stands in have the same pillar."""
    graph = vocabulary()

    for item, area in graph.subject_objects(bik("actionArea")):
        assert graph.value(item, bik("pillar")) == graph.value(area, bik("pillar"))


def test_items_are_numbered_and_named_once() -> None:
    """The items of the edition are numbered from 1 without a gap, and short code, slug and section agree."""
    graph = vocabulary()
    items = [
        item
        for item in graph.subjects(RDF.type, bik("Indicator"))
        if (item, bik("inEdition"), entity("edition-2020")) in graph
    ]
    codes = [str(graph.value(item, bik("shortCode"))) for item in items]

    assert sorted(int(str(graph.value(item, bik("ordinal")))) for item in items) == list(range(1, 44))
    assert sorted(codes) == sorted(str(item).removeprefix(ID + "edition-2020-") for item in items)
    assert {str(graph.value(item, bik("formSection")))[-1] for item in tick_items()} == {"1", "2", "3", "4"}
    assert all(
        str(graph.value(item, bik("formSection"))) == f"3.P{str(graph.value(item, bik('pillar')))[-1]}"
        for item in tick_items()
    )


def test_the_edition_covers_thirty_countries() -> None:
    """The edition of 2020 covers thirty countries, Greece as GR and the United Kingdom as GB."""
    covered = {str(country).removeprefix(ID) for country in vocabulary().objects(entity("edition-2020"), bik("covers"))}

    assert len(covered) == 30
    assert {"country-gr", "country-gb", "country-is", "country-no"} <= covered


CROSSWALK, CROSSWALK_FINDINGS = read_links(
    ROOT / "data" / "links" / "crosswalk.sssom.tsv",
    "crosswalk",
    {str(node).removeprefix(ID) for node in vocabulary().subjects() if str(node).startswith(ID)},
)


def test_the_crosswalk_of_pillars_is_there() -> None:
    """Each pillar of 2012 matches the 2018 map's five, those of BIK+ are matched, and a match stays between schemes."""
    graph = rdflib.Graph().parse(data=serialize(CROSSWALK, format=RdfFormat.N_TRIPLES), format="nt")
    matches = [
        (a, b)
        for relation in (SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch)
        for a, b in graph.subject_objects(relation)
    ]
    slugs = [(str(a).removeprefix(ID), str(b).removeprefix(ID)) for a, b in matches]
    slugs = [pair for pair in slugs if "-pillar-" in pair[0]]
    known = vocabulary()
    pillars = {str(pillar).removeprefix(ID) for pillar in known.subjects(RDF.type, bik("Pillar"))}

    assert pillars == {
        f"{scheme}-pillar-{number}"
        for scheme, last in (("bik-2012", 4), ("bik-map-2018", 5), ("bik-plus-2022", 3))
        for number in range(1, last + 1)
    }
    assert {slug for pair in slugs for slug in pair} == pillars
    assert {a for a, b in slugs if b.startswith("bik-map-2018")} == {
        f"bik-2012-pillar-{number}" for number in range(1, 5)
    }
    assert all(known.value(a, SKOS.inScheme) != known.value(b, SKOS.inScheme) for a, b in matches)


# The OWL 2 RL profile

RL_DATATYPES = {RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral} | {
    XSD[name]
    for name in """decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short
    byte unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token language Name
    NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp""".split()  # noqa: SIM905
}
RL_CHARACTERISTICS = {
    OWL[f"{name}Property"]
    for name in ("Symmetric", "Asymmetric", "Transitive", "Irreflexive", "Functional", "InverseFunctional")
}
EXPRESSIONS = (
    OWL.intersectionOf,
    OWL.unionOf,
    OWL.complementOf,
    OWL.oneOf,
    OWL.hasValue,
    OWL.someValuesFrom,
    OWL.allValuesFrom,
    OWL.hasSelf,
    OWL.maxCardinality,
    OWL.minCardinality,
    OWL.cardinality,
)
SUB = {OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.hasValue, OWL.someValuesFrom}
SUPER = {OWL.intersectionOf, OWL.hasValue, OWL.allValuesFrom, OWL.complementOf}
EQUIVALENT = {OWL.intersectionOf, OWL.hasValue}


def rl_violations(graph: rdflib.Graph) -> list[str]:
    """Where the axioms of a graph leave the grammar of OWL 2 RL (OWL 2 Profiles, 4.2), each in a few words."""
    return sorted(set(_rl_violations(graph)))


def _rl_violations(graph: rdflib.Graph) -> Iterator[str]:
    for predicate, left, right in (
        (RDFS.subClassOf, SUB, SUPER),
        (OWL.equivalentClass, EQUIVALENT, EQUIVALENT),
        (OWL.disjointWith, SUB, SUB),
    ):
        for subject, obj in graph.subject_objects(predicate):
            yield from _outside(graph, subject, left, f"left of {_local(predicate)}")
            yield from _outside(graph, obj, right, f"right of {_local(predicate)}")
    datatype_properties = set(graph.subjects(RDF.type, OWL.DatatypeProperty))
    for prop, cls in graph.subject_objects(RDFS.domain):  # noqa: B007
        yield from _outside(graph, cls, SUPER, "domain")
    for prop, cls in graph.subject_objects(RDFS.range):
        if prop in datatype_properties:
            if cls not in RL_DATATYPES:
                yield f"datatype {_local(cls)}"
        else:
            yield from _outside(graph, cls, SUPER, "range")
    for prop in datatype_properties:
        yield from (
            f"datatype property is {_local(kind)}"
            for kind in graph.objects(prop, RDF.type)
            if kind in RL_CHARACTERISTICS - {OWL.FunctionalProperty}
        )
        if (
            (prop, OWL.inverseOf, None) in graph
            or (None, OWL.inverseOf, prop) in graph
            or (prop, OWL.propertyChainAxiom, None) in graph
        ):
            yield "datatype property with an inverse or a chain"
    for prop, other in graph.subject_objects(RDFS.subPropertyOf):
        if (prop in datatype_properties) != (other in datatype_properties):
            yield f"{_local(prop)} below a property of another kind"
    for kind in graph.objects(None, RDF.type):
        if _local(kind).endswith("Property") and str(kind).startswith(str(OWL)):  # noqa: SIM102
            if kind not in RL_CHARACTERISTICS | {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}:
                yield f"{_local(kind)}"
    if (None, OWL.disjointUnionOf, None) in graph:
        yield "disjointUnionOf"


def _outside(graph: rdflib.Graph, cls: rdflib.term.Node, allowed: set[rdflib.URIRef], place: str) -> Iterator[str]:
    if isinstance(cls, rdflib.URIRef):
        if cls == OWL.Thing:
            yield f"Thing on the {place}"
        return
    parts = {predicate: value for predicate, value in graph.predicate_objects(cls) if predicate in EXPRESSIONS}
    if len(parts) != 1:
        yield f"unknown expression on the {place}"
    for predicate, value in parts.items():
        if predicate not in allowed:
            yield f"{_local(predicate)} on the {place}"
        elif predicate in (OWL.intersectionOf, OWL.unionOf):
            for member in graph.items(value):
                yield from _outside(graph, member, allowed, place)
        elif predicate == OWL.complementOf:
            yield from _outside(graph, value, SUB, place)
        elif predicate in (OWL.someValuesFrom, OWL.allValuesFrom) and value != OWL.Thing and value not in RL_DATATYPES:
            yield from _outside(graph, value, allowed, place)


def test_the_ontology_keeps_to_owl_2_rl() -> None:
    """The axioms of the ontology and of its alignments are within the grammar of OWL 2 RL."""
    assert rl_violations(vocabulary()) == []


def test_every_axiom_compiles() -> None:
    """The rule compiler knows every axiom, and no rule is without an axiom of these files."""
    rules = compile_rules(quad for path in CORE for quad in parse(path=str(path), format=RdfFormat.TURTLE))

    assert len(rules) > 150
    assert {rule.name for rule in rules} >= {
        "cax-sco",
        "cax-eqc1",
        "cax-eqc2",
        "cax-dw",
        "prp-spo1",
        "prp-spo2",
        "prp-dom",
        "prp-rng",
        "prp-inv1",
        "prp-trp",
        "prp-asyp",
        "prp-irp",
    }


RESTRICTION = "[ a owl:Restriction ; owl:onProperty id:p ; {} ]"
OUTSIDE_RL = {
    f"id:A rdfs:subClassOf {RESTRICTION.format('owl:someValuesFrom id:B')} .": (
        "someValuesFrom on the right of subClassOf"
    ),
    "id:A rdfs:subClassOf [ owl:unionOf ( id:B id:C ) ] .": "unionOf on the right of subClassOf",
    "id:A rdfs:subClassOf [ owl:oneOf ( id:x ) ] .": "oneOf on the right of subClassOf",
    f"id:A rdfs:subClassOf {RESTRICTION.format('owl:minCardinality 1')} .": "minCardinality on the right of subClassOf",
    f"id:A rdfs:subClassOf [ owl:intersectionOf ( id:B {RESTRICTION.format('owl:someValuesFrom id:B')} ) ] .": (
        "someValuesFrom on the right of subClassOf"
    ),
    f"id:A rdfs:subClassOf {RESTRICTION.format('owl:allValuesFrom [ owl:unionOf ( id:B id:C ) ]')} .": (
        "unionOf on the right of subClassOf"
    ),
    f"{RESTRICTION.format('owl:allValuesFrom id:B')} rdfs:subClassOf id:A .": "allValuesFrom on the left of subClassOf",
    "owl:Thing rdfs:subClassOf id:A .": "Thing on the left of subClassOf",
    f"id:A owl:equivalentClass {RESTRICTION.format('owl:someValuesFrom id:B')} .": (
        "someValuesFrom on the right of equivalentClass"
    ),
    "id:A owl:equivalentClass [ owl:unionOf ( id:B id:C ) ] .": "unionOf on the right of equivalentClass",
    "id:p rdfs:range [ owl:unionOf ( id:B id:C ) ] .": "unionOf on the range",
    "id:p rdfs:domain [ owl:unionOf ( id:B id:C ) ] .": "unionOf on the domain",
    "id:p a owl:DatatypeProperty ; rdfs:range xsd:date .": "datatype date",
    "id:p a owl:DatatypeProperty ; rdfs:range owl:rational .": "datatype rational",
    "id:p a owl:DatatypeProperty , owl:TransitiveProperty .": "datatype property is TransitiveProperty",
    "id:p a owl:DatatypeProperty ; owl:inverseOf id:q .": "datatype property with an inverse or a chain",
    "id:p a owl:DatatypeProperty ; rdfs:subPropertyOf id:q . id:q a owl:ObjectProperty .": (
        "p below a property of another kind"
    ),
    "id:p a owl:ObjectProperty , owl:ReflexiveProperty .": "ReflexiveProperty",
    "id:A owl:disjointUnionOf ( id:B id:C ) .": "disjointUnionOf",
}


@pytest.mark.parametrize("axiom", OUTSIDE_RL)
def test_an_axiom_outside_owl_2_rl_is_caught(axiom: str) -> None:
    """A seeded axiom outside the profile is named."""
    assert OUTSIDE_RL[axiom] in rl_violations(rdflib.Graph().parse(data=PREFIXES + axiom))


# A DL reasoner's verdict


def hermit(world_triples: Iterable[Triple]) -> list[str] | None:
    """The classes that HermiT finds unsatisfiable, or None if it finds everything together inconsistent."""
    import owlready2

    world = owlready2.World()
    ontology = world.get_ontology("https://w3id.org/bikgraph/test")
    ontology.load(fileobj=io.BytesIO(serialize(world_triples, format=RdfFormat.N_TRIPLES) or b""), format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return sorted(str(cls) for cls in world.inconsistent_classes())


def logical_triples() -> list[Triple]:
    """All that is told, without what says of a property that it is a dimension or measure, which owlready2 takes for a
    second kind.
    """
    cube = "http://purl.org/linked-data/cube#"
    return [
        triple
        for triple, (subject, _, obj) in ((triple, terms(triple)) for triple in belgium())
        if not (subject.value.startswith(BIK) and isinstance(obj, NamedNode) and obj.value.startswith(cube))
    ]


@pytest.fixture
def java() -> None:
    """HermiT runs in Java."""
    peer("java", package="default-jre-headless")


@pytest.mark.slow
@pytest.mark.usefixtures("java")
def test_a_dl_reasoner_finds_ontology_and_data_consistent() -> None:
    """HermiT finds the ontology, its alignments, the schemes and Belgium's data consistent, and no class without
    possible members.
    """
    assert hermit(logical_triples()) == []


A_TYPE = NamedNode(str(RDF.type))
INCONSISTENT: dict[str, Callable[[], Triple]] = {
    "a person that is an organisation": lambda: Triple(
        NamedNode(ID + "be-goedele-liekens"), A_TYPE, NamedNode(BIK + "Organisation")
    ),
    "a territory that is party to an agreement": lambda: Triple(
        NamedNode(ID + "be-mou-csam"), NamedNode(BIK + "party"), NamedNode(ID + "country-be")
    ),
    "a body that is part of itself": lambda: Triple(
        NamedNode(ID + "be-imec"), NamedNode(BIK + "partOf"), NamedNode(ID + "be-imec")
    ),
}


@pytest.mark.slow
@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("fault", INCONSISTENT)
def test_a_dl_reasoner_finds_a_seeded_fault(fault: str) -> None:
    """HermiT finds data inconsistent that break a disjointness, a range or an irreflexive property."""
    assert hermit([*logical_triples(), INCONSISTENT[fault]()]) is None


def test_told_data_hold_no_literal_where_a_resource_belongs() -> None:
    """Object properties of the ontology hold no literals in Belgium's data, and datatype properties hold nothing
    else.
    """
    store = store_of(belgium())
    object_properties = {node.value for node in instances(store, str(OWL.ObjectProperty))}
    datatype_properties = {node.value for node in instances(store, str(OWL.DatatypeProperty))}

    assert [
        t
        for t in belgium()
        if t.predicate.value in object_properties and not isinstance(t.object, NamedNode | BlankNode)
    ] == []
    assert [
        t for t in belgium() if t.predicate.value in datatype_properties and not isinstance(t.object, Literal)
    ] == []
