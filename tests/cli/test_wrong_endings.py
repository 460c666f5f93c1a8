"""A file whose ending the command has no writer for is refused, by every command, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bikgraph.cli.main import cli
from bikgraph.cli.session import Session
from bikgraph.project import Project
from bikgraph.tables import RESULT_FORMATS
from tests.conftest import Command

ROWS = [ending for format in RESULT_FORMATS.values() for ending in format.endings]
TEXTS = [".html", ".htm", ".md", ".markdown"]
TRIPLES = [".ttl", ".nt", ".jsonld", ".json", ".rdf", ".xml"]
PICTURES = [".svg", ".png", ".pdf"]
BELGIUM = ["--country", "BE"]
# Of each command that writes a file: its arguments, and the endings that it has a writer for.
COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "ask": (["gaps", *BELGIUM], ROWS),
    "questions": ([], [*ROWS, ".rq", ".sparql"]),
    "sparql": (["SELECT ?x { ?x a bik:Country }"], [*ROWS, *TRIPLES]),
    "find": (["Star"], ROWS),
    "show": (["be-star"], ROWS),
    "connect": (["be-child-focus", "be-crown-prosecutors-office"], ROWS),
    "why": (["be-star", "a", "org:Organization"], ROWS),
    "export": (BELGIUM, [*TRIPLES, ".trig", ".nq"]),
    "draw network": (BELGIUM, PICTURES),
    "draw bodies": (BELGIUM, PICTURES),
    "draw timeline": (BELGIUM, PICTURES),
    "draw map": (["--indicator", "coverage"], PICTURES),
    "draw ranking": (["--indicator", "coverage"], PICTURES),
    "draw matrix": ([], PICTURES),
    "report": ([], TEXTS),
    "methodology": ([], TEXTS),
    "brief": (["BE"], [*TEXTS, ".docx", ".pdf"]),
    "check": ([], [".txt", ".json"]),
    "schema": ([], [".json"]),
}
# What other commands write, what nobody writes here, and what looks like an ending that is known.
ENDINGS = sorted({
    *(ending for _, known in COMMANDS.values() for ending in known),
    *(".foo", ".doc", ".xls", ".ods", ".zip", ".gif", ".jpeg", ".owl", ".yaml", ".n3", ".csvx", ".c", ".7", ".srx"),
})  # fmt: skip


def commands_with_a_file(group: click.Group, context: click.Context, before: str = "") -> Iterator[str]:
    """The commands with the option --output; of `ask`, whose commands are the questions, the group."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group) and name != "ask":
            yield from commands_with_a_file(command, context, f"{before}{name} ")
        elif name == "ask" or any("--output" in parameter.opts for parameter in command.params):
            yield f"{before}{name}"


def test_every_command_that_writes_a_file_is_tried(belgium: Project) -> None:
    """The table has all commands with -o."""
    context = click.Context(cli, obj=Session(str(belgium.root)))

    assert sorted(commands_with_a_file(cli, context)) == sorted(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_an_ending_without_a_writer_is_refused(belgium: Project, tmp_path: Path, command: Command, name: str) -> None:
    """Status 2, the endings that there are, and no file: neither for the ending, nor in capitals, nor packed."""
    arguments, known = COMMANDS[name]
    for ending in (ending for ending in ENDINGS if ending not in known):
        for written in (ending, ending.upper(), f"{ending}.gz"):
            done = command(belgium, *name.split(), *arguments, "-o", str(tmp_path / f"x{written}"))
            assert done.returncode == 2, (written, done.stdout)
            assert done.stdout == "", written
            assert ending in done.stderr.lower(), written
            assert any(right in done.stderr for right in known), (written, done.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_file_that_is_all_ending_is_of_it(belgium: Project, tmp_path: Path, command: Command, name: str) -> None:
    """`-o .foo` is no name without an ending, under which the default would be written."""
    arguments, _ = COMMANDS[name]
    done = command(belgium, *name.split(), *arguments, "-o", str(tmp_path / ".foo"))

    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["ask", "questions", "find", "schema"])
def test_an_ending_with_a_writer_is_written(belgium: Project, tmp_path: Path, command: Command, name: str) -> None:
    """Each ending of the table gives a file, so that the table refuses nothing that could be written."""
    arguments, known = COMMANDS[name]
    for ending in (ending for ending in known if ending not in (".rq", ".sparql")):
        done = command(belgium, *name.split(), *arguments, "-o", str(tmp_path / f"x{ending}"))
        assert (done.returncode, (tmp_path / f"x{ending}").stat().st_size > 0) == (0, True), (ending, done.stderr)
