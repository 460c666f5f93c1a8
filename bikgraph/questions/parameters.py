"""The types of parameters: what people write (`BE`, `belgium`, `Belgique`, `4`), and what of the graph it means.

A type is one class here. Its name stands in the headers of questions; the command line's help, the messages about wrong
values, the check of questions and the questions in plain words read what it says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import instances, is_a, names, node_of, subjects, values
from bikgraph.namespaces import BIK, ID, NOTATION, XSD
from bikgraph.nearest import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

YEARS = range(1800, 2101)
TYPES: dict[str, ParameterType] = {}
_MOST_LISTED = 40
_MOST_QUOTED = 60


class ParameterType:
    """What a parameter of one type takes: if it says nothing else, an instance of a class by slug, IRI or name."""

    name: ClassVar[str] = ""
    """As a question's header has it, and as messages call a thing of this type."""
    cls: ClassVar[str] = ""
    """The IRI of the class whose instances it takes; empty for a type that takes plain values."""
    code: ClassVar[str] = ""
    """The IRI of the property that has the codes of its things; empty where slugs are listed."""
    takes: ClassVar[str] = ""
    """What may be written, for the command line's help."""
    accepts: ClassVar[str] = "Accepted"
    """The beginning of the list of accepted values, in the message about a wrong one."""
    example: ClassVar[str] = "…"
    several_example: ClassVar[str] = "…,…"
    mark: ClassVar[str] = ""
    """What stands for it in the phrases of `asks`; empty for a type that questions in plain words do not name."""
    several_mark: ClassVar[str] = ""
    """What stands there for a list of several, or for the span between two (`from`, `to`)."""

    def __init_subclass__(cls) -> None:
        TYPES[cls.name] = cls()

    def resolve(self, store: Store, option: str, written: str) -> list[NamedNode | Literal]:
        """What `written` means for `--option`; several things where a code or number has several.

        Raises RequestError that lists what is accepted, the nearest first.
        """
        for candidate in (node_of(written), node_of(f"{ID}{self.name}-{written.lower()}")):
            if candidate is not None and is_a(store, candidate, self.cls):
                return [candidate]
        if coded := self.coded(store, written.strip()):
            return [*coded]
        wanted = fold(written)
        called = {node for known, node in names(store, self.cls) if fold(known) == wanted}
        if called:
            return sorted(called, key=lambda node: node.value)
        raise RequestError(f"There is no {self.name} {quoted(written)} (--{option}). {self._hint(store, written)}")

    def coded(self, store: Store, written: str) -> Sequence[NamedNode]:
        """The things that a short code of this type alone means, in order of their IRIs."""
        return ()

    def accepted(self, store: Store) -> list[str]:
        """The short forms to list and to complete; empty where everything of a kind is accepted."""
        if not self.cls:
            return []
        things = instances(store, self.cls)
        if self.code:
            return sorted({code.value for thing in things for code in values(store, thing, self.code)})
        return sorted({thing.value.removeprefix(ID) for thing in things})

    def _hint(self, store: Store, written: str) -> str:
        accepted = self.accepted(store)
        near = nearest(written[:200], [*(name for name, _ in names(store, self.cls)), *accepted], 3)
        listed = ", ".join(accepted[:_MOST_LISTED]) + (", …" if len(accepted) > _MOST_LISTED else "")
        offered = f"Did you mean {' or '.join(near)}? " if near else ""
        return f"{offered}{self.accepts}: {listed}."


class Country(ParameterType):
    """A country: `BE`, `Belgique`, `country-be`."""

    name = "country"
    cls = BIK + "Country"
    code = NOTATION
    takes = "a code (BE), a name in any language, or a slug"
    accepts = "Accepted: a name in any language, or a code"
    example = "BE"
    several_example = "FR,DE"
    mark = "country"
    several_mark = "countries"


class Edition(ParameterType):
    """An edition of the maps, by its year."""

    name = "edition"
    cls = BIK + "Edition"
    code = NOTATION
    takes = "a year, such as 2020"
    example = "2020"
    several_example = "2018,2020"
    mark = "edition"
    several_mark = "editions"


