"""The files of `shapes/` are the specification: what each constraint lets pass, and what it says of the rest.

A file is named by the shape, the field and the constraint it breaks: `invalid.Event.kind.maxCount.yaml`; its text is
checked as a whole, with `invalid.….expected.txt` beside it. Where the reader speaks before SHACL can, the text is the
reader's; so each constraint is also broken in RDF, where nothing else can catch it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from bikgraph import project
from bikgraph.building.triples import add_new, list_default, parse_lines, remove, to_lines
from bikgraph.checking.shapes import Result
from bikgraph.findings import render
from bikgraph.lookup import terms, text
from bikgraph.lookup import triples as triples_of
from bikgraph.lookup import value as value_of
from bikgraph.namespaces import BIK, ID, LABEL, RDF_TYPE, SH, XSD
from bikgraph.namespaces import SHAPES as SHAPE
from bikgraph.reading.data_file import expand, read_file
from tests.tiny import SHAPES, actors, base, check, data_file

EXAMPLES = sorted(path for path in SHAPES.glob("*/*.yaml") if path.parent.name != "base")
VALID = [path for path in EXAMPLES if path.name.startswith("valid.")]
FAULTY = [path for path in EXAMPLES if not path.name.startswith("valid.")]
NOTHING = NamedNode(ID + "nothing")
# What a property shape may be made of. A misspelt constraint is none of these, and pyshacl would pass it in silence.
CONSTRAINTS = {
    "minCount",
    "maxCount",
    "class",
    "datatype",
    "nodeKind",
    "pattern",
    "minInclusive",
    "maxInclusive",
    "maxLength",
    "lessThanOrEquals",
    "disjoint",
    "uniqueLang",
    "qualifiedMinCount",
    "qualifiedMaxCount",
}
OTHER_TERMS = {
    "path",
    "message",
    "severity",
    "qualifiedValueShape",
    "languageIn",
    "property",
    "targetClass",
    "sparql",
    "prefixes",
    "select",
    "declare",
    "prefix",
    "namespace",
    "NodeShape",
    "PropertyShape",
    "SPARQLConstraint",
    "ShapesGraph",
    "IRI",
    "Warning",
}
# Constraints on what the program itself writes; no file can break them.
BY_PROGRAM = {"coordinator", "leadActor", "complementaryActor"}
QUERIES = (  # noqa: SIM905
    "AgreementParties AnswerInScheme SeveralAnswers AnswerInEdition MembershipOfConsortium EveryIndicatorAnswered "
    "MinistriesAboveBracket MinistriesBelowBracket PillarWithoutCoordinator "
    "ProfileHasDocument CountryInEdition CountryPerhapsInEdition "
    "NotInFuture DayInItsYear DocumentNotBeforeEdition NotAfterEdition "
    "DocumentAfterEdition NotAfterItsSources DifferenceIsStated "
    "TerritoryOfCountry LabelOfCountry OfItsEdition"
).split()


def name(path: Path) -> str:
    """An example's name in reports of tests."""
    return path.relative_to(SHAPES).as_posix()


@pytest.mark.parametrize("path", VALID, ids=name)
def test_valid_example_passes(path: Path) -> None:
    """A valid example has no finding of any severity."""
    assert render(check(path).findings, "text") == ""


@pytest.mark.parametrize("path", FAULTY, ids=name)
def test_faulty_example_gives_its_findings(path: Path) -> None:
    """A faulty example has exactly the findings that stand beside it, in words and places; a warning is no error."""
    found = check(path).findings

    assert render(found, "text") == path.with_suffix("").with_name(f"{path.stem}.expected.txt").read_text("utf-8")
    assert any(finding.is_error for finding in found) == path.name.startswith("invalid.")


def test_each_expected_text_has_its_example() -> None:
    """No expected text is left over from an example that went."""
    assert {path.name.removesuffix(".expected.txt") for path in SHAPES.glob("*/*.txt")} == {
        path.stem for path in FAULTY
    }


