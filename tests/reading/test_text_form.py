"""How texts are written: what is refused, what is warned of, and what passes though it looks odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.reading.text_form import text_faults
from tests.tiny import check_text

PASSES = (
    "Ministry of Youth & Sport",
    "AT&T; R&D; Q&A",
    "Viac ako ni(c)k",
    "ask.fm, X (formerly Twitter)",
    "TOBA",
    "Todo sobre la red",
    "Où est-ce ? « Ici » ; là !",
    "10 000 écoles",
    "SIVECO ROMÂNIA",
    "„Langas į ateitį“",
    "Children < 13 and > 6",
    "5 * 3 ** 2",
    "ΔΕΗ and БНТ",
    "\u05d0\u05d1\u200e (C++) \u200f\u05d2",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\U0001f469\u200d\U0001f4bb",
    "A first line\nand a second",
    "as the source says […]",
    "Etc Group",
    "Who decides?",
)
FAULTY = {
    "Me\u0301dia Animation": ("not-normalised", "error"),
    "\u212bngström": ("not-normalised", "error"),
    "Child  Focus": ("several-spaces", "error"),
    "Child\xa0 Focus": ("several-spaces", "error"),
    "one line \nand another": ("several-spaces", "error"),
    "Media\xadwijs": ("invisible-character", "error"),
    "Child\u200bFocus": ("invisible-character", "error"),
    "Child Focus\u200f": ("invisible-character", "error"),
    "Child\u2060Focus": ("invisible-character", "error"),
    "Youth &amp; Sport": ("html-in-text", "error"),
    "d&#39;or": ("html-in-text", "error"),
    "d&eacute;fense": ("html-in-text", "error"),
    "one<br/>two": ("html-in-text", "error"),
    "<em>Focus</em>": ("html-in-text", "error"),
    "[Focus](https://example.org)": ("markdown-in-text", "warning"),
    "**Focus**": ("markdown-in-text", "warning"),
    "TODO": ("placeholder", "error"),
    "todo: ask": ("placeholder", "error"),
    "TODO - ask Brussels": ("placeholder", "error"),
    "tbd.": ("placeholder", "error"),
    "n/a": ("placeholder", "error"),
    "?": ("placeholder", "error"),
    "…": ("placeholder", "error"),
    "---": ("placeholder", "error"),
    "Lorem ipsum dolor sit amet": ("placeholder", "error"),
    "NIL": ("placeholder", "warning"),
    "The law of 2019 (?)": ("left-over", "warning"),
    "Founded in ???": ("left-over", "warning"),
    "See TODO below": ("left-over", "warning"),
    "The strategy for a better…": ("cut-off", "warning"),
    "The strategy for a better ...": ("cut-off", "warning"),
    "Li\xc3\xa8ge": ("garbled", "error"),
    "the childâ€™s rights": ("garbled", "error"),
    "Li\ufffdge": ("garbled", "error"),
    "Child\u2009Focus": ("odd-space", "warning"),
    "Child\xa0Focus": ("odd-space", "warning"),
    "Child Focus , Brussels": ("space-before-sign", "warning"),
    "Five members [tbc]": ("left-over", "warning"),
    "Five members (check!)": ("left-over", "warning"),
    "M%C3%A9dia": ("garbled", "error"),
    "M\\u00e9dia": ("garbled", "error"),
    "the child?s rights": ("garbled", "warning"),
    "O\ufb03ce": ("not-normalised", "error"),
    "\u0412elgium": ("mixed-scripts", "error"),
}


@pytest.mark.parametrize("text", PASSES)
def test_text_that_only_looks_odd_passes(text: str) -> None:
    """What a careful editor may write has no fault."""
    assert list(text_faults(text)) == []


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_text_has_its_fault(text: str) -> None:
    """Each fault has its rule, is an error or a warning, and says what to do."""
    found = [fault for fault in text_faults(text) if (fault.rule, fault.severity) == FAULTY[text]]

    assert len(found) == 1
    assert len(list(text_faults(text))) == 1
    assert found[0].message.endswith(".")


def test_fault_stands_at_its_text(tmp_path: Path) -> None:
    """A fault of one name among several stands at that name; warnings do not stop the file."""
    text = (
        "id: register-be-more\nlabel: {en: More}\ncountry: BE\nactors:\n"
        "  - {id: be-x, label: {en: X}, altLabel: {en: [Y, Child &amp; Co]}, note: {en: One…}, kind: ngo, "
        "source: eu-country-table}\n"
    )

    found = check_text(tmp_path, text).findings

    assert {(f.line, f.column, f.rule, f.severity, f.value) for f in found} == {
        (5, 51, "html-in-text", "error", "&amp;"),
        (5, 80, "cut-off", "warning", "One…"),
    }
