"""The quality report of a release: what there is, what it rests on, and what is not known, in one file.

The facts come from the queries beside this module, the words from a template; the web page is made from the same Markdown.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bikgraph.building.build import check
from bikgraph.findings import Finding
from bikgraph.lookup import countries_of
from bikgraph.namespaces import BIK, GRAPH
from bikgraph.questions.ask import ask
from bikgraph.questions.question import load_question
from bikgraph.reports import facts
from bikgraph.reports.coverage import coverage
from bikgraph.reports.heat_map import heat_map
from bikgraph.reports.web_page import Form, web_page
from bikgraph.tables.markdown import fill

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.project import Project


def report(
    graph_store: Store, project: Project, form: Form = "markdown", *, findings: Sequence[Finding] | None = None
) -> str:
    """The report on the release in `graph_store` of `project`, as Markdown or as a web page; both need no other file.

    The findings are those of a check of the project's files, unless they are given.
    """
    markdown = fill("report.md.j2", **_gathered(graph_store, project, check(project) if findings is None else findings))
    return web_page(markdown) if form == "html" else markdown


def _gathered(store: Store, project: Project, findings: Sequence[Finding]) -> dict[str, Any]:
    label = facts.Labels(store)
    things = facts.rows(store, "things")
    documents = facts.rows(store, "documents")
    checked = facts.rows(store, "checked")
    covered = coverage(store, label)
    contradictions = ask(store, load_question(project.question_files()["contradictions"]), {})
    comparable = facts.rows(store, "comparable")
    agreements = facts.rows(store, "agreements")
    checks = facts.by_month((row["day"], row["things"]) for row in checked)
    readings = facts.by_month((row["retrieved"], 1) for row in documents)
    # A fact of two classes, such as an agreement that is a good practice too, is one fact.
    records = {row["thing"]: row["documents"] for row in things if row["class"].value != BIK + "Actor"}

    def by_name(found: Iterable[facts.Row]) -> list[facts.Row]:
        return sorted(found, key=lambda row: (row["country"] is None, label(row["country"])))

    return {
        "label": label,
        "countries": countries_of(store, None),
        "stock": facts.stock(things),
        "facts_total": len(records),
        "facts_one": sum(known == 1 for known in records.values()),
        "coverage": covered,
        "picture": base64.b64encode(heat_map(covered)).decode(),
        "checked": checks,
        "retrieved": readings,
        "months": [
            [month, checks["months"].get(month, 0), readings["months"].get(month, 0)]
            for month in sorted({*checks["months"], *readings["months"]})
        ],
        "documents": documents,
        "by_country": facts.one_source_by_country(things, label),
        "contradictions": contradictions,
        "comparable": {
            "two": sum(row["documents"] > 1 for row in comparable),
            "all": len(comparable),
            "countries": len({row["country"] for row in comparable}),
        },
        "discrepancies": by_name(facts.discrepancies(facts.rows(store, "discrepancies"))),
        "unverified": by_name(row for row in documents if row["unverified"] is True),
        "unverified_facts": by_name(facts.named(facts.rows(store, "unverified"), label)),
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
        "findings": sorted(set(findings)),
        "finding_counts": sorted(Counter((finding.severity, finding.rule) for finding in set(findings)).items()),
    }