@functools.cache
def shapes() -> Store:
    """The project's shapes."""
    store = Store()
    for path in project.find(project.package_root()).shape_files():
        store.extend(parse(path=str(path), format=RdfFormat.TURTLE))
    return store


def one(subject: Any, predicate: str) -> Any:
    """The one value of a shape's property, or None."""
    return value_of(shapes(), subject, predicate)


def constraints() -> Iterator[tuple[Any, str, str, str]]:
    """Each constraint of each property shape of each class: (property shape, class, path, constraint)."""
    for node_shape, _, shape in triples_of(shapes(), None, SH + "property"):
        assert isinstance(shape, NamedNode | BlankNode)
        target, path = text(shapes(), node_shape, SH + "targetClass"), text(shapes(), shape, SH + "path")
        for _, predicate, _ in triples_of(shapes(), shape):
            constraint = predicate.value.removeprefix(SH)
            if constraint in CONSTRAINTS:
                yield shape, target, path, constraint


CASES = sorted(constraints(), key=lambda case: case[1:])


def test_shapes_use_known_terms_only() -> None:
    """Every SHACL term in the shapes is one that the tests know how to break, or that constrains nothing."""
    used = {
        term.value.removeprefix(SH)
        for quad in shapes()
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(SH)
    }

    assert used - CONSTRAINTS - OTHER_TERMS == set()


def test_every_constraint_has_an_invalid_example() -> None:
    """Every constraint that a file can break has a file that breaks it, a query's too."""
    vocabulary = base().vocabulary
    expected = {f"{query}" for query in QUERIES}
    for shape, target, path, constraint in CASES:
        field = vocabulary.by_iri[path].key
        by_program = field in BY_PROGRAM or (target == BIK + "Answer" and field in {"indicator", "country", "edition"})
        typed_by_reader = vocabulary.record_class(path) is not None and constraint == "class"
        if not by_program and not typed_by_reader:
            owner = (
                shape.value.removeprefix(SHAPE)
                if isinstance(shape, NamedNode)
                else f"{target.removeprefix(BIK)}.{field}"
            )
            expected.add(f"{owner}.{constraint}")
    present = {path.stem.split(".", 1)[1] for path in FAULTY}

    assert expected - present == set()


def test_every_query_is_known() -> None:
    """The list of query shapes in this file is complete, so none goes without a breaking case."""
    assert {subject.value.removeprefix(SHAPE) for subject, _, _ in triples_of(shapes(), None, SH + "sparql")} == set(
        QUERIES
    )


# ---- each constraint broken in RDF


@functools.cache
def valid_graphs() -> list[list[Triple]]:
    """The triples of each valid example."""
    return [expand(read_file(data_file(path), base().completer), base().vocabulary.context) for path in VALID]


@functools.cache
def actor_triples() -> list[Triple]:
    """The triples of the tiny country's actors."""
    return expand(read_file(data_file(actors().path.resolve()), base().completer), base().vocabulary.context)


def errors_at(subject: NamedNode, triples: list[Triple]) -> list[Result]:
    """The errors that SHACL finds at `subject` among these triples, beside what all files refer to."""
    added = add_new(base().store, [*actor_triples(), *SUPPORT, *triples])
    try:
        found = base().shapes.validate(base().store, [triple for triple in triples if triple.subject == subject])
    finally:
        remove(base().store, added)
    return [result for result in found if result.severity == "error"]


@functools.cache
def is_valid(subject: NamedNode, number: int) -> bool:
    """Whether a valid example is free of errors at `subject` when looked at in this way."""
    return errors_at(subject, valid_graphs()[number]) == []


