"""Whatever somebody types as an argument, the answer is rows or a sentence: nothing `should not have happened`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bikgraph.cli.main import run
from bikgraph.project import Project

# What cannot stand in an IRI, alone and within a word that could be meant.
_BAD = [
    '"',
    "<",
    ">",
    "{",
    "}",
    "|",
    "\\",
    "^",
    "`",
    " ",
    "\n",
    "\r",
    "\t",
    "\x00",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
]
ODD = [
    *_BAD,
    *(f"be-{bad}star" for bad in _BAD),
    *(f"BE{bad}" for bad in _BAD),
    *(
        "%",
        "%zz",
        "be%2",
        "%00",
        "a%20b",
        "http://",
        "https://",
        "http://[x",
        "http://[::1",
        "http://a b",
        "http://a/<b>",
    ),
    *(
        'http://a"b',
        "http://a:port/",
        "http://\u202e",
        "http://a/\x00",
        "http://a/{x}",
        "https://w3id.org/bikgraph/id/",
    ),
    *("https://w3id.org/bikgraph/id/%zz", "file:///etc/passwd", "urn:x", "mailto:a@b", "javascript:alert(1)", "//a"),
    *(
        "id:",
        "id:be star",
        'id:"',
        "id:be-star>",
        "bik:",
        "bik:<",
        "bik:actor actor",
        "rdf:type",
        "skos:",
        "nope:x",
        ":",
    ),
    *(
        "::",
        "<>",
        "< >",
        "<<",
        ">>",
        "<a>",
        "<a b>",
        "<http://[x>",
        "<http://a",
        "_:",
        "_:b",
        "_",
        "a@b@c",
        "@",
        "@en",
        "x@",
    ),
    *(
        "-",
        "--",
        "---",
        "-x",
        "--x",
        "--country",
        "",
        "  ",
        "''",
        '""',
        "'",
        "a'b",
        ",",
        ",,",
        "BE,",
        "BE,,FR",
        "all,",
        ".",
    ),
    *(
        "..",
        "../..",
        "/",
        "~",
        "*",
        "?",
        "?x",
        "$x",
        "$(ls)",
        "`ls`",
        ";",
        "&&",
        "#",
        "a#b",
        "!",
        "(",
        ")",
        "[",
        "]",
        "{{x}}",
    ),
    *(
        "\U0001f600",
        "👩\u200d👩\u200d👧",
        "\u202eright",
        "\u200b",
        "\u2066",
        "é",
        "e\u0301",
        "ſ",
        "İ",
        "ß",
        "ﬁ",
        "\ufeff",
        "\uffff",
    ),
    *(
        "\udc80",
        "be-\udcff",
        "\ud800",
        "\udfff\ud800",
        "\U0010ffff",
        "\u0660",
        "٢٠٢٠",
        "Ⅳ",
        "²",
        "½",
        "0",
        "-1",
        "1e9",
        "NaN",
    ),
    *(
        "1" * 5000,
        "9" * 400,
        "0x10",
        "2020.0",
        " 2020 ",
        "+2020",
        "x" * 10_000,
        "é" * 10_000,
        "a b " * 2_500,
        "<" * 10_000,
    ),
    *(
        "null",
        "None",
        "true",
        "undefined",
        "UNDEF",
        "} UNION {",
        "SELECT",
        "en; DROP",
        "en-",
        "-en",
        "e" * 100,
        "en_GB",
    ),
]

# The arguments of a command, `ODD` for the one that is tried.
COMMANDS: dict[str, list[str]] = {
    "ask country": ["ask", "ministries", "--country", "ODD"],
    "ask countries": ["ask", "compare-countries", "--countries", "ODD"],
    "ask one of countries": ["ask", "compare-countries", "--countries", "BE,ODD"],
    "ask edition": ["ask", "gaps", "--country", "BE", "--edition", "ODD"],
    "ask pillar": ["ask", "pillar-coordinators", "--country", "BE", "--pillar", "ODD"],
    "ask actor": ["ask", "actor-profile", "--actor", "ODD"],
    "ask indicator": ["ask", "country-ranking", "--indicator", "ODD"],
    "ask kind": ["ask", "agreements-by-kind", "--kind", "ODD"],
    "ask year": ["ask", "roles-as-of", "--country", "BE", "--year", "ODD"],
    "ask from": ["ask", "edition-diff", "--country", "BE", "--from", "ODD", "--to", "2020"],
    "ask name": ["ask", "ODD"],
    "ask in words": ["ask", "who", "coordinates", "ODD"],
    "ask lang": ["ask", "gaps", "--country", "BE", "--lang", "ODD"],
    "ask format": ["ask", "gaps", "--country", "BE", "--format", "ODD"],
    "ask timeout": ["ask", "gaps", "--country", "BE", "--timeout", "ODD"],
    "questions name": ["questions", "ODD"],
    "questions lang": ["questions", "gaps", "--sparql", "--lang", "ODD"],
    "show": ["show", "ODD"],
    "show lang": ["show", "be-star", "--lang", "ODD"],
    "show format": ["show", "be-star", "--format", "ODD"],
    "why subject": ["why", "ODD", "bik:party", "be-federal-police"],
    "why predicate": ["why", "be-mou-csam", "ODD", "be-federal-police"],
    "why object": ["why", "be-mou-csam", "bik:party", "ODD"],
    "connect start": ["connect", "ODD", "be-star"],
    "connect end": ["connect", "be-star", "ODD"],
    "find": ["find", "ODD"],
    "find in texts": ["find", "ODD", "--texts"],
    "find country": ["find", "star", "--country", "ODD"],
    "find kind": ["find", "star", "--kind", "ODD"],
    "find topic": ["find", "star", "--topic", "ODD"],
    "find year": ["find", "star", "--year", "ODD"],
    "export country": ["export", "--country", "ODD", "-o", "OUT.nt"],
    "export profile": ["export", "--profile", "ODD", "-o", "OUT.nt"],
    "export entity": ["export", "--entity", "ODD", "-o", "OUT.nt"],
    "export format": ["export", "--country", "BE", "--format", "ODD", "-o", "OUT.nt"],
    "draw country": ["draw", "network", "--country", "ODD", "-o", "OUT.svg"],
    "draw network edition": ["draw", "network", "--country", "BE", "--edition", "ODD", "-o", "OUT.svg"],
    "draw indicator": ["draw", "map", "--indicator", "ODD", "-o", "OUT.svg"],
    "draw map edition": ["draw", "map", "--indicator", "coverage", "--edition", "ODD", "-o", "OUT.svg"],
    "sparql": ["sparql", "ODD"],
    "sparql timeout": ["sparql", "ASK {}", "--timeout", "ODD"],
    "a command": ["ODD"],
}  # fmt: skip
# These start a process or draw a picture for each value that is fine: a few of them are enough.
SLOW = {"sparql", "sparql timeout", "ask in words", "draw country", "export format"}


def test_enough_values() -> None:
    """At least 120 odd values, each once."""
    assert len(ODD) >= 120
    assert len(set(ODD)) == len(ODD)


@pytest.mark.parametrize("command", COMMANDS)
def test_odd_words(belgium: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    """The status is 0, 1 or 2, and standard error tells of no crash.

    Each command takes another quarter of the values; with BIKGRAPH_ODD_WORDS=all each takes all.
    """
    crashed = []
    every = os.environ.get("BIKGRAPH_ODD_WORDS") == "all"
    step = 12 if command in SLOW else 4
    for word in ODD if every else ODD[list(COMMANDS).index(command) % step :: step]:
        arguments = [part.replace("ODD", word).replace("OUT", str(tmp_path / "out")) for part in COMMANDS[command]]
        status = run(["--project", str(belgium.root), *arguments])
        sys.stdout.flush()
        captured = capsys.readouterr()
        if status not in {0, 1, 2} or "should not have happened" in captured.err or "Traceback" in captured.err:
            crashed.append((word[:40], status, captured.err[-300:]))

    assert not crashed, f"{len(crashed)} of {len(ODD)}: {crashed[:5]}"
