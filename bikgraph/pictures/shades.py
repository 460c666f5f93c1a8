"""The classes of a map, and how each looks: told apart by lightness, and where many by hatching, never by hue alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bikgraph.pictures.canvas import PURPLE

# Face, hatch, colour of the hatch: no answer has a grey or white face, nor one of these hatches.
KINDS: dict[str, tuple[str, str, str]] = {
    "not-answered": ("#FFFFFF", "///", "#4D4D4D"),
    "no-data": ("#C9C9C9", "...", "#262626"),
    "not-covered": ("#FFFFFF", "--", "#A6A6A6"),
    "several": (PURPLE, "xx", "#4A1533"),
}
_HATCHES = ("", "\\\\", "||", "oo", "++", "**", "O", "\\\\||")


class Shade(NamedTuple):
    """One class of the legend.

    Kind is "answer" (ordinal: answers go from dark to light in the order given), "not-answered", "no-data",
    "not-covered" (the country is not in that edition) or "several" (several answers, or contradicting ones).
    """

    key: str
    label: str
    kind: str


class Look(NamedTuple):
    """The colour of a face, and the pattern on it with its colour."""

    face: str
    hatch: str
    ink: str


def completed(shades: Sequence[Shade], values: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    """The key of a shade for each country: that of `values`, and for the rest of `codes` "no-data", else "not-covered".

    Raises ValueError if the shades and values do not fit together.
    """
    kinds = {shade.kind: shade.key for shade in reversed(shades)}
    keys = Counter(shade.key for shade in shades)
    missing = kinds.get("no-data", kinds.get("not-covered"))
    for wrong, text in (
        ({key for key, number in keys.items() if number > 1}, "These shades are given twice"),
        (kinds.keys() - KINDS.keys() - {"answer"}, "These kinds of shade are unknown"),
        (
            set(codes) - values.keys() if missing is None else set(),
            "No shade is of the kind no-data or not-covered, and these countries have no value",
        ),
        (set(values.values()) - keys.keys(), "These values are no shade's key"),
    ):
        if wrong:
            raise ValueError(f"{text}: {', '.join(sorted(wrong))}.")
    return dict.fromkeys(codes, missing or "") | dict(values)


def looks(shades: Sequence[Shade]) -> dict[str, Look]:
    """How each shade is drawn, by key: face, hatch and the hatch's colour."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    answers = [shade.key for shade in shades if shade.kind == "answer"]
    drawn: dict[str, Look] = {}
    for i, key in enumerate(answers):
        # Yellow to blue: lightness alone tells the order, also to colour-blind readers and in grey print.
        place = 0.92 - 0.7 * (i / (len(answers) - 1)) if len(answers) > 1 else 0.75
        drawn[key] = Look(
            to_hex(colormaps["YlGnBu"](place)),
            _HATCHES[i % len(_HATCHES)] if len(answers) > 3 else "",
            "#FFFFFF" if place > 0.55 else "#3F3F3F",
        )
    seen: Counter[str] = Counter()
    for shade in shades:
        if shade.kind != "answer":
            face, hatch, ink = KINDS[shade.kind]
            seen[shade.kind] += 1
            drawn[shade.key] = Look(face, hatch * seen[shade.kind], ink)
    return drawn
