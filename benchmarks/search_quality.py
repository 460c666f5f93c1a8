"""How much of what an analyst means a search finds, and how much of what it shows is meant. Run: python -m
benchmarks.search_quality

Lists of questions stand in tests/search: the thresholds were chosen on the first, on half of the countries; the second
was written for the other half before it was run, and the third after what the second showed was mended. What is meant by a question is told by a pattern over all names (and
texts) of the graph, by kind and by country, not by the index. Precision: of the ten things shown at the most, those that
are meant; recall: of the things meant, ten at the most, those that are shown.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import bikgraph
from benchmarks.figures import Figure, command
from bikgraph.exploring.things import country_of, kind_of
from bikgraph.knowledge_graph import KnowledgeGraph
from bikgraph.lookup import show
from bikgraph.nearest import fold

FOLDER = Path(__file__).parents[1] / "tests" / "search"
LISTS = {"tuned on": "queries_tuned.tsv", "held out": "queries_held_out.tsv", "fresh": "queries_fresh.tsv"}
SHOWN = 10


class Answer(NamedTuple):
    """The slugs that a search shows, best first, and those that are meant."""

    words: str
    shown: list[str]
    meant: set[str]

    @property
    def precision(self) -> float:
        """The share of what is shown that is meant; 1 where nothing is shown."""
        return sum(slug in self.meant for slug in self.shown) / len(self.shown) if self.shown else 1.0

    @property
    def recall(self) -> float:
        """The share of what is meant that is shown, of as much as fits; 1 where nothing is meant."""
        most = min(len(self.meant), SHOWN)
        return sum(slug in self.meant for slug in self.shown) / most if most else 1.0


class Things(NamedTuple):
    """What the graph says of each thing by slug, read without the index: kind, country, folded names, folded texts."""

    kinds: dict[str, str]
    countries: dict[str, str]
    names: dict[str, str]
    texts: dict[str, str]


def things(graph: KnowledgeGraph) -> Things:
    """Every thing that is no term, read from the store."""
    found = Things({}, {}, {}, {})
    rows = graph.sparql(
        "SELECT ?thing ?property ?text { { ?thing bik:topic/rdfs:label ?text . BIND(bik:topic AS ?property) } "
        "UNION { ?thing ?property ?text } FILTER(STRSTARTS(STR(?thing), STR(id:))) "
        "FILTER(?property IN (bik:topic, rdfs:label, skos:altLabel, skos:note, bik:purpose, bik:competence, bik:audience, "
        "dcat:keyword, schema:description, bik:crossBorder)) "
        "FILTER NOT EXISTS { ?thing a bik:Code } FILTER NOT EXISTS { ?thing a bik:Section } "
        "FILTER NOT EXISTS { ?thing a skos:ConceptScheme } } ORDER BY ?thing ?property ?text"
    )
    assert not isinstance(rows, bool | list)
    for thing, relation, text in rows.terms:
        slug = show(thing.value)
        if slug not in found.kinds:
            country = country_of(graph.store, thing)
            found.kinds[slug] = kind_of(graph.store, thing)
            found.countries[slug] = "-" if country is None else country.value
        is_name = relation.value.endswith(("#label", "altLabel"))
        if is_name:
            found.names[slug] = found.names.get(slug, "") + fold(text.value) + "\n"
        found.texts[slug] = found.texts.get(slug, "") + fold(text.value) + "\n"
    return found


def answers(graph: KnowledgeGraph, name: str, known: Things) -> Iterator[Answer]:
    """The answer to each question of a list."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            texts = row["options"] == "texts"
            said = known.texts if texts else known.names
            meant = {
                slug
                for slug, text in said.items()
                if re.search(row["pattern"], text)
                and re.fullmatch(row["country"] or ".*", known.countries[slug])
                and re.fullmatch(row["kind"] or ".*", known.kinds[slug])
            }
            shown = [show(found.thing) for found in graph.find(row["words"], most=SHOWN, texts=texts)]
            yield Answer(row["words"], shown, meant)


def measure(*, smallest: bool) -> Iterator[Figure]:
    """Precision and recall of each list, means over the questions."""
    graph = bikgraph.open()
    known = things(graph)
    for which, name in list(LISTS.items())[: 1 if smallest else None]:
        told = list(answers(graph, name, known))
        precision, recall = (
            sum(values) / len(told) for values in zip(*((a.precision, a.recall) for a in told), strict=True)
        )
        yield Figure(
            f"search, {len(told)} questions {which}: precision, recall", f"{precision:.2f}, {recall:.2f}", "0.8, 0.8"
        )
        if "--each" in sys.argv:
            for answer in told:
                if answer.precision < 1 or answer.recall < 1:
                    print(f"  {answer.words}: {answer.precision:.2f}, {answer.recall:.2f}")
                    print(f"     not meant: {[s for s in answer.shown if s not in answer.meant]}")
                    print(f"     not shown: {sorted(answer.meant - set(answer.shown))[:8]} of {len(answer.meant)}")


if __name__ == "__main__":
    command(measure, __doc__)
