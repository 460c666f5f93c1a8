"""What the reader says of fields, values and records that shapes never see, because nothing is left of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import HEAD, NUMBERED, STATEMENT, check_text

REGISTER = "id: register-more\nlabel: {en: More}\nactors:\n"
ACTOR = REGISTER + "  - {id: be-x, label: {en: X}, kind: ngo, source: eu-country-table"
ROLE = "{id: be-2020-r001, actor: be-child-focus, role: lead, function: awareness"

# content, line, column, a part of the message
REFUSED = {
    "no id of the file": (
        HEAD.replace("id: profile-be-2020\n", ""),
        1,
        1,
        "Write id: profile-be-2020 as its first field",
    ),
    "an id that is a list": (ACTOR.replace("id: be-x", "id: [be-x]") + "}\n", 4, 10, "An id is lower-case words"),
    "an id where fields make it": (
        HEAD.replace("{number", "{id: be-x, number"),
        7,
        10,
        "gets its id from its fields (number)",
    ),
    "a list for one value": (
        NUMBERED + f'responsibilities:\n  - {ROLE}, source: "1"}}\n'.replace("lead", "[lead]"),
        9,
        53,
        "takes one value, not a list",
    ),
    "a number for a section": (STATEMENT + "1}\n", 9, 63, 'put what looks like a number in quotes, such as "2"'),
    "a section that looks like a slug": (STATEMENT + '"7"}\n', 9, 63, "This profile has no section 7. Accepted: 1."),
    "an empty language map": (ACTOR + ", note: {}}\n", 4, 75, "The field note has no value"),
    "an empty list of names": (ACTOR + ", altLabel: {en: []}}\n", 4, 79, "The field altLabel has no value"),
    "a tag outside BCP 47": (ACTOR + ", note: {en-zz9: X}}\n", 4, 76, "BCP 47"),
    "an address outside RFC 3987": (ACTOR + ", homepage: 'http://[x'}\n", 4, 79, "begins with http:// or https://"),
    "a number of forty digits": (
        ACTOR + ", note: {en: X}}\n" + "checked: " + "9" * 40 + "\n",
        5,
        10,
        "a date in quotes",
    ),
    "a year of five thousand digits": (
        HEAD
        + "events:\n  - {id: be-x, label: {en: X}, kind: award, concerns: insafe, "
        + f'source: "1", year: {"9" * 5000}}}\n',
        9,
        82,
        "a whole number",
    ),
    "answers in pages": (
        "id: pages-be\nlabel: {en: Pages}\ncountry: BE\nanswers: {p1-quality-content: existing}\n",
        4,
        10,
        "belong to no edition",
    ),
    "no answers": (HEAD + "answers: {}\n", 8, 10, "answers has no value"),
    "an answer without code": (HEAD + "answers: {p1-quality-content: {note: {en: X}}}\n", 8, 31, "has no answer here"),
    "a list for one answer": (
        HEAD + "answers: {p1-quality-content: [existing]}\n",
        8,
        31,
        "takes one answer, not a list",
    ),
    "an answer twice in a list": (
        HEAD + "answers: {data-collection-kinds: [qualitative, qualitative]}\n",
        8,
        48,
        "names this answer twice",
    ),
    "an unknown slug next to one of another class": (ACTOR + ", partOf: be-b-bic}\n", 4, 77, "Did you mean be-b-bico?"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_check_refuses(case: str, tmp_path: Path) -> None:
    """The fault is found at its value, in words that say what is expected."""
    text, line, column, message = REFUSED[case]

    found = [finding for finding in check_text(tmp_path, text).findings if message in finding.message]

    assert [(finding.line, finding.column, finding.severity) for finding in found] == [(line, column, "error")]


def test_hint_names_what_the_field_may_name(tmp_path: Path) -> None:
    """A near slug is offered only if it is of a class that the field takes."""
    found = check_text(tmp_path, ACTOR + ", territory: be-flandres}\n").findings

    assert [finding.message for finding in found if finding.rule == "unknown-slug"] == [
        "Nothing has the slug be-flandres. Did you mean be-flanders?"
    ]


def test_messages_quote_no_internals(tmp_path: Path) -> None:
    """A list or mapping in the wrong place is not quoted as the parser holds it."""
    text = HEAD + "statements: [[a], {id: {b: c}}]\nevents:\n  - {id: [x], kind: {a: b}, label: {en: [[x]]}}\n"

    found = check_text(tmp_path, text).findings

    assert found
    assert not [finding for finding in found if "Node(" in finding.message + finding.value]
