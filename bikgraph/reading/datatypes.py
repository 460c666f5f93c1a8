"""The datatypes that fields may have: how a value is written in YAML, and what it is in JSON-LD and in a JSON Schema.

A new datatype is a new row of `DATATYPES`. The reader, and the schemas for editors, know no other place.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bikgraph.errors import OntologyError
from bikgraph.namespaces import XSD, curie
from bikgraph.nearest import did_you_mean
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.characters import is_blank
from bikgraph.vocabulary import Term

# A gYear has four digits, or more without a leading zero; longer ones than this are no year of anybody's.
_YEAR = re.compile(r"-?(?:[1-9][0-9]{3,8}|0[0-9]{3})")
_INTEGER = re.compile(r"-?[0-9]{1,15}")  # longer ones become doubles in JSON-LD
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
# No white space at either end, and all on one line.
_TRIMMED = r"^\S(?:[^\t\n]*\S)?$"


@dataclass(frozen=True)
class Datatype:
    """One datatype. `accepts` judges a YAML scalar, `read` gives the JSON value of an accepted one's text.

    `wanted` says in messages how a value is written, with an example; `schema` is that form's JSON Schema. The text of
    the literal is the JSON value's, in the form that Oxigraph's store keeps.
    """

    wanted: str
    accepts: Callable[[ys.Scalar], bool]
    schema: dict[str, Any]
    read: Callable[[str], Any] = field(default=str)

    def value(self, node: ys.Scalar) -> tuple[str, Any] | None:
        """The literal's text and JSON value of a scalar; None if it is not written as the datatype wants it."""
        if not self.accepts(node):
            return None
        value = self.read(node.value)
        return value if isinstance(value, str) else json.dumps(value), value


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_trimmed(text: str) -> bool:
    return text.strip() == text and not is_blank(text) and not set("\t\n").intersection(text)


def _decimal(text: str) -> str:
    """A decimal in canonical form: Oxigraph's store keeps `1.50` as `1.5`, and the text told has to be the one kept."""
    whole, _, fraction = text.removeprefix("+").partition(".")
    sign = "-" if whole.startswith("-") else ""
    number = (whole.removeprefix("-").lstrip("0") or "0") + ("." + fraction).rstrip("0").rstrip(".")
    return number if number == "0" else sign + number


DATATYPES: dict[str, Datatype] = {
    XSD + "string": Datatype(
        'text in quotes, such as "2.2"',
        lambda node: ys.is_text(node) and _is_trimmed(node.value),
        {"type": "string", "pattern": _TRIMMED},
    ),
    XSD + "integer": Datatype(
        "a whole number without quotes",
        lambda node: ys.is_integer(node) and _INTEGER.fullmatch(node.value) is not None,
        {"type": "integer"},
        int,
    ),
    XSD + "decimal": Datatype(
        'a decimal number in quotes, such as "2.5"',
        lambda node: ys.is_text(node) and _DECIMAL.fullmatch(node.value) is not None,
        {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"},
        _decimal,
    ),
    XSD + "boolean": Datatype("true or false", ys.is_boolean, {"type": "boolean"}, lambda text: text.lower() == "true"),
    XSD + "date": Datatype(
        'a date in quotes, such as "2019-11-17"',
        lambda node: ys.is_text(node) and _is_date(node.value),
        {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    ),
    XSD + "gYear": Datatype(
        'a year in quotes, such as "2019"',
        lambda node: ys.is_text(node) and _YEAR.fullmatch(node.value) is not None,
        {"type": "string", "pattern": f"^(?:{_YEAR.pattern})$"},
    ),
}


def datatype_of(term: Term) -> Datatype:
    """The datatype of a term of the context; a term without one holds text. Raises OntologyError for an unknown one."""
    iri = term.datatype or XSD + "string"
    if iri not in DATATYPES:
        known = [curie(datatype) for datatype in DATATYPES]
        raise OntologyError(
            f"ontology/context.jsonld gives the term {term.key} the datatype {curie(iri)}, which is not read."
            f"{did_you_mean(curie(iri), known)} Known datatypes: {', '.join(known)}. "
            "Take one of them, or remove the term."
        )
    return DATATYPES[iri]


def check_datatypes(terms: Iterable[Term]) -> None:
    """Raise OntologyError if a term of the context has a datatype that is not read."""
    for term in terms:
        if not term.is_reference and not term.is_language_map:
            datatype_of(term)
