"""Characters that no data file may hold: they drive terminals, turn what is shown, or show nothing at all.

Allowed, because plain text needs them: the marks U+200E, U+200F and U+061C, which put a neighbouring sign on the right
side of Arabic and Hebrew words and reach no further; joiners and non-joiners (Persian, Indic scripts, emoji); the zero
width space (Khmer, Thai). Whether the text around one needs it is judged in `reading.text_form`, and the soft hyphen is
never needed there. An address may hold none of these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Per class: the rule of its finding, its characters, and what is wrong with them. Tab and line feed are judged by the
# field; U+0085 and the separators are line breaks, though most editors show none.
_LINE_BREAKS = "\x85\u2028\u2029"
_CLASSES: tuple[tuple[str, str, str], ...] = (
    ("line-break", _LINE_BREAKS, "This line break is invisible in most editors. Replace it by an ordinary one"),
    (
        "control-character",
        "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f",
        "This control character is invisible and not allowed in YAML. Remove it",
    ),
    (
        "direction-control",
        "\u202a-\u202e\u2066-\u2069",
        "This character turns the text after it around: readers see another order than programs. Remove it",
    ),
    (
        "private-use",
        "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
        "This character means nothing outside one font or program. Replace it by one of Unicode's",
    ),
    (
        "noncharacter",
        "\ufdd0-\ufdef" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)),
        "This code point is no character. Remove it",
    ),
    (
        "invisible-character",
        "\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f",
        "This character is invisible and has no use in the middle of a text. Remove it",
    ),
)
_EACH = tuple((rule, re.compile(f"[{characters}]"), message) for rule, characters, message in _CLASSES)
_ALL = "".join(characters for _, characters, _ in _CLASSES)
_REFUSED = re.compile(f"[{_ALL}]")
# In the text of a file a carriage return is half of a Windows line end; in a value only an escape can put one.
_REFUSED_IN_VALUE = re.compile(f"[\r{_ALL}]")
_CARRIAGE_RETURN = ("control-character", "A carriage return inside a value moves a terminal's cursor. Remove it")
# Letters and signs that Unicode counts among the visible categories, but that show nothing.
_SHOW_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Odd(NamedTuple):
    """A refused character: where it stands in the text, the rule it breaks, what is wrong, and its code point."""

    offset: int
    rule: str
    message: str
    code_point: str


def odd_characters(text: str, *, is_value: bool = False) -> Iterator[Odd]:
    """The refused characters of a file's text, or of a value that was read from it, in order."""
    if text.isprintable():  # none of them is; this is the quick way through most values
        return
    for match in (_REFUSED_IN_VALUE if is_value else _REFUSED).finditer(text):
        rule, message = next(
            ((rule, message) for rule, pattern, message in _EACH if pattern.match(match.group())), _CARRIAGE_RETURN
        )
        yield Odd(match.start(), rule, f"{message}.", code_point(match.group()))


def code_point(character: str) -> str:
    """A character as messages name it: its code point, and its name if Unicode gives it one.

    >>> code_point(chr(27)), code_point(chr(0x202E))
    ('U+001B', 'U+202E RIGHT-TO-LEFT OVERRIDE')
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: it is empty, or all white space and invisible characters.

    >>> is_blank(" " + chr(0x200B)), is_blank("a")
    (True, False)
    """
    return all(
        character.isspace() or character in _SHOW_NOTHING or unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me")
        for character in text
    )


def invisible_in_address(text: str) -> str:
    """The first character of an address that nobody sees (RFC 3987 forbids marks of direction); empty without any."""
    return next((character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")), "")
