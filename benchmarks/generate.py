"""A project folder with as many profiles of Belgium's size as wanted; the same seed gives the same bytes.

    python -m benchmarks.generate DIR --profiles N --seed S

The first profile is Belgium's own. Each further one is of a made-up country: Belgium's register and profile under new
slugs and invented names, with other actors in some responsibilities and other answers in the tick tables. So each has
the same number and mix of records, and no two are alike. `--faults K` puts a fault that only the shapes find into every
K-th.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import shutil
from itertools import product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import yaml

from bikgraph.project import package_root

_PROPER_NAMES = re.compile(
    "Belgium|Belgian|Flemish|Flanders|French|German|Brussels|Wallonia|Child Focus|CERT|Mediawijs|Media Animation|"
    "Média Animation|Liège|Liege|imec|"
    "iMinds|Glatigny|Goedele Liekens|Apestaartjaren|Éducation|STAR|Criminal Code"
)
_SYLLABLES = [consonant + vowel for consonant, vowel in product("bdfgklmnprstvz", "aeiou")]
_TICKS = ("introduced", "existing", "not-available", "not-answered")
_TICK_WEIGHTS = (2, 29, 2, 5)  # as Belgium's
_FAULTS = (
    "one party",
    "no coordinator",
    "item unanswered",
    "year out of range",
    "ages reversed",
    "label without English",
)


class _Dumper(yaml.SafeDumper):
    """Writes lists of records as blocks, and short records in braces, as editors do."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def generate(folder: Path, profiles: int, seed: int, faults: int = 0, *, earlier: bool = False) -> list[str]:
    """Write the project to `folder`, which must not exist or be empty; returns the countries' codes, Belgium's first.

    With `earlier` each country has a small profile of 2018 besides, which is not counted among the `profiles`.
    """
    data = folder / "data"
    template = package_root() / "data"
    for name in ("actors", "profiles"):
        (data / name).mkdir(parents=True)
    shutil.copytree(template / "links", data / "links")
    for name in ("countries.yaml", "sources.yaml", "profiles/be-2020.yaml"):
        shutil.copyfile(template / name, data / name)
    register, international, profile = (
        _load(template / name) for name in ("actors/be.yaml", "actors/int.yaml", "profiles/be-2020.yaml")
    )
    for name, tree in (("actors/be.yaml", register), ("actors/int.yaml", international)):
        _keep_2020(tree)
        _dump(data / name, tree)
    codes = _codes(template, profiles - 1)
    _widen_edition(folder / "ontology", codes)
    if earlier:
        _dump(data / "profiles" / "be-2018.yaml", _earlier(profile, "be"))
    countries, sources = [], []
    for index, code in enumerate(codes, start=1):
        chance = random.Random(f"{seed} {code}")
        names: dict[str, str] = {}
        own_register, own_profile = (_renamed(tree, code, names, chance) for tree in (register, profile))
        _vary(own_profile, own_register, chance)
        if faults and index % faults == 0:
            _spoil(own_profile, _FAULTS[index // faults % len(_FAULTS)])
        _dump(data / "actors" / f"{code}.yaml", own_register)
        _dump(data / "profiles" / f"{code}-2020.yaml", own_profile)
        if earlier:
            _dump(data / "profiles" / f"{code}-2018.yaml", _earlier(own_profile, code))
        name = names["Belgium"]
        label = dict.fromkeys(
            ("en", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "it", "nl", "pl", "pt", "sv"), name
        )
        countries.append(
            {
                "id": f"country-{code}",
                "code": code.upper(),
                "kind": "country",
                "label": label,
                "altLabel": {"en": [f"Republic of {name}"]},
                "source": "eu-country-table",
            }
        )
        sources.append({"id": f"bik-map-2020-{code}", "label": {"en": name}, "inEdition": 2020, "year": 2020})
    _append(data / "countries.yaml", countries)
    _append(data / "sources.yaml", sources)
    return ["be", *codes]


def _keep_2020(register: dict[str, Any]) -> None:
    """Leave the actors that Belgium's profile of 2020 names, with its sections as their only sources."""
    kept = []
    for actor in register["actors"]:
        named = [actor["source"]] if isinstance(actor["source"], str) else actor["source"]
        actor["source"] = [source for source in named if source.startswith("profile-be-2020-")]
        if actor["source"]:
            kept.append(actor)
    register["actors"] = kept


def _widen_edition(ontology: Path, codes: list[str]) -> None:
    """An ontology of the project's own, whose edition of 2020 covers the made-up countries too."""
    shutil.copytree(package_root() / "ontology", ontology)
    path = ontology / "schemes" / "questionnaire-2020.ttl"
    text = path.read_text("utf-8").replace("bik:countryCount 30 ;", f"bik:countryCount {30 + len(codes)} ;")
    path.write_text(text + "".join(f"id:edition-2020 bik:covers id:country-{code} .\n" for code in codes), "utf-8")


def _codes(template: Path, wanted: int) -> list[str]:
    countries = _load(template / "countries.yaml")["countries"]
    # EL and UK are other codes of Greece and the United Kingdom: a file of that name would be theirs.
    taken = {country[key].lower() for country in countries for key in ("code", "otherCode") if key in country} | {"eu"}
    codes = [first + second for first in ascii_lowercase for second in ascii_lowercase if first + second not in taken]
    if wanted > len(codes):
        raise SystemExit(f"There are codes for {len(codes) + 1} profiles only; asked for {wanted + 1}.")
    return codes[:wanted]


def _renamed(tree: Any, code: str, names: dict[str, str], chance: random.Random) -> Any:
    """A copy of Belgium's records under the slugs of another country, proper names replaced by invented ones."""

    def name(match: re.Match[str]) -> str:
        return names.setdefault(
            match.group(), "".join(chance.choices(_SYLLABLES, k=max(3, len(match.group()) // 2))).capitalize()
        )

    def text(value: str) -> str:
        if re.fullmatch(r"[a-z0-9.-]+", value):
            slug = (
                re.sub(r"^be-", f"{code}-", value)
                .replace("profile-be-", f"profile-{code}-")
                .replace("register-be", f"register-{code}")
            )
            return slug.replace("country-be", f"country-{code}").replace("bik-map-2020-belgium", f"bik-map-2020-{code}")
        return code.upper() if value == "BE" else _PROPER_NAMES.sub(name, value)

    if isinstance(tree, dict):
        return {key: _renamed(value, code, names, chance) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_renamed(value, code, names, chance) for value in tree]
    return text(tree) if isinstance(tree, str) else copy.copy(tree)


def _vary(profile: dict[str, Any], register: dict[str, Any], chance: random.Random) -> None:
    """Other actors in a third of the responsibilities (not in those that count ministries), other answers, other
    years.
    """
    actors = [actor["id"] for actor in register["actors"] if actor["kind"] not in ("person", "group")]

    def key(record: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(record.get(name) for name in ("actor", "role", "function", "pillar"))

    used = {key(record) for record in profile["responsibilities"]}
    for record in profile["responsibilities"]:
        other = {**record, "actor": chance.choice(actors)}
        if record["role"] != "member" and chance.random() < 1 / 3 and key(other) not in used:
            used.add(key(other))
            record["actor"] = other["actor"]
    for code in profile["answers"]:
        if re.match(r"p\d-", code):
            profile["answers"][code] = chance.choices(_TICKS, _TICK_WEIGHTS)[0]
    for record in profile["events"]:
        if "year" in record:
            record["year"] += chance.randint(-9, 0)


def _earlier(profile: dict[str, Any], code: str) -> dict[str, Any]:
    """A profile of 2018: every second responsibility of that of 2020, and the answers that Belgium gave."""
    belgium = _load(package_root() / "data" / "profiles" / "be-2018.yaml")
    responsibilities = {
        (record["actor"], record["role"], record["function"]): {
            **{key: record[key] for key in ("actor", "role", "function")},
            "source": "policy-frameworks",
        }
        for record in profile["responsibilities"][::2]
        if record["role"] != "member"
    }
    for number, record in enumerate(responsibilities.values(), 1):
        record["id"] = f"{code}-2018-r{number:03d}"
    return {
        "id": f"profile-{code}-2018",
        "lastNumber": {"r": len(responsibilities)},
        "label": {"en": profile["label"]["en"].replace("2020", "2018")},
        "country": code.upper(),
        "edition": 2018,
        "document": profile["document"],
        "wholeQuestionnaire": False,
        "checked": profile["checked"],
        "sections": belgium["sections"],
        "responsibilities": list(responsibilities.values()),
        "answers": belgium["answers"],
    }


def _spoil(profile: dict[str, Any], fault: str) -> None:
    if fault == "one party":
        profile["agreements"][0]["parties"] = profile["agreements"][0]["parties"][:1]
    elif fault == "no coordinator":
        for record in profile["responsibilities"]:
            if record.get("pillar") == "bik-2012-pillar-3" and record["role"] == "coordinator":
                record["role"] = "lead"
    elif fault == "item unanswered":
        del profile["answers"]["p2-technical-skills"]
    elif fault == "year out of range":
        profile["events"][1]["year"] = 1200
    elif fault == "ages reversed":
        profile["dataCollections"][0]["ageFrom"] = 90
    elif fault == "label without English":
        profile["policies"][0]["label"] = {"fr": "Document"}


def _load(path: Path) -> Any:
    # Quoted in the data, so that YAML 1.1 reads them as text too: "no", "2.2", dates.
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def _dump(path: Path, tree: Any) -> None:
    path.write_text(
        yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=160),
        "utf-8",
    )


def _append(path: Path, records: list[dict[str, Any]]) -> None:
    """Add records to the list that ends the file."""
    if records:
        text = yaml.dump(
            records, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
        )
        with path.open("a", encoding="utf-8") as out:
            out.writelines(f"  {line}\n" for line in text.splitlines())


def main() -> None:
    """Generate a project from the command line."""
    parser = argparse.ArgumentParser(description="Write a project folder with synthetic profiles of Belgium's size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profiles", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--faults", type=int, default=0, metavar="K", help="a fault that only the shapes find in every K-th profile"
    )
    given = parser.parse_args()
    generate(given.folder, given.profiles, given.seed, given.faults)


if __name__ == "__main__":
    main()
