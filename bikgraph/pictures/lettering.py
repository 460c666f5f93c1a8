"""How words are drawn: the fonts for each script, lines that fit, and the direction in which they are read.

DejaVu Sans, which comes with matplotlib, has Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian letters; the
optional package of `bikgraph[fonts]` adds Chinese, Japanese and Korean. matplotlib (from 3.11) joins Arabic letters and
orders lines that are read from right to left. Fonts of the system are not looked for: a picture is alike everywhere.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from functools import cache
from importlib.util import find_spec
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

FAMILY = "DejaVu Sans"
EAST_ASIAN = "Noto Sans CJK SC"
# matplotlib's font with a box for every character: where words stay text it only measures them, alike on all machines.
_BOXES = "Last Resort High-Efficiency"
_EAST_ASIAN_PACKAGE, _EAST_ASIAN_FILE, _EAST_ASIAN_FACE = "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc", 2
# The first words of Unicode's names of characters, where they do not name the script.
_SCRIPTS = {
    **dict.fromkeys(("CJK", "IDEOGRAPHIC", "FULLWIDTH", "KANGXI", "BOPOMOFO"), "Chinese"),
    **dict.fromkeys(("HIRAGANA", "KATAKANA", "HALFWIDTH", "KATAKANA-HIRAGANA"), "Japanese"),
    "HANGUL": "Korean",
}
# Line ends, marks of direction, joiners and variation selectors.
_INVISIBLE = re.compile(
    "[\n\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# Kinds of characters that no line begins with (closing brackets and quotation marks, other punctuation), or ends with.
_CLOSING, _OPENING = {"Pe", "Pf", "Po"}, {"Ps", "Pi"}
_ISOLATE, _RIGHT_TO_LEFT, _END, _LEFT_MARK = "\u2068", "\u2067", "\u2069", "\u200e"


class Lettering:
    """The words of one picture: each gets the font that has its letters, and what no font has is replaced and told.

    With `keeps_text`, words stay text, as in an .svg: whoever shows it has the fonts, and nothing is replaced.
    """

    def __init__(self, *, keeps_text: bool) -> None:
        """Start with nothing missing."""
        self._keeps_text = keeps_text
        self._missing: set[str] = set()

    def legible(self, text: str, instead: str = "") -> str:
        """The text if a font has its letters, else `instead`, else the text with `[Thai]` in place of such letters."""
        clean = printable(text)
        lacking = set() if self._keeps_text else _lacking(clean)
        if not lacking:
            return clean
        self._missing |= {_script(letter) for letter in lacking}
        if instead and not _lacking(instead):
            return instead
        runs = groupby(clean, lambda letter: _script(letter) if letter in lacking else "")
        return "".join(f"[{script}]" if script else "".join(letters) for script, letters in runs)

    @property
    def note(self) -> str:
        """One line for the foot of the picture that tells what `legible` had to replace; empty if nothing."""
        if not self._missing:
            return ""
        mend = " For Chinese, Japanese and Korean: pip install 'bikgraph[fonts]'." if east_asian_font() is None else ""
        return f"No font here has letters of: {', '.join(sorted(self._missing))}.{mend}"

    def font(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> FontProperties:
        """The fonts for a text: upright or thin where the slanted or bold letters do not have its script."""
        from matplotlib.font_manager import FontProperties

        letters = _visible(text)
        families = [FAMILY]
        if letters <= _letters(dejavu()):
            looks = ((bold, italic), (bold, False), (False, False))
            bold, italic = next(look for look in looks if letters <= _letters(dejavu(*look)))
        else:
            bold = italic = False
            families += [_BOXES] if self._keeps_text or not _east_asian() else [EAST_ASIAN]
        return FontProperties(
            family=families,
            size=size,
            style="italic" if italic else "normal",
            weight="bold" if bold else "normal",
            variant="normal",
            stretch="normal",
        )

    def write(
        self,
        axes: Axes,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        bold: bool = False,
        italic: bool = False,
        **style: Any,
    ) -> None:
        """Write one line; `$` in it is a dollar."""
        font = self.font(text, size, bold=bold, italic=italic)
        axes.text(x, y, text, fontproperties=font, parse_math=False, **style)


def families(svg: str) -> str:
    """An SVG whose words name the fonts that a viewer is to look for, not the one that only measured them."""
    named = re.sub(rf"(?<=[; \"]font-family: '{FAMILY}'), '{_BOXES}'", f", '{EAST_ASIAN}'", svg)
    return re.sub(rf"(?<=[; \"]font-family: '{FAMILY}')(, '{EAST_ASIAN}')?(?=[;\"])", r"\1, sans-serif", named)


def printable(text: str) -> str:
    """The text without what no picture can hold: control characters are spaces, what is no character a mark for it."""
    kinds = {"Cc": " ", "Zl": " ", "Zp": " ", "Cs": "\ufffd"}
    return "".join(
        "\ufffd" if ord(letter) & 0xFFFE == 0xFFFE else kinds.get(unicodedata.category(letter), letter)
        for letter in text
    )


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of `width` letters; Chinese ones count twice and may be parted anywhere."""
    lines = _wrap_wide(text, width) if any(map(_is_wide, text)) else textwrap.wrap(text, width)
    return [_directed(line, is_right_to_left=_reads_right_to_left(text)) for line in lines]


