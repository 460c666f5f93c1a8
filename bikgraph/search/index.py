"""The index of a release's names and texts: an SQLite database, made whole from a store or renewed where it changed."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bikgraph.errors import ReleaseError, RequestError
from bikgraph.search.documents import Document, Reader, dependants
from bikgraph.search.meanings import meanings
from bikgraph.search.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import NamedNode, Store

# What the trigram tokenizer came with.
LEAST_SQLITE = "3.34"
# A longer name, in letters, is not written as one word too.
_MOST_JOINED = 40
# Above this share of things described otherwise an index made anew is cheaper.
_UPDATE_SHARE = 0.3
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"


@cache
def can_index() -> bool:
    """Whether Python's SQLite has full-text search by words and by trigrams."""
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5(text, tokenize = 'trigram')")
    except sqlite3.OperationalError:
        return False
    return True


@cache
def code_digest() -> str:
    """A checksum of the code that makes indexes: one that other code made may be read wrongly."""
    files = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in (".py", ".sql"))
    return f"{zlib.crc32(b''.join(path.read_bytes() for path in files)):08x}"


def write_index(path: Path, store: Store) -> None:
    """Make the index of a store at `path`, which must not exist. Only where `can_index`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        _fill(database, store)


def update_index(path: Path, store: Store, changed: Collection[NamedNode]) -> None:
    """Renew the index at `path` where the nodes `changed` are described otherwise now: as if it were made anew."""
    affected = dependants(store, changed)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        (known,) = database.execute("SELECT count(*) FROM thing").fetchone()
        if len(affected) <= _UPDATE_SHARE * known:
            database.executescript(_FAST + "BEGIN;")
            _remove(database, [node.value for node in affected])
            _add(database, Reader(store).of(affected), incremental=True)
            _set_meanings(database, store)
            database.execute("COMMIT")
            return
    path.unlink()
    write_index(path, store)


class Index:
    """An index opened for reading. Errors of SQLite are a ReleaseError: the file is damaged."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read from `database`."""
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Index:
        """The index at `path`. Raises RequestError where this Python's SQLite cannot read it."""
        _demand()
        with _explained():
            # Immutable: no lock, so that a folder without permission to write does too.
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            return cls(sqlite3.connect(uri, uri=True, check_same_thread=False))

    @classmethod
    def of(cls, store: Store) -> Index:
        """An index of a store in memory, for a release that has none. Raises RequestError as `open`."""
        _demand()
        database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _fill(database, store)
        return cls(database)

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows that a query gives."""
        with _explained():
            return self._database.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Any:
        """The first value of the first row that a query gives, or None."""
        row = next(iter(self.rows(query, *values)), None)
        return None if row is None else row[0]


def _demand() -> None:
    if not can_index():
        raise RequestError(
            f"A search needs SQLite {LEAST_SQLITE} or later with FTS5; this Python has {sqlite3.sqlite_version}"
            f"{'' if sqlite3.sqlite_version_info < (3, 34) else ' without FTS5'}. "
            "Use another Python, or ask by slug: bikgraph show SLUG"
        )


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ReleaseError(f"The index of names is damaged ({error}). Make it anew with: bikgraph build") from error


def _fill(database: sqlite3.Connection, store: Store) -> None:
    database.executescript(_FAST + Path(__file__).with_name("index.sql").read_text("utf-8") + "BEGIN;")
    _add(database, Reader(store).everything(), incremental=False)
    _set_meanings(database, store)
    for table in ("name_words", "document_words", "word_trigrams"):
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        database.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    database.execute("COMMIT")


def _set_meanings(database: sqlite3.Connection, store: Store) -> None:
    database.execute("DELETE FROM meaning")
    database.executemany("INSERT INTO meaning VALUES (?, ?, ?)", sorted(meanings(store)))


def _remove(database: sqlite3.Connection, iris: Iterable[str]) -> None:
    for iri in iris:
        row = database.execute("SELECT id FROM thing WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            continue
        # An FTS5 table over another table's content is told what stood there.
        database.execute(
            "INSERT INTO name_words (name_words, rowid, words, joined) "
            "SELECT 'delete', id, words, joined FROM name WHERE thing = ?",
            row,
        )
        database.execute(
            "INSERT INTO document_words (document_words, rowid, words) "
            "SELECT 'delete', id, words FROM document WHERE id = ?",
            row,
        )
        for table, key in (
            ("name", "thing"),
            ("text", "thing"),
            ("facet", "thing"),
            ("document", "id"),
            ("thing", "id"),
        ):
            database.execute(f"DELETE FROM {table} WHERE {key} = ?", row)


def _add(database: sqlite3.Connection, documents: Iterable[Document], *, incremental: bool) -> None:
    """Add documents; where not `incremental`, the full-text tables are filled afterwards in one go."""
    rows = _rows(documents, {table: _last(database, table) for table in ("thing", "name", "text")})
    new = [f"<{word}>" for word in dict.fromkeys(word for _, words in rows["document"] for word in words.split())]
    if incremental:
        known = "SELECT 1 FROM word WHERE marked = ?"
        new = [word for word in new if database.execute(known, (word,)).fetchone() is None]
    rows["word"] = list(enumerate(new, _last(database, "word") + 1))
    for table, listed in rows.items():
        if listed:
            marks = ", ".join("?" * len(listed[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", listed)
    if incremental:
        names = [(key, words, joined) for key, _, _, _, words, joined in rows["name"]]
        database.executemany("INSERT INTO name_words (rowid, words, joined) VALUES (?, ?, ?)", names)
        database.executemany("INSERT INTO document_words (rowid, words) VALUES (?, ?)", rows["document"])
        database.executemany("INSERT INTO word_trigrams (rowid, marked) VALUES (?, ?)", rows["word"])


def _last(database: sqlite3.Connection, table: str) -> int:
    (last,) = database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    return int(last)


def _rows(documents: Iterable[Document], last: dict[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table for documents, numbered from the last numbers on."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in ("thing", "name", "text", "document", "facet")}
    for thing, document in enumerate(documents, last["thing"] + 1):
        rows["thing"].append((thing, document.iri, document.sort))
        own: dict[str, None] = {}
        for value, language in document.names:
            parts = words_of(value)
            joined = "".join(parts) if len(parts) > 1 and len(value) <= _MOST_JOINED else ""
            key = last["name"] + len(rows["name"]) + 1
            rows["name"].append((key, thing, value, language, " ".join(parts), joined))
            own.update(dict.fromkeys([*parts, *([joined] if joined else [])]))
        for field, value, language in document.texts:
            parts = words_of(value)
            key = last["text"] + len(rows["text"]) + 1
            rows["text"].append((key, thing, field, value, language, " ".join(parts)))
            own.update(dict.fromkeys(parts))
        rows["document"].append((thing, " ".join(own)))
        rows["facet"] += [(facet, value, thing) for facet, value in document.facets]
    return rows
