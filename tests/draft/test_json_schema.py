"""The JSON Schemas for editors: derived, current, and of one mind with `bikgraph check` where a schema can judge."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bikgraph.draft.json_schema import FILE_KINDS, json_schema, write_schemas
from bikgraph.namespaces import BIK, ID
from bikgraph.project import Project
from bikgraph.reading import yaml_source as ys
from tests.conftest import ROOT
from tests.reading.test_data_file import CASES
from tests.tiny import HEAD, SHAPES, STATEMENT, base, check, check_text, to_python

CHECKOUT = Project(ROOT)
# What one file's form does not show: what other files hold, what several records say together, and how the text is
# written.
BEYOND_A_SCHEMA = {
    "unknown slug",
    "memorandum with one party",
    "two records with one key",
    "same id twice",
    "section that is not there",
    "value twice",
    "ages the wrong way round",
    "bracket against the ministries named",
    "id that is not the file's",
    "indicator not answered",
    "date that is none",
    "indicator answered twice",
    "duplicate key",
}


def validator(kind: str) -> Draft7Validator:
    """The committed schema of a kind of file."""
    schema = json.loads((ROOT / "ontology" / "schema" / f"{kind}.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def kind_of(root: Any) -> str:
    """The kind of file that a top record's id tells."""
    kind = str(root.get("id", "profile")).split("-")[0]
    return "register" if kind == "sources" else kind


def test_committed_schemas_are_current(tmp_path: Path) -> None:
    """The committed schemas are what the ontology gives now; mend them with: bikgraph schema --write."""
    for path in write_schemas(CHECKOUT, tmp_path):
        assert path.read_text("utf-8") == (ROOT / "ontology" / "schema" / path.name).read_text("utf-8"), (
            "run: bikgraph schema --write"
        )


@pytest.mark.parametrize("file", CHECKOUT.data_files(), ids=lambda file: file.graph)
def test_committed_data_fit(file: Any) -> None:
    """Every committed file fits its schema, and its first line names that schema for editors."""
    root = ys.parse(file.path, file.name).root
    assert root is not None
    value = to_python(root)

    assert [error.message for error in validator(kind_of(value)).iter_errors(value)] == []
    named = file.path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (file.path.parent / named).resolve() == ROOT / "ontology" / "schema" / f"{kind_of(value)}.schema.json"


@pytest.mark.parametrize("name", [name for name in CASES if name not in BEYOND_A_SCHEMA])
def test_faults_are_seen_by_both(tmp_path: Path, name: str) -> None:
    """A fault of form that `check` refuses, the schema refuses too (or the file is no YAML that an editor could
    judge).
    """
    text = CASES[name][0]
    path = tmp_path / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = ys.parse(path, "x.yaml")
    if source.root is None:
        assert source.findings
        return

    assert list(validator("profile").iter_errors(to_python(source.root))), name


