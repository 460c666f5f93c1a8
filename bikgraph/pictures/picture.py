"""A picture: drawn when it is saved or shown, and the same each time; and the sizes and kinds of file there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bikgraph.errors import RequestError
from bikgraph.nearest import nearest
from bikgraph.output_file import file_path, write_file
from bikgraph.pictures.canvas import drawn
from bikgraph.pictures.lettering import families, printable

if TYPE_CHECKING:
    import os

    from bikgraph.pictures.canvas import Paint

ENDINGS = (".svg", ".png", ".pdf")
_MOST_OF_A_TITLE = 300


class Size(NamedTuple):
    """The width and height of a picture in inches."""

    width: float
    height: float

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.height > self.width


SIZES = {"slide": Size(13.333, 7.5), "page": Size(8.27, 11.69), "square": Size(10.0, 10.0)}


class Look(NamedTuple):
    """What a user may choose for any picture: a size, a title in place of ours, the language of labels."""

    size: Size | None = None
    title: str | None = None
    language: str = "en"

    def titled(self, ours: str) -> str:
        """The title that the user chose, else `ours`."""
        return ours if self.title is None else self.title


def look(size: str | None = None, title: str | None = None, language: str = "en") -> Look:
    """The look that these words mean; without `size` a picture is as large as what it shows.

    Raises RequestError for an unknown size, or a title of more than 300 letters.
    """
    if size is not None and size not in SIZES:
        near = nearest(size[:60], [*SIZES], 1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise RequestError(f"There is no size {size[:60]!r}.{meant} Sizes: {', '.join(SIZES)}.")
    if title is not None and len(title) > _MOST_OF_A_TITLE:
        raise RequestError(f"A title has at most {_MOST_OF_A_TITLE} letters, and this one has {len(title)}.")
    return Look(SIZES[size] if size else None, title, language)


def check_ending(path: Path) -> None:
    """Raise RequestError if `path` does not end as a picture does."""
    if path.suffix.lower() not in ENDINGS:
        raise RequestError(f"A picture's file ends in .svg, .png or .pdf, and {path.name!r} does not.")


class Picture:
    """A picture that a notebook shows, and that `save` writes to a file."""

    def __init__(
        self,
        paint: Paint,
        *,
        title: str,
        description: str = "",
        style: Mapping[str, Any] | None = None,
        finish: Callable[[str], str] | None = None,
        size: Size | None = None,
    ) -> None:
        """`paint` makes the figure; `title` and `description` are written into the file; `finish` changes an SVG.

        A picture of a `size`, which is made to be printed or shown, has twice as many dots an inch as a PNG.
        """
        self._paint, self._finish, self._dpi = paint, finish, 100 if size is None else 200
        self.title, self.description = printable(title), printable(description)
        self._style = dict(style or {})

    def __repr__(self) -> str:
        return f"<Picture {self.title!r}>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to an `.svg`, `.png` or `.pdf` file.

        Raises RequestError for another ending, or if the disk refuses; what was at `path` before is then unchanged.
        """
        target = file_path(path, "For bytes to write elsewhere: picture.bytes('.svg').")
        check_ending(target)
        content = self.bytes(target.suffix.lower())
        write_file(target, lambda out: out.write(content))

    def bytes(self, ending: str) -> bytes:
        """The picture as the bytes of a file with this ending, one of `ENDINGS`."""
        if ending == ".svg":
            return self.svg().encode()
        if ending == ".png":
            return drawn(self._paint, "png", {"Software": None, "Title": self.title}, self._style, dpi=self._dpi)
        told = {"Creator": "bikgraph, with matplotlib", "Producer": None, "CreationDate": None}
        described = {"Subject": self.description} if self.description else {}
        return drawn(self._paint, "pdf", {**told, "Title": self.title, **described}, self._style)

    def svg(self, *, keeps_text: bool = True) -> str:
        """The picture as an SVG; its words stay text, or become outlines that need no font."""
        told = {"Date": None, "Creator": "bikgraph, with matplotlib", "Title": self.title}
        described = {"Description": self.description} if self.description else {}
        svg = drawn(self._paint, "svg", told | described, self._style, keeps_text=keeps_text).decode()
        svg = families(svg)
        return self._finish(svg) if self._finish else svg

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg()
