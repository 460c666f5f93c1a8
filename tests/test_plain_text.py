"""Text for people: what drives a terminal or hides is shown by its code point, ordinary words of any script stay."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from bikgraph.errors import RequestError
from bikgraph.findings import Finding, render
from bikgraph.plain_text import one_line, visible

# Format characters that can be seen, or without which words of some scripts are wrong.
SEEN = {
    "\u200c",
    "\u200d",
    *map(chr, (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD)),
}


def test_every_hidden_character_is_shown() -> None:
    """Of all characters, controls, format characters, separators of lines and surrogates never come out raw."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs") and character not in SEEN
        if hidden and character not in "\n\t":
            assert visible(character) == f"<U+{code:04X}>"
            assert character not in one_line(f"a{character}b")


@pytest.mark.parametrize(
    "words",
    [
        "Élève, Ελλάδα, Кипр, עברית, العربية",
        "می\u200cخواهم",
        "日本語 한국어",
        "👩\u200d💻 ❤\ufe0f",
        "a\u00a0b",
        "№ ½ €",
    ],
)
def test_ordinary_words_stay(words: str) -> None:
    """Words of any script, their joiners and their signs are as they were."""
    assert visible(words) == words


def test_lines_and_tabs() -> None:
    """`visible` keeps lines and tabs; `one_line` makes one line of them."""
    assert visible("a\n\tb") == "a\n\tb"
    assert one_line("a\r\n\tb\u2028c") == "a b<U+2028>c"


def test_errors_do_not_drive_the_terminal() -> None:
    """An error that quotes a request or a file shows what hides in it."""
    assert (
        str(RequestError("There is no thing called \x1b[2J\u202e.")) == "There is no thing called <U+001B>[2J<U+202E>."
    )


@pytest.mark.parametrize("format", ["text", "github"])
def test_findings_do_not_drive_the_terminal(format: str) -> None:
    """A finding's file, message and value show what hides in them."""
    finding = Finding("data/\x1b.yaml", 1, 2, "error", "rule", "Not \x9b5m this\u2066.", "v\x00")
    written = render([finding], format)  # type: ignore[arg-type]

    assert {character for character in written if not character.isprintable()} <= {"\n"}
    assert written.count("<U+") >= 3
