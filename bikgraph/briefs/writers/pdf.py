"""A brief as PDF, set by Typst: tagged for readers who do not see it (PDF/UA-1), the same bytes for the same brief."""

from __future__ import annotations

import datetime
import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bikgraph.briefs import words
from bikgraph.pictures.lettering import east_asian_font

if TYPE_CHECKING:
    from bikgraph.briefs.content import Brief


def write(brief: Brief) -> bytes:
    """The whole file; texts reach Typst as data, so that none of them is read as markup."""
    import typst

    with tempfile.TemporaryDirectory(prefix="bikgraph-brief-") as folder:
        root = Path(folder)
        (root / "brief.typ").write_bytes(files("bikgraph.briefs").joinpath("templates", "brief.typ").read_bytes())
        if brief.picture is not None:
            (root / "network.png").write_bytes(brief.picture.image)
        data: Any = typst.compile(
            root / "brief.typ",
            format="pdf",
            font_paths=_font_folders(),
            # The fonts of this machine would make other lines than those of the next.
            ignore_system_fonts=True,
            sys_inputs={"brief": json.dumps(_data(brief))},
            pdf_standards="ua-1",
            timestamp=_moment(brief.day),
        )
    return bytes(data)


def _data(brief: Brief) -> dict[str, Any]:
    """The brief as JSON has it."""
    picture = brief.picture
    return {
        "title": brief.title,
        "lead": brief.lead,
        "address": brief.address,
        "footer": words.footer(brief),
        "sources_lead": words.sources_lead(brief),
        "parts": [
            {
                "title": part.title,
                "lead": part.lead,
                "heads": part.heads,
                "widths": part.widths,
                "rest": part.rest(),
                "more": part.more,
                "rows": [
                    [[{"text": item.text, "notes": brief.notes(item)} for item in cell] for cell in row.cells]
                    for row in part.rows()
                ],
            }
            for part in brief.parts
        ],
        "sources": [
            {
                "number": source.number,
                "before": words.source_words(source)[0],
                "address": source.address,
                "is_web": words.is_web(source.address),
                "behind": words.source_words(source)[1],
            }
            for source in brief.sources
        ],
        "picture": "network.png" if picture is not None else None,
        "alternative": picture.alternative if picture is not None else "",
        "caption": picture.title if picture is not None else "",
        "no_picture": brief.no_picture,
    }


def _font_folders() -> list[Path]:
    """Typst brings Libertinus Serif; DejaVu, which matplotlib brings, and Noto Sans CJK have the letters it lacks."""
    from matplotlib import get_data_path

    folders = [Path(get_data_path(), "fonts", "ttf")]
    east_asian = east_asian_font()
    return [*folders, east_asian.parent] if east_asian is not None else folders


def _moment(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(day or "2000-01-01").replace(tzinfo=datetime.UTC)
