"""What a shell completes on a line that is being typed: values out of the release, and files.

A line is completed by the program itself: the shell runs it with `_BIKGRAPH_COMPLETE` set, as the script of `bikgraph
completion` says. It must not disturb who types: whatever goes wrong, it says nothing and offers nothing.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem, FishComplete, ShellComplete, add_completion_class, shell_complete

from bikgraph import BikgraphError
from bikgraph.cli.session import session
from bikgraph.plain_text import one_line
from bikgraph.questions import TYPES, find_question

if TYPE_CHECKING:
    import click
    from pyoxigraph import Store

    from bikgraph import KnowledgeGraph

VARIABLE = "_BIKGRAPH_COMPLETE"
_MOST, _MOST_HELP = 200, 60
Completer = Callable[["click.Context", "click.Parameter", str], list[CompletionItem]]
Offer = tuple[str, str]


class _Fish(FishComplete):
    """As click's, but a value may have a comma: `FR,DE`."""

    source_template = FishComplete.source_template.replace('string split "," $', 'string split -m 1 "," $')


add_completion_class(_Fish)


def answer(cli: click.Command) -> int:
    """Print what completes the line of the environment; the exit status."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):
        try:
            return shell_complete(cli, {}, "bikgraph", VARIABLE, os.environ[VARIABLE])
        except Exception:  # noqa: BLE001 - a traceback would be written into the line
            return 1


def script(cli: click.Command, shell: type[ShellComplete]) -> str:
    """The script by which a shell completes."""
    # Without the check of bash's version, which runs it and prints: the one that is there is not the one that reads.
    return ShellComplete.source(shell(cli, {}, "bikgraph", VARIABLE)).strip("\n") + "\n"


def values(type: str, *, several: bool = False) -> Completer:
    """Completes values of a type of parameter, with their names; where `several` may be joined by commas, the last."""
    return _completer(TYPES[type].offered, several=several)


def languages(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes the languages in which countries have names."""

    def offered(store: Store) -> list[Offer]:
        from bikgraph.exploring import languages_of

        return [(language, "") for language in languages_of(store)]

    return _completer(offered)(ctx, parameter, incomplete)


def filters(facet: str) -> Completer:
    """Completes what a search is narrowed to."""

    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        graph = _graph(ctx)
        if graph is None:
            return []
        from bikgraph.search import accepted

        return _items(((code, "") for code in accepted(graph.index, facet)), incomplete, several=True)

    return complete


def things(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes the slugs of things by their beginning, or by that of a name."""
    graph = _graph(ctx)
    if graph is None:
        return []
    from bikgraph.exploring import things_beginning

    found = things_beginning(graph.index, incomplete, _MOST)
    return [CompletionItem(slug, help=_help(name)) for slug, name in found]


def profiles(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes the profiles that the release has."""
    release = session(ctx).release
    graphs = release.graphs if release is not None else {}
    return _items(((name, "") for name, info in graphs.items() if info.kind == "profile"), incomplete)


def questions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes the names of saved questions."""
    release = session(ctx).release
    known = release.questions if release is not None else {}
    return _items(((name, entry["header"]["summary"]) for name, entry in known.items()), incomplete)


def columns(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Completes the columns of the question that is asked."""
    release = session(ctx).release
    if release is None or ctx.info_name not in release.questions:
        return []
    question = find_question(session(ctx).project, ctx.info_name, release.questions)
    return _items(((column, "") for column in question.columns), incomplete, several=True)


def words(*offered: str) -> Completer:
    """Completes one of a few words."""
    return lambda _, __, incomplete: _items(((word, "") for word in offered), incomplete)


def files(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leaves it to the shell to complete the path of a file."""
    return [CompletionItem(incomplete, type="file")]


def folders(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leaves it to the shell to complete the path of a folder."""
    return [CompletionItem(incomplete, type="dir")]


def _completer(offered: Callable[[Store], Iterable[Offer]], *, several: bool = False) -> Completer:
    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            release = session(ctx).release
            known = offered(release.open()) if release is not None else []
        except BikgraphError:
            return []
        return _items(known, incomplete, several=several)

    return complete


def _graph(ctx: click.Context) -> KnowledgeGraph | None:
    """The release opened; None if there is none, which is not built while somebody types."""
    try:
        return session(ctx).open() if session(ctx).release is not None else None
    except BikgraphError:
        return None


def _items(offered: Iterable[Offer], incomplete: str, *, several: bool = False) -> list[CompletionItem]:
    before, comma, last = incomplete.rpartition(",") if several else ("", "", incomplete)
    chosen = set(before.split(","))
    return [
        CompletionItem(f"{before}{comma}{value}", help=_help(name))
        for value, name in offered
        if value.lower().startswith(last.lower()) and value not in chosen
    ]


def _help(name: str) -> str | None:
    text = one_line(name)
    return (text if len(text) <= _MOST_HELP else text[: _MOST_HELP - 1] + "…") or None
