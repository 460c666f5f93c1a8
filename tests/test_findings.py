"""Findings as people, programs and GitHub read them."""

from __future__ import annotations

import json

from bikgraph.findings import Finding, errors, render, summarise

LATE = Finding("data/b.yaml", 9, 2, "warning", "shape", "Second file.", "x" * 200)
EARLY = Finding("data/a.yaml", 3, 1, "error", "unknown-field", "100 % wrong:\nmend it.", "a,b")


def test_text_is_grouped_by_file_with_places() -> None:
    """Each finding is one line with file, line, column, severity; a long value is cut; an empty line parts the
    files.
    """
    first, empty, second = render([LATE, EARLY, EARLY], "text").replace(":\nmend", ": mend").splitlines()

    assert first == "data/a.yaml:3:1: error: 100 % wrong: mend it.  [a,b]"
    assert empty == ""
    assert second == f"data/b.yaml:9:2: warning: Second file.  [{'x' * 79}…]"


def test_json_holds_every_part() -> None:
    """The JSON form is a list of objects, each finding once."""
    found = json.loads(render([EARLY, EARLY], "json"))

    assert found == [
        {
            "file": "data/a.yaml",
            "line": 3,
            "column": 1,
            "severity": "error",
            "rule": "unknown-field",
            "message": "100 % wrong:\nmend it.",
            "value": "a,b",
        }
    ]


def test_github_annotations_are_escaped() -> None:
    """Line ends and percent signs cannot end an annotation early."""
    assert (
        render([EARLY], "github")
        == "::error file=data/a.yaml,line=3,col=1,title=unknown-field::100 %25 wrong:%0Amend it. [a,b]\n"
    )


def test_nothing_found_is_no_text() -> None:
    """Without findings the text and the annotations are empty, and the summary says so."""
    assert (render([], "text"), render([], "github"), summarise([])) == ("", "", "no findings")


def test_summary_counts_each_finding_once() -> None:
    """The summary counts by severity; only errors stop a build."""
    assert summarise([EARLY, EARLY, LATE]) == "1 error, 1 warning"
    assert errors([EARLY, LATE]) == [EARLY]
