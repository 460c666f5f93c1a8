"""Stage 1 for links to other graphs: an SSSOM table becomes triples of its own graph.

Each row gives the link itself (subject, predicate, object) and, as SSSOM's own RDF form has it, an `owl:Axiom` that says
how the link was justified, how sure it is, and on what evidence (https://mapping-commons.github.io/sssom/spec-formats-owl/).
Link graphs are never part of a closure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

import yaml
from pyoxigraph import Literal, NamedNode, Triple

from bikgraph.findings import Finding
from bikgraph.namespaces import GRAPH, ID, OWL, PREFIXES, RDF_TYPE, RDFS, XSD
from bikgraph.nearest import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

SSSOM = "https://w3id.org/sssom/"
NO_TERM = SSSOM + "NoTermFound"
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification", "confidence")
_KNOWN = {**PREFIXES, "semapv": "https://w3id.org/semapv/vocab/", "sssom": SSSOM}
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def graph_of(path: Path) -> str:
    """The short name of the graph of a link table: `links-wikidata` for `wikidata.sssom.tsv`."""
    return f"links-{path.name.removesuffix('.sssom.tsv')}"


def read_links(path: Path, name: str, described: Container[str]) -> tuple[list[Triple], list[Finding]]:
    """The triples of one SSSOM table, and what is wrong in it. `described` holds the slugs that the graph describes."""
    return _Table(path, name, described).read()


class _Table:
    def __init__(self, path: Path, name: str, described: Container[str]) -> None:
        self.path, self.name, self.described = path, name, described
        self.findings: list[Finding] = []
        self.prefixes: dict[str, str] = dict(_KNOWN)

    def read(self) -> tuple[list[Triple], list[Finding]]:
        try:
            lines = self.path.read_text("utf-8-sig").splitlines(keepends=True)
        except UnicodeDecodeError as error:
            self._report(1, 1, "encoding", "The table is not UTF-8. Save it as UTF-8.", f"byte {error.start}")
            return [], self.findings
        header = [line for line in lines if line.startswith("#")]
        self._metadata("".join(line[1:] for line in header))
        body = lines[len(header) :]
        rows = csv.reader(body, delimiter="\t", strict=True)
        try:
            columns = next(rows)
        except StopIteration:
            self._report(
                len(header) + 1,
                1,
                "empty-file",
                f"The table has no rows. Expected a line with the columns {', '.join(REQUIRED)}.",
            )
            return [], self.findings
        if missing := [column for column in REQUIRED if column not in columns]:
            self._report(
                len(header) + 1,
                1,
                "missing-column",
                f"The table lacks the column {', '.join(missing)}.",
                "\t".join(columns),
            )
            return [], self.findings
        triples: list[Triple] = []
        try:
            for row in rows:
                triples += self._row(len(header) + rows.line_num, columns, row)
        except csv.Error as error:
            self._report(
                len(header) + rows.line_num, 1, "table-syntax", f"This is not a valid tab-separated row: {error}."
            )
        return triples, self.findings

    def _metadata(self, text: str) -> None:
        try:
            metadata = yaml.safe_load(text) or {}
            self.prefixes |= {str(prefix): str(iri) for prefix, iri in metadata.get("curie_map", {}).items()}
        except (yaml.YAMLError, AttributeError) as error:
            mark = getattr(error, "problem_mark", None)
            self._report(
                mark.line + 1 if mark else 1,
                1,
                "header-syntax",
                "The lines that begin with # are not valid YAML with a curie_map.",
            )

    def _row(self, line: int, columns: list[str], cells: list[str]) -> Iterable[Triple]:
        if len(cells) != len(columns):
            self._report(
                line,
                1,
                "table-syntax",
                f"This row has {len(cells)} cells; the table has {len(columns)} columns. Check its tabs.",
            )
            return []
        row = dict(zip(columns, cells, strict=True))
        before = len(self.findings)
        iris = {column: self._iri(line, columns.index(column) + 1, column, row[column]) for column in REQUIRED[:4]}
        subject = iris["subject_id"] or ""
        if subject and (not subject.startswith(ID) or subject.removeprefix(ID) not in self.described):
            self._report(
                line,
                1,
                "unknown-slug",
                "A link's subject is a thing of this graph: its prefix is bikid and its slug is in data/.",
                row["subject_id"],
            )
        try:
            confidence = float(row["confidence"])
        except ValueError:
            confidence = -1.0
        if not 0 <= confidence <= 1:
            self._report(
                line,
                columns.index("confidence") + 1,
                "bad-value",
                "A confidence is a number from 0 to 1, such as 0.95.",
                row["confidence"],
            )
        if len(self.findings) > before:
            return []
        return self._triples(row, iris, confidence)

    def _triples(self, row: dict[str, str], iris: dict[str, str | None], confidence: float) -> list[Triple]:
        subject, predicate, obj = (NamedNode(iris[column] or "") for column in REQUIRED[:3])
        tail = re.sub(r"[^a-z0-9]+", "-", (row["predicate_id"] + " " + row["object_id"]).lower()).strip("-")
        axiom = NamedNode(f"{GRAPH}{graph_of(self.path)}#{subject.value.removeprefix(ID)}-{tail}")
        annotations = [
            (RDF_TYPE, NamedNode(OWL + "Axiom")),
            (OWL + "annotatedSource", subject),
            (OWL + "annotatedProperty", predicate),
            (OWL + "annotatedTarget", obj),
            (SSSOM + "mapping_justification", NamedNode(iris["mapping_justification"] or "")),
            (SSSOM + "confidence", Literal(f"{confidence:g}", datatype=NamedNode(XSD + "decimal"))),
        ]
        if row.get("comment"):
            annotations.append((RDFS + "comment", Literal(row["comment"], language="en")))
        if row.get("author_label"):
            annotations.append((SSSOM + "author_label", Literal(row["author_label"])))
        if obj.value == NO_TERM:
            # What has no counterpart: the scheme that was searched in vain is named, and no link follows.
            if row.get("object_source"):
                annotations.append(
                    (SSSOM + "object_source", NamedNode(self._iri(0, 0, "object_source", row["object_source"]) or ""))
                )
            return [Triple(axiom, NamedNode(p), o) for p, o in annotations]
        return [Triple(subject, predicate, obj), *(Triple(axiom, NamedNode(p), o) for p, o in annotations)]

    def _iri(self, line: int, column: int, name: str, text: str) -> str | None:
        prefix, colon, local = text.partition(":")
        namespace = self.prefixes.get(prefix)
        iri = namespace + local if colon and namespace is not None and not local.startswith("//") else text
        if _IRI.fullmatch(iri):
            return iri
        hint = did_you_mean(prefix, self.prefixes)
        self._report(
            line,
            column,
            "bad-iri",
            f"The column {name} takes a CURIE whose prefix is in the table's curie_map, or an IRI.{hint}",
            text,
        )
        return None

    def _report(self, line: int, column: int, rule: str, message: str, value: str = "") -> None:
        self.findings.append(Finding(self.name, line, column, "error", rule, message, value))
