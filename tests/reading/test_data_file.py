"""Bad files: each fault gives a finding with its line and column, what was expected, and how to mend it; nothing is
raised.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from bikgraph.building.country import assemble_country as assemble_group
from bikgraph.building.country import load_shared
from bikgraph.building.shared import SharedGraphs
from bikgraph.draft import project_vocabulary
from bikgraph.findings import Finding
from bikgraph.lookup import terms
from bikgraph.namespaces import ID
from bikgraph.places import object_text
from bikgraph.project import DataFile, Project
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.data_file import expand, read_file
from bikgraph.reading.records import Completer
from tests.conftest import ROOT

PROFILE = (ROOT / "data" / "profiles" / "be-2020.yaml").read_text("utf-8")
CHECKOUT = Project(ROOT)


@pytest.fixture(scope="module")
def base() -> SharedGraphs:
    """What Belgium's files refer to."""
    return load_shared(CHECKOUT)


def findings(base: SharedGraphs, folder: Path, text: str | bytes) -> list[Finding]:
    """The findings in a profile of this content, beside Belgium's actors."""
    path = folder / "be-2020.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    registers = [file for file in CHECKOUT.data_files() if file.group == "be" and file.is_register]
    profile = next(file for file in CHECKOUT.data_files() if file.graph == "be-2020")
    *_, result = assemble_group(base, [*registers, profile._replace(path=path)], {})
    return sorted(result.findings)


def with_change(old: str, new: str) -> str:
    """Belgium's profile with the first `old` replaced."""
    assert old in PROFILE
    return PROFILE.replace(old, new, 1)


