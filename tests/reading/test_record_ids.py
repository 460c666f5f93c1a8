"""The ids of numbered records: demanded with the line to add, of one form and one file, and never given twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bikgraph.namespaces import BIK, ID
from tests.tiny import HEAD, NUMBERED, check_text

FIELDS = "actor: be-child-focus, role: lead, function: awareness"
ONE = NUMBERED + f'responsibilities:\n  - {{id: be-2020-r001, {FIELDS}, source: "1"}}\n'
OTHER = FIELDS.replace("awareness", "education")
KEEPS_TWO = ONE.replace("{r: 1}", "{r: 2}")
ROLES = "responsibilities:\n"

# content, line, column, rule, a part of the message
REFUSED = {
    "no id": (
        NUMBERED + ROLES + f'  - {{{FIELDS}, source: "1"}}\n',
        *(9, 5, "missing-id", "Write id: be-2020-r002 first, or run: bikgraph ids --write"),
    ),
    "no id in a block, after a number that is gone": (
        NUMBERED.replace("{r: 1}", "{r: 41}") + ROLES + "  - actor: be-child-focus\n    role: lead\n",
        *(9, 5, "missing-id", "Write id: be-2020-r042 first"),
    ),
    "no id of the second of two": (
        KEEPS_TWO + f'  - {{{OTHER}, source: "1"}}\n',
        *(10, 5, "missing-id", "Write id: be-2020-r003 first"),
    ),
    "no id of a page's record": (
        f"id: pages-be\nlabel: {{en: Pages}}\ncountry: BE\n{ROLES}  - {{{FIELDS}, source: eu-country-table}}\n",
        *(5, 5, "missing-id", "Write id: be-pages-r001 first"),
    ),
    "an id without zeros": (
        ONE.replace("r001", "r1"),
        *(9, 10, "record-id", "be-2020-r and a number of three digits or more. Write id: be-2020-r002"),
    ),
    "an id with a zero too many": (ONE.replace("r001", "r0001"), 9, 10, "record-id", "Write id: be-2020-r002"),
    "the number nought": (ONE.replace("r001", "r000"), 9, 10, "record-id", "Write id: be-2020-r002"),
    "a number beyond bounds": (ONE.replace("r001", "r9999999"), 9, 10, "record-id", "Write id: be-2020-r002"),
    "an id of another file": (ONE.replace("be-2020-r", "be-2018-r"), 9, 10, "record-id", "in this file is be-2020-r"),
    "an id of a page": (ONE.replace("be-2020-r", "be-pages-r"), 9, 10, "record-id", "in this file is be-2020-r"),
    "an id of another class": (ONE.replace("be-2020-r", "be-2020-m"), 9, 10, "record-id", "in this file is be-2020-r"),
    "an id in words": (ONE.replace("be-2020-r001", "be-lead"), 9, 10, "record-id", "in this file is be-2020-r"),
    "an id that is a list": (ONE.replace("be-2020-r001", "[x]"), 9, 10, "record-id", "in this file is be-2020-r"),
    "an id twice": (
        KEEPS_TWO + f'  - {{id: be-2020-r001, {OTHER}, source: "1"}}\n',
        *(
            10,
            10,
            "duplicate-record",
            "(first on line 9). Join them into one, or give this one another id: id: be-2020",
        ),
    ),
    "one thing under two ids": (
        KEEPS_TWO + f'  - {{id: be-2020-r002, {FIELDS}, source: "1", note: {{en: Again}}}}\n',
        *(10, 5, "duplicate-record", "Two records say the same thing (first on line 9). Join them into one."),
    ),
    "a number for what has a name": (
        ONE + 'statements:\n  - {id: be-2020-r007, label: {en: X}, about: be-child-focus, source: "1"}\n',
        *(11, 10, "record-id", "Name this one by words"),
    ),
    "a highest number too low": (
        ONE.replace("r001", "r002"),
        *(6, 13, "last-number", "Write lastNumber: {r: 2} below the id of the file, or run: bikgraph ids --write"),
    ),
    "no highest number": (ONE.replace("lastNumber: {r: 1}\n", ""), 1, 1, "last-number", "Write lastNumber: {r: 1}"),
    "a highest number in words": (ONE.replace("{r: 1}", "one"), 6, 13, "last-number", "Write lastNumber: {r: 1}"),
    "a highest number of no letter": (ONE.replace("{r: 1}", "{r: 1, x: 1}"), 6, 13, "last-number", "{r: 1}"),
    "a highest number as text": (ONE.replace("{r: 1}", '{r: "1"}'), 6, 13, "last-number", "{r: 1}"),
    "a highest number below nought": (ONE.replace("{r: 1}", "{r: -1}"), 6, 13, "last-number", "{r: 1}"),
    "highest numbers in a register": (
        "id: register-more\nlabel: {en: More}\nlastNumber: {r: 1}\nactors:\n  - {id: be-x, label: {en: X}}\n",
        *(3, 1, "unknown-field", "no field lastNumber"),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_check_refuses(case: str, tmp_path: Path) -> None:
    """The fault is found where it stands, once, with the line to write."""
    text, line, column, rule, message = REFUSED[case]

    found = [finding for finding in check_text(tmp_path, text).findings if finding.rule == rule]

    assert [(finding.line, finding.column, finding.severity) for finding in found] == [(line, column, "error")]
    assert message in found[0].message


@pytest.mark.parametrize("change", [("r001", "r999"), ("r001", "r1000"), ("r001", "r999999")])
def test_numbers_are_written_in_one_way(change: tuple[str, str], tmp_path: Path) -> None:
    """Three digits, more where they are needed; the numbers between may be gone."""
    number = int(change[1].removeprefix("r"))

    assert check_text(tmp_path, ONE.replace(*change).replace("{r: 1}", f"{{r: {number}}}")).findings == []


def test_each_record_without_id_is_offered_another_number(tmp_path: Path) -> None:
    """All lines of one check can be written at once: then nothing is left to find, and the file keeps the numbers."""
    lines = [f'{{{FIELDS}, source: "1"}}', f'{{{OTHER}, source: "1"}}']
    text = HEAD + ROLES + "".join(f"  - {line}\n" for line in lines)
    found = check_text(tmp_path, text).findings
    offered = [finding.value for finding in found if finding.rule == "missing-id"]

    assert offered == ["be-2020-r001", "be-2020-r002"]
    assert ["{r: 2}" in finding.message for finding in found if finding.rule == "last-number"] == [True]
    for line, offer in zip(lines, offered, strict=True):
        text = text.replace(line, line.replace("{", f"{{id: {offer}, ", 1))
    assert check_text(tmp_path, text.replace("country:", "lastNumber: {r: 2}\ncountry:")).findings == []


@pytest.mark.parametrize(
    "correction",
    [
        ("role: lead", "role: coordinator"),
        ("function: awareness", "function: education, pillar: bik-2012-pillar-3, year: 2019"),
        ("actor: be-child-focus", "actor: be-federal-police"),
    ],
)
def test_a_correction_renames_nothing(correction: tuple[str, str], tmp_path: Path) -> None:
    """Whatever is corrected in a record, its slug stays, and the profile states it."""
    results = [check_text(tmp_path, text) for text in (ONE, ONE.replace(*correction))]

    for result in results:
        assert result.findings == []
        assert f"<{ID}profile-be-2020> <{BIK}hasResponsibility> <{ID}be-2020-r001> .".encode() in result.told
        assert "be-2020-r001" in result.declared
    assert results[0].told != results[1].told
