"""Characters that no data file may hold: found raw and as escapes, anywhere in YAML and in link tables."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bikgraph.findings import Finding
from bikgraph.reading.characters import is_blank, odd_characters
from bikgraph.reading.sssom import read_links
from bikgraph.reading.yaml_source import parse
from tests.tiny import check_text

REGISTER = "id: register-more\nlabel: {en: More}\nactors:\n"
ACTOR = REGISTER + '  - {id: be-x, label: {en: "@"}, kind: ngo, source: eu-country-table}\n'
HEADER = "#curie_map:\n#  bikid: https://w3id.org/bikgraph/id/\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n"
ROW = "bikid:country-be\tskos:exactMatch\thttp://example.org/\tsemapv:ManualMappingCuration\t0.9\t"

# The character, the rule of its finding.
REFUSED = {
    "NUL": ("\x00", "control-character"),
    "backspace": ("\x08", "control-character"),
    "escape": ("\x1b", "control-character"),
    "delete": ("\x7f", "control-character"),
    "a control sequence introducer of C1": ("\x9b", "control-character"),
    "next line": ("\x85", "line-break"),
    "line separator": ("\u2028", "line-break"),
    "paragraph separator": ("\u2029", "line-break"),
    "left-to-right embedding": ("\u202a", "direction-control"),
    "right-to-left override": ("\u202e", "direction-control"),
    "left-to-right isolate": ("\u2066", "direction-control"),
    "pop directional isolate": ("\u2069", "direction-control"),
    "private use": ("\ue000", "private-use"),
    "private use of plane 16": ("\U0010fffd", "private-use"),
    "a noncharacter": ("\ufdd0", "noncharacter"),
    "the last code point": ("\U0010ffff", "noncharacter"),
    "a byte-order mark inside": ("\ufeff", "invisible-character"),
    "a tag": ("\U000e0041", "invisible-character"),
    "a deprecated format character": ("\u206a", "invisible-character"),
}


def the_one(found: list[Finding]) -> tuple[int, int, str, str]:
    """Line, column, rule and value of the one finding."""
    ((line, column, rule, value),) = [(f.line, f.column, f.rule, f.value) for f in found]
    return line, column, rule, value


def parsed(folder: Path, text: str) -> list[Finding]:
    """The findings of parsing a file of this content."""
    path = folder / "x.yaml"
    path.write_bytes(text.encode())
    return parse(path, "x.yaml").findings


def place_of(text: str, part: str) -> tuple[int, int]:
    """Line and column of a part of a text, from 1."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("name", REFUSED)
def test_raw_character_is_found_where_it_stands(tmp_path: Path, name: str) -> None:
    """A refused character in the file gives one finding, at its line and column, that names its code point."""
    character, rule = REFUSED[name]
    text = ACTOR.replace("@", f"Aé{character}B")
    *place, found, value = the_one(parsed(tmp_path, text))

    assert (tuple(place), found) == (place_of(text, character), rule)
    assert value.startswith(f"U+{ord(character):04X}")


@pytest.mark.parametrize("name", REFUSED)
def test_raw_character_in_a_comment_is_found(tmp_path: Path, name: str) -> None:
    """Comments are read by people, and printed by their terminals: nothing is hidden in them either."""
    character, rule = REFUSED[name]
    *_, found, value = the_one(parsed(tmp_path, f"a: b # {character}\n"))

    assert found == rule
    assert value.startswith(f"U+{ord(character):04X}")


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("where", ["a label", "a key", "a slug", "an address"])
def test_escaped_character_is_found_at_its_value(tmp_path: Path, name: str, where: str) -> None:
    r"""A refused character that an escape such as "\x1b" puts into a value or key is found at that value or key."""
    character, rule = REFUSED[name]
    parts = dict.fromkeys(("a label", "a key", "a slug", "an address"), "0")
    parts[where] = f"\\U{ord(character):08x}"
    text = REGISTER + (
        f'  - {{id: be-x, label: {{en: "L{parts["a label"]}"}}, "K{parts["a key"]}": 1, kind: "S{parts["a slug"]}", '
        f'page: "http://{parts["an address"]}"}}\n'
    )
    *place, found, value = the_one(parsed(tmp_path, text))

    start = {"a label": '"L', "a key": '"K', "a slug": '"S', "an address": '"http'}[where]
    assert (tuple(place), found) == (place_of(text, start), rule)
    assert value.startswith(f"U+{ord(character):04X}")


def test_carriage_return_is_found_as_an_escape_only(tmp_path: Path) -> None:
    """Windows line ends are read, but a carriage return inside a value is refused: it drives a terminal."""
    windows = ACTOR.replace("@", "X").replace("\n", "\r\n")

    assert check_text(tmp_path, windows.encode()).findings == []
    assert the_one(parsed(tmp_path, 'a: "b\\r"\n')) == (1, 4, "control-character", "U+000D")


