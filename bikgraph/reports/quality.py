"""The quality report of a release: what there is, what it rests on, and what is not known, in one file.

The facts come from the queries beside this module, the words from a template; the web page is made from the same
Markdown.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bikgraph.findings import Finding
from bikgraph.lookup import countries_of
from bikgraph.namespaces import BIK, GRAPH
from bikgraph.query_files import Row
from bikgraph.reports import facts
from bikgraph.reports.coverage import coverage
from bikgraph.reports.fill import fill
from bikgraph.reports.heat_map import heat_map
from bikgraph.reports.web_page import Format, web_page

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.tables.table import Table


def report(store: Store, findings: Iterable[Finding] | None, contradictions: Table, format: Format = "markdown") -> str:
    """The report on the release in `store`, as Markdown or as a web page; both need no other file.

    `findings` are what the check found in the data that the release was built from, None if that is not known;
    `contradictions` are the rows of the saved question of that name.
    """
    markdown = fill("report.md.j2", **_gathered(store, contradictions), **_found(findings))
    return web_page(markdown) if format == "html" else markdown


def _found(findings: Iterable[Finding] | None) -> dict[str, Any]:
    if findings is None:
        return {"findings": None, "finding_counts": []}
    listed = sorted(set(findings))
    counts = Counter((finding.severity, finding.rule) for finding in listed)
    return {"findings": listed, "finding_counts": sorted(counts.items())}


def _gathered(store: Store, contradictions: Table) -> dict[str, Any]:
    label = facts.Labels(store)
    kinds = facts.kinds_of_facts(store)
    things = facts.rows(store, "things", **{"class": kinds})
    documents = facts.rows(store, "documents")
    checked = facts.rows(store, "checked")
    covered = coverage(store, label)
    comparable = facts.rows(store, "comparable")
    agreements = facts.rows(store, "agreements")
    checks = facts.by_month((row["day"], row["things"]) for row in checked)
    readings = facts.by_month((row["retrieved"], 1) for row in documents)
    # A fact of two classes, such as an agreement that is a good practice too, is one fact.
    records = {row["thing"]: row["documents"] for row in things if row["class"].value != BIK + "Actor"}

    def by_name(unsorted: Iterable[Row]) -> list[Row]:
        return sorted(unsorted, key=lambda row: (row["country"] is None, label(row["country"])))

    return {
        "label": label,
        "countries": countries_of(store, None),
        "stock": facts.stock(things, kinds),
        "facts_total": len(records),
        "facts_one": sum(number == 1 for number in records.values()),
        "coverage": covered,
        "picture": base64.b64encode(heat_map(covered)).decode(),
        "checked": checks,
        "retrieved": readings,
        "months": [
            [month, checks["months"].get(month, 0), readings["months"].get(month, 0)]
            for month in sorted({*checks["months"], *readings["months"]})
        ],
        "documents": documents,
        "by_country": facts.one_source_by_country(things, kinds, label),
        "contradictions": contradictions,
        "comparable": {
            "two": sum(row["documents"] > 1 for row in comparable),
            "all": len(comparable),
            "countries": len({row["country"] for row in comparable}),
        },
        "discrepancies": by_name(facts.discrepancies(facts.rows(store, "discrepancies"))),
        "unverified": by_name(row for row in documents if row["unverified"] is True),
        "unverified_facts": by_name(facts.named(facts.rows(store, "unverified", **{"class": kinds}), label)),
        "copies": by_name(row for row in documents if row["copy"] is True),
        "agreements": agreements,
        "partial": by_name(row for row in agreements if row["complete"] is False),
        "unlinked": facts.unlinked(facts.rows(store, "bodies"), label),
        "link_sets": ", ".join(
            sorted(
                name.value.removeprefix(f"{GRAPH}links-")
                for name in store.named_graphs()
                if name.value.startswith(f"{GRAPH}links-")
            )
        ),
    }
