"""The map of the 30 countries: complete, legible, readable without colour, the same each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from bikgraph.errors import RequestError
from bikgraph.pictures.europe_map import countries, europe_map
from bikgraph.pictures.shades import KINDS, Shade, looks

SVG = "{http://www.w3.org/2000/svg}"
CODES = [
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GB",
    "GR",
    "HR",
    "HU",
    "IE",
    "IS",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "NO",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
]
OTHERS = [
    Shade("na", "Not answered", "not-answered"),
    Shade("nd", "No data", "no-data"),
    Shade("nc", "Not covered", "not-covered"),
    Shade("sv", "Several answers", "several"),
]
SHADES = [
    Shade("yes", "Yes", "answer"),
    Shade("partly", "Partly & in part", "answer"),
    Shade("no", "No", "answer"),
    *OTHERS,
]
VALUES = {code: SHADES[i % len(SHADES)].key for i, code in enumerate(CODES)}


def draw(
    path: Path, shades: list[Shade] = SHADES, values: dict[str, str] = VALUES, title: str = "Is there a policy?"
) -> Path:
    """The map that these tests look at."""
    subtitle, footer = "22 of 29 countries answered", "Source: tests, <2024>"
    europe_map(shades, values, title=title, subtitle=subtitle, footer=footer).save(path)
    return path


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> ET.Element:
    """The map as parsed SVG."""
    return ET.parse(draw(tmp_path_factory.mktemp("map") / "map.svg")).getroot()  # noqa: S314


def group(drawing: ET.Element, gid: str) -> ET.Element:
    """The one element with this id."""
    (found,) = (element for element in drawing.iter() if element.get("id") == gid)
    return found


def size(element: ET.Element) -> tuple[float, float]:
    """Width and height of what an element draws, in points."""
    numbers = [
        float(number) for path in element.iter(f"{SVG}path") for number in re.findall(r"-?\d+\.?\d*", path.get("d", ""))
    ]
    return max(numbers[::2]) - min(numbers[::2]), max(numbers[1::2]) - min(numbers[1::2])


def test_every_country(drawing: ET.Element) -> None:
    """Each of the 30 has an element of its own, its two letters, and a title for screen readers."""
    written = {"".join(element.itertext()).strip().split(" ")[0] for element in drawing.iter(f"{SVG}text")}
    labels = {shade.key: shade.label for shade in SHADES}

    assert sorted(countries()) == CODES
    for code in CODES:
        title = group(drawing, f"country-{code}").find(f"{SVG}title")
        assert title is not None
        assert title.text == f"{countries()[code]}: {labels[VALUES[code]]}"
        assert code in written


def test_small_countries_are_large_enough(drawing: ET.Element) -> None:
    """No country is drawn smaller than 20 points either way, at 72 to the inch; the two smallest are also in place."""
    for code in CODES:
        assert min(size(group(drawing, f"country-{code}"))) > 20, code
    for code in ("LU", "MT"):
        assert min(size(group(drawing, f"country-{code}"))) > 3 * max(
            1, min(size(group(drawing, f"country-{code}-place")))
        )


def test_texts(drawing: ET.Element) -> None:
    """Title, base, source, origin of the boundaries, and the legend with counts are written out."""
    text = " ".join("".join(element.itertext()).strip() for element in drawing.iter(f"{SVG}text"))
    partly = " ".join(code for code in CODES if VALUES[code] == "partly")

    for words in (
        "Is there a policy?",
        "22 of 29 countries answered",
        "Source: tests, <2024>",
        "Natural Earth",
        "public domain",
        f"Partly & in part 5 countries {partly}",
        "Several answers 4 countries",
    ):
        assert words in text


def test_a_long_title_wraps(tmp_path: Path) -> None:
    """A question of two lines is written in two lines, within the picture."""
    title = (
        "Does the government or another body evaluate how policies on children's internet use "
        "are put into practice, and how often?"
    )
    root = ET.parse(draw(tmp_path / "map.svg", title=title)).getroot()  # noqa: S314
    lines = ["".join(element.itertext()).strip() for element in root.iter(f"{SVG}text")]

    assert title not in lines
    assert title in " ".join(lines)


@pytest.mark.parametrize("number", range(1, 9))
def test_told_apart(number: int) -> None:
    """Whatever the number of answers, no two classes look alike; what is no answer has its own pattern and face."""
    answers = [Shade(f"a{i}", str(i), "answer") for i in range(number)]
    found = looks([*answers, *OTHERS])
    of_answers, of_others = [found[shade.key] for shade in answers], [found[shade.key] for shade in OTHERS]
    light = [
        sum(part * weight for part, weight in zip(to_rgb(look.face), (0.299, 0.587, 0.114), strict=True))
        for look in of_answers
    ]

    assert light == sorted(light)
    assert all(later - earlier > 0.07 for earlier, later in pairwise(light))
    assert len({look.hatch for look in of_answers}) == (number if number > 3 else 1)
    assert not {look.hatch for look in of_answers} & {look.hatch for look in of_others}
    assert not {look.face for look in of_answers} & {look.face for look in of_others}
    assert len({look.hatch for look in of_others}) == len(KINDS)
    assert found["na"].face != found["nd"].face
    assert max(to_rgb(of_answers[-1].face)) - min(to_rgb(of_answers[-1].face)) > 0.15, "the lightest answer is no grey"


def test_two_shades_of_one_kind() -> None:
    """Two kinds of missing answer are told apart too."""
    found = looks([Shade("a", "Blank", "not-answered"), Shade("b", "Refused", "not-answered")])

    assert found["a"].hatch != found["b"].hatch


def test_patterns_are_drawn(drawing: ET.Element) -> None:
    """In the drawing, too, a no is a plain colour, and what is no answer has a pattern; the legend repeats it."""
    fills = {
        key: re.findall(r"fill: ([^;]+)", ET.tostring(group(drawing, f"legend-{key}")).decode())[0]
        for key in ("no", "na", "nd", "nc", "sv")
    }

    assert fills["no"].startswith("#")
    assert all(fills[key].startswith("url(") for key in ("na", "nd", "nc", "sv"))
    assert len(set(fills.values())) == 5
    for code in CODES:
        if VALUES[code] in fills:
            assert f"fill: {fills[VALUES[code]]}" in ET.tostring(group(drawing, f"country-{code}")).decode()


def test_same_input_same_svg(tmp_path: Path) -> None:
    """Two drawings of the same values are the same bytes, in whichever order the countries come."""
    first, second = draw(tmp_path / "a.svg"), draw(tmp_path / "b.svg", values=dict(reversed(VALUES.items())))

    assert first.read_bytes() == second.read_bytes()


def test_png(tmp_path: Path) -> None:
    """A PNG is 1,600 pixels wide and shows the colours of its classes; a long legend makes it higher."""
    long = [Shade(f"a{i}", "a long answer " * 12, "answer") for i in range(10)]
    with (
        Image.open(draw(tmp_path / "map.png")) as picture,
        Image.open(draw(tmp_path / "long.png", long, dict.fromkeys(CODES, "a3"))) as other,
    ):
        assert picture.width == other.width == 1600
        assert picture.height < other.height
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) or []}
    for shade in SHADES:
        assert tuple(round(part * 255) for part in to_rgb(looks(SHADES)[shade.key].face)) in colours


@pytest.mark.parametrize("name", ["map.gif", "map"])
def test_wrong_ending(tmp_path: Path, name: str) -> None:
    """Only .svg, .png and .pdf are drawn."""
    with pytest.raises(RequestError, match=r"\.svg, \.png or \.pdf"):
        draw(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("shades", "values", "message"),
    [
        (SHADES, VALUES | {"AT": "perhaps"}, "no shade's key: perhaps"),
        (SHADES[:3], {code: "yes" for code in CODES if code != "MT"}, "no value: MT"),
        ([*SHADES, SHADES[0]], VALUES, "given twice: yes"),
        ([*SHADES, Shade("x", "X", "unheard-of")], VALUES, "unknown: unheard-of"),
    ],
)
def test_wrong_values(tmp_path: Path, shades: list[Shade], values: dict[str, str], message: str) -> None:
    """A country, key or kind that fits nothing is refused by name, and nothing is drawn."""
    with pytest.raises(ValueError, match=message):
        draw(tmp_path / "map.svg", shades, values)
    assert not list(tmp_path.iterdir())


def test_countries_off_the_map(tmp_path: Path) -> None:
    """Countries without boundaries are listed by name and code under their class, and counted in the legend."""
    values = VALUES | {"CH": "yes", "LI": "nd", "AL": "yes"}
    names = {"CH": "Switzerland", "AL": "Albania"}
    europe_map(SHADES, values, title="T", subtitle="", footer="", names=names).save(tmp_path / "map.svg")
    root = ET.parse(tmp_path / "map.svg").getroot()  # noqa: S314
    lines = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    start = lines.index("Not on the map")

    assert lines[start + 1 : start + 3] == ["Yes: Albania (AL), Switzerland (CH)", "No data: LI"]
    assert "7 countries" in lines
    many = VALUES | {f"X{i}": "nc" for i in range(400)}
    with (
        Image.open(draw(tmp_path / "some.png")) as picture,
        Image.open(draw(tmp_path / "many.png", values=many)) as long,
    ):
        assert long.height > picture.height


@pytest.mark.parametrize(("shades", "expected"), [(SHADES, "No data"), ([*SHADES[:3], OTHERS[2]], "Not covered")])
def test_countries_without_a_value(tmp_path: Path, shades: list[Shade], expected: str) -> None:
    """A country on the map without a value is drawn as without data, or as not covered, whichever class there is."""
    values = {code: "yes" for code in CODES if code != "MT"}
    root = ET.parse(draw(tmp_path / "map.svg", shades, values)).getroot()  # noqa: S314

    title = group(root, "country-MT").find(f"{SVG}title")
    assert title is not None
    assert title.text == f"Malta: {expected}"


def test_a_name_of_the_caller(tmp_path: Path) -> None:
    """The countries' names for screen readers are the caller's where it gives some, so in its language."""
    drawn = europe_map(SHADES, VALUES, title="", subtitle="", footer="", names={"AT": "Österreich"})
    drawn.save(tmp_path / "map.svg")
    title = group(ET.parse(tmp_path / "map.svg").getroot(), "country-AT").find(f"{SVG}title")  # noqa: S314

    assert title is not None
    assert title.text == "Österreich: Yes"
