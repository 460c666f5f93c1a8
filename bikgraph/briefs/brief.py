"""A brief as a file: the format by its ending, its library if that is installed, and the file whole or not at all."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.endings import choose_format
from bikgraph.errors import RequestError
from bikgraph.output_file import write_file

if TYPE_CHECKING:
    from bikgraph.knowledge_graph import KnowledgeGraph

# The formats with the endings of their files, the usual one first.
ENDINGS: dict[str, tuple[str, ...]] = {
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown"),
    "docx": (".docx",),
    "pdf": (".pdf",),
}
# What a format is written with: the module, and its name as a package.
_LIBRARIES = {"docx": ("docx", "python-docx"), "pdf": ("typst", "typst")}
_WRITERS = {"html": "web_page", "markdown": "markdown", "docx": "word", "pdf": "pdf"}
_PICTURES = {"html": ".svg", "markdown": ".svg", "docx": ".png", "pdf": ".png"}


def brief(
    graph: KnowledgeGraph,
    country: str,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    lang: str = "en",
    full: bool = False,
) -> None:
    """Write a brief on a country, as commands name it, to `path`: .html, .md, .docx or .pdf.

    It takes two printed pages, and its sources follow; where rows gave way, it says how many. With `full` all rows are
    there, on as many pages as they take. Labels are in `lang`. Raises RequestError for an unknown country, another
    ending, a library that is not installed, or a file that cannot be written; nothing is half-written.

    >>> import bikgraph, tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "ie.md"
    >>> brief(bikgraph.open(), "Ireland", file)
    >>> file.read_text("utf-8").splitlines()[0]
    "# Ireland: policy for children's internet use"
    """
    data = brief_bytes(graph, country, check_format(format, os.fspath(path)), lang=lang, full=full)
    write_file(path, lambda out: out.write(data))


def brief_bytes(graph: KnowledgeGraph, country: str, format: str, *, lang: str = "en", full: bool = False) -> bytes:
    """The same as the bytes of a file in `format`, one of ENDINGS; the same release gives the same bytes."""
    from importlib import import_module

    from bikgraph.briefs.gather import gathered
    from bikgraph.questions import resolve

    node = next(term for term in resolve(graph.store, "country", "country", country) if isinstance(term, NamedNode))
    content = gathered(graph, node, lang, picture=_PICTURES[format], full=full)
    # Each writer brings its own library.
    data: bytes = import_module(f"bikgraph.briefs.writers.{_WRITERS[format]}").write(content)
    return data


def check_format(format: str | None, path: str) -> str:
    """The format asked for, else that of the file's ending, before anything costs time.

    Raises RequestError for another ending, one that contradicts, a folder that is not there, or a library that is
    not installed.
    """
    chosen = choose_format(ENDINGS, format, path)
    folder = Path(path).parent
    if path != "-" and not folder.is_dir():
        raise RequestError(f"{path} cannot be written: there is no folder {folder}. Make it, or name another.")
    module, package = _LIBRARIES.get(chosen, ("", ""))
    if module and find_spec(module) is None:
        raise RequestError(
            f"A brief as .{chosen} needs {package}, which is not installed. Install it with: "
            "pip install 'bikgraph[documents]'; .html and .md need nothing more."
        )
    return chosen
