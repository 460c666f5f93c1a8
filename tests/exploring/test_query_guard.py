"""What may be run on a release: told from the query as it is parsed, and tried on a server that must not be called."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from bikgraph.errors import RequestError
from bikgraph.exploring.query_guard import refuse
from bikgraph.questions.query_text import tokens

EX = "http://example.org/"

# Each is read only, or no query; all have the word.
PASSED = [
    "SELECT ?service { ?service a <http://a/b> }",
    "SELECT $service { ?x a $service }",
    "SELECT ?SERVICE ?services ?_service { ?SERVICE ?services ?_service }",
    "PREFIX ex: <http://a/> SELECT * { ?s ex:service ?o }",
    "PREFIX ex: <http://a/> SELECT * { ?s ex:Service.SERVICE ?o . ?o ex:a ex:service . { ?x ?y ?z } }",
    "PREFIX service: <http://a/> SELECT * { ?s service:a ?o }",
    "PREFIX SERVICE: <http://a/> SELECT * { SERVICE:a SERVICE:b SERVICE:c }",
    "PREFIX : <http://a/> SELECT * { ?s :service ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "# SERVICE <http://127.0.0.1/> {}\nSELECT * { ?s ?p ?o }",
    "# SERVICE <http://127.0.0.1/> {}\rSELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <http://127.0.0.1/> { ?s ?p ?o }" }',
    "SELECT * { ?s ?p 'a service' }",
    'SELECT * { ?s ?p """SERVICE\n<http://127.0.0.1/> {}""" }',
    "SELECT * { ?s ?p '''it's a \"service\"''' }",
    'SELECT * { ?s ?p "a \\" SERVICE" }',
    'SELECT * { ?s ?p "\\u0053ERVICE" }',
    'SELECT * { ?s ?p "service"@en }',
    "SELECT * { ?s ?p <http://a/SERVICE> }",
    "SELECT * { <http://a/#service> ?p ?o }",
    "SELECT * { _:service ?p ?o }",
    "SELECT * { ?s ?p ?o VALUES ?service { 1 2 } }",
    "SELECT (1 AS ?service) { ?s ?p ?o }",
    "SELECT (COUNT(?service) AS ?n) { ?service ?p ?o } GROUP BY ?p ORDER BY ?n LIMIT 3",
    "ASK { ?s ?p ?service }",
    "CONSTRUCT { ?s ?p ?service } WHERE { ?s ?p ?service }",
    "SELECT * FROM <http://a/service> { ?s ?p ?o }",
    "SELECT * { OPTIONAL { ?s ?p ?service FILTER EXISTS { ?service ?q ?r } } }",
    'SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), "service") && ?o != <http://a/service>) }',
]