class Pillar(ParameterType):
    """A pillar of a strategy: `4` means that of each strategy which numbers its pillars."""

    name = "pillar"
    cls = BIK + "Pillar"
    takes = "a number, a title, or a slug"
    accepts = "Accepted: a number, a title, or a slug"
    example = "4"
    several_example = "1,2"
    mark = "pillar"

    def coded(self, store: Store, written: str) -> list[NamedNode]:
        """The pillars of that number."""
        number = written.lower().removeprefix("pillar").strip()
        # int() refuses thousands of digits.
        if not number.isdecimal() or len(number) > 9:
            return []
        return sorted(
            (
                pillar
                for pillar in instances(store, self.cls)
                if any(ordinal.value == str(int(number)) for ordinal in values(store, pillar, BIK + "ordinal"))
            ),
            key=lambda pillar: pillar.value,
        )


class Actor(ParameterType):
    """An organisation or person."""

    name = "actor"
    cls = BIK + "Actor"
    takes = "a slug, or a name"
    example = "be-child-focus"
    several_example = "be-child-focus,be-star"
    mark = "actor"


class Indicator(ParameterType):
    """An item of a questionnaire: its code means one in each edition that asks it."""

    name = "indicator"
    cls = BIK + "Indicator"
    code = BIK + "shortCode"
    takes = "a code, such as coverage, a slug, or the wording of the question"
    accepts = "Accepted: a code, a wording, or a slug"
    example = "coverage"
    several_example = "coverage,ministries-involved"
    mark = "indicator"

    def coded(self, store: Store, written: str) -> list[NamedNode]:
        """The items with this code."""
        code = plain_literal(written.lower())
        return sorted(subjects(store, self.code, code), key=lambda n: n.value) if code is not None else []


class AgreementKind(ParameterType):
    """A kind of agreement."""

    name = "agreement-kind"
    cls = BIK + "AgreementKind"
    code = NOTATION
    takes = "a kind of agreement"
    example = "memorandum-of-understanding"
    mark = "kind"


class Year(ParameterType):
    """A year of the calendar, as a whole number."""

    name = "year"
    takes = "a year, such as 2020"
    example = "2020"
    several_example = "2018,2020"
    mark = "year"
    several_mark = "years"

    def resolve(self, store: Store, option: str, written: str) -> list[NamedNode | Literal]:
        """The number."""
        number = written.strip()
        if number.isdecimal() and len(number) <= len(str(YEARS[-1])) and int(number) in YEARS:
            return [Literal(str(int(number)), datatype=NamedNode(XSD + "integer"))]
        raise RequestError(
            f"{quoted(written)} is no year (--{option}). "
            f"Expected a whole number from {YEARS[0]} to {YEARS[-1]}, such as 2020."
        )


class Text(ParameterType):
    """Any text, as a plain literal."""

    name = "text"
    takes = "text"
    example = "hotline"
    several_example = "hotline,helpline"

    def resolve(self, store: Store, option: str, written: str) -> list[NamedNode | Literal]:
        """The text as it is written."""
        literal = plain_literal(written)
        if literal is None:
            raise RequestError(f"{quoted(written)} is no text (--{option}): it is not valid UTF-8.")
        return [literal]


def resolve(store: Store, name: str, kind: str, written: str) -> list[NamedNode | Literal]:
    """What `written` means for the parameter `name` of type `kind`: several things where a code has several.

    Raises RequestError that lists what is accepted, the nearest first.
    """
    return TYPES[kind].resolve(store, name, written)


def resolve_several(store: Store, name: str, kind: str, written: str) -> list[NamedNode | Literal]:
    """The things that a list such as `FR,DE` means, in its order; `all` means every one.

    Raises RequestError as `resolve`, and for fewer than two things.
    """
    parameter_type = TYPES[kind]
    everything = parameter_type.accepted(store) if written.strip().lower() == "all" else []
    parts = everything or [part.strip() for part in written.split(",") if part.strip()]
    terms = list(dict.fromkeys(term for part in parts for term in parameter_type.resolve(store, name, part)))
    if len(terms) < 2:
        raise RequestError(
            f"--{name} takes two or more, joined by commas, such as --{name} {parameter_type.several_example}"
            f"{', or all' if parameter_type.cls else ''}; not {quoted(written)}."
        )
    return terms


def plain_literal(written: str) -> Literal | None:
    """A user's text as a plain literal; None for one that is no Unicode (a stray byte of the command line)."""
    try:
        written.encode()
    except UnicodeEncodeError:
        return None
    return Literal(written)


def quoted(written: str) -> str:
    r"""A user's text in quotes for a message: control characters escaped, a long text cut.

    >>> quoted("a\x1b[2J")
    "'a\\x1b[2J'"
    """
    return repr(written if len(written) <= _MOST_QUOTED else written[: _MOST_QUOTED - 1] + "…")
