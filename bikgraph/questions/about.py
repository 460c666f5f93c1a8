"""What an answer is about: its question in words, what it was asked with, and what its columns and codes mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from string import Formatter
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from bikgraph.lookup import instances, name_of, node_of, show, text_of, value, values
from bikgraph.namespaces import BIK, LABEL, NOTATION, RDFS, SKOS
from bikgraph.plain_text import plural
from bikgraph.questions.column_meanings import Meanings, meaning_of
from bikgraph.questions.parameters import TYPES
from bikgraph.tables.about import About, CodeMeaning, ColumnMeaning

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.binding import Bound
    from bikgraph.questions.question import Parameter, Question
    from bikgraph.tables.table import Table

_MOST_NAMED = 8
_SEVERAL = "; "
_SCHEME, _IN_SCHEME = BIK + "answerScheme", NamedNode(SKOS + "inScheme")


def about(store: Store, question: Question, bound: Bound, table: Table, meanings: Callable[[], Meanings]) -> About:
    """What `table`, an answer to `question`, is about, in the table's language; `meanings` reads what columns mean."""
    asked = tuple(_asked(store, question, bound, table.language))

    def columns() -> tuple[ColumnMeaning, ...]:
        declared = meanings()
        told = []
        for column in table.columns:
            meaning = meaning_of(declared, question.name, column)
            codes = tuple(_codes(store, table, column, meaning.codes)) if meaning.codes else ()
            told.append(ColumnMeaning(column, meaning.text, codes))
        return tuple(told)

    return About(in_words(store, question, bound, table.language), asked, columns)


def in_words(store: Store, question: Question, bound: Bound, language: str = "en") -> str:
    """The question as people ask it, with what it was asked with in place of the braces."""
    said = ""
    for before, name, _, _ in Formatter().parse(question.question):
        said += before
        if name is None:
            continue
        parameter = question.parameters[name]
        # The class of kinds that is named before the brace is not named twice.
        anything = "(any)" if said.rstrip().endswith(name) else f"any {name}"
        nothing = f"all {plural(name)}" if parameter.type == "country" else anything
        said += _value(store, parameter, bound, language) or nothing
    return said


def _asked(store: Store, question: Question, bound: Bound, language: str) -> Iterator[tuple[str, str]]:
    for parameter in question.parameters.values():
        named, written = _names(store, parameter, bound, language), bound.given.get(parameter.name)
        if written is None:
            if named:
                yield parameter.name, f"{', '.join(named)} (chosen, for none was named)"
        elif not named or len(named) > _MOST_NAMED or TYPES[parameter.type].cls == "":
            yield parameter.name, written
        else:
            # One number means a pillar of each strategy: it is told with them.
            several = len(named) > 1 + written.count(",")
            yield parameter.name, f"{written} ({', '.join(named)})" if several else ", ".join(named)


def _value(store: Store, parameter: Parameter, bound: Bound, language: str) -> str:
    """What stands for a parameter in the question: the names of what was given or chosen; empty for everything."""
    named, written = _names(store, parameter, bound, language), bound.given.get(parameter.name, "")
    if len(named) > _MOST_NAMED or (written and len(named) > 1 + written.count(",")):
        return f"{parameter.name} {written}"
    return _listed(named)


def _names(store: Store, parameter: Parameter, bound: Bound, language: str) -> list[str]:
    """The names of what a parameter was given, or of what was chosen for it; none for everything."""
    terms = bound.terms.get(parameter.variable, ())
    if TYPES[parameter.type].cls == BIK + "Edition":
        years = (value(store, term, BIK + "year") for term in terms if isinstance(term, NamedNode))
        return [year.value for year in years if year is not None]
    named = (name_of(store, term, language) if isinstance(term, NamedNode) else term.value for term in terms)
    return list(dict.fromkeys(named))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _codes(store: Store, table: Table, column: str, cls: str) -> Iterator[CodeMeaning]:
    """The codes of the class that occur in a column, in their order, each with every meaning that it has there."""
    found = _occurring(table, column)
    by_code: dict[str, list[NamedNode]] = {}
    for node in instances(store, cls):
        for notation in values(store, node, NOTATION):
            by_code.setdefault(notation.value, []).append(node)
    for code in sorted(found):
        nodes = by_code.get(code, [])
        meant = [node for node in nodes if _is_meant(store, node, found[code])] or nodes
        if not nodes and ":" in code and (named := node_of(code)) is not None:
            meant = [named]
        told = {_told(store, node, table.language) for node in meant}
        yield from (CodeMeaning(show(code), *meaning) for meaning in sorted(told) if any(meaning))


def _occurring(table: Table, column: str) -> dict[str, set[NamedNode]]:
    """The codes and IRIs in a column, with the indicators that stand beside each, if the table has those."""
    at = table.columns.index(column)
    beside = table.columns.index("indicator") if "indicator" in table.columns else None
    found: dict[str, set[NamedNode]] = {}
    for row in table.terms:
        if row[at] is None:
            continue
        # Of a node's IRI nothing is divided.
        codes: list[str] = [row[at].value] if isinstance(row[at], NamedNode) else row[at].value.split(_SEVERAL)
        for code in codes:
            found.setdefault(code, set()).update([row[beside]] if beside is not None and row[beside] else [])
    return found


def _is_meant(store: Store, node: NamedNode, indicators: set[NamedNode]) -> bool:
    """Whether one of the indicators admits a code: several questionnaires have a code `yes`."""
    schemes = {scheme for indicator in indicators for scheme in values(store, indicator, _SCHEME)}
    return not indicators or not schemes.isdisjoint(values(store, node, _IN_SCHEME))


def _told(store: Store, node: NamedNode, language: str) -> tuple[str, str]:
    label = text_of(store, node, LABEL, language)
    definition = text_of(store, node, SKOS + "definition", language) or text_of(store, node, RDFS + "comment", language)
    return "" if label is None else label.value, "" if definition is None else definition.value