def subject_with(cls: str, paths: list[str]) -> tuple[list[Triple], NamedNode]:
    """A valid graph with a thing of class `cls` that has a value for each of `paths`, and that thing."""
    for number, triples in enumerate(valid_graphs()):
        for thing, predicate, its_class in map(terms, triples):
            if predicate.value == RDF_TYPE and base().vocabulary.is_a(its_class.value, cls):
                assert isinstance(thing, NamedNode)
                present = {triple.predicate.value for triple in triples if triple.subject == thing}
                if present.issuperset(paths):
                    assert is_valid(thing, number)
                    return triples, thing
    raise AssertionError(f"no valid example of {cls} has {paths}")


# A second value that is as good as the first, by the first's kind: so that only the number of values is wrong.
SECOND = {
    BIK + "kind": {
        "ngo": "actor-kind-ministry",
        "region": "territory-kind-community",
        "country": "territory-kind-region",
        "survey": "collection-kind-statistics",
        "award": "event-kind-launch",
        "law": "policy-kind-charter",
        "memorandum-of-understanding": "agreement-kind-cooperation-agreement",
        "campaign": "practice-kind-tool",
        "cooperation-agreement": "agreement-kind-memorandum-of-understanding",
        "tool": "practice-kind-campaign",
    },
}
OTHERS = {
    BIK + "role": "role-operator",
    BIK + "function": "function-regulation",
    BIK + "periodicity": "periodicity-irregular",
    BIK + "pillar": "bik-2012-pillar-4",
    BIK + "country": "country-no",
    BIK + "document": "eu-country-table",
    BIK + "represents": "be-wallonia",
    BIK + "actor": "insafe",
    BIK + "member": "insafe",
    BIK + "consortium": "another-consortium",
    BIK + "edition": "another-edition",
    BIK + "inEdition": "another-edition",
    BIK + "indicator": "edition-2020-p4-hotlines",
}
SUPPORT = [
    Triple(NamedNode(ID + "another-edition"), NamedNode(RDF_TYPE), NamedNode(BIK + "Edition")),
    Triple(NamedNode(ID + "another-consortium"), NamedNode(RDF_TYPE), NamedNode(BIK + "Actor")),
    Triple(NamedNode(ID + "another-consortium"), NamedNode(BIK + "kind"), NamedNode(ID + "actor-kind-consortium")),
]


def another(path: str, value: Any) -> Any:
    """Another value that the field admits as well."""
    if isinstance(value, NamedNode):
        if path in SECOND:
            return NamedNode(
                ID + next(other for notation, other in SECOND[path].items() if value.value.endswith(f"kind-{notation}"))
            )
        return NamedNode(ID + OTHERS[path])
    datatype = value.datatype.value.removeprefix(XSD)
    by_datatype = {
        "integer": str(int(value.value) - 1) if datatype == "integer" else "",
        "boolean": "true" if value.value == "false" else "false",
        "date": "2026-01-01",
        "string": "ZZ",
    }
    return Literal(by_datatype[datatype], datatype=value.datatype)


