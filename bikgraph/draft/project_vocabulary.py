"""The vocabulary that a project's files are written with: its ontology's, and the codes of its countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from bikgraph.errors import DataError
from bikgraph.findings import errors
from bikgraph.reading.data_file import expand, read_file
from bikgraph.reading.records import Completer
from bikgraph.vocabulary.load import load_declarations

if TYPE_CHECKING:
    from bikgraph.project import Project
    from bikgraph.vocabulary import Vocabulary


def project_vocabulary(project: Project) -> Vocabulary:
    """The project's vocabulary with the codes of its countries.

    Raises DataError, with the same findings as a check, if the ontology folder or the list of countries has errors.
    """
    vocabulary = load_declarations(project).vocabulary
    for file in project.data_files():
        if file.path == project.data / "countries.yaml":
            countries = read_file(file, Completer(vocabulary))
            if broken := errors(countries.source.findings):
                raise DataError(broken)
            store = Store()
            store.extend(
                Quad(told.subject, told.predicate, told.object) for told in expand(countries, vocabulary.context)
            )
            vocabulary.add_codes(store)
    return vocabulary
