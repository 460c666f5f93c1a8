"""The types of parameters: what people write (`BE`, `belgium`, `Belgique`, `4`), and what of the graph it means.

A type is one class here. Its name stands in the headers of questions; the command line's help, the messages about wrong
values, the check of questions and the questions in plain words read what it says of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import instances, subjects, values
from bikgraph.namespaces import BIK, NOTATION, XSD
from bikgraph.questions.narrower_codes import ActorKind, Topic
from bikgraph.questions.parameter_type import TYPES, ParameterType, plain_literal, quoted

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.memory import Memory

__all__ = ["TYPES", "ActorKind", "ParameterType", "Topic", "quoted", "resolve", "resolve_several"]
YEARS = range(1800, 2101)


class Country(ParameterType):
    """A country: `BE`, `Belgique`, `country-be`."""

    name = "country"
    other_names = ("countries",)
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
    takes = "a kind of agreement, such as MoU"
    example = "memorandum-of-understanding"
    several_example = "memorandum-of-understanding,cooperation-agreement"
    mark = "kind"


class PolicyKind(ParameterType):
    """A kind of policy: `law`, `action-plan`."""

    name = "policy-kind"
    cls = BIK + "PolicyKind"
    code = NOTATION
    takes = "a kind of policy, such as law"
    example = "law"
    several_example = "law,strategy"


class CollectionKind(ParameterType):
    """A kind of data collection: `survey`."""

    name = "collection-kind"
    cls = BIK + "CollectionKind"
    code = NOTATION
    takes = "a kind of data collection, such as survey"
    example = "survey"
    several_example = "survey,statistics"


class PracticeKind(ParameterType):
    """A kind of good practice: `campaign`."""

    name = "practice-kind"
    cls = BIK + "PracticeKind"
    code = NOTATION
    takes = "a kind of good practice, such as campaign"
    example = "campaign"
    several_example = "campaign,tool"


class Function(ParameterType):
    """A task that responsibilities are about: `awareness`, `hotline`."""

    name = "function"
    cls = BIK + "Function"
    code = NOTATION
    takes = "a function, such as awareness or hotline"
    example = "awareness"
    several_example = "hotline,helpline"


class Role(ParameterType):
    """A part that a body plays: `coordinator`, `operator`."""

    name = "role"
    cls = BIK + "Role"
    code = NOTATION
    takes = "a role, such as coordinator or operator"
    example = "coordinator"
    several_example = "lead,coordinator"


class Year(ParameterType):
    """A year of the calendar, as a whole number."""

    name = "year"
    takes = "a year, such as 2020"
    example = "2020"
    several_example = "2018-2022"
    offers = BIK + "year"
    mark = "year"
    several_mark = "years"

    def resolve(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """The number."""
        number = written.strip()
        if number.isdecimal() and len(number) <= len(str(YEARS[-1])) and int(number) in YEARS:
            return [Literal(str(int(number)), datatype=NamedNode(XSD + "integer"))]
        raise RequestError(
            f"{quoted(written)} is no year (--{option}). "
            f"Expected a whole number from {YEARS[0]} to {YEARS[-1]}, such as 2020."
        )

    def resolve_several(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """The years of a list or of a span such as `2018-2022`, both ends with it."""
        first, dash, last = written.replace("\u2013", "-").partition("-")
        if not dash or "," in written:
            return super().resolve_several(store, option, written, memory)
        ends = [int(self.resolve(store, option, end)[0].value) for end in (first, last)]
        if ends[0] > ends[1]:
            raise RequestError(
                f"{quoted(written)} (--{option}) ends before it begins. Write the earlier year first: "
                f"--{option} {ends[1]}-{ends[0]}."
            )
        return [Literal(str(year), datatype=NamedNode(XSD + "integer")) for year in range(ends[0], ends[1] + 1)]


class Text(ParameterType):
    """Any text, as a plain literal."""

    name = "text"
    takes = "text"
    example = "hotline"
    several_example = "hotline,helpline"

    def resolve(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """The text as it is written."""
        literal = plain_literal(written)
        if literal is None:
            raise RequestError(f"{quoted(written)} is no text (--{option}): it is not valid UTF-8.")
        return [literal]


def resolve(
    store: Store, name: str, kind: str, written: str, memory: Memory | None = None
) -> list[NamedNode | Literal]:
    """What `written` means for the parameter `name` of type `kind`: several things where a code has several.

    Raises RequestError that lists what is accepted, the nearest first.
    """
    return TYPES[kind].resolve(store, name, written, memory)


def resolve_several(
    store: Store, name: str, kind: str, written: str, memory: Memory | None = None
) -> list[NamedNode | Literal]:
    """The things that a list such as `FR,DE` means, in its order; `all` means every one.

    Raises RequestError as `resolve`, and for an empty list.
    """
    return TYPES[kind].resolve_several(store, name, written, memory)
