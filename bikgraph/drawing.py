"""The drawing methods of the Python API: each gives a `Picture`, or writes it to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    import os
    from typing import Unpack

    from pyoxigraph import Literal, Store

    from bikgraph.pictures import Look, Picture


class Drawn(TypedDict, total=False):
    """What every picture takes: `size` is "slide", "page" or "square", `title` replaces ours, `lang` is of labels."""

    size: str | None
    title: str | None
    lang: str


class Drawing:
    """Pictures of a graph.

    Each method returns the picture, which a notebook shows and whose `save` writes a file; with a `path`, an `.svg`,
    `.png` or `.pdf` file, it is written there. Without a `size`, slide, page (A4) or square, a picture is as large as
    what it shows; with one, what the page has no room for is counted on it.
    """

    store: Store

    def draw_network(
        self,
        country: str,
        path: str | os.PathLike[str] | None = None,
        *,
        edition: str | int | None = None,
        **look: Unpack[Drawn],
    ) -> Picture:
        """Draw a country's bodies and what they are joined to: pillars, functions, agreements, consortia.

        Without `edition`, all that is known is drawn. Raises RequestError if nothing is known there.

        >>> import bikgraph
        >>> bikgraph.open().draw_network("EE", edition=2018)
        <Picture 'Estonia 2018: who does what'>
        """
        from bikgraph.pictures import draw_network

        chosen = _look(path, look)
        return _given(draw_network(self.store, self._country(country), self._edition(edition), chosen), path)

    def draw_bodies(
        self,
        country: str,
        path: str | os.PathLike[str] | None = None,
        *,
        edition: str | int | None = None,
        **look: Unpack[Drawn],
    ) -> Picture:
        """Draw who has which part in which function in a country; without `edition`, all that is known.

        >>> import bikgraph
        >>> bikgraph.open().draw_bodies("CY")
        <Picture 'Cyprus: bodies by function'>
        """
        from bikgraph.pictures import draw_bodies

        chosen = _look(path, look)
        return _given(draw_bodies(self.store, self._country(country), self._edition(edition), chosen), path)

    def draw_timeline(self, country: str, path: str | os.PathLike[str] | None = None, **look: Unpack[Drawn]) -> Picture:
        """Draw a country's laws, other policies and agreements on a line of years.

        >>> import bikgraph
        >>> bikgraph.open().draw_timeline("NO")
        <Picture 'Norway: laws, policies and agreements'>
        """
        from bikgraph.pictures import draw_timeline

        chosen = _look(path, look)
        return _given(draw_timeline(self.store, self._country(country), chosen), path)

    def draw_map(
        self,
        indicator: str,
        path: str | os.PathLike[str] | None = None,
        *,
        edition: str | int | None = None,
        **look: Unpack[Drawn],
    ) -> Picture:
        """Draw who answered what to one question as a map of the 30 countries.

        `indicator` is a code such as `coverage`, a wording or a slug; without `edition`, that which most countries
        answered is drawn, of equals the latest. Raises RequestError for an unknown question, or one that the edition
        does not ask.

        >>> import bikgraph
        >>> bikgraph.open().draw_map("ministries-involved")
        <Picture 'Over how many ministries is policy design spread? (2018)'>
        """
        from bikgraph.pictures import draw_answer_map

        chosen = _look(path, look)
        return _given(draw_answer_map(self.store, self._indicators(indicator), self._edition(edition), chosen), path)

    def draw_ranking(
        self,
        indicator: str,
        path: str | os.PathLike[str] | None = None,
        *,
        edition: str | int | None = None,
        **look: Unpack[Drawn],
    ) -> Picture:
        """Draw the answers to one question in their order, each a bar of the countries that gave it.

        `indicator` and `edition` are as for `draw_map`.

        >>> import bikgraph
        >>> bikgraph.open().draw_ranking("coverage")
        <Picture 'Coverage of BIK+ issues in national policies (2025)'>
        """
        from bikgraph.pictures import draw_ranking

        chosen = _look(path, look)
        return _given(draw_ranking(self.store, self._indicators(indicator), self._edition(edition), chosen), path)

    def draw_matrix(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        edition: str | int | None = None,
        **look: Unpack[Drawn],
    ) -> Picture:
        """Draw all answers of an edition, a question a row, a country a column.

        Without `edition`, that which most countries answered is drawn, of equals the latest.

        >>> import bikgraph
        >>> bikgraph.open().draw_matrix(edition=2024)
        <Picture 'BIK Policy Monitor 2024: who answered what'>
        """
        from bikgraph.pictures import draw_matrix

        chosen = _look(path, look)
        return _given(draw_matrix(self.store, self._edition(edition), chosen), path)

    def _indicators(self, written: str) -> list[NamedNode | Literal]:
        from bikgraph.questions.parameters import resolve

        return resolve(self.store, "indicator", "indicator", str(written))

    def _country(self, written: str) -> NamedNode:
        return self._one("country", written)

    def _edition(self, written: str | int | None) -> NamedNode | None:
        return None if written is None else self._one("edition", str(written))

    def _one(self, kind: str, written: str) -> NamedNode:
        from bikgraph.questions.parameters import resolve

        return next(term for term in resolve(self.store, kind, kind, str(written)) if isinstance(term, NamedNode))


def _look(path: str | os.PathLike[str] | None, chosen: Drawn) -> Look:
    """The look; what is wrong with the path or the look is told before anything is drawn."""
    from bikgraph.output_file import file_path
    from bikgraph.pictures import check_ending, look

    if path is not None:
        check_ending(file_path(path, "Without a path the picture is returned: its bytes('.svg') go anywhere."))
    return look(chosen.get("size"), chosen.get("title"), chosen.get("lang", "en"))


def _given(picture: Picture, path: str | os.PathLike[str] | None) -> Picture:
    if path is not None:
        picture.save(path)
    return picture
