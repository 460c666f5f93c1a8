"""YAML that data files may not be: each thing refused at its place, with what to do about it."""

from __future__ import annotations

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
    "deep indentation": ("\n".join(f"{' ' * depth}a:" for depth in range(500)), 1, 1, "levels deep"),
    "an infinity": ("a: .inf\n", 1, 4, "Put it in quotes"),
    # Closing brackets inside quotes must not hide how deep the open ones go: composing them crashes the process.
    "depth behind quoted brackets": (
        'a: "' + "]" * 20_000 + '"\nb: ' + "[" * 30_000 + "]" * 30_000 + "\n",
        1,
        1,
        "levels deep",
    ),
    "depth between quoted brackets": ("a: " + '["]",' * 30_000 + "]" * 30_000 + "\n", 1, 1, "levels deep"),
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
