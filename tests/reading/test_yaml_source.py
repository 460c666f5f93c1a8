"""YAML that data files may not be: each thing refused at its place, with what to do about it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bikgraph.reading.yaml_source import SourceFile, parse


def parsed(folder: Path, text: str | bytes) -> SourceFile:
    """The file of this content, parsed."""
    path = folder / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return parse(path, "x.yaml")


# content, line, column, a part of the message
REFUSED: dict[str, tuple[str | bytes, int, int, str]] = {
    "a key that is a list": ("? [a]\n: b\n", 1, 3, "A key is a plain word"),
    "a key that is null": ("a: b\n~: c\n", 2, 1, "A key is a plain word"),
    "a tag of YAML's own": ("a: !!str 2\n", 1, 4, "Explicit tags are not allowed"),
    "an anchor without alias": ("a: &x b\n", 1, 4, "Text that begins with & stands in quotes"),
    "an alias as key": ("a: b\n*x : c\n", 2, 1, "undefined alias"),
    "an alias that names itself": ("a: &x [*x]\n", 1, 4, "Anchors are not allowed"),
    "a second document": ("a: b\n---\nc: d\n", 2, 1, "a second document begins here"),
    "a tab for indentation": ("a:\n\tb: c\n", 2, 1, "Indent with spaces"),
    "a NUL byte": (b"a: b\nc: \x00\n", 2, 4, "control character"),
    "next line, U+0085": ("a: b\x85c\n", 1, 5, "invisible in most editors"),
    "UTF-16": ("a: b\n".encode("utf-16"), 1, 1, "not UTF-8"),
    "deep indentation": ("\n".join(f"{' ' * depth}a:" for depth in range(500)), 31, 31, "levels deep"),
    "an infinity": ("a: .inf\n", 1, 4, "Put it in quotes"),
    # Closing brackets inside quotes must not hide how deep the open ones go.
    "depth behind quoted brackets": (
        'a: "' + "]" * 20_000 + '"\nb: ' + "[" * 30_000 + "]" * 30_000 + "\n",
        2,
        1003,
        "levels deep",
    ),
    "depth between quoted brackets": ("a: " + '["]",' * 30_000 + "]" * 30_000 + "\n", 1, 4999, "levels deep"),
    "depth below what crashes": ("a: " + "[" * 900 + "]" * 900 + "\n", 1, 33, "levels deep"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_parse_refuses(case: str, tmp_path: Path) -> None:
    """What data files may not be is found where it stands, and the file is not read further."""
    text, line, column, message = REFUSED[case]

    source = parsed(tmp_path, text)

    assert source.root is None
    assert (source.findings[0].line, source.findings[0].column) == (line, column)
    assert message in source.findings[0].message


@pytest.mark.parametrize(
    "text", ["a: b!\n", "a: AT&T\n", 'a: "!b"\n', "a: {b: 'R & D', c: [x, y]}\n", "a: b # * note\n"]
)
def test_parse_takes_signs_inside_text(text: str, tmp_path: Path) -> None:
    """Exclamation marks, ampersands and stars within text are text."""
    source = parsed(tmp_path, text)

    assert source.findings == []
    assert source.root is not None


def test_many_brackets_side_by_side_are_no_depth(tmp_path: Path) -> None:
    """A large file with thousands of short lists is read."""
    source = parsed(tmp_path, "".join(f"a{number}: [x, {{b: c}}]\n" for number in range(5000)))

    assert source.findings == []


DEEP = """
import sys
from pathlib import Path
from bikgraph.reading import yaml_source, sssom
for path in map(Path, sys.argv[1:]):
    if path.name.endswith(".tsv"):
        found = sssom.read_links(path, path.name, set())[1]
    else:
        found = yaml_source.parse(path, path.name).findings
    print(path.name, [(f.rule, f.line >= 1, f.column >= 1, f.message) for f in found])
"""
TOO_DEEP = ("yaml-depth", True, True, "The file nests values more than 30 levels deep. Data files need at most 6.")


def nested(many: int) -> dict[str, str]:
    """Texts that nest `many` levels, by the name of their files: in brackets, braces, dashes, keys, and mixed."""
    return {
        f"open-{many}.yaml": "a: " + "[" * many + "\n",
        f"closed-{many}.yaml": "a: " + "[" * many + "]" * many + "\n",
        f"braces-{many}.yaml": "a: " + "{b: " * many + "}" * many + "\n",
        f"dashes-{many}.yaml": "- " * many + "x\n",
        f"questions-{many}.yaml": "? " * many + "x\n",
        f"mixed-{many}.yaml": "- " * 900 + "[" * many + "]" * many + "\n",
        f"hidden-{many}.yaml": 'a: "' + "]" * many + '"\nb: ' + "[" * many + "]" * many + "\n",
    }


@pytest.mark.parametrize("many", [1_001, 10_000, 100_000, 1_000_000])
def test_depth_never_crashes_the_process(many: int, tmp_path: Path) -> None:
    """However deep a file nests, in brackets, braces or blocks, the process lives and the finding says so with a place.

    PyYAML before 6.0.4 overflowed the C stack on some of these.
    """
    for name, text in nested(many).items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", DEEP, *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.splitlines():
        name, _, found = line.partition(" ")
        # A file of more than 5 MiB is refused by its size.
        is_large = (tmp_path / name).stat().st_size > 5 * 1024 * 1024
        assert ("file-size" in found) if is_large else (found == str([TOO_DEEP])), (name, found)
    assert len(done.stdout.splitlines()) == len(nested(many))


def test_deep_blocks_of_lines_never_crash_the_process(tmp_path: Path) -> None:
    """Block nesting over lines, as deep as a file of 5 MiB can go, is found at the line where it goes too deep."""
    text = "\n".join(f"{' ' * depth}a:" for depth in range(3_000))
    (tmp_path / "lines.yaml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", DEEP, str(tmp_path / "lines.yaml")], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, f"lines.yaml {[TOO_DEEP]}\n")


@pytest.mark.parametrize("many", [10_000, 1_000_000])
def test_deep_header_of_a_link_table_never_crashes(many: int, tmp_path: Path) -> None:
    """The header of an SSSOM table is YAML too."""
    (tmp_path / "deep.sssom.tsv").write_text("#curie_map: " + "[" * many + "\nsubject_id\n")
    done = subprocess.run(
        [sys.executable, "-c", DEEP, str(tmp_path / "deep.sssom.tsv")], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "header-syntax" in done.stdout