def shorten(text: str, width: int) -> str:
    """The text in one line, with an ellipsis if it has more than `width` letters."""
    lines = wrap(text, width)
    if len(lines) < 2:
        return "".join(lines)
    kept = re.sub(f"[{_RIGHT_TO_LEFT}{_END}]", "", wrap(text, width - 2)[0])
    return _directed(f"{kept} …", is_right_to_left=_reads_right_to_left(text))


def isolate(text: str) -> str:
    """A name for use within a sentence, which keeps its own direction if that is from right to left."""
    return f"{_ISOLATE}{text}{_END}" if _has_right_to_left(text) else text


def east_asian_font() -> Path | None:
    """The file of the font for Chinese, Japanese and Korean; None unless `bikgraph[fonts]` is installed."""
    package = find_spec(_EAST_ASIAN_PACKAGE)
    folders = [] if package is None else package.submodule_search_locations or []
    return next((file for folder in folders if (file := Path(folder, _EAST_ASIAN_FILE)).is_file()), None)


def _east_asian() -> frozenset[int]:
    """The characters of the font for Chinese; matplotlib's list of fonts gets it, if it has it not yet."""
    from matplotlib.font_manager import fontManager

    file = east_asian_font()
    if file is None:
        return frozenset()
    if all(entry.fname != str(file) for entry in fontManager.ttflist):
        fontManager.addfont(file)
    return _letters(file, _EAST_ASIAN_FACE)


@cache
def _letters(file: Path, face: int = 0) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(file), face_index=face).get_charmap())


@cache
def dejavu(bold: bool = False, italic: bool = False) -> Path:
    """The file of the font that comes with matplotlib."""
    import matplotlib as mpl

    style = ("Bold" if bold else "") + ("Oblique" if italic else "")
    return Path(mpl.get_data_path(), "fonts", "ttf", f"DejaVuSans{'-' if style else ''}{style}.ttf")


def _lacking(text: str) -> set[str]:
    """The letters of a text that no font here has."""
    others = _visible(text) - _letters(dejavu())
    return {chr(letter) for letter in others and others - _east_asian()}


def _visible(text: str) -> frozenset[int]:
    """The code points of a text but for those that only tell how their neighbours are drawn."""
    return frozenset(map(ord, _INVISIBLE.sub("", text)))


def _script(letter: str) -> str:
    if unicodedata.category(letter).startswith("S"):
        return "symbols"
    first = unicodedata.name(letter, f"U+{ord(letter):04X}").split(" ")[0]
    return _SCRIPTS.get(first, first.title())


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _wrap_wide(text: str, width: int) -> list[str]:
    """As `textwrap.wrap`, with letters that are two wide and may begin a line, except for closing punctuation."""
    pieces = [""]
    for before, letter in pairwise(f" {text}"):
        joins = letter.isspace() or unicodedata.category(letter) in _CLOSING or unicodedata.category(before) in _OPENING
        # A full piece is parted before punctuation too, for nothing else would part what follows.
        is_full = len(pieces[-1]) >= width and not letter.isspace()
        may_part = before.isspace() or _is_wide(before) or _is_wide(letter)
        pieces += [""] if is_full or (may_part and not joins) else []
        pieces[-1] += letter
    lines = [""]
    for piece in pieces:
        if sum(1 + _is_wide(letter) for letter in (lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _has_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def _reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction, outside of isolated names, is one of Hebrew, Arabic or the like."""
    depth = 0
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        depth += (direction in {"FSI", "LRI", "RLI"}) - (direction == "PDI" and depth > 0)
        if depth == 0 and direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _directed(line: str, *, is_right_to_left: bool) -> str:
    """A line with the direction of its text: by itself, matplotlib goes by its first letter, browsers from the left."""
    if not _has_right_to_left(line):
        return line
    if is_right_to_left:
        return f"{_RIGHT_TO_LEFT}{line}{_END}"
    return _LEFT_MARK + line if _reads_right_to_left(line) else line