def broken(shape: Any, triples: list[Triple], subject: NamedNode, path: str, constraint: str) -> list[Triple]:
    """`triples` with one constraint broken, on the values of `path` of `subject`."""
    predicate = NamedNode(path)
    values = [terms(triple)[2] for triple in triples if triple.subject == subject and triple.predicate == predicate]
    rest = [triple for triple in triples if not (triple.subject == subject and triple.predicate == predicate)]
    bound = one(shape, SH + constraint)
    wrong: list[Any]
    match constraint:
        case "minCount" | "qualifiedMinCount":
            wrong = [Literal("Nom", language="fr")] if path == LABEL else []
        case "maxCount" | "qualifiedMaxCount":
            wrong = [*values, another(path, values[0])]
        case "class":
            wrong = [*values[1:], NOTHING]
        case "datatype":
            # Of the right form, so that nothing but the datatype is wrong.
            wrong = [
                *values[1:],
                Literal(values[0].value, language="en") if bound.value == XSD + "string" else Literal("words"),
            ]
        case "nodeKind":
            wrong = [*values[1:], Literal("https://example.org/")]
        case "pattern":
            wrong = [
                *values[1:],
                NamedNode("ftp://example.org/") if isinstance(values[0], NamedNode) else Literal("not.. like this"),
            ]
        case "minInclusive":
            wrong = [Literal(int(bound.value) - 1)]
        case "maxInclusive":
            wrong = [Literal(int(bound.value) + 1)]
        case "maxLength":
            language = values[0].language if isinstance(values[0], Literal) else None
            long = "x" * (int(bound.value) + 1)
            wrong = [*values[1:], Literal(long, language=language) if language else Literal(long)]
        case "uniqueLang":
            wrong = [*values, Literal("Other words", language="en")]
        case "disjoint":
            wrong = [terms(t)[2] for t in triples if (t.subject, t.predicate) == (subject, bound)]
        case "lessThanOrEquals":
            other = next(
                terms(triple)[2] for triple in triples if (triple.subject, triple.predicate) == (subject, bound)
            )
            if isinstance(other, Literal) and other.datatype == NamedNode(XSD + "date"):
                wrong = [Literal(f"{int(other.value[:4]) + 1}{other.value[4:]}", datatype=other.datatype)]
            else:
                wrong = [Literal(int(other.value) + 1)]
    return [*rest, *(Triple(subject, predicate, value) for value in wrong)]


# One broken constraint can break another by its nature; nothing else may result.
COMPANIONS: dict[str, set[str]] = {
    "datatype": {"QualifiedMinCount", "MinInclusive", "MaxInclusive", "LessThanOrEquals"},
    "minCount": {"SPARQL"},
    "maxCount": {"SPARQL"},
    "class": {"SPARQL"},
    "minInclusive": {"LessThanOrEquals"},
    "maxInclusive": {"LessThanOrEquals", "SPARQL"},
}


@pytest.mark.parametrize(
    ("shape", "target", "path", "constraint"),
    CASES,
    ids=[f"{t.removeprefix(BIK)}-{p.rsplit('/')[-1].rsplit('#')[-1]}-{c}" for _, t, p, c in CASES],
)
def test_constraint_broken_in_rdf_is_found(shape: Any, target: str, path: str, constraint: str) -> None:
    """A valid graph with one constraint broken gives that constraint's result, with the shape's message, at that
    node.
    """
    needed = [path, *([one(shape, SH + constraint).value] if constraint in ("lessThanOrEquals", "disjoint") else [])]
    triples, subject = subject_with(target, needed)

    found = errors_at(subject, broken(shape, triples, subject, path, constraint))

    component = f"{SH}{constraint[0].upper()}{constraint[1:]}ConstraintComponent"
    hits = [
        result for result in found if (result.focus, result.path, result.component) == (subject.value, path, component)
    ]
    assert one(shape, SH + "message").value in {result.message for result in hits}
    allowed = {component} | {f"{SH}{other}ConstraintComponent" for other in COMPANIONS.get(constraint, set())}
    assert {result.component for result in found} <= allowed


def edited(cls: str, paths: list[str], path: str, values: list[str]) -> tuple[NamedNode, list[Triple]]:
    """The first thing of class `cls` with `paths`, and its valid graph with these values of `path` instead of its
    own.
    """
    triples, subject = subject_with(BIK + cls, [BIK + name for name in paths])
    rest = [triple for triple in triples if not (triple.subject == subject and triple.predicate.value == BIK + path)]
    return subject, [*rest, *(Triple(subject, NamedNode(BIK + path), NamedNode(ID + value)) for value in values)]


