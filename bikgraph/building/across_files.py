"""What no file shows alone: things named in one file and described in another, in none or in two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bikgraph.building.graph_result import GraphResult
from bikgraph.findings import Finding
from bikgraph.namespaces import BIK, ID, curie
from bikgraph.nearest import did_you_mean
from bikgraph.reading.circles import circle_in_words, circles


def findings_across(results: Sequence[GraphResult], declared: Collection[str]) -> Iterator[Finding]:
    """The findings that need the results of all files; `declared` are the slugs that any of them describes."""
    yield from _unknown(results, declared)
    yield from _twice(results)
    yield from _uncited(results)
    yield from _circles(results)


def _unknown(results: Sequence[GraphResult], declared: Collection[str]) -> Iterator[Finding]:
    for result in results:
        for slug in (*result.foreign, *result.abroad):
            if slug not in declared:
                message = f"Nothing has the slug {slug}.{did_you_mean(slug, declared)}"
                yield Finding(_file(result), 1, 1, "error", "unknown-slug", message, slug)


def _twice(results: Sequence[GraphResult]) -> Iterator[Finding]:
    owners: dict[str, str] = {}
    for result in results:
        if not _file(result):
            continue  # the schemes, which are no data file
        for slug in result.declared:
            if slug in owners:
                message = (
                    f"The slug {slug} is defined in {owners[slug]} too. A thing is defined in one file: "
                    "give this one another id, or remove one of the two."
                )
                yield Finding(_file(result), result.lines.get(slug, 1), 1, "error", "duplicate-record", message, slug)
            owners.setdefault(slug, _file(result))


def _uncited(results: Sequence[GraphResult]) -> Iterator[Finding]:
    cited = {slug for result in results for slug in result.cited}
    for result in results:
        for slug, classes in result.declared.items():
            if _file(result) and BIK + "SourceDocument" in classes and slug not in cited:
                line = result.lines.get(slug, 1)
                message = (
                    f"Nothing cites the source {slug}. Name it where it states a fact (source: {slug}), or remove it."
                )
                yield Finding(_file(result), line, 1, "warning", "uncited-source", message, slug)


def _circles(results: Sequence[GraphResult]) -> Iterator[Finding]:
    """Circles that no file has alone; each stands where the last of its statements does."""
    relations: dict[str, dict[tuple[str, str], tuple[str, int, int]]] = {}
    for result in results:
        for iri, edges in result.edges.items():
            for subject, obj, line, column in edges:
                relations.setdefault(iri, {})[subject, obj] = (_file(result), line, column)
    for iri, places in sorted(relations.items()):
        for circle in circles(sorted(places)):
            if len({places[edge][0] for edge in circle}) > 1:
                closing = max(circle, key=lambda edge: places[edge])
                file, line, column = places[closing]
                others = ", ".join(sorted({places[edge][0] for edge in circle} - {file}))
                message = (
                    f"Here {curie(iri)} leads back to where it began: {circle_in_words(circle, closing)}. "
                    f"Its other statements stand in {others}. Mend one of them."
                )
                yield Finding(file, line, column, "error", "circle", message, closing[1].removeprefix(ID))


def _file(result: GraphResult) -> str:
    return result.info.file if result.info is not None else ""
