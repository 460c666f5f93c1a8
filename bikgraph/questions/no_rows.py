"""Why a question has no rows: what was looked at, where there are rows, whether the graph has such facts at all.

Silence would read as a no. Each sentence is found by asking the graph again; the last gives a command to go on with.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.lookup import name_of, solutions, text
from bikgraph.namespaces import NOTATION
from bikgraph.query_files import filled, query_text
from bikgraph.questions.binding import Bound
from bikgraph.questions.default_edition import holdings, years_of
from bikgraph.questions.memory import Memory
from bikgraph.questions.rows import rows_for, run

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

FindQuestion = Callable[[str], "Question | None"]
# So few countries are named, of more the number is given.
_FEW = 3


def why_none(
    store: Store, question: Question, bound: Bound, memory: Memory, find: FindQuestion, language: str = "en"
) -> list[str]:
    """The sentences that explain an answer without rows; `find` gives another question by its name, if there is one."""
    countries = bound.named(question, "country")
    return [
        _looked_at(store, question, bound, countries, language),
        *_without_a_filter(store, question, bound, memory),
        *_in_other_editions(store, question, bound, memory),
        *_editions_of(store, question, countries, memory, language),
        *_such_facts(store, question, countries, memory, language),
        *_instead(store, question, countries, memory, find, language),
    ]


def _looked_at(store: Store, question: Question, bound: Bound, countries: Sequence[NamedNode], language: str) -> str:
    looked = []
    if "country" in question.parameters:
        looked.append(_named(store, countries, language) if countries else "all countries")
    if bound.holdings is not None:
        chosen = bound.holdings.editions
        none = f"pages beside the policy map (none of its editions has {question.facts or 'records'} that fit)"
        looked.append(f"edition {chosen[0].year}, which was chosen" if chosen else none)
    elif "edition" in question.parameters and "edition" not in bound.given:
        looked.append("every edition and page")
    looked += [f"--{name} {value}" for name, value in bound.given.items() if name != "country"]
    return f"No rows. Looked at: {', '.join(looked) or 'the whole graph'}."


def _without_a_filter(store: Store, question: Question, bound: Bound, memory: Memory) -> Iterator[str]:
    """For each parameter but the country, how many rows there are without it."""
    for name in bound.given:
        if name == "country" or question.parameters[name].required:
            continue
        given = {key: value for key, value in bound.given.items() if key != name}
        number = len(rows_for(store, question, given, memory))
        if number:
            rows = "is 1 row" if number == 1 else f"are {number} rows"
            yield f"Without --{name} there {rows}: {question.command(given)}"


def _in_other_editions(store: Store, question: Question, bound: Bound, memory: Memory) -> Iterator[str]:
    if bound.holdings is None or "edition" not in question.columns:
        return
    variable = question.parameters["edition"].variable
    terms = {name: found for name, found in bound.terms.items() if name != variable}
    table = run(store, question, Bound(terms, bound.given), question.columns, "en", memory=memory)
    at = question.columns.index("edition")
    years = sorted({row[at].value for row in table.terms if row[at] is not None})
    if years:
        command = question.command({**bound.given, "edition": years[-1]})
        yield f"Rows in other editions: {', '.join(years)}. Ask for one: {command}"


def _editions_of(
    store: Store, question: Question, countries: Sequence[NamedNode], memory: Memory, language: str
) -> Iterator[str]:
    """In which editions there are records of the countries, where the question asks for an edition."""
    asks_edition = any(parameter.type == "edition" for parameter in question.parameters.values())
    if asks_edition and question.facts and 0 < len(countries) <= _FEW:
        editions = holdings(store, question.about, memory=memory).editions
        for country in countries:
            if years := years_of(editions, country):
                listed = ", ".join(map(str, years))
                yield f"Editions with {question.facts} of {name_of(store, country, language)}: {listed}."


def _such_facts(
    store: Store, question: Question, countries: Sequence[NamedNode], memory: Memory, language: str
) -> Iterator[str]:
    """Of which countries the graph has records of the class asked for."""
    facts = question.facts
    if not facts or not question.country_column:
        return
    having = _records(store, question.about, memory)
    lacking = [country for country in countries if country not in having]
    if not having:
        yield f"The graph has no {facts} of any country."
    elif not countries:
        yield f"The graph holds {facts} of {len(having)} countries, but none of those that are asked for."
    elif lacking:
        editions = holdings(store, question.about, memory=memory).editions

        def with_years(country: NamedNode) -> str:
            years = " ".join(map(str, years_of(editions, country)))
            return f"{name_of(store, country, language)} {years}".strip()

        if len(having) <= _FEW:
            has = "has" if len(having) == 1 else "have"
            yield f"Only {' and '.join(map(with_years, sorted(having, key=str)))} {has} {facts} in the graph."
        else:
            yield f"The graph holds {facts} of {len(having)} countries, and none of {_named(store, lacking, language)}."
    else:
        why = f" {question.fewer}" if question.fewer else ""
        yield (
            f"Of {_named(store, countries, language)} the graph has {facts}, but none of those that are asked for.{why}"
        )


def _instead(
    store: Store,
    question: Question,
    countries: Sequence[NamedNode],
    memory: Memory,
    find: FindQuestion,
    language: str,
) -> Iterator[str]:
    """What else the graph holds of the countries asked for, with the command that asks for it."""
    if not countries:
        return
    codes = ",".join(text(store, country, NOTATION) for country in countries)
    held: list[tuple[str, str]] = []
    for entry in question.instead:
        name, *options = shlex.split(entry)
        other = find(name)
        if other is None:
            continue
        given = {
            "country": codes,
            **dict(zip((o.removeprefix("--") for o in options[::2]), options[1::2], strict=True)),
        }
        if options:
            number = len(rows_for(store, other, given, memory))
        else:
            number = sum(n for country, n in _records(store, other.about, memory).items() if country in countries)
        if number:
            with_options = f" ({' '.join(options)})" if options else ""
            held.append((f"{number} {other.facts}{with_options}", other.command(given)))
    if held:
        what = " and ".join(said for said, _ in held)
        yield f"Of {_named(store, countries, language)} the graph holds {what}: {held[0][1]}"


def _records(store: Store, cls: str, memory: Memory) -> dict[NamedNode, int]:
    """How many records of a class each country has; those without any are left out."""
    if cls not in memory.records:
        rows = solutions(store, filled(query_text(__file__, "records_by_country.rq"), {"class": [NamedNode(cls)]}))
        memory.records[cls] = {row["country"]: int(row["number"].value) for row in rows}
    return memory.records[cls]


def _named(store: Store, countries: Sequence[NamedNode], language: str) -> str:
    if len(countries) > _FEW:
        return f"{len(countries)} countries"
    return " and ".join(name_of(store, country, language) for country in countries)
