"""A brief as a file: the format by its ending, its library if that is installed, and the file whole or not at all."""

from __future__ import annotations

import html
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.endings import choose_format
from bikgraph.errors import RequestError
from bikgraph.lookup import show
from bikgraph.output_file import file_path, write_file

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


class Brief:
    """A brief on a country, which a notebook shows, and that `save` writes to a file; written when it is needed."""

    def __init__(self, graph: KnowledgeGraph, country: NamedNode, lang: str, *, full: bool) -> None:
        """Of `country`, with labels in `lang`; `full` with all rows."""
        self._graph, self._country, self._lang, self._full = graph, country, lang, full

    def __repr__(self) -> str:
        return f"<Brief on {show(self._country.value)}>"

    def save(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Write the brief to a file, .html, .md, .docx or .pdf, whole or not at all; raises RequestError as `brief`."""
        target = file_path(path, "For bytes to write elsewhere: its bytes('html').")
        data = self.bytes(check_format(format, str(target)))
        write_file(target, lambda out: out.write(data))

    def bytes(self, format: str) -> bytes:
        """The brief as the bytes of a file in `format`, one of ENDINGS; the same release gives the same bytes."""
        from importlib import import_module

        from bikgraph.briefs.gather import gathered

        content = gathered(self._graph, self._country, self._lang, picture=_PICTURES[format], full=self._full)
        # Each writer brings its own library.
        data: bytes = import_module(f"bikgraph.briefs.writers.{_WRITERS[format]}").write(content)
        return data

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and the notebook's leave each other alone."""
        page = html.escape(self.bytes("html").decode())
        return f'<iframe srcdoc="{page}" sandbox style="width: 100%; height: 60rem; border: 0"></iframe>'


def brief(
    graph: KnowledgeGraph,
    country: str,
    path: str | os.PathLike[str] | None = None,
    *,
    format: str | None = None,
    lang: str = "en",
    full: bool = False,
) -> Brief:
    """A brief on a country, as commands name it, which a notebook shows; written to `path`: .html, .md, .docx or .pdf.

    It takes two printed pages, and its sources follow; where rows gave way, it says how many. With `full` all rows are
    there, on as many pages as they take. Labels are in `lang`. Raises RequestError for an unknown country, another
    ending, a library that is not installed, or a file that cannot be written; nothing is half-written.

    >>> import bikgraph, tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "ie.md"
    >>> brief(bikgraph.open(), "Ireland", file)
    <Brief on country-ie>
    >>> file.read_text("utf-8").splitlines()[0]
    "# Ireland: policy for children's internet use"
    """
    if path is not None:
        check_format(
            format, str(file_path(path, "Without a path the brief is returned: its bytes('html') go anywhere."))
        )
    elif format is not None and format not in ENDINGS:
        raise RequestError(f"There is no format {format!r} for briefs. Formats: {', '.join(ENDINGS)}.")
    from bikgraph.questions import resolve

    node = next(term for term in resolve(graph.store, "country", "country", country) if isinstance(term, NamedNode))
    made = Brief(graph, node, lang, full=full)
    if path is not None:
        made.save(path, format)
    return made


def brief_bytes(graph: KnowledgeGraph, country: str, format: str, *, lang: str = "en", full: bool = False) -> bytes:
    """The same as the bytes of a file in `format`, one of ENDINGS; the same release gives the same bytes."""
    return brief(graph, country, lang=lang, full=full).bytes(format)


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
