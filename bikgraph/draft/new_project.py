"""A new project folder: the layout of this one, with the countries of the map and first files for one country."""

from __future__ import annotations

import shutil
from pathlib import Path

from bikgraph.draft.json_schema import write_schemas
from bikgraph.errors import RequestError
from bikgraph.project import Project, package_root

_SOURCES = """\
# yaml-language-server: $schema=../schema/register.schema.json
# The documents that facts of the graph come from. A profile's sections stand in the profile itself.
id: register-sources
label: {{en: Source documents}}
sources:
  - id: {cc}-map-2020
    label: {{en: "Country profile of {name} in the BIK Policy Map 2020"}}
    inEdition: 2020
    year: 2020
  - id: eu-country-table
    label: {{en: Countries and territories authority table of the Publications Office of the European Union}}
    page: http://publications.europa.eu/resource/authority/country
"""
_ACTORS = """\
# yaml-language-server: $schema=../../schema/register.schema.json
# The actors of {name}. A body stands here once, under one slug, whatever a source calls it: other names go to altLabel.
id: register-{cc}
label: {{en: "Actors of {name}"}}
country: {code}
actors:
  # An example: write your own bodies, and delete it.
  - id: {cc}-example-ministry
    label: {{en: Example ministry}}
    kind: ministry
    source: profile-{cc}-2020-section-1
"""
_PROFILE = """\
# yaml-language-server: $schema=../../schema/profile.schema.json
# {name} in the BIK Policy Map 2020. Facts in your own words; names, titles and the wording of questions exact.
id: profile-{cc}-2020
label: {{en: "{name} in the BIK Policy Map 2020"}}
country: {code}
edition: 2020
document: {cc}-map-2020
wholeQuestionnaire: false   # true once every item of the questionnaire is answered below

sections:
  - {{number: "1", label: {{en: Policy frameworks}}}}

responsibilities:
  # An example: write who does what, with the section that says so.
  - {{actor: {cc}-example-ministry, role: coordinator, function: policy-coordination, pillar: bik-2012-pillar-1, source: "1"}}

answers:
  # One line a question, such as p1-quality-content: existing. A row without a tick is not-answered, never not-available.
  policy-shape: not-answered
"""


def new_project(folder: Path, code: str) -> list[Path]:
    """Make a project in `folder` for the country with the two-letter `code`; returns the files written.

    Raises RequestError if there are data already, or if no country of the map has the code. Nothing is overwritten.
    """
    names = _country_names()
    code = code.upper()
    if code not in names:
        raise RequestError(f"There is no country {code!r}. Codes: {', '.join(sorted(names))}.")
    if (folder / "data").exists():
        raise RequestError(f"{folder / 'data'} is there already. Name another folder; nothing was changed.")
    values = {"cc": code.lower(), "code": code, "name": names[code]}
    countries = (
        (package_root() / "data" / "countries.yaml").read_text("utf-8").replace("../ontology/schema/", "../schema/")
    )
    files = {
        "data/countries.yaml": countries,
        "data/sources.yaml": _SOURCES.format(**values),
        f"data/actors/{values['cc']}.yaml": _ACTORS.format(**values),
        f"data/profiles/{values['cc']}-2020.yaml": _PROFILE.format(**values),
        ".gitignore": "/release/\n",
    }
    written = []
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            written.append(path)
        (folder / "queries").mkdir(exist_ok=True)
        shutil.copyfile(package_root() / "queries" / "README.md", folder / "queries" / "README.md")
    except OSError as error:
        raise RequestError(f"{folder} cannot be written: {error.strerror}.") from error
    project = Project(folder)
    return [*written, folder / "queries" / "README.md", *write_schemas(project, project.schema_folder)]


def _country_names() -> dict[str, str]:
    from bikgraph.reading import yaml_source as ys

    path = package_root() / "data" / "countries.yaml"
    root = ys.parse(path, path.name).root
    listed = ys.get(root, "countries") if root is not None else None
    found = {}
    for node in listed.value if listed is not None else []:
        label, code = ys.get(node, "label"), ys.get(node, "code")
        english = ys.get(label, "en") if isinstance(label, ys.Mapping) else None
        if code is not None and english is not None:
            found[str(code.value)] = str(english.value)
    return found
