"""Stage 1 for links to other graphs: an SSSOM table becomes triples of its own graph.

Each row gives the link itself (subject, predicate, object) and, as SSSOM's own RDF form has it, an `owl:Axiom` that
says how the link was justified, how sure it is, and on what evidence
(https://mapping-commons.github.io/sssom/spec-formats-owl/). Link graphs are never part of a closure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import yaml
from pyoxigraph import Literal, NamedNode, Triple

from bikgraph.findings import Finding
from bikgraph.lookup import Term, node_of, terms
from bikgraph.namespaces import GRAPH, ID, OWL, PREFIXES, RDF_TYPE, RDFS, XSD
from bikgraph.nearest import did_you_mean
from bikgraph.places import Place, object_text
from bikgraph.reading.characters import code_point, invisible_in_address
from bikgraph.reading.text_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

SSSOM = "https://w3id.org/sssom/"
NO_TERM = SSSOM + "NoTermFound"
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification", "confidence")
_IRIS = REQUIRED[:4]
_KNOWN = {**PREFIXES, "semapv": "https://w3id.org/semapv/vocab/", "sssom": SSSOM}
# What SSSOM fixes for every table: https://mapping-commons.github.io/sssom/spec-model/ (built-in prefixes).
_FIXED = ("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{0,40}\.?[0-9]{1,40}(?:[eE][+-]?[0-9]{1,2})?")


def graph_of(path: Path) -> str:
    """The short name of the graph of a link table: `links-wikidata` for `wikidata.sssom.tsv`."""
    return f"links-{path.name.removesuffix('.sssom.tsv')}"


def read_links(
    path: Path, name: str, described: Container[str], places: dict[tuple[str, ...], Place] | None = None
) -> tuple[list[Triple], list[Finding]]:
    """The triples of one SSSOM table, and what is wrong in it. `described` holds the slugs that the graph describes.

    `places`, if given, gets the row of each triple, as `bikgraph.places.Places` has it. Raises OSError if the table
    cannot be read.
    """
    table = _Table(path, name, described)
    triples = table.read()
    if places is not None:
        places.update(table.places)
    return triples, table.findings


class _Table:
    def __init__(self, path: Path, name: str, described: Container[str]) -> None:
        self.path, self.name, self.described = path, name, described
        self.findings: list[Finding] = []
        self.prefixes: dict[str, str] = dict(_KNOWN)
        self.lines: dict[tuple[str, ...], int] = {}
        self.places: dict[tuple[str, ...], Place] = {}

    def read(self) -> list[Triple]:
        if not _NAME.fullmatch(graph_of(self.path)):
            message = (
                "The name of a table becomes its graph's: letters, digits and hyphens, before .sssom.tsv. "
                "Rename the file."
            )
            self._report(1, 1, "file-name", message, self.path.name)
            return []
        text = read_text(self.path, self._report_at)
        if text is None:
            return []
        lines = text.splitlines(keepends=True)
        header = [line for line in lines if line.startswith("#")]
        self._metadata("".join(line[1:] for line in header))
        rows = csv.reader(lines[len(header) :], delimiter="\t", strict=True)
        triples: list[Triple] = []
        try:
            columns = next(rows, None)
            if not self._are_columns(len(header) + 1, columns):
                return []
            for row in rows:
                line = len(header) + rows.line_num
                for triple in self._row(line, columns or [], row):
                    triples.append(triple)
                    subject, predicate, obj = terms(triple)
                    self.places.setdefault((subject.value, predicate.value, object_text(obj)), Place(line, 1))
        except csv.Error as error:
            message = f"This is not a valid tab-separated row: {error}. Check its tabs and quotation marks."
            self._report(len(header) + max(rows.line_num, 1), 1, "table-syntax", message)
        return triples

    def _are_columns(self, line: int, columns: Sequence[str] | None) -> bool:
        """Whether the first row names the columns that a table needs, each once."""
        if columns is None:
            message = f"The table has no rows. Expected a line with the columns {', '.join(REQUIRED)}."
            self._report(line, 1, "empty-file", message)
            return False
        if missing := [column for column in REQUIRED if column not in columns]:
            message = f"The table lacks the column {', '.join(missing)}. Add it to this line, and its cells below."
            self._report(line, 1, "missing-column", message, "\t".join(columns))
        doubled = sorted({column for column in columns if columns.count(column) > 1})
        if doubled:
            message = "The table has this column twice. Remove one of the two."
            self._report(line, columns.index(doubled[0]) + 1, "duplicate-column", message, doubled[0])
        return not missing and not doubled

    def _metadata(self, text: str) -> None:
        """Read the prefixes out of the lines that begin with #; of what else stands there nothing is needed."""
        try:
            root = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            message = "The lines that begin with # are not valid YAML with a curie_map. Check indentation and colons."
            self._report(line, 1, "header-syntax", message)
            return
        if root is None:
            return
        prefixes = next((value for key, value in _entries(root) if key.value == "curie_map"), None)
        if not isinstance(root, yaml.MappingNode) or not isinstance(prefixes, yaml.MappingNode | None):
            where = (prefixes or root).start_mark.line + 1
            message = "Expected key: value in the lines that begin with #, and prefix: IRI below curie_map."
            self._report(where, 1, "header-syntax", message)
            return
        for prefix, iri in _entries(prefixes):
            if not isinstance(iri, yaml.ScalarNode):
                message = f"The prefix {prefix.value} stands for one IRI."
                self._report(prefix.start_mark.line + 1, 1, "header-syntax", message)
            elif prefix.value in _FIXED and iri.value != _KNOWN[prefix.value]:
                fixed = _KNOWN[prefix.value]
                message = f"SSSOM fixes what {prefix.value} stands for: {fixed}. Mend it, or take another prefix."
                self._report(prefix.start_mark.line + 1, 1, "fixed-prefix", message, iri.value)
            else:
                self.prefixes[prefix.value] = iri.value

    def _row(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> Iterable[Triple]:
        if len(cells) != len(columns):
            message = f"This row has {len(cells)} cells; the table has {len(columns)} columns. Check its tabs."
            self._report(line, 1, "table-syntax", message)
            return []
        row = dict(zip(columns, cells, strict=True))
        before = len(self.findings)
        nodes = {column: self._node(line, columns.index(column) + 1, column, row[column]) for column in _IRIS}
        subject = nodes["subject_id"]
        if subject and (not subject.value.startswith(ID) or subject.value.removeprefix(ID) not in self.described):
            message = "A link's subject is a thing of this graph: its prefix is bikid and its slug is in data/."
            self._report(line, 1, "unknown-slug", message, row["subject_id"])
        confidence = float(row["confidence"]) if _NUMBER.fullmatch(row["confidence"]) else -1.0
        if not 0 <= confidence <= 1:
            message = "A confidence is a number from 0 to 1, such as 0.95."
            self._report(line, columns.index("confidence") + 1, "bad-value", message, row["confidence"])
        searched = None
        if nodes["object_id"] == NamedNode(NO_TERM) and row.get("object_source"):
            searched = self._node(line, columns.index("object_source") + 1, "object_source", row["object_source"])
        first = self.lines.setdefault(tuple(row[column] for column in REQUIRED[:3]), line)
        if first != line:
            message = f"The row on line {first} links the same two in the same way. Remove one of the two."
            self._report(line, 1, "duplicate-record", message, row["object_id"])
        if len(self.findings) > before:
            return []
        return self._triples(row, [node for node in nodes.values() if node], confidence, searched)

    def _triples(
        self, row: dict[str, str], nodes: Sequence[NamedNode], confidence: float, searched: NamedNode | None
    ) -> list[Triple]:
        subject, predicate, obj, justification = nodes
        tail = re.sub(r"[^a-z0-9]+", "-", (row["predicate_id"] + " " + row["object_id"]).lower()).strip("-")
        axiom = NamedNode(f"{GRAPH}{graph_of(self.path)}#{subject.value.removeprefix(ID)}-{tail}")
        exact = format(Decimal(str(confidence)).normalize(), "f")
        annotations: list[tuple[str, Term]] = [
            (RDF_TYPE, NamedNode(OWL + "Axiom")),
            (OWL + "annotatedSource", subject),
            (OWL + "annotatedProperty", predicate),
            (OWL + "annotatedTarget", obj),
            (SSSOM + "mapping_justification", justification),
            (SSSOM + "confidence", Literal(exact, datatype=NamedNode(XSD + "decimal"))),
        ]
        if row.get("comment"):
            annotations.append((RDFS + "comment", Literal(row["comment"], language="en")))
        if row.get("author_label"):
            annotations.append((SSSOM + "author_label", Literal(row["author_label"])))
        if searched is not None:
            annotations.append((SSSOM + "object_source", searched))
        # What has no counterpart: the scheme that was searched in vain is named, and no link follows.
        link = [] if obj.value == NO_TERM else [Triple(subject, predicate, obj)]
        return [*link, *(Triple(axiom, NamedNode(p), o) for p, o in annotations)]

    def _node(self, line: int, column: int, name: str, text: str) -> NamedNode | None:
        """The node that a cell names by a CURIE or an IRI; None if it is none, which is reported."""
        prefix, colon, local = text.partition(":")
        namespace = self.prefixes.get(prefix)
        iri = namespace + local if colon and namespace is not None and not local.startswith("//") else text
        if invisible := invisible_in_address(iri):
            message = "This address has an invisible character. Remove it, or write it as %-escapes."
            self._report(line, column, "bad-iri", message, code_point(invisible))
            return None
        node = node_of(iri) if _IRI.fullmatch(iri) else None
        if node is None:
            hint = did_you_mean(prefix, self.prefixes) if namespace is None else f" Here {prefix} makes it {iri}."
            message = f"The column {name} takes a CURIE whose prefix is in the table's curie_map, or an IRI.{hint}"
            self._report(line, column, "bad-iri", message, text)
        return node

    def _report_at(self, place: Place, rule: str, message: str, value: str) -> None:
        self._report(place.line, place.column, rule, message, value)

    def _report(self, line: int, column: int, rule: str, message: str, value: str = "") -> None:
        self.findings.append(Finding(self.name, line, column, "error", rule, message, value))


def _entries(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """The entries of a mapping whose keys are plain; none of what is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