@pytest.mark.parametrize(
    "path", sorted(SHAPES.glob("*/valid.*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_valid_examples_pass_both(path: Path) -> None:
    """What passes `check` passes the schema."""
    assert not [finding for finding in check(path).findings if finding.is_error]
    root = ys.parse(path, path.name).root
    assert root is not None
    value = to_python(root)

    assert [error.message for error in validator(kind_of(value)).iter_errors(value)] == []


def test_schema_offers_codes_with_their_meaning() -> None:
    """Codes come with their labels, and fields with what they mean, for completion and hover."""
    text = json.dumps(validator("profile").schema)

    assert "policy-coordination" in text
    assert "p4-hotlines" in text
    assert "bik-2012-pillar-3" in text
    assert "Links a responsibility to the actor that bears it." in text


EXAMPLES = sorted(path for path in SHAPES.glob("*/*.yaml") if path.parent.name != "base")
# Bad files that only the shapes or the reader can judge, by the end of the example's name, with the reason.
BEYOND_IN_EXAMPLES = {
    "lessThanOrEquals.yaml": "JSON Schema cannot compare two fields",
    "disjoint.yaml": "as above",
    "Agreement.parties.class.yaml": "whether a slug names an actor stands in another file",
    "conductedBy.class.yaml": "as above",
    "performedBy.class.yaml": "as above",
    "by.class.yaml": "as above",
    "contributor.class.yaml": "as above",
    "consortium.class.yaml": "as above",
    "member.class.yaml": "as above",
    "represents.class.yaml": "as above",
    "responsible.class.yaml": "as above",
    "actor.class.yaml": "as above",
    "publisher.class.yaml": "as above",
    "partOf.class.yaml": "as above",
    "replacedBy.class.yaml": "as above",
    "territory.class.yaml": "as above",
    "Responsibility.pillar.class.yaml": "as above: a slug is a slug, and pillars are offered, not imposed",
    "pillars.class.yaml": "as above",
    "addresses.class.yaml": "as above",
    "document.class.yaml": "as above",
    "source.class.yaml": "as above",
    "AgreementParties.yaml": "depends on partiesComplete and on how many different slugs there are",
    "AgreementParties.none.yaml": "as above",
    "MembershipOfConsortium.yaml": "what kind of body it is stands in another file",
    "MinistriesAboveBracket.yaml": "counts ministries of another file",
    "differentFrom.class.yaml": "whether a slug names an actor stands in another file",
    "CountryInEdition.yaml": "which countries an edition covers stands in the schemes",
    "NotInFuture.year.yaml": "JSON Schema knows no clock",
    "notDouble.yaml": "whether a slug names an actor stands in another file",
    "ProfileHasDocument.yaml": "one of two fields: said by check",
    "ProfileHasDocument.whole.yaml": "as above",
    "pattern-two.yaml": "a second address behind the first is seen by check",
    "pattern-unknown-domain.yaml": "the list of domains is long",
    "NotInFuture.yaml": "JSON Schema knows no clock",
    "NotInFuture.checked.yaml": "as above",
    "NotInFuture.retrieved.yaml": "as above",
    "DayInItsYear.yaml": "JSON Schema cannot compare two fields",
    "DayInItsYear.issued.yaml": "as above",
    "DayInItsYear.retrieved.yaml": "as above",
    "DayInItsYear.checked.yaml": "as above",
    "OfItsEdition.yaml": "as above",
    "OfItsEdition.record.yaml": "as above",
    "DocumentNotBeforeEdition.yaml": "as above",
    "TerritoryOfCountry.yaml": "as above",
    "TerritoryOfCountry.represents.yaml": "as above",
    "TerritoryOfCountry.partOf.yaml": "as above",
    "LabelOfCountry.yaml": "as above",
    "LabelOfCountry.register.yaml": "as above",
    "OfItsEdition.label.yaml": "as above",
    "LabelOfCountry.document.yaml": "what a document is called stands in another file",
    "OfItsEdition.document.yaml": "as above",
}


@functools.cache
def tiny_validator(kind: str) -> Draft7Validator:
    """The schema of a kind of file for the tiny country's vocabulary, dates looked at too."""
    schema = json_schema(base().vocabulary, FILE_KINDS[kind])
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def judge(path: Path) -> list[str]:
    """What the schema says of the file at `path`, read by the same YAML rules as the reader has."""
    root = ys.parse(path, path.name).root
    if root is None:
        return ["not YAML that data files may be"]
    value: Any = to_python(root)
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in tiny_validator(kind_of(value)).iter_errors(value)
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_schema_judges_example_as_check_does(path: Path) -> None:
    """An example of a shape is bad by the schema if it is bad by check, unless one file alone does not show it."""
    is_bad = any(finding.is_error for finding in check(path).findings)
    beyond = any(path.name.endswith(f".{end}") for end in BEYOND_IN_EXAMPLES)

    assert bool(judge(path)) == (is_bad and not beyond)


PAGES = "id: pages-be\nlabel: {en: Pages}\ncountry: BE\n"
REGISTER = "id: register-more\nlabel: {en: More}\n"
ACTOR = REGISTER + "actors:\n  - {id: be-x, label: {en: X}, kind: ngo, source: eu-country-table"
ANSWERS = HEAD + '  - {number: "3.P1", label: {en: Pillar 1}}\nanswers: '

GOOD = {
    "code-by-its-slug": ACTOR.replace("kind: ngo", "kind: actor-kind-ngo") + "}\n",
    "country-by-its-slug": HEAD.replace("BE", "country-be"),
    "edition-as-text": HEAD.replace("2020\nwhole", '"2020"\nwhole'),
    "edition-by-its-slug": HEAD.replace("2020\nwhole", "edition-2020\nwhole"),
    "unquoted-norway": HEAD.replace("country: BE", "country: NO")
    .replace("profile-be", "profile-no")
    .replace("Belgium", "Norway"),
    "language-no": ACTOR + ", note: {no: Ord}}\n",
    "language-with-region": ACTOR + ", note: {nl-BE: Woorden}}\n",
    "several-kinds": ACTOR.replace("kind: ngo", "kind: [ngo, helpline]") + "}\n",
    "several-names": ACTOR + ", altLabel: {en: [Y, Z]}}\n",
    "several-sources": STATEMENT + '["1", eu-country-table]}\n',
    "answer-short": ANSWERS + "{p1-quality-content: existing}\n",
    "answer-long": ANSWERS + '{p1-quality-content: {answer: existing, note: {en: Some}, source: "1"}}\n',
    "one-answer-in-a-list-of-several": ANSWERS + '{data-collection-kinds: {answer: [qualitative], source: "1"}}\n',
}
BAD = {
    "unknown-field": HEAD + "lable: {en: X}\n",
    "field-of-another-record": ACTOR + ", parties: [be-y]}\n",
    "no-id": HEAD.replace("id: profile-be-2020\n", ""),
    "id-with-capitals": ACTOR.replace("be-x", "BE-x") + "}\n",
    "id-as-a-list": ACTOR.replace("id: be-x", "id: [be-x]") + "}\n",
    "id-where-it-is-minted": HEAD.replace("{number", "{id: x, number"),
    "no-language": ACTOR.replace("label: {en: X}", "label: X") + "}\n",
    "bad-language": ACTOR + ", note: {english language: X}}\n",
    "capital-language": ACTOR + ", note: {EN: X}}\n",
    "empty-language-map": ACTOR + ", note: {}}\n",
    "empty-text": ACTOR + ', note: {en: " "}}\n',
    "number-as-text": ACTOR + ", note: {en: 5}}\n",
    "empty-names": ACTOR + ", altLabel: {en: []}}\n",
    "one-name-twice": ACTOR + ", altLabel: {en: [Y, Y]}}\n",
    "one-kind-twice": ACTOR.replace("kind: ngo", "kind: [ngo, ngo]") + "}\n",
    "empty-list": ACTOR.replace("kind: ngo", "kind: []") + "}\n",
    "empty-records": HEAD + "statements: []\n",
    "records-as-a-mapping": HEAD + "statements: {id: x}\n",
    "record-as-text": HEAD + "statements: [some words]\n",
    "homepage-without-scheme": ACTOR + ", homepage: www.example.org}\n",
    "homepage-with-a-space": ACTOR + ', homepage: "http://example.org/a b"}\n',
    "homepage-as-a-number": ACTOR + ", homepage: 5}\n",
    "slug-with-a-space": ACTOR + ", partOf: some body}\n",
    "slug-as-a-number": ACTOR + ", partOf: 5}\n",
    "code-as-a-boolean": ACTOR.replace("kind: ngo", "kind: true") + "}\n",
    "section-unquoted": STATEMENT + "1}\n",
    "section-unquoted-decimal": STATEMENT + "2.2}\n",
    "section-in-pages": PAGES + 'statements:\n  - {id: be-x, label: {en: X}, about: be-child-focus, source: "2.2"}\n',
    "date-unquoted-words": HEAD + "checked: yesterday\n",
    "day-that-is-not": HEAD + 'checked: "2026-02-30"\n',
    "boolean-as-number": HEAD.replace("false", "1"),
    "null": HEAD + "checked:\n",
    "answers-in-pages": PAGES + "answers: {p1-quality-content: existing}\n",
    "answers-as-a-list": ANSWERS + "[p1-quality-content]\n",
    "no-answers": ANSWERS + "{}\n",
    "answer-without-code": ANSWERS + "{p1-quality-content: {note: {en: X}}}\n",
    "answer-with-unknown-field": ANSWERS + "{p1-quality-content: {answer: existing, answr: existing}}\n",
    "answer-list-to-a-single-item": ANSWERS + "{p1-quality-content: [existing]}\n",
    "answer-twice-in-a-list": ANSWERS + '{data-collection-kinds: {answer: [qualitative, qualitative], source: "1"}}\n',
    "answer-empty-list": ANSWERS + '{data-collection-kinds: {answer: [], source: "1"}}\n',
    "answer-as-a-boolean": ANSWERS + "{p1-quality-content: true}\n",
    "practice-without-kind": HEAD + 'goodPractices:\n  - {id: be-x, label: {en: X}, source: "1"}\n',
    "huge-number": HEAD
    + "events:\n  - {id: be-x, label: {en: X}, kind: award, concerns: be-child-focus, "
    + 'source: "1", year: 99999999999999999999}\n',
}
# Good by the schema, bad by check: what one file, or a schema, cannot show.
ONLY_CHECK = {
    "unknown slug": ACTOR + ", partOf: be-nobody}\n",
    "section that does not exist": STATEMENT + '"9.9"}\n',
    "practice without label, which its other record could have had": HEAD
    + 'goodPractices:\n  - {id: be-x, kind: tool, source: "1"}\n',
    "two records with one id": HEAD
    + 'statements:\n  - {id: be-x, label: {en: X}, about: be-child-focus, source: "1"}\n'
    + '  - {id: be-x, label: {en: X}, about: insafe, source: "1"}\n',
    "language tag of the right form only": ACTOR + ", note: {en-zz9: X}}\n",
    "address of the right form only": ACTOR + ", homepage: 'http://www.example.ogr'}\n",
    "answer whose section is not in the profile": HEAD + "answers: {p1-quality-content: existing}\n",
}


@pytest.mark.parametrize("case", GOOD)
def test_schema_and_check_accept(case: str, tmp_path: Path) -> None:
    """What check accepts, the schema accepts."""
    found = check_text(tmp_path, GOOD[case]).findings

    assert [finding for finding in found if finding.is_error] == []
    assert judge(tmp_path / "example.yaml") == []


@pytest.mark.parametrize("case", BAD)
def test_schema_and_check_refuse(case: str, tmp_path: Path) -> None:
    """What check refuses, the schema refuses."""
    found = check_text(tmp_path, BAD[case]).findings

    assert [finding for finding in found if finding.is_error] != []
    assert judge(tmp_path / "example.yaml") != []


@pytest.mark.parametrize("case", ONLY_CHECK)
def test_only_check_refuses(case: str, tmp_path: Path) -> None:
    """What stands in other files, or several places, is left to check: the schema does not complain without ground."""
    found = check_text(tmp_path, ONLY_CHECK[case]).findings

    assert [finding for finding in found if finding.is_error] != []
    assert judge(tmp_path / "example.yaml") == []


def test_fields_explain_themselves() -> None:
    """An editor sees at each field what it means, and at each code its label; known slugs are offered, others stay
    allowed.
    """
    schema = json_schema(base().vocabulary, FILE_KINDS["profile"], {"be-child-focus": [BIK + "Actor"]})
    responsibility = schema["definitions"]["Responsibility"]["properties"]

    assert all(
        field["description"]
        for record in (schema, schema["definitions"]["Responsibility"])
        for field in record["properties"].values()
    )
    assert "exactly one role" in responsibility["role"]["description"]
    assert set(
        zip(
            responsibility["role"]["anyOf"][0]["enum"],
            responsibility["role"]["anyOf"][0]["enumDescriptions"],
            strict=True,
        )
    ) >= {("lead", "lead")}
    assert responsibility["actor"]["examples"] == ["be-child-focus"]
    assert "enum" not in responsibility["actor"]


def test_whole_questionnaire_lists_every_item() -> None:
    """With wholeQuestionnaire: true the schema asks for every item of the edition."""
    data = {
        "id": "profile-be-2020",
        "label": {"en": "X"},
        "country": "BE",
        "edition": 2020,
        "wholeQuestionnaire": True,
        "sections": [{"number": "1", "label": {"en": "X"}}],
    }
    codes = base().vocabulary.indicators(ID + "edition-2020")

    assert [error.message for error in tiny_validator("profile").iter_errors(data)] == [
        "'answers' is a required property"
    ]
    assert (
        len(list(tiny_validator("profile").iter_errors({**data, "answers": {"p1-quality-content": "existing"}})))
        == len(codes) - 1
    )
