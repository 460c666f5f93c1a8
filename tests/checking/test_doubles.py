"""Likely doubles, and the pairs that editors keep apart: a note to check, in no graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import check_text

TWO = (
    "id: register-be-more\nlabel: {en: More}\ncountry: BE\nactors:\n"
    "  - {id: be-x, label: {en: Youth Media Foundation}, kind: ngo, source: eu-country-table@}\n"
    "  - {id: be-y, label: {en: Foundation Youth Media}, kind: ngo, source: eu-country-table#}\n"
)


def text(first: str = "", second: str = "") -> str:
    """The two actors, with more fields."""
    return TWO.replace("@", first).replace("#", second)


def test_two_of_nearly_one_name_are_a_warning(tmp_path: Path) -> None:
    """The warning names both, and the field that says that they are two."""
    (finding,) = check_text(tmp_path, text()).findings

    assert (finding.rule, finding.severity, finding.value) == ("likely-double", "warning", "be-y")
    assert "write notDouble: be-x" in finding.message


@pytest.mark.parametrize("fields", [(", notDouble: be-y", ""), ("", ", notDouble: [be-x, insafe]")])
def test_pair_that_editors_keep_apart_is_left_in_peace(tmp_path: Path, fields: tuple[str, str]) -> None:
    """Either of the two may name the other; nothing of it is told or inferred."""
    result = check_text(tmp_path, text(*fields))

    assert result.findings == []
    assert b"otDouble" not in result.told + result.inferred
    assert b"differentFrom" not in result.told + result.inferred
    assert result.told == check_text(tmp_path, text()).told


def test_difference_that_a_source_states_is_told(tmp_path: Path) -> None:
    """With a note that says which source does, it is a statement of the graph."""
    result = check_text(tmp_path, text(", differentFrom: be-y, note: {en: The table lists the two apart.}"))

    assert result.findings == []
    assert b"differentFrom" in result.told