# Each asks a server, or could; `{E}` is its address.
REFUSED = [
    "SELECT * { SERVICE <{E}> { ?s ?p ?o } }",
    "SELECT * { service <{E}> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE <{E}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <{E}> { ?s ?p ?o } }",
    "SELECT * { SERVICE silent <{E}> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n\tSILENT\r\n<{E}> { ?s ?p ?o } }",
    "SELECT * {SERVICE<{E}>{?s ?p ?o}}",
    "SELECT * { SERVICE # a comment\n <{E}> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\r <{E}> { ?s ?p ?o } }",
    "SELECT * { # a comment\rSERVICE <{E}> { ?s ?p ?o } }",
    'SELECT * { # " \nSERVICE <{E}> { ?s ?p ?o } # "\n }',
    "SELECT * { # ' \nSERVICE <{E}> { ?s ?p ?o } # '\n }",
    'SELECT * { ?s ?p """a""" . SERVICE <{E}> { ?s ?p ?o } # """\n }',
    'SELECT * { ?s ?p "\\\\" . SERVICE <{E}> { ?s ?p ?o } # "\n }',
    'SELECT * { ?s ?p "\\u005C" . SERVICE <{E}> { ?s ?p ?o } # "\n }',
    'SELECT * { ?s ?p "a\\u0022" . SERVICE <{E}> { ?s ?p ?o } # "\n }',
    'SELECT * { ?s ?p "" . SERVICE <{E}> { ?s ?p ?o } # ""\n }',
    "SELECT * { ?s ?p '' . SERVICE <{E}> { ?s ?p ?o } # '' \n }",
    "SELECT * { \\u0053ERVICE <{E}> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <{E}> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <{E}> { ?s ?p ?o } }",
    "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <{E}> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?e . SERVICE ?e { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?e SERVICE ?e { ?a ?b ?c } }",
    "SELECT * { VALUES ?e { <{E}> } SERVICE ?e { ?a ?b ?c } }",
    "SELECT * { BIND (<{E}> AS ?e) SERVICE SILENT ?e { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?e . SERVICE$e{?a ?b ?c} }",
    "PREFIX ex: <{E}> SELECT * { SERVICE ex: { ?s ?p ?o } }",
    "PREFIX ex: <{E}> SELECT * { SERVICE ex:a { ?s ?p ?o } }",
    "PREFIX ex: <{E}> SELECT * { SERVICEex:a{ ?s ?p ?o } }",
    "PREFIX ex: <{E}> SELECT * { SERVICESILENTex:a{ ?s ?p ?o } }",
    "PREFIX ex: <{E}> SELECT * { SERVICESILENT ex:a{ ?s ?p ?o } }",
    "PREFIX : <{E}> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "PREFIX service: <{E}> SELECT * { SERVICE service:service { ?s ?p ?o } }",
    "PREFIX ex: <{E}> SELECT * { ?s ?p trueSERVICEex: { ?a ?b ?c } }",
    "PREFIX ex: <{E}> SELECT * { ?s ?p falseservice ex: { ?a ?b ?c } }",
    "PREFIX ex: <{E}> SELECT * { ?s ?p 1SERVICE ex: { ?a ?b ?c } }",
    "PREFIX ex: <{E}> SELECT * { ?s ?p 'a'SERVICE ex: { ?a ?b ?c } }",
    "PREFIX ex: <{E}> PREFIX e: <http://127.0.0.1:80> SELECT * { ?s ?p e:SERVICEex: { ?a ?b ?c } }",
    "PREFIX ex: <{E}> SELECT * { [ ?p ?o ] SERVICE ex: { ?a ?b ?c } }",
    "SELECT * { { SELECT * { SERVICE <{E}> { ?s ?p ?o } } } }",
    "SELECT * { { SELECT ?s { { SELECT ?s { OPTIONAL { SERVICE <{E}> { ?s ?p ?o } } } } } } }",
    "SELECT * { OPTIONAL { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o BIND (EXISTS { SERVICE <{E}> { ?s ?p ?o } } AS ?x) }",
    "SELECT * { { ?s ?p ?o } UNION { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { GRAPH ?g { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT (COUNT(*) AS ?n) { SERVICE <{E}> { ?s ?p ?o } }",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <{E}> { ?s ?p ?o } })",
    "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <{E}> { ?s ?p ?o } })",
    "SELECT (EXISTS { SERVICE <{E}> { ?s ?p ?o } } AS ?x) {}",
    "ASK { SERVICE <{E}> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <{E}> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <{E}> { ?s ?p ?o } }",
    "SELECT * { LATERAL { SERVICE <{E}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER(?x<'a>b') . SERVICE <{E}> { ?s ?p ?o } #'\n }",
    'SELECT * { ?s ?p ?o FILTER(?x<?y#>"""\n) SERVICE <{E}> { ?s ?p ?o } #"""\n }',
    "SELECT * { ?s ?p ?o FILTER(?x<?y#>'\n) SERVICE <{E}> { ?s ?p ?o } #'\n }",
    "SELECT * " + "{" * 90 + "SERVICE <{E}> { ?s ?p ?o }" + "}" * 90,
    "BASE <{E}> SELECT * { SERVICE <a> { ?s ?p ?o } }",
]  # fmt: skip


class _Server:
    """A server that counts who calls."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(50)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


@pytest.fixture(scope="module")
def server() -> Iterator[_Server]:
    """A server on this machine."""
    server = _Server()
    yield server
    server.close()


def _run(store: Store, query: str) -> None:
    try:
        results = store.query(query)
        if isinstance(results, QuerySolutions):
            list(results)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        pass  # whether it was called is what counts


@pytest.mark.parametrize("query", PASSED)
def test_word_is_no_call(query: str) -> None:
    """A variable, a name, a comment, a string or an IRI may have the word, and Oxigraph reads the query."""
    refuse(query)
    Store().query(query)


@pytest.mark.parametrize("query", REFUSED)
def test_call_is_refused(query: str) -> None:
    """Every spelling that asks a server, or could, is refused in a sentence about SERVICE."""
    with pytest.raises(RequestError, match="SERVICE"):
        refuse(query.replace("{E}", EX))


def test_list_is_long_enough() -> None:
    """At least 40 hostile spellings, and the server is called by most of them where nothing guards it."""
    assert len(REFUSED) >= 40


def test_spellings_would_call(server: _Server) -> None:
    """The list is no straw man: unguarded, most spellings do call the server."""
    store = Store()
    store.add(Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(server.address)))
    called = 0
    for query in REFUSED:
        before = server.calls
        _run(store, query.replace("{E}", server.address))
        called += server.calls > before

    assert called > 25


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "insert data { <a:a> <a:b> <a:c> }",
        "# SELECT\nDELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <b:>\n# INSERT\nDELETE WHERE { ?s ?p ?o }",
        "PREFIX SELECT: <b:> BASE <http://a/> PREFIX select: <c:> CLEAR ALL",
        "LOAD <http://127.0.0.1/>",
        "DROP ALL",
        "WITH <http://a/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "COPY DEFAULT TO <http://a/>",
    ],
)
def test_update_is_refused(query: str) -> None:
    """An update is told by its first keyword after the prefixes."""
    with pytest.raises(RequestError, match="a release is read-only"):
        refuse(query)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX INSERT: <http://a/> SELECT * { ?s INSERT:b ?o }",
        "PREFIX delete: <http://a/>\nPREFIX drop: <http://b/> ASK { ?s drop:c ?o }",
        "# INSERT DATA\nSELECT ?insert { ?insert ?delete ?with }",
        "SELECT * { ?s ?p 'DELETE WHERE { ?s ?p ?o }' }",
    ],
)
def test_word_is_no_update(query: str) -> None:
    """Prefixes, variables, comments and strings may have an update's words."""
    refuse(query)
    Store().query(query)


