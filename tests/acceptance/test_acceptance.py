"""Every fact of Belgium's profile is in the released graph, with the section of the source that states it.

`acceptance/belgium-2020-facts.tsv` lists the facts; `acceptance/facts/<id>.rq` asks for each, and its header holds the
rows expected: IRIs of entities as their slugs, other IRIs in full, literals by their text, nothing as an empty text.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode, QuerySolutions, Store

from bikgraph.lookup import Term

ACCEPTANCE = Path(__file__).parent
ID = "https://w3id.org/bikgraph/id/"


def _facts() -> dict[str, str]:
    with (ACCEPTANCE / "belgium-2020-facts.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["fact"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


FACTS = _facts()


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value.removeprefix(ID) if isinstance(term, NamedNode) else term.value


def test_facts_complete() -> None:
    """All 56 facts are listed, and no query stands without a fact."""
    queries = {path.stem for path in (ACCEPTANCE / "facts").glob("*.rq")}

    assert [f"F{number:02}" for number in range(1, 57)] == list(FACTS)
    assert set() == queries - set(FACTS)


@pytest.mark.parametrize("fact", FACTS)
def test_fact(fact: str, store: Store) -> None:
    """The fact's query gives exactly the rows that its header lists."""
    path = ACCEPTANCE / "facts" / f"{fact}.rq"
    assert path.is_file(), f"{fact} has no query: {FACTS[fact]}"
    query = path.read_text("utf-8")
    header = yaml.safe_load(
        "\n".join(line[2:].removeprefix(" ") for line in query.splitlines() if line.startswith("#+"))
    )
    assert {"fact", "expect"} == set(header)
    assert fact == header["fact"]
    assert header["expect"], "A fact expects at least one row."
    assert all(isinstance(cell, str) for row in header["expect"] for cell in row), (
        "Write each cell as text: quote numbers, true and false."
    )
    expected = {tuple(row) for row in header["expect"]}

    answered = store.query(query)  # without prefixes of ours: the text stands alone
    assert isinstance(answered, QuerySolutions)
    assert expected == {tuple(_cell(term) for term in row) for row in answered}, FACTS[fact]
