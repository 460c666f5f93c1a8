"""Language tags: each part is registered, and written as the registry writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.reading.language_tags import language_fault
from tests.tiny import HEAD, check_text

GOOD = (
    "en",
    "nl-BE",
    "bg-latn",
    "bg-Latn",
    "sr-Latn",
    "de-1996",
    "yue",
    "no",
    "nb",
    "mt",
    "cnr",
    "tlh",
    "und",
    "mul",
)
FAULTY = {
    "ens": "No language has the tag ens.",
    "zz": "No language has the tag zz.",
    "cz": "Did you mean cs (Czech)?",
    "gr": "Did you mean el (Greek)?",
    "klingon": "such as en, fr or nl-BE.",
    "english": "Did you mean en (English)?",
    "en_GB": "A language is a BCP 47 tag",
    "EN": "A language is a BCP 47 tag",
    "nl-BE-BE": "A language is a BCP 47 tag",
    "eng": "Write en.",
    "ger": "Write de.",
    "iw": "Write he.",
    "en-UK": "Write en-GB.",
    "en-EN": "registered as EN",
    "de-AT-1901-1901": "registered as AT-1901-1901",
    "zh-yue": "Two languages",
    "fr-BEL": "Two languages",
    "qaa": "for private use",
}


@pytest.mark.parametrize("tag", GOOD)
def test_registered_tag_has_no_fault(tag: str) -> None:
    """A tag of registered parts passes, however its letters are written."""
    assert language_fault(tag) == ""


@pytest.mark.parametrize("tag", FAULTY)
def test_other_tag_is_told_with_the_remedy(tag: str) -> None:
    """A tag that no registry has is refused, and what is meant is named where that is known."""
    assert FAULTY[tag] in language_fault(tag)


def test_text_under_an_unregistered_tag_is_an_error_at_the_tag(tmp_path: Path) -> None:
    """The finding stands at the tag, names it, and the text under it is not told."""
    text = HEAD + 'statements:\n  - {id: be-x, label: {en: X}, note: {ens: Why}, about: be-child-focus, source: "1"}\n'

    found = check_text(tmp_path, text).findings

    assert [(f.line, f.column, f.rule, f.value, f.severity) for f in found] == [(9, 39, "bad-language", "ens", "error")]
