"""Text of others, fit for people's eyes: a character that would drive a terminal or hide is shown by its code point.

Labels, values of files and words of a request may hold any character. An escape sequence drives the reader's
terminal, a right-to-left override turns a line around, a zero-width space makes two names look like one. Every face
that writes text for people passes it through here; formats for programs keep the text as it is.
"""

from __future__ import annotations

import re
from functools import cache

# Controls but tab and newline, line and paragraph separators, surrogates, and what formats text or shows nothing. The
# joiners U+200C and U+200D stay, for Arabic, Persian and Indian scripts are wrong without them, and so do variation
# selectors and the number signs that Arabic and Kaithi write before digits: those can be seen.
_HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)


def visible(text: str) -> str:
    r"""Text without hidden characters: each is shown by its code point. Newlines and tabs stay.

    >>> visible("red \x1b[31m and \u202ebackwards")
    'red <U+001B>[31m and <U+202E>backwards'
    """
    if text.isascii() and text.isprintable():
        return text  # most cells: the pattern for the others takes a millisecond to compile
    return _hidden().sub(_code_point, text)


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(_HIDDEN)


def one_line(text: str) -> str:
    r"""Text on one line, without hidden characters: white space of any length is one space.

    >>> one_line(" two\r\n lines\t")
    'two lines'
    """
    return " ".join(visible(text.replace("\t", " ").replace("\n", " ").replace("\r", " ")).split())


def _code_point(character: re.Match[str]) -> str:
    return f"<U+{ord(character[0]):04X}>"


def plural(noun: str) -> str:
    """An English noun in the plural, for words that name classes and parameters.

    >>> plural("policy"), plural("good practice"), plural("survey")
    ('policies', 'good practices', 'surveys')
    """
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
