"""Topics as an editor writes them: a code, a slip of it, another name of it, and free words in the wrong field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import HEAD, NUMBERED, check_text

POLICY = HEAD + 'policies:\n  - {id: be-law, label: {en: A law}, kind: law, source: "1", '
PRACTICE = HEAD + 'goodPractices:\n  - {id: be-practice, label: {en: A tool}, kind: tool, source: "1", '
RESPONSIBILITY = NUMBERED + (
    'responsibilities:\n  - {id: be-2020-r001, actor: be-child-focus, role: lead, function: awareness, source: "1", '
)

REFUSED = {
    "a slip gives the nearest code": (POLICY + "topic: [age-verifcation]}\n", "Did you mean age-verification?"),
    "spaces for hyphens": (POLICY + "topic: age verification}\n", "Did you mean age-verification (age verification)?"),
    "another name of a topic": (
        POLICY + "topic: [sextortion]}\n",
        "Did you mean grooming-and-sexting (grooming, sexting and intimate images)?",
    ),
    "the label of a code of another field": (
        HEAD + 'policies:\n  - {id: be-law, label: {en: A law}, kind: Action Plan, source: "1"}\n',
        "Did you mean action-plan (action plan)?",
    ),
    "nothing near lists the codes": (POLICY + "topic: [xyzzy]}\n", "Accepted: advertising, age-rating, age-verif"),
    "free words where codes belong": (PRACTICE + "topic: {en: [privacy]}}\n", "Free words go to the field topics"),
    "codes in the field of free words": (
        PRACTICE + "topics: [age-verification, sexting]}\n",
        "For codes there is the field topic: topic: [age-verification, grooming-and-sexting].",
    ),
    "no code is near the free words": (
        PRACTICE + "topics: xyzzy}\n",
        "For codes there is the field topic: topic: […].",
    ),
    "the plural where there are only codes": (POLICY + "topics: [privacy]}\n", "Did you mean topic?"),
    "the plural on a responsibility": (RESPONSIBILITY + "topics: [privacy]}\n", "Did you mean topic?"),
    "a topic twice": (POLICY + "topic: [privacy, topic-privacy]}\n", "names this value twice"),
    "a topic that is no text": (POLICY + "topic: 5}\n", "The field topic has no code 5."),
    "no topic in the list": (POLICY + "topic: []}\n", "The field topic has no value."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_topic_is_refused_with_the_way_out(case: str, tmp_path: Path) -> None:
    """The one error stands in the record's line and names the code or the field that was meant."""
    text, message = REFUSED[case]

    found = [finding for finding in check_text(tmp_path, text).findings if finding.severity == "error"]

    assert [(finding.line, message in finding.message) for finding in found] == [(9, True)], found


@pytest.mark.parametrize("record", [POLICY, PRACTICE, RESPONSIBILITY])
@pytest.mark.parametrize("topic", ["privacy", "[privacy, games]", "topic-privacy"])
def test_a_topic_is_taken_by_code_or_slug(record: str, topic: str, tmp_path: Path) -> None:
    """One code, several, or the slug: nothing is found wrong."""
    found = check_text(tmp_path, record + f"topic: {topic}}}\n").findings

    assert not [finding for finding in found if finding.severity == "error"]


def test_free_words_stay_beside_codes(tmp_path: Path) -> None:
    """A good practice may have both: topics in free words of a language, and topic as codes."""
    found = check_text(tmp_path, PRACTICE + "topics: {en: [privacy settings]}, topic: [privacy]}\n").findings

    assert not [finding for finding in found if finding.severity == "error"]
