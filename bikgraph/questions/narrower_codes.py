"""Types of parameters whose things take in the narrower ones: a class of bodies its kinds, a topic those under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from bikgraph.lookup import instances, solutions
from bikgraph.namespaces import BIK, NOTATION, OWL
from bikgraph.nearest import fold
from bikgraph.query_files import filled, query_text
from bikgraph.questions.parameter_type import ParameterType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Store

    from bikgraph.questions.memory import Memory


class ActorKind(ParameterType):
    """A kind of body: `ngo`, `police`, or all of a class, `public organisation`."""

    name = "actor-kind"
    cls = BIK + "ActorKind"
    code = NOTATION
    takes = "a kind of body, such as ministry, police or NGO, or a class of them, such as public-organisation"
    example = "ministry"
    several_example = "ministry,regulator"

    def coded(self, store: Store, written: str) -> list[NamedNode]:
        """The kinds of the classes under the one that is written by its name: `public organisation`."""
        cls = _class_named(store, written)
        if cls is None:
            return []
        return _found(store, "kinds_under.rq", {"class": [cls], "kindClass": [NamedNode(self.cls)]})


class Topic(ParameterType):
    """What a record is about, with the topics under it: `age-verification`, `illegal-content`."""

    name = "topic"
    cls = BIK + "Topic"
    code = NOTATION
    takes = "a topic, such as age-verification"
    example = "age-verification"
    several_example = "age-verification,minimum-age"

    def resolve(
        self, store: Store, option: str, written: str, memory: Memory | None = None
    ) -> list[NamedNode | Literal]:
        """The topic, and all that are narrower: records are tagged with the narrowest."""
        return [*_found(store, "topics_under.rq", {"broad": super().resolve(store, option, written, memory)})]


def _class_named(store: Store, written: str) -> NamedNode | None:
    wanted = fold(written).replace(" ", "").replace("-", "")
    for cls in instances(store, OWL + "Class"):
        if cls.value.startswith(BIK) and cls.value.removeprefix(BIK).casefold() == wanted:
            return cls
    return None


def _found(store: Store, query: str, bound: Mapping[str, Sequence[NamedNode | Literal]]) -> list[NamedNode]:
    """What the only column of a query of this folder holds, in order of the IRIs."""
    nodes = {row[0] for row in solutions(store, filled(query_text(__file__, query), bound))}
    return sorted((node for node in nodes if isinstance(node, NamedNode)), key=lambda node: node.value)