def test_from_fetches_nothing(server: _Server) -> None:
    """FROM and FROM NAMED name graphs of the release: an address that it lacks is an empty graph, no page to fetch."""
    store = Store()
    store.add(Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), Literal("a")))
    before = server.calls
    for clause in (f"FROM <{server.address}>", f"FROM NAMED <{server.address}>"):
        query = f"SELECT * {clause} {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
        refuse(query)
        _run(store, query)

    assert server.calls == before


@pytest.mark.parametrize("query", ["", " \n", "# nothing but a comment", "#"])
def test_nothing_is_refused(query: str) -> None:
    """A query of nothing but comments is empty."""
    with pytest.raises(RequestError, match="empty"):
        refuse(query)


def test_stray_byte_is_refused() -> None:
    """A byte of the command line that is no Unicode is told with its place."""
    with pytest.raises(RequestError, match="Unicode at character 8"):
        refuse("SELECT \udc80")


def test_tokens_have_places() -> None:
    """A token has its line and column, whatever stands before it."""
    query = 'SELECT ?a # "\n{\n  ?a <http://b#c> """x\ny""" . }'

    assert [(token.kind, token.text, *token.place) for token in tokens(query)] == [
        ("word", "SELECT", 1, 1),
        ("variable", "?a", 1, 8),
        ("sign", "{", 2, 1),
        ("variable", "?a", 3, 3),
        ("iri", "<http://b#c>", 3, 6),
        ("string", '"""x\ny"""', 3, 19),
        ("sign", ".", 4, 6),
        ("sign", "}", 4, 8),
    ]


_PIECES = [
    "SERVICE",
    "SILENT",
    "?x",
    "$x",
    "<{E}>",
    "ex:",
    "ex:a",
    "e:",
    "e:SERVICE",
    "SERVICE:a",
    "SERVICEex:",
    "?SERVICE",
    "{",
    "}",
    "{ ?a ?b ?c }",
    ".",
    ";",
    ",",
    "[",
    "]",
    "(",
    ")",
    "?s",
    "OPTIONAL {",
    "UNION",
    "BIND(",
    "VALUES",
    "# c\r",
    "# c\n",
    "#",
    "'",
    '"',
    "'''",
    '"""',
    "\\",
    "\\u0022",
    "\\u005C",
    "\\u0053ERVICE",
    "'service'",
    "1",
    "true",
    "@en",
    "^^",
    "_:b",
    "\t",
    "\r",
    "\x0b",
    "\u00a0",
    "\u2028",
    "<",
    "LATERAL {",
    "<<",
    "<http://a/#SERVICE>",
    "|",
    "^",
    "/",
    "!",
    "=",
    "FROM",
]
_BEFORE = [
    ["?s", "?p", "?x", "."],
    ["?s", "?p", "?x"],
    ["?s", "ex:a", "'a'", "."],
    ["[", "?p", "?x", "]"],
    ["?s", "?p", '"a"', ";"],
    ["VALUES", "?x", "{", "1", "}"],
    ["?s", "?p", '"""a"""', "."],
    ["?s", "?p", '"a\\\\"', "."],
    ["?s", "?p", "1"],
    ["?s", "?p", "true"],
    ["?s", "?p", "e:"],
    ["?s", "?p", "_:b"],
    ["FILTER", "(", "<http://a/>", "<", "?x", ")"],
]


def test_no_mutant_calls(server: _Server) -> None:
    """Of 4,000 mutants of a query with SERVICE, none that passes the guard calls the server."""
    random_ = random.Random(20)  # noqa: S311 - for mutants, not for secrets
    port = server.address.rstrip("/")
    store = Store()
    store.add(Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(server.address)))
    prologue = f"PREFIX ex: <{server.address}> PREFIX e: <{port}> PREFIX SERVICE: <{server.address}>\n"
    for _ in range(4000):
        clause = [
            "SERVICE",
            *random_.choice([[], ["SILENT"]]),
            random_.choice(["?x", "<{E}>", "ex:", "SERVICE:a"]),
            "{",
            "}",
        ]
        after = random_.choice([[], ["?a", "?b", "?c"], ['#"'], ["#'"], ['#"""'], ["FILTER(1>?x)"]])
        parts = ["SELECT * {", *random_.choice(_BEFORE), *clause, *after, "\n}"]
        for _ in range(random_.choice([0, 1, 1, 2, 3])):
            parts.insert(random_.randint(1, len(parts)), random_.choice(_PIECES))
        query = prologue + "".join(part + random_.choice([" ", " ", "", "\n", "\r"]) for part in parts)
        query = query.replace("{E}", server.address)
        try:
            refuse(query)
        except RequestError:
            continue
        before = server.calls
        _run(store, query)
        assert server.calls == before, query
