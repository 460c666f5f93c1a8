"""How a text is written: what no careful editor would print, though every letter of it is allowed.

A text is an error where it is certainly wrong (another form of the same letters, marks of a web page, a placeholder),
and a warning where it may be right (a title that ends in dots, a hard space).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from bikgraph.findings import Severity
from bikgraph.reading.characters import code_point


class TextFault(NamedTuple):
    """What is wrong with a text: the rule of its finding, how bad it is, how to mend it, and what it is about."""

    rule: str
    severity: Severity
    message: str
    value: str


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ELEMENT = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|q|s|small|span|strong|sub|sup|table|"
    r"tbody|td|th|tr|u|ul|!--)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"\]\(https?://|\*\*\S|__\S[^_]*\S__")
_SEVERAL_SPACES = re.compile(r"[^\S\n]{2,}")
_SPACE_AT_LINE_END = re.compile(r"[^\S\n]\n")
_SPACE_BEFORE_SIGN = re.compile(r"\w ([,.])(?=\s|$)")
# A hard space belongs before or after a sign or a number (French, figures), and between ideographs.
_ODD_SPACE = re.compile(r"(?<=[^\W\d_])[\xa0\u1680\u2000-\u200a\u202f\u205f](?=[^\W\d_])")
# Bytes of UTF-8 that were read as Windows-1252: each of these letters begins a sequence, each sign goes on with it.
_MISREAD = re.compile(
    "[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_PLACEHOLDER = re.compile(
    r"\W*(?:to ?do|fix ?me|tb[acd]|x{2,}|n\.?/?a\.?|none|null|nil|nan|undefined|unknown|untitled|not known|empty|blank|"
    r"to be (?:added|checked|completed|confirmed|decided|defined|determined|done|filled in|translated|verified|"
    r"written)|"
    r"(?:missing|insert|add|enter|your) (?:text|label|name|title|note|description)(?: here)?|"
    r"(?:test|foo|bar|foobar|asdf|qwerty|blah?(?: blah?)*|lorem ipsum.*|placeholder|sample text|dummy(?: text)?)|"
    r"etc)\W*",
    re.IGNORECASE | re.DOTALL,
)
_BEGUN = re.compile(r"\W*(?:(?:TODO|FIXME|XXX|TBD|TBC|TBA)\b\W*(?:[:-]|$)|(?:todo|fixme|tbd|tbc) ?:)")
_LEFT_OVER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|TBC|TBA)\b|\?\?|\(\?\)|\[\?\]|\blorem ipsum\b|\{\{|\}\}|%[sd]\b|\$\{")
_IN_BRACKETS = re.compile(
    r"[(\[](?:tbc|tbd|tba|todo|check|verify|unclear|source|citation needed|ref|\?+)[!?.]*[)\]]", re.IGNORECASE
)
_WITHIN_A_WORD = re.compile(r"[^\W\d_]\?[^\W\d_]")
# Letters that were escaped for an address or a program.
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2}){2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt](?![a-z])")
_LIGATURE = re.compile("[\ufb00-\ufb06\uff01-\uff5e]")
_CUT_OFF = re.compile(r"(?<!\[)(?:\u2026|\.\.\.)$")
_JOINERS = "\u200b\u200c\u200d"
_DIRECTIONS = "\u200e\u200f\u061c"
# What stands in a text and shows nothing. Of the joiners and marks, `_needed` knows where they have a use.
_HIDDEN = re.compile(f"[\xad\u034f\u180e\u2060-\u2064{_JOINERS}{_DIRECTIONS}]")
_SIMPLE_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "DIGIT", "ARMENIAN", "GEORGIAN")
_WORD = re.compile(r"[^\W\d_]{2,}")


def text_faults(text: str) -> Iterator[TextFault]:
    """What is wrong with how a text is written, the gravest first; `text` is without white space at its ends.

    >>> [fault.rule for fault in text_faults("Ministry  of Youth &amp; Sport")]
    ['several-spaces', 'html-in-text']
    """
    if not any(character.isalnum() or unicodedata.category(character) == "So" for character in text):
        yield TextFault("placeholder", "error", _PLACEHOLDER_MESSAGE, text)
        return
    if _BEGUN.match(text):
        yield TextFault("placeholder", "error", _PLACEHOLDER_MESSAGE, text)
    elif _PLACEHOLDER.fullmatch(text):
        # In capitals it may be somebody's acronym.
        yield TextFault(
            "placeholder", "warning" if text.isalpha() and text.isupper() else "error", _PLACEHOLDER_MESSAGE, text
        )
    elif left := _LEFT_OVER.search(text) or _IN_BRACKETS.search(text):
        message = "This looks like a note to oneself, or a gap to be filled. Say what the source says, or leave it out."
        yield TextFault("left-over", "warning", message, left[0])
    if escaped := _ESCAPED.search(text):
        yield TextFault(
            "garbled", "error", "These are letters as a program writes them. Write the letters.", escaped[0]
        )
    if letter := _WITHIN_A_WORD.search(text):
        message = "A question mark within a word stands for a letter that was lost. Copy the text anew from its source."
        yield TextFault("garbled", "warning", message, _around(text, letter))
    if not text.isascii():
        yield from _beyond_ascii(text)
    if found := _SEVERAL_SPACES.search(text) or _SPACE_AT_LINE_END.search(text):
        message = "There is more than one space here, or one at the end of a line. Write one space between words."
        yield TextFault("several-spaces", "error", message, _around(text, found))
    if "&" in text:
        for entity in _ENTITY.finditer(text):
            if entity[0][1] == "#" or entity[0][1:] in html5:
                message = f"This is HTML's way of writing {html.unescape(entity[0])}. Write the character itself."
                yield TextFault("html-in-text", "error", message, entity[0])
    if "<" in text and (element := _ELEMENT.search(text)):
        message = "This is a mark of HTML, which readers see as it stands. Remove it."
        yield TextFault("html-in-text", "error", message, element[0])
    if mark := _MARKDOWN.search(text):
        message = "This is a mark of Markdown, which readers see as it stands. Remove it; an address goes to page."
        yield TextFault("markdown-in-text", "warning", message, mark[0])
    if sign := _SPACE_BEFORE_SIGN.search(text):
        yield TextFault("space-before-sign", "warning", f"No space stands before {sign[1]}. Remove it.", sign[0])
    if _CUT_OFF.search(text):
        message = "This text seems to be cut off. Write it to its end, or say in a note that the source breaks off."
        yield TextFault("cut-off", "warning", message, text[-20:])


_PLACEHOLDER_MESSAGE = (
    "This says nothing: it keeps the place of a text. Say what the source says, or leave the field out."
)


def _beyond_ascii(text: str) -> Iterator[TextFault]:
    if not unicodedata.is_normalized("NFC", text):
        odd = next(c for c in text if not unicodedata.is_normalized("NFC", c) or unicodedata.combining(c))
        message = (
            "This text writes letters and their accents one after the other, or in an old form, so that a search does "
            f"not find it. Write it in Unicode's form NFC: {unicodedata.normalize('NFC', text)[:60]}."
        )
        yield TextFault("not-normalised", "error", message, code_point(odd))
    elif letter := _LIGATURE.search(text):
        meant = unicodedata.normalize("NFKC", letter[0])
        message = f"This is one sign for {meant}, which a search does not find. Write that."
        yield TextFault("not-normalised", "error", message, code_point(letter[0]))
    for hidden in _HIDDEN.finditer(text):
        if not _needed(text, hidden.start()):
            message = "This character is invisible, and a search does not find the word around it. Remove it."
            yield TextFault("invisible-character", "error", message, code_point(hidden[0]))
            break
    if "\ufffd" in text or any(_reads_as_utf8(run[0]) for run in _MISREAD.finditer(text)):
        message = "These letters were garbled by a wrong encoding. Copy the text anew from its source."
        yield TextFault("garbled", "error", message, text)
    if space := _ODD_SPACE.search(text):
        message = "This space between two words is no ordinary one. Replace it by one from the keyboard."
        yield TextFault("odd-space", "warning", message, code_point(space[0]))
    for word in _WORD.finditer(text):
        if not word[0].isascii() and len(scripts := {_script(c) for c in word[0]} & set(_SIMPLE_SCRIPTS[:3])) > 1:
            message = (
                f"This word mixes letters of {' and '.join(sorted(name.capitalize() for name in scripts))} that look "
                "alike. Type it anew on one keyboard."
            )
            yield TextFault("mixed-scripts", "error", message, word[0])
            break


def _reads_as_utf8(run: str) -> bool:
    try:
        return run.encode("cp1252").decode("utf-8") != run
    except UnicodeError:
        return False


def _needed(text: str, offset: int) -> bool:
    """Whether the script around an invisible character needs it: Persian, Indic and Khmer words, emoji, Hebrew."""
    if text[offset] in _DIRECTIONS:
        return any(c.isalpha() and unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    if text[offset] not in _JOINERS:
        return False
    return any(
        character and not character.isascii() and _script(character) not in _SIMPLE_SCRIPTS
        for character in (text[offset - 1 : offset], text[offset + 1 : offset + 2])
    )


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 15) : found.end() + 15]