# What a reader catches first, broken in RDF; the other queries are broken by files, whose expected texts are SHACL's.
QUERY_CASES = {
    "AnswerInScheme": (
        "Answer",
        ["answer"],
        "answer",
        ["answer-policy-shape-not-addressed"],
        "is not among the answers",
    ),
    "SeveralAnswers": (
        "Answer",
        ["answer"],
        "answer",
        ["answer-existing", "answer-introduced"],
        "admits one answer only",
    ),
    "AnswerInEdition": ("Answer", ["answer"], "edition", ["another-edition"], "is not in the questionnaire"),
}


@pytest.mark.parametrize("query", QUERY_CASES)
def test_query_broken_in_rdf_is_found(query: str) -> None:
    """A query that guards what the reader already refuses finds it by itself too."""
    cls, paths, path, values, message = QUERY_CASES[query]

    subject, triples = edited(cls, paths, path, values)
    (record_set,) = {t.subject for t in triples if t.predicate.value == BIK + "hasAnswer" and t.object == subject}
    assert isinstance(record_set, NamedNode)
    found = [result for result in errors_at(record_set, triples) if result.value == subject.value]

    assert len(found) == 1
    assert message in found[0].message


# ---- the same as the public function


def public(told: list[Triple], context: list[Triple]) -> set[tuple[str, str, str, str]]:
    """What `pyshacl.validate` says of the nodes that `told` types: focus, path, component, message."""
    graph = rdflib.Graph().parse(data=serialize(context, format=RdfFormat.N_TRIPLES), format="nt")
    rules = rdflib.Graph().parse(
        data=serialize((quad.triple for quad in shapes()), format=RdfFormat.N_TRIPLES), format="nt"
    )
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules)
    assert isinstance(report, rdflib.Graph)
    typed = {subject.value for subject, predicate, _ in map(terms, told) if predicate.value == RDF_TYPE}
    sh = rdflib.Namespace(SH)
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = str(report.value(result, sh.focusNode))
        if focus in typed:
            found.add(
                (
                    focus,
                    str(report.value(result, sh.resultPath) or ""),
                    str(report.value(result, sh.sourceConstraintComponent)),
                    str(report.value(result, sh.resultMessage)),
                )
            )
    return found


def ours(told: list[Triple]) -> tuple[set[tuple[str, str, str, str]], list[Triple]]:
    """What our `Shapes` say of `told`, in the same form, and the graph it was said of."""
    added = add_new(base().store, [*actor_triples(), *told])
    try:
        found = {(r.focus, r.path, r.component, r.message) for r in base().shapes.validate(base().store, told)}
        return found, list_default(base().store)
    finally:
        remove(base().store, added)


@pytest.mark.parametrize(
    "examples", [FAULTY[::10], pytest.param(FAULTY, marks=pytest.mark.slow)], ids=["every tenth", "all"]
)
def test_results_equal_pyshacl_on_faulty_examples(examples: list[Path]) -> None:
    """Shapes applied one by one to the told nodes give what the public pyshacl.validate gives, on faulty examples at
    once.
    """
    told: list[Triple] = []
    for number, path in enumerate(examples):
        completed = read_file(data_file(path), base().completer)
        if completed.source.findings:
            continue  # the reader refuses it, and what is left of it is valid
        lines = to_lines(expand(completed, base().vocabulary.context))
        # Each example's things get names of their own, so that all can be looked at together.
        for slug in completed.declared:
            lines = lines.replace(f"<{ID}{slug}>".encode(), f"<{ID}{slug}-of-{number}>".encode())
        told += parse_lines(lines)

    found, context = ours(told)

    assert len(found) > len(examples) / 3
    assert found == public(told, context)


@pytest.mark.slow
def test_results_equal_pyshacl_on_belgium() -> None:
    """Belgium's profile conforms by the public pyshacl.validate as by ours."""
    package = project.find(project.package_root())
    files = [file for file in package.data_files() if file.group in {"", "be"}]
    told = [
        triple
        for file in files
        if file.group == "be"
        for triple in expand(read_file(file, base().completer), base().vocabulary.context)
    ]

    found, context = ours(told)

    assert found == public(told, context)