CASES: dict[str, tuple[str | bytes, str, str]] = {
    "YAML syntax error": (with_change("country: BE\n", "country: [BE\n"), "yaml-syntax", "This is not valid YAML"),
    "duplicate key": (
        with_change("country: BE\n", "country: BE\ncountry: FR\n"),
        "duplicate-key",
        "stands here a second time (first on line",
    ),
    "unknown field": (with_change("kind: campaign", "knd: campaign"), "unknown-field", "Did you mean kind?"),
    "field of another record": (
        with_change("kind: campaign", "kind: campaign\n    parties: [be-child-focus]"),
        "unknown-field",
        "GoodPractice has no field parties",
    ),
    "unknown slug": (
        with_change("responsible: be-ministry-of-education-fl", "responsible: be-ministry-of-educaton-fl"),
        "unknown-slug",
        "Did you mean be-ministry-of-education-fl?",
    ),
    "memorandum with one party": (
        with_change(
            "parties: [be-child-focus, be-federal-police, be-crown-prosecutors-office, be-ministry-of-justice]",
            "parties: [be-child-focus]",
        ),
        "SPARQL",
        "at least two parties",
    ),
    "indicator answered twice": (
        with_change(
            "  p1-quality-content: introduced\n", "  p1-quality-content: introduced\n  p1-quality-content: existing\n"
        ),
        "duplicate-key",
        "p1-quality-content stands here a second time",
    ),
    "indicator not answered": (
        with_change("  p1-quality-content: introduced\n", ""),
        "SPARQL",
        "p1-quality-content is not answered",
    ),
    "answer code not in the scheme": (
        with_change("p1-quality-content: introduced", "p1-quality-content: exsting"),
        "unknown-answer",
        "Did you mean existing?",
    ),
    "answer of another scheme": (
        with_change("children-involved: indirectly", "children-involved: existing"),
        "unknown-answer",
        "Accepted: ",
    ),
    "unknown edition": (with_change("edition: 2020", "edition: 2019"), "unknown-code", "Accepted: 2015, 2018, 2020"),
    "page that is no address": (
        with_change('date: "2019-11-17"', 'page: www.chaletfilm.be\n    date: "2019-11-17"'),
        "bad-address",
        "begins with http:// or https://",
    ),
    "label without language": (
        with_change("label: {en: Campaign against CSAM}", "label: Campaign against CSAM"),
        "no-language",
        "Write label: {en: Campaign against CSAM}",
    ),
    "bad language tag": (
        with_change("label: {en: Campaign against CSAM}", "label: {en: Campaign against CSAM, english_uk: Campaign}"),
        "bad-language",
        "BCP 47",
    ),
    "label not in English": (
        with_change("label: {en: Campaign against CSAM}", "label: {fr: Campagne}"),
        "QualifiedMinCount",
        "always in English",
    ),
    "alias": (
        with_change("country: BE\n", "country: &c BE\n").replace("edition: 2020", "edition: *c", 1),
        "yaml-alias",
        "Aliases are not allowed",
    ),
    "alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\ne: [*d, *d, *d]\n",
        "yaml-alias",
        "Aliases are not allowed",
    ),
    "Latin-1 bytes": (
        PROFILE.encode().replace("Liège".encode(), "Liège".encode("latin-1"), 1),
        "encoding",
        "Save it as UTF-8",
    ),
    "empty file": ("", "empty-file", "The file is empty"),
    "only comments": ("# nothing yet\n", "empty-file", "The file is empty"),
    "a list at the top": ("- a\n- b\n", "yaml-type", "Expected a mapping"),
    "line separator": (with_change("Criminal Code", "Criminal\u2028Code"), "line-break", "ordinary one"),
    "null": (with_change("kind: law", "kind: law\n    description:"), "yaml-null", "There is no value here"),
    "decimal number": (with_change('number: "2.2"', "number: 2.2"), "yaml-float", "Put it in quotes"),
    "merge key": (
        with_change("  - id: be-criminal-code\n", "  - id: be-criminal-code\n    <<: {kind: law}\n"),
        "yaml-merge",
        "write the fields out",
    ),
    "explicit tag": (
        with_change("kind: law", "kind: !!python/name:os.system law"),
        "yaml-tag",
        "Explicit tags are not allowed",
    ),
    "ten thousand brackets": ("a: " + "[" * 10_000 + "\n", "yaml-depth", "levels deep"),
    "ten thousand dashes": ("- " * 10_000 + "x\n", "yaml-depth", "levels deep"),
    "control character": (with_change("Criminal Code", "Criminal\x07Code"), "control-character", "Remove it"),
    "two records with one key": (
        with_change(
            "  # Who implements\n",
            "  - {id: be-2020-r999, actor: be-child-focus, role: coordinator, function: policy-coordination, "
            'pillar: bik-2012-pillar-3, source: "2.1"}\n'
            "  # Who implements\n",
        ),
        "duplicate-record",
        "Two records say the same thing",
    ),
    "same id twice": (
        with_change("id: be-star\n", "id: be-campaign-against-csam\n"),
        "duplicate-record",
        "Two records have this id",
    ),
    "missing id": (with_change("  - id: be-criminal-code\n    label", "  - label"), "missing-id", "needs an id"),
    "id that is no slug": (
        with_change("id: be-criminal-code", "id: BE Criminal Code"),
        "bad-slug",
        "joined by hyphens",
    ),
    "id that is not the file's": (
        with_change("id: profile-be-2020", "id: profile-fr-2020"),
        "file-name",
        "holds the record profile-be-2020",
    ),
    "section that is not there": (
        with_change('source: "2.3"', 'source: "2.9"'),
        "unknown-section",
        "has no section 2.9",
    ),
    "empty list": (
        with_change(
            "addresses: [bik-2012-pillar-1, bik-2012-pillar-2, bik-2012-pillar-3, bik-2012-pillar-4]", "addresses: []"
        ),
        "empty-list",
        "no value",
    ),
    "value twice": (
        with_change("addresses: [bik-2012-pillar-1,", "addresses: [bik-2012-pillar-1, bik-2012-pillar-1,"),
        "duplicate-value",
        "twice",
    ),
    "date that is none": (with_change('"2019-11-17"', '"2019-02-30"'), "bad-value", "a date in quotes"),
    "year in quotes": (with_change("year: 1976", 'year: "1976"'), "bad-value", "a whole number without quotes"),
    "ages the wrong way round": (
        with_change("ageFrom: 10\n    ageTo: 14", "ageFrom: 14\n    ageTo: 10"),
        "LessThanOrEquals",
        "ageFrom is not above ageTo",
    ),
    "bracket against the ministries named": (
        with_change("ministries-involved: more-than-6", "ministries-involved: 1-3"),
        "SPARQL",
        "at most 3 ministries take part, but 9 are named",
    ),
    "no source": (
        with_change('pillar: bik-2012-pillar-4\n    source: "1"', "pillar: bik-2012-pillar-4"),
        "MinCount",
        "Every fact names its source",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fault_is_found(base: SharedGraphs, tmp_path: Path, name: str) -> None:
    """The fault gives an error that says what is expected, at a line of the file."""
    text, rule, message = CASES[name]
    found = findings(base, tmp_path, text)

    assert any(
        f.is_error and f.rule == rule and message in f.message and f.file == "data/profiles/be-2020.yaml" for f in found
    ), found
    assert all(f.line >= 1 and f.column >= 1 for f in found)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("unknown field", "knd"),
        ("unknown slug", "be-ministry-of-educaton-fl"),
        ("label without language", "Campaign against CSAM\n    kind"),
        ("date that is none", '"2019-02-30"'),
        ("answer code not in the scheme", "exsting"),
    ],
)
def test_finding_stands_at_its_value(base: SharedGraphs, tmp_path: Path, name: str, word: str) -> None:
    """Line and column are those of the word that is wrong."""
    text = CASES[name][0]
    assert isinstance(text, str)
    before = text[: text.index(word)]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))

    assert place in {(f.line, f.column) for f in findings(base, tmp_path, text)}


