"""Parameters as people write them (`BE`, `belgium`, `Belgique`, `4`) become the things of the graph that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from bikgraph.errors import RequestError
from bikgraph.lookup import names
from bikgraph.namespaces import BIK, ID, NOTATION, RDF_TYPE, XSD, expand
from bikgraph.nearest import fold

if TYPE_CHECKING:
    from pyoxigraph import Store

CLASSES = {
    "country": BIK + "Country",
    "edition": BIK + "Edition",
    "pillar": BIK + "Pillar",
    "actor": BIK + "Actor",
    "indicator": BIK + "Indicator",
    "agreement-kind": BIK + "AgreementKind",
}
YEARS = range(1800, 2101)
_DEFAULT = DefaultGraph()
_SHORT_CODE = NamedNode(BIK + "shortCode")
_TYPE, _NOTATION, _ORDINAL = NamedNode(RDF_TYPE), NamedNode(NOTATION), NamedNode(BIK + "ordinal")
_MOST_LISTED = 40


def resolve_several(store: Store, name: str, kind: str, text: str) -> list[NamedNode | Literal]:
    """The things that a list such as `FR,DE` means, in its order; `all` means every one.

    Raises RequestError as `resolve`, and for fewer than two things.
    """
    texts = (
        accepted(store, kind)
        if text.strip().lower() == "all"
        else [part.strip() for part in text.split(",") if part.strip()]
    )
    found = list(dict.fromkeys(term for part in texts for term in resolve(store, name, kind, part)))
    if len(found) < 2:
        raise RequestError(
            f"--{name} takes two or more, joined by commas, such as --{name} FR,DE, or all; not {text!r}."
        )
    return found


def resolve(store: Store, name: str, kind: str, text: str) -> list[NamedNode | Literal]:
    """What `text` means for the parameter `name` of type `kind`: several things for a pillar's number or an indicator's code.

    Raises RequestError that lists what is accepted, the nearest first.
    """
    if kind == "year":
        if text.strip().isdecimal() and int(text) in YEARS:
            return [Literal(str(int(text)), datatype=NamedNode(XSD + "integer"))]
        raise RequestError(
            f"{text!r} is no year (--{name}). Expected a whole number from {YEARS[0]} to {YEARS[-1]}, such as 2020."
        )
    cls = CLASSES[kind]
    iri = expand(text) or ID + text
    for candidate in (iri, f"{ID}{kind}-{text.lower()}"):
        if " " not in candidate and _is_a(store, candidate, cls):
            return [NamedNode(candidate)]
    if kind == "pillar" and (numbered := _by_ordinal(store, text.strip())):
        return list(numbered)
    if kind == "indicator" and (coded := _by_short_code(store, text.strip())):
        return list(coded)
    wanted = fold(text)
    found = {node for known, node in names(store, cls) if fold(known) == wanted}
    if found:
        return sorted(found, key=lambda node: node.value)
    raise RequestError(f"There is no {kind} {text!r} (--{name}). {_accepted(store, kind, text)}")


def accepted(store: Store, kind: str) -> list[str]:
    """The short forms that a parameter of type `kind` accepts: codes of countries, years, numbers of pillars, else slugs."""
    if kind == "year":
        return []
    cls = CLASSES[kind]
    if kind == "indicator":
        return sorted({quad.object.value for quad in store.quads_for_pattern(None, _SHORT_CODE, None, _DEFAULT)})
    if kind in ("country", "edition", "agreement-kind"):
        nodes = [quad.subject for quad in store.quads_for_pattern(None, _TYPE, NamedNode(cls), _DEFAULT)]
        return sorted(
            {quad.object.value for node in nodes for quad in store.quads_for_pattern(node, _NOTATION, None, _DEFAULT)}
        )
    return sorted({node.value.removeprefix(ID) for _, node in names(store, cls)})


def _is_a(store: Store, iri: str, cls: str) -> bool:
    return next(store.quads_for_pattern(NamedNode(iri), _TYPE, NamedNode(cls), _DEFAULT), None) is not None


def _by_ordinal(store: Store, text: str) -> list[NamedNode]:
    number = text.lower().removeprefix("pillar").strip()
    if not number.isdecimal():
        return []
    pillars = (quad.subject for quad in store.quads_for_pattern(None, _TYPE, NamedNode(CLASSES["pillar"]), _DEFAULT))
    return sorted(
        (
            p
            for p in pillars
            if any(q.object.value == str(int(number)) for q in store.quads_for_pattern(p, _ORDINAL, None, _DEFAULT))
        ),
        key=lambda p: p.value,
    )


def _by_short_code(store: Store, text: str) -> list[NamedNode]:
    """The questions with this code, such as `coverage`: one in each edition that asks it."""
    return sorted(
        (quad.subject for quad in store.quads_for_pattern(None, _SHORT_CODE, Literal(text.lower()), _DEFAULT)),
        key=lambda node: node.value,
    )


def _accepted(store: Store, kind: str, text: str) -> str:
    import difflib

    by_fold = {
        fold(known): known for known in (*(name for name, _ in names(store, CLASSES[kind])), *accepted(store, kind))
    }
    near = difflib.get_close_matches(fold(text), list(by_fold), n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(by_fold[match] for match in near)}? " if near else ""
    values = accepted(store, kind)
    listed = ", ".join(values[:_MOST_LISTED]) + (", …" if len(values) > _MOST_LISTED else "")
    how = {
        "country": "Accepted: a name in any language, or a code",
        "pillar": "Accepted: a number, a title, or a slug",
        "indicator": "Accepted: a code, a wording, or a slug",
    }.get(kind, "Accepted")
    return f"{hint}{how}: {listed}."
