"""Ids put into data files: they and the highest numbers are all that changes, and a number is given once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from bikgraph.building import build_release, check_data
from bikgraph.draft.record_ids import NumberedFile, give_ids, look_through
from bikgraph.errors import DataError, RequestError
from bikgraph.findings import Finding
from bikgraph.lookup import triples
from bikgraph.namespaces import BIK, DCT, ID
from bikgraph.project import DataFile, Project
from bikgraph.release import current
from tests.conftest import run
from tests.tiny import base

GIVEN = re.compile(r"id: be-2020-[rm][0-9]{3,}(?:, |\r?\n *)")
KEPT = re.compile(r"lastNumber: \{[^}]*\}\r?\n")
WITHOUT_IDS = (re.compile(r"id: mt-(?:2020|pages)-r[0-9]{3}, "), KEPT)

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\u115f\u1160\u2800\u3164\uffa0"),
    max_size=12,
)
comments = st.sampled_from(["", "# a note: {actor: x}\n", "# – 🦊 id: be-2018-r900\n", "\n"])


@st.composite
def records(draw: st.DrawFn, letter: str) -> str:
    """A record as editors write it: in braces on one line or several, or as a block, also below its dash."""
    first = "actor" if letter == "r" else "consortium"
    text = draw(words).replace("\\", "").replace('"', "'")
    fields = [f"{first}: be-x", f'note: {{en: "{text}"}}', "source: ['1', \"2\"]", "role: 'it''s # none'"][
        : draw(st.integers(1, 4))
    ]
    if draw(st.integers(0, 3)) == 0:
        fields.insert(draw(st.integers(0, len(fields))), f"id: be-2020-{letter}{draw(st.integers(1, 1200)):03d}")
    layout = draw(st.sampled_from(["flow", "spaced", "lines", "commented", "block", "below", "wide"]))
    body = {
        "flow": "  - {" + ", ".join(fields) + "}\n",
        "spaced": "  - { " + " , ".join(fields) + " }  # end\n",
        "lines": "  - {" + ",\n     ".join(fields) + "}\n",
        "commented": "  - { # why\n     " + ",\n     ".join(fields) + "\n    }\n",
        "block": "  - " + "\n    ".join(fields) + "\n",
        "below": "  -  # why\n    " + "\n    ".join(fields) + "\n",
        "wide": "  -    " + "\n       ".join(fields) + "\n",
    }[layout]
    comment = draw(comments)
    return ("  " + comment if comment.startswith("#") else comment) + body


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of a profile with records of both classes, with other lists between them."""
    head = "# A file\nid: profile-be-2020" + draw(st.sampled_from(["\n", "  # its name\n", "\n\n# next\n"]))
    kept = st.sampled_from(
        [
            "",
            "lastNumber: {r: 3}\n",
            "lastNumber:\n  m: 1300\n",
            "lastNumber: {m: 7, r: 9} # kept\n",
            "lastNumber: {}\n",
        ]
    )
    parts = [draw(kept), draw(comments), "label: {en: X}\nstatements:\n  - {id: be-y, note: {en: x}}\n"]
    for key, letter in (("responsibilities", "r"), ("memberships", "m")):
        listed = draw(st.lists(records(letter), max_size=5))
        if listed:
            parts.append(f"{key}:\n" + "".join(listed))
    text = head + "".join(parts)
    text = text if draw(st.booleans()) else text.rstrip("\n")
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


def looked(path: Path, data: bytes) -> NumberedFile:
    """The file with these bytes, looked through."""
    path.write_bytes(data)
    findings: list[Finding] = []
    file = DataFile(path, "data/profiles/be-2020.yaml", "be-2020", BIK + "CountryProfile", "be")
    found = look_through(file, base().completer, findings)
    assert found is not None, (data.decode(), findings)
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=files())
def test_only_ids_are_added(data: bytes, tmp_path: Path) -> None:
    """Without what was added the text is as before; each record has an id of its own, above all numbers before; a
    second run has nothing to do.
    """
    before = looked(tmp_path / "x.yaml", data)
    findings: list[Finding] = []
    text = before.new_text(findings)
    after = looked(tmp_path / "x.yaml", text.encode())
    ids = [
        identifier.value for record in after.ids.records for key, identifier in record.node.value if key.value == "id"
    ]
    lacking = {record.node.start_mark.line for record in before.lacking}

    assert findings == []
    assert len(ids) == len(after.ids.records) == len(before.ids.records)
    assert before.given == [entry for entry in before.given if ids.count(entry) == 1]
    assert len(lacking) == len(before.given) == len(set(before.given))
    assert after.additions == []
    assert after.new_text(findings) == text
    old = before.text
    for entry in before.given:
        text = re.sub(rf"id: {entry}(?:, |\r?\n *)", "", text, count=1)
    assert strip_numbers(text) == strip_numbers(old)
    told = before.ids.told or {}
    assert all(int(entry[9:]) > told.get(entry[8], 0) for entry in before.given)