def test_memorandum_marked_incomplete_may_name_one_party(base: SharedGraphs, tmp_path: Path) -> None:
    """With partiesComplete: false one party is enough."""
    text = with_change(
        "parties: [be-child-focus, be-federal-police, be-crown-prosecutors-office, be-ministry-of-justice]\n"
        "    partiesComplete: true",
        "parties: [be-child-focus]\n    partiesComplete: false",
    )

    assert findings(base, tmp_path, text) == []


def test_edition_without_questionnaire(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers under an edition whose scheme has no items are refused with the remedy."""
    source = ys.SourceFile(
        "data/profiles/be-2020.yaml", ys.parse(ROOT / "data" / "profiles" / "be-2020.yaml", "x").root
    )
    vocabulary = project_vocabulary(CHECKOUT)
    monkeypatch.setattr(vocabulary, "indicators", lambda _: {})
    Completer(vocabulary).complete(source, "https://w3id.org/bikgraph/ontology#CountryProfile", "be-2020")

    assert [f.rule for f in source.findings] == ["no-questionnaire"]
    assert "Add its items there, or remove the answers" in source.findings[0].message


def test_fifty_megabytes_are_refused(base: SharedGraphs, tmp_path: Path) -> None:
    """A file of 50 MB is refused by its size, without being read."""
    path = tmp_path / "be-2020.yaml"
    with path.open("wb") as out:
        out.truncate(50_000_000)
    source = ys.parse(path, "x.yaml")

    assert [f.rule for f in source.findings] == ["file-size"]
    assert "50 MB" in source.findings[0].message


@pytest.mark.parametrize("form", ["bom", "crlf"])
def test_harmless_forms_are_read(base: SharedGraphs, tmp_path: Path, form: str) -> None:
    """A byte-order mark and Windows line ends change nothing."""
    data = b"\xef\xbb\xbf" + PROFILE.encode() if form == "bom" else PROFILE.replace("\n", "\r\n").encode()

    assert findings(base, tmp_path, data) == []


def test_all_faults_of_a_file_in_one_run(base: SharedGraphs, tmp_path: Path) -> None:
    """Several faults of one file are all reported."""
    text = (
        with_change("kind: campaign", "knd: campaign")
        .replace("children-involved: indirectly", "children-involved: perhaps")
        .replace('number: "2.4"', 'number: "2..4"')
    )
    rules = {f.rule for f in findings(base, tmp_path, text)}

    assert {"unknown-field", "unknown-answer"} <= rules


LINES = PROFILE.splitlines(keepends=True)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(LINES) - 1),
    how=st.sampled_from(["delete", "double", "indent", "insert"]),
    text=st.text(max_size=12),
)
def test_mutated_profile_never_raises(base: SharedGraphs, tmp_path: Path, at: int, how: str, text: str) -> None:
    """Whatever line is deleted, doubled, indented or spoilt, reading and validating give findings and raise nothing."""
    lines = list(LINES)
    lines[at : at + 1] = {
        "delete": [],
        "double": [lines[at]] * 2,
        "indent": ["  " + lines[at]],
        "insert": [lines[at].rstrip("\n") + text + "\n"],
    }[how]
    for finding in findings(base, tmp_path, "".join(lines).encode("utf-8", "surrogatepass")):
        assert finding.message
        assert finding.line <= len(lines) + 20


@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(st.binary(max_size=80), st.text(alphabet="[]{}:-,&*!|>?'\"#%@` \nab1~", max_size=60).map(str.encode))
)
def test_random_bytes_never_raise(tmp_path: Path, data: bytes) -> None:
    """Whatever the bytes, parsing gives a root or a finding."""
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    source = ys.parse(path, "x.yaml")

    assert (source.root is None) == bool(source.findings)


@pytest.mark.parametrize("file", CHECKOUT.data_files(), ids=lambda file: file.graph)
def test_three_processors_agree(base: SharedGraphs, file: DataFile) -> None:
    """pyoxigraph, rdflib and PyLD expand every committed file to the same triples; leaves in are triples out."""
    completed = read_file(file, base.completer)
    document: dict[str, Any] = {"@context": base.vocabulary.context, **completed.document}

    def canonical(quads: Any) -> set[Quad]:
        dataset = Dataset(Quad(*q.triple) for q in quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        return set(dataset)

    ours = {Quad(*t) for t in expand(completed, base.vocabulary.context)}
    by_pyld = jsonld.to_rdf(document, {"base": ID, "format": "application/n-quads"})
    by_rdflib = rdflib.Graph().parse(data=json.dumps(document), format="json-ld").serialize(format="nt")

    assert len(ours) == len(completed.told)
    assert canonical(parse(by_pyld.encode(), RdfFormat.N_QUADS)) == ours
    assert canonical(parse(by_rdflib.encode(), RdfFormat.N_TRIPLES)) == ours


@pytest.mark.parametrize("file", CHECKOUT.data_files(), ids=lambda file: file.graph)
def test_every_triple_has_its_place(base: SharedGraphs, file: DataFile) -> None:
    """Each triple of every committed file has a place of its own, by subject, predicate and object, within the file."""
    completed = read_file(file, base.completer)
    told = {
        (subject.value, predicate.value, object_text(obj))
        for subject, predicate, obj in map(terms, expand(completed, base.vocabulary.context))
    }
    lines = file.path.read_text("utf-8").splitlines()

    assert completed.source.findings == []
    assert told == completed.told <= set(completed.places)
    assert all(len(lines[place.line - 1]) >= place.column >= 1 for place in completed.places.values())


def test_norway_is_no_falsehood(tmp_path: Path) -> None:
    """YAML 1.2: NO is text, 1_000 is text, and a date is text."""
    path = tmp_path / "x.yaml"
    path.write_text("a: NO\nb: 1_000\nc: 2019-11-17\nd: on\nno: 1\n")
    root = ys.parse(path, "x").root

    assert root is not None
    assert [ys.is_text(value) for _, _, value in ys.items(root)] == [True, True, True, True, False]
    assert re.fullmatch("no", next(key for key, _, value in ys.items(root) if value.value == "1"))
