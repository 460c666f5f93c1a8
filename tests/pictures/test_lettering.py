"""Names in any script are drawn, in reading order, and what no font has is told in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image, ImageChops
from pyoxigraph import NamedNode, Store

from bikgraph.namespaces import ID
from bikgraph.pictures import Look, answer_map, draw_network, europe_map
from bikgraph.pictures.lettering import EAST_ASIAN, Lettering, isolate, shorten, wrap

COUNTRY = NamedNode(ID + "country-zz")
GREEK, RUSSIAN, HEBREW, ARABIC = "Αστυνομία", "Полиция", "משטרת ישראל", "وزارة التعليم"
CHINESE, JAPANESE, KOREAN, THAI = "教育部", "ひらがな", "경찰청", "กระทรวง"


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if `bikgraph[fonts]` were not installed."""
    monkeypatch.setattr("bikgraph.pictures.lettering.east_asian_font", lambda: None)


def inked(text: str, **look: bool) -> Image.Image:
    """A picture of one word, cut to its ink."""
    figure, lettering = Figure(figsize=(6, 1)), Lettering(keeps_text=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    lettering.write(axes, 0.1, 0.5, lettering.legible(text), size=30, **look)
    out = BytesIO()
    figure.savefig(out, format="png")
    picture = Image.open(out).convert("L")
    return picture.crop(ImageChops.invert(picture).getbbox())


@pytest.mark.parametrize("text", [GREEK, RUSSIAN, HEBREW, ARABIC, CHINESE, JAPANESE, KOREAN, f"{CHINESE} (MoE) 2020"])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_letters_are_drawn(text: str, capfd: pytest.CaptureFixture[str], *, bold: bool, italic: bool) -> None:
    """Each script's letters differ from one another, so they are no empty boxes; nothing is warned of or printed."""
    letters = {inked(letter, bold=bold, italic=italic).tobytes() for letter in set(text) - {" "}}

    assert len(letters) == len(set(text) - {" "})
    assert capfd.readouterr() == ("", "")


def is_tall(picture: Image.Image) -> tuple[bool, bool]:
    """Whether the ink at the left end, and that at the right end, is as high as the whole."""
    ends = (picture.crop((x, 0, x + 8, picture.height)) for x in (0, picture.width - 8))
    left, right = (ImageChops.invert(end).getbbox() for end in ends)
    assert left is not None
    assert right is not None
    return left[3] - left[1] > 0.7 * picture.height, right[3] - right[1] > 0.7 * picture.height


def test_arabic_letters_are_joined() -> None:
    """A word of Arabic letters is narrower than the same letters apart, and one piece of ink from end to end."""
    word = inked("بيت")
    columns = (ImageChops.invert(word.crop((x, 0, x + 1, word.height))).getbbox() for x in range(word.width))

    assert word.width < 0.8 * sum(inked(letter).width for letter in "بيت")
    assert all(columns)


def test_reading_order() -> None:
    """A Hebrew name begins at the right, what follows stands left of it; in a sentence it stands in its place."""
    assert is_tall(inked("ם.......")) == (False, True)
    assert is_tall(inked("י llllll")) == (True, False)
    assert is_tall(inked(f"{isolate('י')} llllll")) == (False, True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        (CHINESE * 3, ["教育部", "教育部", "教育部"]),
        ("教育部。（MoE） 2020", ["教育", "部。", "（MoE）", "2020"]),
        ("部 abcdefghij", ["部", "abcdefg", "hij"]),
        ("שלום לכם", ["\u2067שלום\u2069", "\u2067לכם\u2069"]),
        ("a \u2068של\u2069", ["a \u2068של\u2069"]),
        ("abcdef שלום", ["abcdef", "\u200eשלום"]),
        ("", []),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    """A line holds so many letters, half as many Chinese ones; each line of a text is read in the text's direction."""
    assert wrap(text, 7) == lines


def test_shortened() -> None:
    """What is too long ends in an ellipsis, also a word without spaces; a Hebrew name keeps its direction."""
    assert shorten("short", 8) == "short"
    assert shorten("one two three", 9) == "one two …"
    assert shorten("x" * 99, 9) == "xxxxxxx …"
    assert shorten(CHINESE * 9, 9) == "教育部 …"
    assert shorten("שלום לכם", 7) == "\u2067שלום …\u2069"


def test_isolated() -> None:
    """Only a name with letters from right to left needs marks to stand in a sentence."""
    assert isolate("Malta") == "Malta"
    assert isolate(HEBREW) == f"\u2068{HEBREW}\u2069"


def test_what_no_font_has(no_fonts: None) -> None:
    """What stands in for a name that cannot be drawn, or its script, is written; the note tells scripts and mend."""
    lettering = Lettering(keeps_text=False)

    assert lettering.note == ""
    assert lettering.legible("plain", "other") == "plain"
    assert lettering.legible(CHINESE, "zz-ministry") == "zz-ministry"
    assert lettering.legible(f"{CHINESE} (MoE) {THAI}") == "[Chinese] (MoE) [Thai]"
    assert lettering.legible(CHINESE, JAPANESE) == "[Chinese]"
    assert lettering.note == (
        "No font here has letters of: Chinese, Thai. For Chinese, Japanese and Korean: pip install 'bikgraph[fonts]'."
    )


def test_the_fonts_have_chinese() -> None:
    """With `bikgraph[fonts]` nothing Chinese is missing, and no mend is offered for what is."""
    lettering = Lettering(keeps_text=False)

    assert lettering.legible(f"{CHINESE}{JAPANESE}{KOREAN}，\u3000") == f"{CHINESE}{JAPANESE}{KOREAN}，\u3000"
    assert lettering.legible(THAI, "th") == "th"
    assert lettering.note == "No font here has letters of: Thai."


def test_control_characters_are_blanks() -> None:
    """A character that no SVG may hold becomes a blank."""
    assert Lettering(keeps_text=True).legible("a\x08b\nc") == "a b c"


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_pictures_without_a_word_on_standard_error(
    world: Store, tmp_path: Path, capfd: pytest.CaptureFixture[str], language: str, ending: str
) -> None:
    """A network and a map whose names are in six scripts are drawn without a warning."""
    draw(world, tmp_path, language, ending)

    assert capfd.readouterr() == ("", "")


def test_svg_keeps_the_names(world: Store, tmp_path: Path, no_fonts: None) -> None:
    """An SVG has every name as it is, whatever fonts are here, and names the fonts that draw it."""
    network, answers = (ET.parse(path).getroot() for path in draw(world, tmp_path, "zh", "svg"))  # noqa: S314
    texts = {"".join(element.itertext()): element.get("style") or "" for element in texts_of(network)}

    assert "教育部（MoE）2030" in texts
    assert EAST_ASIAN in texts["教育部（MoE）2030"]
    assert "\u2067משטרת ישראל (Police) 2030\u2069" in texts
    assert "Ελληνική γραμμή βοήθειας & $100 <ΕΛ>" in texts
    assert EAST_ASIAN not in texts["Роскомнадзор – служба по надзору"]
    assert all(style.count("sans-serif") == 1 and "Last Resort" not in style for style in texts.values())
    assert "是: 卢里塔尼亚 (ZZ)" in {"".join(element.itertext()) for element in texts_of(answers)}


def test_same_svg_with_and_without_fonts(world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of an SVG are text, so its bytes do not depend on which fonts are installed."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    first = [path.read_bytes() for path in draw(world, tmp_path / "with", "zh", "svg")]
    monkeypatch.setattr("bikgraph.pictures.lettering.east_asian_font", lambda: None)

    assert [path.read_bytes() for path in draw(world, tmp_path / "without", "zh", "svg")] == first


def texts_of(svg: ET.Element) -> list[ET.Element]:
    """The elements with words."""
    return list(svg.iter("{http://www.w3.org/2000/svg}text"))


def draw(store: Store, folder: Path, language: str, ending: str) -> list[Path]:
    """Ruritania's network and the map of answers, in a language."""
    network, answers = folder / f"network.{ending}", folder / f"map.{ending}"
    draw_network(store, COUNTRY, None, Look(language=language)).save(network)
    chosen = answer_map(store, NamedNode(ID + "question"), NamedNode(ID + "edition-2030"), language)
    europe_map(
        chosen.shades,
        chosen.values,
        title=chosen.title,
        subtitle=chosen.subtitle,
        footer=chosen.footer,
        names=chosen.names,
        slug=chosen.slug,
    ).save(answers)
    return [network, answers]
