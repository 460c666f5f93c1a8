"""What shells complete: every parameter of every question, things, files; in bash, zsh and fish themselves."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete

from bikgraph.cli.completing import VARIABLE
from bikgraph.cli.main import cli
from bikgraph.cli.session import Session
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.project import Project
from bikgraph.questions import TYPES
from tests.conftest import ROOT, Command, peer

SHELLS = ("bash", "zsh", "fish")
# What takes any text or number, of which a shell can know nothing.
FREE = {"title", "columns", "jobs", "timeout", "most", "text", "words", "query", "predicate"}


def offered(project: Project, *words: str) -> list[str]:
    """What completes the last of the words."""
    arguments = ["--project", str(project.root), *words[:-1]]
    items = ShellComplete(cli, {}, "bikgraph", VARIABLE).get_completions(arguments, words[-1])
    return [item.value if item.type == "plain" else f"<{item.type}>" for item in items]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("fi",), ["find"]),
        (("comp",), ["completion"]),
        (("completion", ""), list(SHELLS)),
        (("ask", "poli"), ["policies"]),
        (("ask", "policies", "--cou"), ["--country", "--countries"]),
        (("ask", "policies", "--country", "F"), ["FI", "FR"]),
        (("ask", "policies", "--country", "b"), ["BE", "BG"]),
        (("ask", "policies", "--country", "FR,D"), ["FR,DE", "FR,DK"]),
        (("ask", "policies", "--country", "DE,D"), ["DE,DK"]),
        (("ask", "policies", "--country=M"), ["MT"]),
        (("ask", "policies", "--kind", "law,str"), ["law,strategy"]),
        (("ask", "policies", "--pillar", "bik-2012-pillar-4"), ["bik-2012-pillar-4"]),
        (("ask", "policies", "--edition", "202"), ["2020", "2023", "2024", "2025", "2026"]),
        (("ask", "policies", "--columns", "policyLabel,ki"), ["policyLabel,kind"]),
        (("ask", "policies", "--format", "xl"), ["xlsx"]),
        (("ask", "policies", "--ids", "f"), ["full"]),
        (("ask", "policies", "--lang", "nl"), ["nl"]),
        (("ask", "policies", "-o", "x"), ["<file>"]),
        (("ask", "responsibilities", "--function", "ho"), ["hotline"]),
        (("ask", "responsibilities", "--role", "coo"), ["coordinator"]),
        (("ask", "responsibilities", "--kind", "law"), ["law-enforcement"]),
        (("ask", "roles-as-of", "--year", "2019"), ["2019"]),
        (("ask", "actor-profile", "--actor", "be-child-focus-he"), ["be-child-focus-helpline"]),
        (("ask", "country-ranking", "--indicator", "ministries-i"), ["ministries-involved"]),
        (("questions", "agreement-"), ["agreement-parties"]),
        (("find", "--country", "BE,C"), ["BE,CY", "BE,CZ"]),
        (("find", "--kind", "minis"), ["ministry"]),
        (("find", "--topic", "age-v"), ["age-verification"]),
        (("find", "--year", "2019"), ["2019"]),
        (("show", "be-mou-"), ["be-mou-csam"]),
        (("show", "Zyp"), ["country-cy"]),
        (("connect", "be-star", "be-mou-"), ["be-mou-csam"]),
        (("why", "be-mou-"), ["be-mou-csam"]),
        (("export", "--country", "Mt"), ["MT"]),
        (("export", "--profile", "be-2"), ["be-2018", "be-2020", "be-2025"]),
        (("export", "--entity", "be-mou-"), ["be-mou-csam"]),
        (("export", "--format", "tri"), ["trig"]),
        (("draw", "ti"), ["timeline"]),
        (("draw", "network", "--country", "N"), ["NL", "NO"]),
        (("draw", "map", "--indicator", "ministries-i"), ["ministries-involved"]),
        (("draw", "matrix", "--edition", "2024"), ["2024"]),
        (("draw", "bodies", "--size", "s"), ["slide", "square"]),
        (("brief", "CY"), ["CY"]),
        (("sparql", "-f", ""), ["<file>"]),
        (("new", "x", "--country", "M"), ["MT"]),
        (("schema", "pr"), ["profile"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_completes_a_line(project: Project, words: tuple[str, ...], expected: list[str]) -> None:
    """Values begin as what is typed, whatever the case; of a list the last is completed, and none named twice."""
    found = offered(project, *words)

    assert found == expected


def test_every_parameter_of_every_question_completes(project: Project, graph: KnowledgeGraph) -> None:
    """Each offers values, and the question takes them."""
    context = click.Context(cli, obj=Session(str(project.root)))
    ask = cli.get_command(context, "ask")
    assert isinstance(ask, click.Group)
    tried: dict[str, list[str]] = {}
    for name, question in graph.questions.items():
        command = ask.get_command(context, name)
        assert command is not None
        by_name = {option.name: option for option in command.params}
        for parameter in question.parameters.values():
            if parameter.type not in tried:
                values = [item.value for item in by_name[parameter.name].shell_complete(context, "")]
                some = values[:: len(values) // 5 or 1]
                assert all(TYPES[parameter.type].resolve(graph.store, parameter.name, value) for value in some)
                tried[parameter.type] = values
            first = tried[parameter.type][0]
            assert first in [item.value for item in by_name[parameter.name].shell_complete(context, first)], name
    assert len(tried) > 8


def options(command: click.Command, context: click.Context, before: str = "") -> Iterator[tuple[str, click.Parameter]]:
    """Every parameter of every command but `ask`'s, with the command's name."""
    yield from ((before, parameter) for parameter in command.params)
    if isinstance(command, click.Group) and before != "ask":
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from options(below, context, f"{before} {name}".strip())


def test_every_option_of_every_command_completes(project: Project) -> None:
    """What takes a value is completed, unless it is free: a new option has to say what completes it."""
    context = click.Context(cli, obj=Session(str(project.root)))
    without = [
        f"{name} {parameter.name}"
        for name, parameter in options(cli, context)
        if not (isinstance(parameter, click.Option) and parameter.is_flag)
        and parameter.name not in FREE
        and not isinstance(parameter.type, click.Choice | click.Path)
        and not parameter.shell_complete(context, "")
    ]

    assert without == []


def test_names_stand_beside_codes(project: Project) -> None:
    """Shells that show descriptions tell which country a code is, and what a question answers."""
    complete = ShellComplete(cli, {}, "bikgraph", VARIABLE).get_completions
    where = ["--project", str(project.root)]

    assert [item.help for item in complete([*where, "brief"], "MT")] == ["Malta"]
    assert [item.help for item in complete([*where, "questions"], "gaps")] == [
        item.help for item in complete([*where, "ask"], "gaps")
    ]
    assert [item.value for item in complete([*where, "show"], "be-mou-csam") if item.help] == ["be-mou-csam"]


def test_a_script_says_how_it_is_installed(tiny: Project, command: Command) -> None:
    """Each script has a comment on where it goes; zsh's keeps its first line."""
    scripts = {shell: command(tiny, "completion", shell).stdout for shell in SHELLS}

    for shell, text in scripts.items():
        assert "# To complete bikgraph in every new shell" in text
        assert f"bikgraph completion {shell}" in text
        assert VARIABLE in text
    assert scripts["zsh"].startswith("#compdef bikgraph\n")
    # A list such as FR,DE is one value.
    assert 'string split -m 1 ","' in scripts["fish"]
    refused = command(tiny, "completion", "tcsh")
    assert (refused.returncode, "'bash', 'zsh', 'fish'" in refused.stderr) == (2, True)


