"""What a table rests on, said beside it: which edition, how many countries, which agreements are known in part.

Unknown is not no: a summary without its base would read as if every country had answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import base_sentence, countries_of, show, values
from bikgraph.namespaces import BIK
from bikgraph.questions.default_edition import EditionHoldings, years_of

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.binding import Bound
    from bikgraph.questions.memory import Memory
    from bikgraph.questions.question import Question
    from bikgraph.tables.table import Table

_COMPLETE, _PARTY = NamedNode(BIK + "partiesComplete"), NamedNode(BIK + "party")
NO_DATA = "no-data"
_MOST_LISTED = 8


def notes(store: Store, question: Question, bound: Bound, table: Table, memory: Memory) -> list[str]:
    """The notes to a table: the edition that was chosen for it, its base, and its incomplete agreements."""
    return [
        *(
            [edition_chosen(store, question, bound, memory)]
            if bound.holdings is not None and bound.holdings.editions
            else []
        ),
        *([_base(store, question.base, bound.terms, table)] if question.base and not _of_one(question, bound) else []),
        *_incomplete(store, table),
    ]


def _of_one(question: Question, bound: Bound) -> bool:
    """Whether one country alone was asked for, which is its own base."""
    return question.base == "country" and len(bound.named(question, "country")) == 1


def edition_chosen(store: Store, question: Question, bound: Bound, memory: Memory) -> str:
    """The sentence that says which edition was chosen, of how many of the countries asked for it has records.

    The edition is the first of `bound.holdings`, which is not empty.
    """
    editions = bound.holdings.editions if bound.holdings is not None else []
    chosen, facts = editions[0], question.facts or "such records"
    asked = bound.named(question, "country")
    total = len(asked) or countries_of(store, None) or 0
    if len(asked) == 1:
        return f"Edition {chosen.year}: the latest in which {memory.name(asked[0])} has {facts}."
    if len(chosen.countries) == total:
        return f"Edition {chosen.year}: the latest in which all {total} countries have {facts}."
    said = (
        f"Edition {chosen.year}: of the {total} countries asked for, {len(chosen.countries)} "
        f"{'has' if len(chosen.countries) == 1 else 'have'} {facts} in it, and in no other edition more have."
    )
    if len(chosen.countries) == 1 and len(asked) > 1:
        said = f"Edition {chosen.year}: no edition has {facts} of two of the countries asked for."
    elsewhere = [
        f"{memory.name(country)} ({_years(editions, country)})" for country in asked if country not in chosen.countries
    ]
    if 0 < len(elsewhere) <= _MOST_LISTED:
        said += f" In other editions: {', '.join(elsewhere)}."
    return said


def _years(editions: Sequence[EditionHoldings], country: NamedNode) -> str:
    return ", ".join(map(str, years_of(editions, country))) or "none"


def _base(store: Store, column: str, bound: Mapping[str, Sequence[NamedNode | Literal]], table: Table) -> str:
    at = table.columns.index(column)
    answer = table.columns.index("answer") if "answer" in table.columns else None
    known = {row[at] for row in table.terms if answer is None or row[answer] is None or row[answer].value != NO_DATA}
    editions = bound.get("editionIri", ())
    edition = next((term for term in editions if isinstance(term, NamedNode)), None) if len(editions) == 1 else None
    asked = bound.get("country", ()) if column == "country" else ()
    total = len(asked) if asked else countries_of(store, edition)
    return base_sentence(
        len(known),
        total,
        f" in the edition of {show(str(edition.value)).removeprefix('edition-')}" if edition is not None else "",
    )


def _incomplete(store: Store, table: Table) -> Iterable[str]:
    if "agreement" not in table.columns or {"parties", "partiesComplete"} & set(table.columns):
        return
    at = table.columns.index("agreement")
    partial = []
    for agreement in sorted({row[at] for row in table.terms if row[at] is not None}, key=str):
        if any(complete.value != "true" for complete in values(store, agreement, _COMPLETE)):
            number = len(values(store, agreement, _PARTY))
            partial.append(f"{show(agreement.value)} (at least {number})")
    if partial:
        yield f"Parties known in part only: {', '.join(partial)}."
