"""Whether a file holds what its name says: the record's id, its country and its edition.

Files, graphs and ids are named by country and edition; a profile `gr-2018.yaml` that said `country: NO` would make
Greek facts Norway's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bikgraph.namespaces import BIK, ID
from bikgraph.places import START
from bikgraph.reading import yaml_source as ys
from bikgraph.reading.field_values import SLUG
from bikgraph.reading.told import Completed
from bikgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from bikgraph.project import DataFile


def check_file_name(file: DataFile, completed: Completed, vocabulary: Vocabulary) -> None:
    """Report where the record at the top of a file is another than the one that the file's name tells."""
    root = completed.source.root
    if root is None:
        return
    row = file.row
    if not SLUG.fullmatch(file.path.stem):
        message = f"Files are named by lower-case words joined by hyphens, such as {row.path}. Rename this one."
        completed.source.report(START, "file-name", message, file.path.name)
        return
    _check_id(file, completed, root)
    if row.is_shared:
        _check_no_country(completed, root)
        return
    code, _, edition = file.path.stem.partition("-")
    country = _notation(completed, vocabulary, "country", "Country") or code
    said_edition = _notation(completed, vocabulary, "edition", "Edition") or edition
    if "<edition>" not in row.pattern:
        # A country may have several files of these kinds: what follows its code is free.
        edition = said_edition = ""
    name = row.name_for(country, said_edition)
    renamed = f"name the file {name} and its id {row.id_word}-{name.removesuffix(row.ending)}"
    named = vocabulary.codes[BIK + "Country"].get(code.upper())
    if named is not None and named.notation.lower() != code:
        named = None  # another code of the country, such as el or uk: files are named by the first
    if country.lower() != code:
        mend = f"Write country: {named.notation}, or {renamed}" if named else f"Mend the country, or {renamed}"
        says = f"This says that the file is about {country}, but its name begins with {code}"
        _report(completed, root, "country", f"{says}. {mend}.")
    elif ys.get(root, "country") is None and row.is_register and named is not None:
        message = (
            "The file has no country, so that what it lists belongs to none. "
            f"Write country: {named.notation} below its id."
        )
        completed.source.report(root, "missing-country", message)
    if said_edition.lower() != edition:
        says = f"This says that the file is about the edition {said_edition}, but its name says {edition or 'none'}"
        mend = f"Write edition: {edition}, or {renamed}" if edition else f"Mend the edition, or {renamed}"
        _report(completed, root, "edition", f"{says}. {mend}.")


def _check_id(file: DataFile, completed: Completed, root: ys.Mapping) -> None:
    identifier = ys.get(root, "id")
    if identifier is None:
        message = f"The file has no id. Write id: {file.expected_id} as its first field, or rename the file."
        completed.source.report(root, "missing-id", message)
    elif identifier.value != file.expected_id:
        message = f"A file of this name holds the record {file.expected_id}. Mend the id, or rename the file."
        completed.source.report(identifier, "file-name", message, ys.shown(identifier))


def _check_no_country(completed: Completed, root: ys.Mapping) -> None:
    """A file that all countries share belongs to none of them; what it lists would become that country's."""
    if ys.get(root, "country") is not None:
        message = (
            "All countries share this file, so it has no country. "
            "Remove the field, or move what is one country's to that country's file."
        )
        _report(completed, root, "country", message)


def _report(completed: Completed, root: ys.Mapping, key: str, message: str) -> None:
    node = ys.get(root, key) or root
    completed.source.report(node, f"other-{key}", message, ys.shown(node))


def _notation(completed: Completed, vocabulary: Vocabulary, key: str, cls: str) -> str:
    """The code, such as GR or 2018, of the country or edition that the top record names; empty without a known one."""
    slug = completed.document.get(key)
    codes = vocabulary.codes[BIK + cls].values()
    return next((code.notation for code in codes if code.iri == f"{ID}{slug}"), "")
