"""Templates of reports, filled: every value that a template shows is escaped for Markdown, and counts are put in words.

A template's words are Markdown; what it fills in is text, unless it is marked as `Markdown`: so a template cannot
forget to escape a label.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from bikgraph.tables.markdown import link, table, text

if TYPE_CHECKING:
    import jinja2


def share(part: int, whole: int) -> str:
    """A part and its base, with the per cent where the base allows it; only all is 100%, and only none is 0%.

    >>> share(3, 12), share(999, 1000), share(0, 0)
    ('3 of 12 (25%)', '999 of 1000 (>99%)', '0 of 0')
    """
    if not whole:
        return f"{part} of {whole}"
    rounded = f"{100 * part / whole:.0f}"
    sign = {"100": ">99", "0": "<1"}.get(rounded, rounded) if 0 < part < whole else rounded
    return f"{part} of {whole} ({sign}%)"


def number(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> number(1, "country", "countries"), number(2, "source")
    ('1 country', '2 sources')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


@cache
def environment() -> jinja2.Environment:
    """The templates of the package, in which every value is escaped for Markdown."""
    import jinja2

    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("bikgraph.reports"),
        # finalize escapes for Markdown; HTML is made by markdown-it, which lets no tags through.
        autoescape=False,  # noqa: S701
        finalize=text,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.globals.update(link=link, table=table, share=share, number=number)
    return templates


def fill(template: str | jinja2.Template, **values: Any) -> str:
    """A template, by its name in the package or loaded, filled with `values`."""
    loaded = environment().get_template(template) if isinstance(template, str) else template
    # Blocks that show nothing leave blank lines: Markdown needs one at most.
    return re.sub(r"\n{3,}", "\n\n", loaded.render(**values)).strip() + "\n"
