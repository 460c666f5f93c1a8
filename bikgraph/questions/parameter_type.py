"""What a parameter of a question takes, whatever its type: how the text that people write becomes terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import instances, is_a, name_of, node_of, triples, values
from bikgraph.namespaces import ID
from bikgraph.nearest import fold, nearest
from bikgraph.questions.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

TYPES: dict[str, ParameterType] = {}
ALL = "all"
_MOST_LISTED = 40
_MOST_QUOTED = 60


class ParameterType:
    """What a parameter of one type takes: if it says nothing else, an instance of a class by slug, IRI or name."""

    name: ClassVar[str] = ""
    """As a question's header has it, and as messages call a thing of this type."""
    other_names: ClassVar[tuple[str, ...]] = ()
    """Other names under which a parameter that is called like its type may be given."""
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
    offers: ClassVar[str] = ""
    """The IRI of the property whose values are offered for a type that takes plain values."""
    several_mark: ClassVar[str] = ""
    """What stands there for a list of several, or for the span between two (`from`, `to`)."""

    def __init_subclass__(cls) -> None:
        if cls.name:
            TYPES[cls.name] = cls()

    def resolve(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """What `written` means for `--option`; several things where a code or number has several.

        `memory` is what was looked up of the store before. Raises RequestError that lists what is accepted, the nearest
        first.
        """
        for candidate in (node_of(written), node_of(f"{ID}{self.name}-{written.lower()}")):
            if candidate is not None and is_a(store, candidate, self.cls):
                return [candidate]
        if coded := self.coded(store, written.strip()):
            return [*coded]
        called = (memory or Memory(store)).named(self.cls, fold(written))
        if called:
            return [*called]
        raise RequestError(f"There is no {self.name} {quoted(written)} (--{option}). {self._hint(store, written)}")

    def resolve_several(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """What a list such as `FR,DE` means, in its order, each thing once; `all` means every one of a class.

        Raises RequestError as `resolve`, and for an empty list.
        """
        if self.cls and written.strip().lower() == ALL:
            return sorted(instances(store, self.cls), key=lambda node: node.value)
        parts = [part.strip() for part in written.split(",") if part.strip()]
        if not parts:
            all_of_them = f", or {ALL}" if self.cls else ""
            raise RequestError(
                f"--{option} takes one or more, joined by commas, such as --{option} {self.several_example}"
                f"{all_of_them}; not {quoted(written)}."
            )
        memory = memory or Memory(store)
        return list(dict.fromkeys(term for part in parts for term in self.resolve(store, option, part, memory)))

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
        return sorted({_slug(thing) for thing in things})

    def offered(self, store: Store) -> list[tuple[str, str]]:
        """What a shell completes: the short forms, each with the name of a thing that it means, in order.

        Of a type of plain values those that the graph has of the property `offers`, if it names one.
        """
        if not self.cls:
            years = {found.value for _, _, found in triples(store, None, self.offers)} if self.offers else ()
            return [(year, "") for year in sorted(years)]
        named: dict[str, str] = {}
        for thing in sorted(instances(store, self.cls), key=lambda node: node.value):
            written = [code.value for code in values(store, thing, self.code)] if self.code else [_slug(thing)]
            for short in written:
                named.setdefault(short, name_of(store, thing))
        return sorted(named.items())

    def _hint(self, store: Store, written: str) -> str:
        accepted = self.accepted(store)
        near = nearest(written[:200], [*Memory(store).names(self.cls), *accepted], 3)
        listed = ", ".join(accepted[:_MOST_LISTED]) + (", …" if len(accepted) > _MOST_LISTED else "")
        offered = f"Did you mean {' or '.join(near)}? " if near else ""
        return f"{offered}{self.accepts}: {listed}."


def _slug(thing: NamedNode) -> str:
    return thing.value.removeprefix(ID)


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
