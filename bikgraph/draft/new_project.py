"""A new project folder: the layout of this one, with the countries of the map and first files for one country."""

from __future__ import annotations

import json
from pathlib import Path

from bikgraph.draft.json_schema import all_schemas
from bikgraph.errors import DataError, RequestError
from bikgraph.findings import errors
from bikgraph.nearest import did_you_mean
from bikgraph.project import Project, package_root
from bikgraph.reading import yaml_source as ys

# The first files of a project, and the templates that they are made from.
_FILES = {
    "data/sources.yaml": "sources.yaml.j2",
    "data/actors/{country}.yaml": "actors.yaml.j2",
    "data/profiles/{country}-2020.yaml": "profile.yaml.j2",
}


def new_project(folder: Path, code: str) -> list[Path]:
    """Make a project in `folder` for the country with the two-letter `code`; returns the files written.

    Raises RequestError if there are data already, or if no country of the map has the code, and DataError if the
    folder has an ontology of its own with errors. Nothing is overwritten, and nothing is written if it raises either.
    """
    names = _country_names()
    code = code.upper()
    if code not in names:
        hint = did_you_mean(code, names)
        raise RequestError(f"There is no country {code!r}.{hint} Codes: {', '.join(sorted(names))}.")
    if (folder / "data").exists():
        raise RequestError(f"{folder / 'data'} is there already. Name another folder; nothing was changed.")
    project = Project(folder)
    countries = (package_root() / "data" / "countries.yaml").read_text("utf-8")
    texts = {
        "data/countries.yaml": countries.replace("../ontology/schema/", "../schema/"),
        **_first_files(code, names[code]),
        ".gitignore": "/release/\n",
        "queries/README.md": (package_root() / "queries" / "README.md").read_text("utf-8"),
    }
    schema_folder = project.schema_folder.relative_to(folder).as_posix()
    texts |= {f"{schema_folder}/{name}": text for name, text in all_schemas(project).items()}
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    except OSError as error:
        raise RequestError(f"{folder} cannot be written: {error.strerror}.") from error
    return [folder / name for name in texts]


def _first_files(code: str, name: str) -> dict[str, str]:
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("bikgraph.draft"),
        autoescape=False,  # noqa: S701 - YAML: what is filled in is `quoted`, or a code of two letters
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    # A text of JSON is a text of YAML too.
    templates.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    country = code.lower()
    return {
        file.format(country=country): templates.get_template(template).render(cc=country, code=code, name=name)
        for file, template in _FILES.items()
    }


def _country_names() -> dict[str, str]:
    """The English names of the countries of the package's map, by their codes."""
    path = package_root() / "data" / "countries.yaml"
    source = ys.parse(path, path.name)
    if source.root is None:
        raise DataError(errors(source.findings))
    listed = ys.get(source.root, "countries")
    names = {}
    for node in listed.value if listed is not None else []:
        label, code = ys.get(node, "label"), ys.get(node, "code")
        english = ys.get(label, "en") if isinstance(label, ys.Mapping) else None
        if code is not None and english is not None:
            names[str(code.value)] = str(english.value)
    return names