def strip_numbers(text: str) -> str:
    """A file without the highest numbers that it keeps."""
    text = re.sub(r"^lastNumber: \{[^}]*\}", "", text, flags=re.MULTILINE)
    text = re.sub(r"^lastNumber:\r?\n(?:  [rm]: \d+\r?\n)+", "", text, flags=re.MULTILINE)
    return re.sub(r"(?:\r?\n)+", "\n", text.removeprefix("\ufeff"))


@pytest.fixture
def unnumbered(own_tiny: Project) -> Project:
    """The tiny country as it was before records had ids; its release is of that time, with slugs made of fields."""
    for path in own_tiny.data.glob("p*/mt*.yaml"):
        text = path.read_text("utf-8")
        for pattern in WITHOUT_IDS:
            text = pattern.sub("", text)
        path.write_text(text, "utf-8")
    return own_tiny


def contents(project: Project) -> dict[str, bytes]:
    """Every data file of a project."""
    return {path.name: path.read_bytes() for path in sorted(project.data.rglob("*.*")) if path.is_file()}


def test_without_write_nothing_changes(unnumbered: Project) -> None:
    """What is lacking is told by file and line; the files stay."""
    before = contents(unnumbered)
    additions, replaced = give_ids(unnumbered)

    assert contents(unnumbered) == before
    assert [tuple(addition) for addition in additions] == [
        ("data/profiles/mt-2020.yaml", 1, "lastNumber: {r: 2}"),
        ("data/profiles/mt-2020.yaml", 10, "id: mt-2020-r001"),
        ("data/profiles/mt-2020.yaml", 11, "id: mt-2020-r002"),
        ("data/pages/mt.yaml", 1, "lastNumber: {r: 1}"),
        ("data/pages/mt.yaml", 6, "id: mt-pages-r001"),
    ]
    assert replaced == {}
    assert [finding.line for finding in check_data(unnumbered) if finding.rule == "missing-id"] == [6, 10, 11]


def test_written_ids_are_what_check_demands(unnumbered: Project) -> None:
    """After the command nothing is found; it has nothing left to do."""
    give_ids(unnumbered, write=True)

    assert [finding for finding in check_data(unnumbered) if finding.is_error] == []
    before = contents(unnumbered)
    assert give_ids(unnumbered, write=True).additions == []
    assert contents(unnumbered) == before


def test_a_number_is_not_given_again(own_tiny: Project) -> None:
    """The last record goes, and another comes: it gets the number after."""
    path = own_tiny.data / "profiles" / "mt-2020.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if "mt-2020-r002" in line)
    new = gone.replace("id: mt-2020-r002, ", "").replace("enforcement", "awareness")
    path.write_text("".join(new if line == gone else line for line in lines), "utf-8")

    assert [addition.text for addition in give_ids(own_tiny, write=True).additions] == [
        "lastNumber: {r: 3}",
        "id: mt-2020-r003",
    ]
    assert "lastNumber: {r: 3}\n" in path.read_text("utf-8")


def test_slugs_of_the_last_release_lead_on(unnumbered: Project) -> None:
    """What the last release called a record leads to its id in the next one, and stays when that is built anew."""
    old = "profile-mt-2020-responsibility-mt-police-lead-enforcement-bik-2012-pillar-4"
    path = unnumbered.data / "profiles" / "mt-2020.yaml"
    # A release of the time before: the record under the slug that its fields make.
    release = current(unnumbered.release)
    assert release is not None
    (unnumbered.data / "replaced-records.tsv").write_text(
        "slug\treplacedBy\tnote\nolder\tmt-2020-r001\tJoined.\n", "utf-8"
    )
    with_old_slug(unnumbered, old)

    additions, replaced = give_ids(unnumbered, write=True)
    build_release(unnumbered)
    release = current(unnumbered.release)
    assert release is not None
    store = release.open()

    assert replaced == {old: "mt-2020-r002"}
    assert "id: mt-2020-r002" in [addition.text for addition in additions]
    assert "mt-2020-r002" in path.read_text("utf-8")
    assert (unnumbered.data / "replaced-records.tsv").read_text("utf-8") == (
        f"slug\treplacedBy\tnote\nolder\tmt-2020-r001\tJoined.\n{old}\tmt-2020-r002\n"
    )
    assert [obj.value for _, _, obj in triples(store, NamedNode(ID + old), DCT + "isReplacedBy")] == [
        ID + "mt-2020-r002"
    ]
    assert release.graphs["replaced"].kind == "replaced"


