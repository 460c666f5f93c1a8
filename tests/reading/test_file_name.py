"""A file holds what its name says: id, country and edition agree with it, or the file is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bikgraph.findings import Finding
from bikgraph.project import Project
from bikgraph.reading import read_file
from tests.conftest import ROOT
from tests.tiny import base, check_text

PROFILE = """id: profile-be-2020
label: {en: X}
country: BE
edition: 2020
wholeQuestionnaire: false
document: bik-map-2020-belgium
"""
PAGES = "id: pages-be\nlabel: {en: Pages}\ncountry: BE\n"
ACTORS = "id: register-be\nlabel: {en: Actors}\ncountry: BE\n"


def found_in(folder: Path, name: str, text: str) -> list[Finding]:
    """The findings of reading one file of a project in `folder`, where it has this name below data/."""
    path = folder / "data" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (file,) = Project(folder).data_files()
    return read_file(file, base().completer).source.findings


@pytest.mark.parametrize("country", ["BE", "be", "country-be"])
@pytest.mark.parametrize("edition", ["2020", '"2020"', "edition-2020"])
def test_agreement_in_any_form(tmp_path: Path, country: str, edition: str) -> None:
    """Country and edition may be written as code or slug."""
    text = PROFILE.replace("country: BE", f"country: {country}").replace("edition: 2020", f"edition: {edition}")

    assert check_text(tmp_path, text).findings == []


# Name below data/, content, line, rule, message.
REFUSED: dict[str, tuple[str, str, int, str, str]] = {
    "a profile of another country": (
        "profiles/be-2020.yaml",
        PROFILE.replace("country: BE", "country: NO"),
        3,
        "other-country",
        "its name begins with be. Write country: BE, or name the file no-2020.yaml and its id profile-no-2020.",
    ),
    "a profile of another edition": (
        "profiles/be-2020.yaml",
        PROFILE.replace("edition: 2020", "edition: 2018"),
        4,
        "other-edition",
        "its name says 2020. Write edition: 2020, or name the file be-2018.yaml and its id profile-be-2018.",
    ),
    "a profile whose name has no edition": (
        "profiles/be.yaml",
        PROFILE.replace("profile-be-2020", "profile-be"),
        4,
        "other-edition",
        "but its name says none. Mend the edition, or name the file be-2020.yaml and its id profile-be-2020.",
    ),
    "a profile whose name has more than an edition": (
        "profiles/be-2020-new.yaml",
        PROFILE.replace("profile-be-2020", "profile-be-2020-new"),
        4,
        "other-edition",
        "but its name says 2020-new.",
    ),
    "a profile under another code of its country": (
        "profiles/uk-2020.yaml",
        PROFILE.replace("profile-be", "profile-uk").replace("country: BE", "country: GB"),
        3,
        "other-country",
        "its name begins with uk. Mend the country, or name the file gb-2020.yaml and its id profile-gb-2020.",
    ),
    "a register of another country": (
        "actors/be.yaml",
        ACTORS.replace("country: BE", "country: NO"),
        3,
        "other-country",
        "Write country: BE, or name the file no.yaml and its id register-no.",
    ),
    "a register without country": (
        "actors/be.yaml",
        ACTORS.replace("country: BE\n", ""),
        1,
        "missing-country",
        "Write country: BE below its id.",
    ),
    "a register whose name is no country": (
        "actors/more.yaml",
        ACTORS.replace("register-be", "register-more"),
        3,
        "other-country",
        "its name begins with more. Mend the country, or name the file be.yaml and its id register-be.",
    ),
    "sources of another country": (
        "sources/be.yaml",
        ACTORS.replace("register-be", "sources-be").replace("country: BE", "country: NO"),
        3,
        "other-country",
        "or name the file no.yaml and its id sources-no.",
    ),
    "pages of another country": (
        "pages/be.yaml",
        PAGES.replace("country: BE", "country: NO"),
        3,
        "other-country",
        "or name the file no.yaml and its id pages-no.",
    ),
    "international bodies of one country": (
        "actors/int.yaml",
        ACTORS.replace("register-be", "register-int"),
        3,
        "other-country",
        "All countries share this file, so it has no country. Remove the field",
    ),
    "documents of one country": (
        "sources.yaml",
        ACTORS.replace("register-be", "register-sources"),
        3,
        "other-country",
        "All countries share this file",
    ),
    "an id of another file": (
        "profiles/be-2020.yaml",
        PROFILE.replace("profile-be-2020", "profile-no-2020"),
        1,
        "file-name",
        "A file of this name holds the record profile-be-2020. Mend the id, or rename the file.",
    ),
    "a name with a space": (
        "pages/be old.yaml",
        PAGES,
        1,
        "file-name",
        "Files are named by lower-case words joined by hyphens, such as data/pages/<cc>.yaml. Rename this one.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_disagreement_is_refused_at_its_line(tmp_path: Path, case: str) -> None:
    """A file that says another country or edition than its name is refused there, with both ways of mending it."""
    name, text, line, rule, message = REFUSED[case]
    found = found_in(tmp_path, name, text)

    assert [(f.line, f.rule, f.severity) for f in found] == [(line, rule, "error")], found
    assert message in found[0].message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("actors/int.yaml", "id: register-int\nlabel: {en: X}\n"),
        ("countries.yaml", "id: register-countries\nlabel: {en: X}\n"),
        ("actors/be-schools.yaml", ACTORS.replace("register-be", "register-be-schools")),
        ("actors/networks.yaml", "id: register-networks\nlabel: {en: X}\n"),
        ("pages/be-2.yaml", PAGES.replace("pages-be", "pages-be-2")),
        ("profiles/no-2020.yaml", PROFILE.replace("profile-be", "profile-no").replace("country: BE", "country: NO")),
    ],
)
def test_agreement_passes(tmp_path: Path, name: str, text: str) -> None:
    """International and further registers, and a country's second file, are right."""
    assert found_in(tmp_path, name, text) == []


def test_both_disagree(tmp_path: Path) -> None:
    """Country and edition that both disagree are found in one run, and the new name has both."""
    text = PROFILE.replace("country: BE", "country: NO").replace("edition: 2020", "edition: 2018")
    found = found_in(tmp_path, "profiles/be-2020.yaml", text)

    assert [f.rule for f in found] == ["other-country", "other-edition"]
    assert all("name the file no-2018.yaml and its id profile-no-2018" in f.message for f in found)


def test_committed_files_are_named_by_what_they_hold() -> None:
    """Every committed file of a country has the country, and a profile the edition, that its name says."""
    for file in Project(ROOT).data_files():
        text = file.path.read_text("utf-8")
        country = re.search(r"^country: \"?([A-Z]{2})", text, re.MULTILINE)
        edition = re.search(r"^edition: \"?(\d{4})", text, re.MULTILINE)
        parts = [found.group(1).lower() for found in (country, edition) if found is not None]

        assert "-".join(parts) == ("" if file.row.is_shared else file.path.stem)
