"""Markdown from facts: every value that a template shows is escaped, and tables and links are made by one rule.

A template's words are Markdown; what it fills in is text, unless it is marked as `Markdown`. Labels come from the graph and may hold
any character, so a template cannot forget to escape them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import jinja2

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_START = re.compile(r"^(\d+)([.)])|^([-+=])")


class Markdown(str):
    """Text that is Markdown already, and stays as it is."""

    __slots__ = ()


def text(value: object) -> str:
    r"""A value as Markdown shows it: nothing for None, `Markdown` as it is, all other text escaped and on one line.

    >>> text("a|b *c*\n<d>")
    'a\\|b \\*c\\* \\<d\\>'
    """
    if value is None:
        return ""
    if isinstance(value, Markdown):
        return value
    escaped = _SPECIAL.sub(r"\\\g<0>", " ".join(str(value).split()))
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)


def link(words: object, address: str | None) -> Markdown:
    r"""Words that lead to an address; only the words where there is none, or it is no web address.

    >>> link("EU [site]", "https://europa.eu/a b")
    '[EU \\[site\\]](<https://europa.eu/a%20b>)'
    """
    if not address or not address.startswith(("http://", "https://")):
        return Markdown(text(words))
    return Markdown(f"[{text(words)}](<{quote(address, safe=_ADDRESS)}>)")


# What may stand in an address as it is: reserved characters, and % because addresses are encoded already.
_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"


def table(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Markdown:
    r"""A Markdown table; a column whose values are all numbers, or counts such as "3 of 5", stands to the right.

    >>> print(table(["what", "n"], [["a|b", 3]]))
    | what | n |
    | --- | ---: |
    | a\|b | 3 |
    """
    cells = [[text(value) for value in row] for row in rows]
    marks = ["---:" if cells and all(_NUMBER.match(row[at]) for row in cells) else "---" for at in range(len(heads))]
    lines = [[text(head) for head in heads], marks, *cells]
    return Markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


_NUMBER = re.compile(r"^(\d[\d.]*( of \d+)?( \((\\[<>])?\d+%\))?|no data|)$")


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

    found = jinja2.Environment(
        loader=jinja2.PackageLoader("bikgraph.reports"),
        autoescape=False,  # noqa: S701 - finalize escapes for Markdown; HTML is made by markdown-it, which lets no tags through
        finalize=text,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.globals.update(link=link, table=table, share=share, number=number)
    return found


def fill(template: str | jinja2.Template, **values: Any) -> str:
    """A template, by its name in the package or loaded, filled with `values`."""
    loaded = environment().get_template(template) if isinstance(template, str) else template
    # Blocks that show nothing leave blank lines: Markdown needs one at most.
    return re.sub(r"\n{3,}", "\n\n", loaded.render(**values)).strip() + "\n"
