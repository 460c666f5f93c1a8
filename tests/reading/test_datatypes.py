"""Datatypes: one table for the reader and the schemas; a datatype that is not in it is an error of the ontology."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pyoxigraph import Quad, RdfFormat, Store, parse

from bikgraph.errors import OntologyError
from bikgraph.namespaces import XSD
from bikgraph.places import object_text
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.datatypes import DATATYPES
from bikgraph.reading.records import Completer
from bikgraph.vocabulary.vocabulary import Vocabulary

# As written in YAML; None: refused.
CASES: dict[str, dict[str, Any]] = {
    "string": {
        '"2.2"': "2.2",
        "words": "words",
        "2": None,
        '" x"': None,
        '""': None,
        '"a\\nb"': None,
        '"\\u200b"': None,
    },
    "integer": {"5": 5, "-5": -5, "007": 7, '"5"': None, "5.0": None, "9" * 16: None, "0x1f": None},
    "decimal": {
        '"1.50"': "1.5",
        '"-0.0"': "0",
        '"3"': "3",
        '"+00.5"': "0.5",
        '"-2.25"': "-2.25",
        "3": None,
        '"1e5"': None,
        '"."': None,
    },
    "boolean": {"true": True, "False": False, "no": None, "1": None, '"true"': None},
    "date": {'"2019-11-17"': "2019-11-17", "2019-11-17": "2019-11-17", '"2019-02-30"': None, '"20191117"': None},
    "gYear": {
        '"2019"': "2019",
        '"-0044"': "-0044",
        '"12019"': "12019",
        "2019": None,
        '"99"': None,
        '"02019"': None,
    },
}
EACH = [(name, written, value) for name, cases in CASES.items() for written, value in cases.items()]


def scalar(written: str) -> ys.Scalar:
    """The node of a YAML scalar."""
    node = yaml.compose(written, Loader=ys._CoreLoader)
    assert isinstance(node, ys.Scalar)
    return node


def test_cases_are_complete() -> None:
    """Each datatype of the table is tried."""
    assert {XSD + name for name in CASES} == set(DATATYPES)


@pytest.mark.parametrize(("name", "written", "value"), EACH)
def test_value_is_read_or_refused(name: str, written: str, value: Any) -> None:
    """A value is read as the JSON value that it means, or refused."""
    read = DATATYPES[XSD + name].value(scalar(written))

    assert (None if read is None else read[1]) == value
    assert type(None if read is None else read[1]) is type(value)


@pytest.mark.parametrize(("name", "written", "value"), [case for case in EACH if case[2] is not None])
def test_text_is_what_the_store_keeps(name: str, written: str, value: Any) -> None:
    """The text of a literal is that of JSON-LD's expansion and of Oxigraph's store, which rewrites some."""
    read = DATATYPES[XSD + name].value(scalar(written))
    assert read is not None
    document = {"@context": {"p": {"@id": "http://e/p", "@type": XSD + name}}, "p": read[1]}
    (quad,) = parse(json.dumps(document).encode(), RdfFormat.JSON_LD)
    store = Store()
    store.add(Quad(*quad.triple))
    (kept,) = store

    assert {object_text(term) for term in (quad.object, kept.object)} == {read[0]}
    assert quad.object.datatype.value == XSD + name


@pytest.mark.parametrize(("name", "written", "value"), EACH)
def test_schema_judges_as_the_reader_does(name: str, written: str, value: Any) -> None:
    """The JSON Schema of a datatype accepts what the reader accepts, and little more: what no schema can tell."""
    beyond = {("string", '"\\u200b"'), ("integer", "9" * 16), ("integer", "0x1f")}
    node = scalar(written)
    native: Any = node.value
    if ys.is_boolean(node):
        native = node.value.lower() == "true"
    elif ys.is_integer(node):
        native = int(node.value, 16 if "x" in node.value else 10)
    elif node.tag.endswith("float"):
        native = (
            float(node.value) + 0.5
        )  # JSON Schema takes 5.0 for a whole number; a data file may have no decimal at all
    schema = DATATYPES[XSD + name].schema
    is_valid = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER).is_valid(native)

    assert is_valid == (value is not None or (name, written) in beyond)


def vocabulary(datatype: str) -> Vocabulary:
    """A vocabulary with one term, of this datatype."""
    return Vocabulary({"xsd": XSD, "length": {"@id": "http://example.org/length", "@type": datatype}}, [], [])


@pytest.mark.parametrize("datatype", ["xsd:duration", "xsd:gyear", "rdf:JSON"])
def test_unknown_datatype_is_an_error_of_the_ontology(datatype: str) -> None:
    """It names the term of the context, the datatype, and those that are read; a near one is offered."""
    with pytest.raises(OntologyError) as caught:
        Completer(vocabulary(datatype))

    assert "the term length" in str(caught.value)
    assert f"the datatype {datatype}, which is not read" in str(caught.value)
    assert "xsd:string, xsd:integer, xsd:decimal, xsd:boolean, xsd:date, xsd:gYear" in str(caught.value)
    assert ("Did you mean xsd:gYear?" in str(caught.value)) == (datatype == "xsd:gyear")


@pytest.mark.parametrize("datatype", ["xsd:gYear", "xsd:decimal"])
def test_known_datatype_is_read(datatype: str) -> None:
    """A datatype of the table needs nothing but its line in the context."""
    assert Completer(vocabulary(datatype)).vocabulary.terms["length"].datatype == XSD + datatype[4:]
