"""A SPARQL query as its tokens, each with its place, and whether it asks another server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

# Repeats are bounded where a text without end of its name or string would be read again from each of its letters.
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|\#[^\r\n]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<string>\"{3}(?:"{0,2}(?:[^"\\]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}))*\"{3}
          |'{3}(?:'{0,2}(?:[^'\\]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}))*'{3}
          |"(?:[^"\\\r\n]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"
          |'(?:[^'\\\r\n]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*')
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]{0,200}|_)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.(?=[\w:%\\.-]))*)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>[^\W\d_]\w*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_WORD = re.compile("service", re.IGNORECASE)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))
# What a SERVICE clause begins with, in tokens joined by spaces, strings and IRIs without their content. Oxigraph asks
# for no space around a keyword: `trueSERVICEex: {` is to rdflib the name of a thing, to Oxigraph, without that prefix,
# a clause.
_CLAUSE = re.compile(r"service\s*(?:silent\s*)?(?:[?$]\w+|<>|[\w.-]*:\S*)\s*\{", re.IGNORECASE)
# An IRI that cannot be read as `less than` with an expression, a string or a comment behind it.
_PLAIN_IRI = re.compile(r"<\w[\w+.-]*://[^']*>")
# rdflib's parser takes seconds for more.
_MOST_TOKENS = 20_000
# Quotes that are not closed, and a backslash outside a name and a string.
_ODD_SIGNS = frozenset("\"'\\")


class Token(NamedTuple):
    """A token: its kind (iri, string, variable, name, tag, number, word or sign), its text and its place."""

    kind: str
    text: str
    place: Place

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in upper case."""
        return self.kind == "word" and self.text.upper() in words


class Unreadable(ValueError):
    """A query of which it cannot be told whether it asks another server; the text says why, `token` is where."""

    def __init__(self, why: str, token: Token | None) -> None:
        """Carry the reason and the place of the word."""
        self.token = token
        super().__init__(why)


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, comments and white space left out; a text that is no SPARQL has tokens too."""
    line, line_start = 1, 0
    for match in _TOKEN.finditer(query):
        kind, text = str(match.lastgroup), match.group()
        if kind != "space":
            yield Token(kind, text, Place(line, match.start() - line_start + 1))
        newlines = text.count("\n")
        if newlines:
            line += newlines
            line_start = match.start() + text.rindex("\n") + 1


def form(query: str) -> str:
    """The keyword with which a query begins after its prefixes, in upper case; empty without one."""
    words = tokens(query)
    for token in words:
        if token.is_word("PREFIX"):
            next(words, None), next(words, None)
        elif token.is_word("BASE"):
            next(words, None)
        else:
            return token.text.upper() if token.kind == "word" else ""
    return ""


def is_update(query: str) -> bool:
    """Whether a text is a SPARQL update by its first keyword."""
    return form(query) in _UPDATES


def service_clause(query: str) -> Token | None:
    """The keyword of a SERVICE clause, or None for a query that asks no other server.

    Two readers that know nothing of each other look at it: the tokens here, and rdflib's parse tree, which is made only
    of a query that has the word at all. Raises Unreadable if one of them cannot tell what Oxigraph would read.
    """
    expanded = _ESCAPE.sub(_expanded, query)
    if not _WORD.search(query) and not _WORD.search(expanded):
        return None
    sequence = list(tokens(query))
    clause = next((token for token in sequence if token.is_word("SERVICE")), None)
    if clause is not None:
        return clause
    mention = next((token for token in sequence if _WORD.search(token.text)), None)
    if len(sequence) > _MOST_TOKENS:
        raise Unreadable(f"it has more than {_MOST_TOKENS:,} words and signs", mention)
    for token in sequence:
        if (token.kind == "iri" and not _PLAIN_IRI.fullmatch(token.text)) or token.text in _ODD_SIGNS:
            raise Unreadable(f"{token.text} in line {token.place.line} could mean several things", mention)
    bare = " ".join({"string": '""', "iri": "<>"}.get(token.kind, token.text) for token in sequence)
    if _CLAUSE.search(bare) is not None:
        raise Unreadable("what stands before a { could be a SERVICE clause without spaces", mention)
    # Oxigraph reads escapes only inside strings and IRIs, where none of them ends anything; the standard reads them
    # before all else. rdflib is given the one reading, then the other.
    tree = _tree(_ESCAPE.sub(_neutral, query), mention)
    if not _has_service(tree) and expanded != query:
        try:
            tree = _tree(expanded.replace("\\u", "\\\\u").replace("\\U", "\\\\U"), mention)
        except Unreadable:
            return None  # by the standard it is no query at all
    return (mention or sequence[0]) if _has_service(tree) else None


def _expanded(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code is None:
        return match.group()
    number = int(code, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "x"


def _neutral(match: re.Match[str]) -> str:
    return match.group() if match.group(1) is None and match.group(2) is None else "x"


def _tree(query: str, mention: Token | None) -> Any:
    # rdflib takes 100 ms to import, and ends a comment at a line feed alone.
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return parseQuery(query.replace("\r", "\n"))
    except ParseBaseException as error:
        raise Unreadable(f"line {error.lineno}, column {error.column}: {error.msg}", mention) from error
    except (RecursionError, ValueError, AttributeError, TypeError) as error:
        raise Unreadable(f"{type(error).__name__}", mention) from error


def _has_service(tree: Any) -> bool:
    pending = [tree]
    while pending:
        node = pending.pop()
        if getattr(node, "name", "") == "ServiceGraphPattern":
            return True
        if isinstance(node, dict):
            pending.extend(node.values())
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            pending.extend(node)
    return False