def test_every_refused_code_point_shows_nothing_or_means_nothing() -> None:
    """Refused are only characters that Unicode calls control, format, private, separating or none; letters never."""
    refused = {
        chr(number)
        for number in range(0x110000)
        if not 0xD800 <= number < 0xE000 and next(odd_characters(chr(number)), None)
    }

    assert {unicodedata.category(character) for character in refused} == {"Cc", "Cf", "Cn", "Co", "Zl", "Zp"}
    assert not refused & {"\t", "\n", "\r", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\xad"}


@pytest.mark.parametrize(
    "text",
    [
        "\u05d0\u05d1\u200e (C++) \u200f\u05d2",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f469\u200d\U0001f4bb",
    ],
)  # fmt: skip
def test_marks_that_text_needs_are_read(tmp_path: Path, text: str) -> None:
    """Marks of direction and joiners inside words stay as they are."""
    result = check_text(tmp_path, ACTOR.replace("@", text))

    assert result.findings == []
    assert f'"{text}"@en' in result.told.decode()


@pytest.mark.parametrize(
    "text", ["\\u200b\\u200b", "\\u200e \\u200d", "\\u3164", "\\u2800", "\\u00a0\\u200b", "\\ufe0f"]
)
def test_label_that_shows_nothing_is_refused(tmp_path: Path, text: str) -> None:
    """A label of nothing but zero-width characters and white space is refused at its place."""
    written = ACTOR.replace("@", text)
    found = check_text(tmp_path, written).findings

    assert [(f.line, f.column) for f in found if f.rule == "blank-text"] == [place_of(written, f'"{text}')]
    assert all(f.value.startswith("U+") for f in found if f.rule == "blank-text")


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\u200f", "\u2060", "\xad"])
def test_address_with_invisible_character_is_refused(tmp_path: Path, mark: str) -> None:
    """An address has no character that nobody sees, though a text may have it."""
    text = ACTOR.replace("@", "X").replace("kind:", f'homepage: "https://example.org/{mark}a", kind:')
    line, column, rule, value = the_one(check_text(tmp_path, text).findings)

    assert ((line, column), rule) == (place_of(text, '"https'), "bad-address")
    assert value.startswith(f"U+{ord(mark):04X}")


@pytest.mark.parametrize("text", ["two\\nlines", "a\\ttab"])
@pytest.mark.parametrize("field", ["label", "altLabel"])
def test_name_stands_on_one_line(tmp_path: Path, text: str, field: str) -> None:
    """Labels and other names have neither line breaks nor tabs."""
    names = {"label": "X", "altLabel": "Y", field: text}
    written = f'label: {{en: "{names["label"]}"}}, altLabel: {{en: "{names["altLabel"]}"}}'
    record = f"{{id: be-x, {written}, kind: ngo, source: eu-country-table}}"
    (finding,) = check_text(tmp_path, f"{REGISTER}  - {record}\n").findings

    assert finding.rule == "several-lines"
    assert f"The field {field} takes one line of text" in finding.message


def test_note_may_have_several_lines(tmp_path: Path) -> None:
    """A note may be a block of lines, and keeps them."""
    note = "\nnote:\n  en: |\n    One line.\n    Another.\n"
    result = check_text(tmp_path, ACTOR.replace("@", "X").replace("\nactors", f"{note}actors", 1))

    assert result.findings == []
    assert '"One line.\\nAnother."@en' in result.told.decode()


def test_block_scalar_with_one_line_is_a_name(tmp_path: Path) -> None:
    """A folded name is one line, whatever lines the file has."""
    text = (
        REGISTER
        + "  - id: be-x\n    kind: ngo\n    source: eu-country-table\n"
        + "    label:\n      en: >\n        A very\n        long name\n"
    )
    result = check_text(tmp_path, text)

    assert result.findings == []
    assert '"A very long name"@en' in result.told.decode()


@pytest.mark.parametrize("name", REFUSED)
def test_character_in_a_link_table_is_found(tmp_path: Path, name: str) -> None:
    """A refused character in an SSSOM table is found at its line and column, and no row is read."""
    character, rule = REFUSED[name]
    path = tmp_path / "odd.sssom.tsv"
    path.write_bytes((HEADER + COLUMNS + ROW + f"a{character}b\n").encode())
    triples, found = read_links(path, path.name, {"country-be"})

    assert the_one(found)[:3] == (4, len(ROW) + 2, rule)
    assert triples == []


def test_a_file_of_odd_characters_gives_few_findings(tmp_path: Path) -> None:
    """A file that is no text gives twenty findings, not one a character."""
    assert len(check_text(tmp_path, "a: \x1b" + "\x1b" * 10_000).findings) == 20


def test_text_that_shows_something_is_not_blank() -> None:
    """A text is blank if no character of it is seen."""
    assert is_blank("")
    assert not is_blank("\u200ba")
    assert not is_blank("\u05d0\u200f")