def with_old_slug(project: Project, slug: str) -> None:
    """Give the release of a project a record of this slug, as releases had before there were ids."""
    path = project.data / "profiles" / "mt-2020.yaml"
    text, table = path.read_text("utf-8"), project.data / "replaced-records.tsv"
    kept = table.read_text("utf-8")
    table.unlink()
    pages = project.data / "pages" / "mt.yaml"
    page = pages.read_text("utf-8")
    pages.unlink()
    statement = f'statements:\n  - {{id: {slug}, label: {{en: X}}, about: mt-police, source: "2"}}\n'
    path.write_text(re.sub(r"responsibilities:\n(?:  - .*\n)+", statement, text), "utf-8")
    build_release(project)
    path.write_text(text, "utf-8")
    pages.write_text(page, "utf-8")
    table.write_text(kept, "utf-8")


def test_a_file_that_cannot_be_read_stops_all(unnumbered: Project) -> None:
    """No file is written while one of them is no YAML; the fault has its line."""
    (unnumbered.data / "pages" / "mt.yaml").write_text("id: pages-mt\nresponsibilities: [\n", "utf-8")
    before = contents(unnumbered)

    with pytest.raises(DataError) as raised:
        give_ids(unnumbered, write=True)

    assert [(finding.file, finding.rule) for finding in raised.value.findings] == [
        ("data/pages/mt.yaml", "yaml-syntax")
    ]
    assert contents(unnumbered) == before


def test_numbers_that_are_none_stop_all(unnumbered: Project) -> None:
    """Where the file keeps no numbers one can go on from, nothing is guessed."""
    path = unnumbered.data / "profiles" / "mt-2020.yaml"
    path.write_text(path.read_text("utf-8").replace("country: MT", "lastNumber: many\ncountry: MT"), "utf-8")
    before = contents(unnumbered)

    with pytest.raises(DataError) as raised:
        give_ids(unnumbered, write=True)

    assert [(finding.line, finding.rule) for finding in raised.value.findings] == [(3, "last-number")]
    assert contents(unnumbered) == before


def test_a_disk_that_refuses_leaves_files_whole(unnumbered: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is replaced as a whole or not at all; the next run goes on where the first one stopped."""
    before = contents(unnumbered)
    profile = unnumbered.data / "profiles"
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).parent.name == "pages":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(RequestError, match="No space left"):
            give_ids(unnumbered, write=True)
    after = contents(unnumbered)

    assert after["mt.yaml"] == before["mt.yaml"]
    assert sorted(after) == sorted(before)
    assert b"id: mt-2020-r002" in (profile / "mt-2020.yaml").read_bytes()
    assert [addition.text for addition in give_ids(unnumbered, write=True).additions] == [
        "lastNumber: {r: 1}",
        "id: mt-pages-r001",
    ]


def test_the_command_tells_what_it_does(unnumbered: Project) -> None:
    """Lines by file and line; what to do next, or that nothing is to do."""
    asked, written, again = run(unnumbered, "ids"), run(unnumbered, "ids", "--write"), run(unnumbered, "ids")

    assert "data/profiles/mt-2020.yaml:11: id: mt-2020-r002\n" in asked.stdout
    assert asked.stderr == "5 lines lacking; put them in with: bikgraph ids --write\n"
    assert (written.stdout, written.stderr) == (asked.stdout, "5 lines written\n")
    assert (again.stdout, again.stderr) == ("", "Every record has its id.\n")
    assert [done.returncode for done in (asked, written, again)] == [0, 0, 0]


def test_a_new_project_has_ids(tmp_path: Path) -> None:
    """What `new` writes needs nothing more; the example may go, and its number is not given again."""
    run(None, "new", str(tmp_path / "mine"), "--country", "FR")
    project = Project(tmp_path / "mine")
    path = project.data / "profiles" / "fr-2020.yaml"
    profile = yaml.safe_load(path.read_text("utf-8"))

    assert (profile["lastNumber"], profile["responsibilities"][0]["id"]) == ({"r": 1}, "fr-2020-r001")
    assert give_ids(project).additions == []
    path.write_text(path.read_text("utf-8").replace("  - id: fr-2020-r001\n    actor", "  - actor"), "utf-8")
    assert [addition.text for addition in give_ids(project).additions] == ["lastNumber: {r: 2}", "id: fr-2020-r002"]