@pytest.fixture
def shell(project: Project, tmp_path: Path) -> dict[str, str]:
    """The environment of a shell in which `bikgraph` is this program, on the project."""
    program = tmp_path / "bin" / "bikgraph"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bikgraph "$@"\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "BIKGRAPH_PROJECT": str(project.root),
        "HOME": str(tmp_path),
        "TERM": "dumb",
    }


def printed(environment: dict[str, str], *arguments: str) -> list[str]:
    """The lines that a program prints; it says nothing else."""
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ask policies --country FR,D", ["FR,DE", "FR,DK"]),
        ("show be-mou-", ["be-mou-csam"]),
        ("ask nonsense --country B", []),
        ("ask 'what is this' --country B", []),
        ("--project /nowhere ask policies --country B", []),
    ],
)
def test_bash_completes(shell: dict[str, str], line: str, expected: list[str]) -> None:
    """bash gets the values, and of a line that means nothing neither values nor words of trouble."""
    script = (
        'eval "$(bikgraph completion bash)"; complete -p bikgraph >/dev/null || exit 1; '
        f"COMP_WORDS=(bikgraph {line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); "
        '_bikgraph_completion bikgraph; [ ${#COMPREPLY[@]} = 0 ] || printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert printed(shell, "bash", "--norc", "-c", script) == expected


def test_fish_completes(shell: dict[str, str]) -> None:
    """fish gets the values with their names."""
    peer("fish", package="fish")
    script = "bikgraph completion fish | source; complete -C 'bikgraph ask policies --country FR,D'"

    assert printed(shell, "fish", "--no-config", "-c", script) == ["FR,DE\tGermany", "FR,DK\tDenmark"]


def test_zsh_completes(shell: dict[str, str]) -> None:
    """zsh, which completes only for somebody at a terminal, shows the values with their names there."""
    peer("zsh", package="zsh")
    with at_a_terminal(shell, "zsh", "-f", "-i") as terminal:
        terminal.type("autoload -Uz compinit && compinit -D -u\n")
        terminal.type('eval "$(bikgraph completion zsh)" && echo re""ady\n')
        terminal.wait_for("ready")
        terminal.type("bikgraph ask policies --country FR,D\t\t")
        terminal.wait_for("Germany")
        terminal.wait_for("Denmark")
        assert "FR,DE" in terminal.seen


class Terminal:
    """A program at a pseudo-terminal: what is typed, and all that it has shown."""

    def __init__(self, descriptor: int) -> None:
        """Talk to the program behind `descriptor`."""
        self._descriptor, self.seen = descriptor, ""

    def type(self, keys: str) -> None:
        """Press these keys."""
        os.write(self._descriptor, keys.encode())

    def wait_for(self, words: str, seconds: float = 30) -> None:
        """Read until these words are seen."""
        end = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < end, f"{words!r} was not shown: {self.seen!r}"
            if select.select([self._descriptor], [], [], 0.1)[0]:
                self.seen += os.read(self._descriptor, 65536).decode("utf-8", "replace")


@contextlib.contextmanager
def at_a_terminal(environment: dict[str, str], *arguments: str) -> Iterator[Terminal]:
    """Run a program at a pseudo-terminal."""
    ours, theirs = pty.openpty()
    running: subprocess.Popen[Any] = subprocess.Popen(
        arguments, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Terminal(ours)
    finally:
        running.kill()
        running.wait()
        os.close(ours)
