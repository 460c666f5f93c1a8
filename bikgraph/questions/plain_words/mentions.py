"""What a question in plain words names: countries, years, pillars, actors, indicators and kinds of agreements.

Names come from the graph's labels in all its languages, with codes, demonyms and other names; typing errors are
forgiven by rapidfuzz. What is found is replaced by a mark, so that the words that are left tell which question is
asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bikgraph.lookup import instances, names, names_of, text, triples, values
from bikgraph.namespaces import BIK, ID, NOTATION
from bikgraph.nearest import fold
from bikgraph.questions.parameters import TYPES
from bikgraph.questions.plain_words.words import COMMON_IN_INDICATORS, COMMON_IN_PILLARS, NOT_COUNTRIES, ORDINALS

if TYPE_CHECKING:
    from pyoxigraph import Store

_WORD = re.compile(r"[^\W_]+(?:[-'+.][^\W_]+)*", re.UNICODE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
# A name of five letters or more may differ from the word typed by about one letter in six; shorter ones have to be
# equal.
_LEAST_NAME, _FUZZY_LENGTH = 84.0, 5
# What narrows many questions, by the class of its codes; the words of the longest name of one; and the words before a
# name that make it a part of a body's.
DETAILS = {"topic": "Topic", "function": "Function"}
_LONGEST_DETAIL = 6
# Topics whose names people use for the whole subject: "laws on child online safety" are all of them.
_WHOLE_SUBJECT = frozenset(("online-safety", "child-protection"))
_OF_A_BODY = frozenset(("ministry", "ministries", "minister", "department", "commissioner", "council"))
_PILLARS = "bik-2012-pillar-"


@dataclass
class Mentions:
    """What the words name, as codes, slugs and years in the order named; `rest` are the words that are left, folded."""

    by_type: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in TYPES})
    """By type of parameter, what of that type the words name; editions are among the years."""
    years: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    marked: dict[str, set[str]] = field(default_factory=dict)
    """By kind of thing, the words that named one of that kind: a question that takes none has them as words."""


class Names:
    """The names that a graph knows, folded, ready to be found in words."""

    def __init__(self, store: Store) -> None:
        """Read the names out of `store`."""
        self.editions = {
            code.value for node in instances(store, BIK + "Edition") for code in values(store, node, NOTATION)
        }
        self.countries: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        for name, node in names(store, BIK + "Country"):
            code = text(store, node, NOTATION)
            if len(name) == 2 and name.isupper():
                self.codes[name] = code
            elif not name.startswith("country-"):
                self.countries[fold(name)] = code
        for subject, _, demonym in triples(store, None, BIK + "demonym"):
            self.countries[fold(demonym.value)] = text(store, subject, NOTATION)
        self.actors: dict[str, set[str]] = {}
        for name, node in names(store, BIK + "Actor"):
            if len(name) > 2:
                self.actors.setdefault(" ".join(words_of(name)), set()).add(node.value.removeprefix(ID))
        self.pillars = {
            fold(name): node.value.rsplit("-", 1)[1]
            for name, node in names(store, BIK + "Pillar")
            if node.value.startswith(ID + _PILLARS)
        }
        self.kinds = self._kinds(store)
        self.details = {kind: _coded(store, cls) for kind, cls in DETAILS.items()}
        self.indicators = self._indicators(store)

    @staticmethod
    def _kinds(store: Store) -> dict[str, str]:
        found = {}
        for name, node in names(store, BIK + "AgreementKind"):
            code = node.value.removeprefix(ID + "agreement-kind-")
            found[fold(name.removeprefix("agreement-kind-")).replace("-", " ")] = code
        return found

    @staticmethod
    def _indicators(store: Store) -> dict[str, str]:
        """The wordings and codes of indicators: to a code, if editions after the tick tables ask them, else a slug."""
        found: dict[str, str] = {}
        for node, _, code in triples(store, None, BIK + "shortCode"):
            value = node.value.removeprefix(ID) if re.match(r"p\d-", code.value) else code.value
            for name in (code.value, *names_of(store, node)):
                found[fold(name).replace("-", " ")] = value
        return found


def _coded(store: Store, cls: str) -> dict[str, str]:
    """The names of codes, folded, each with its code."""
    found: dict[str, str] = {}
    for name, node in names(store, BIK + cls):
        if not name.startswith(f"{cls.lower()}-"):
            found.setdefault(" ".join(words_of(name)), text(store, node, NOTATION))
    return found


def words_of(text: str) -> list[str]:
    """The words of a text, folded: without case, accents and punctuation."""
    return [part for word in _WORD.findall(fold(text)) for part in re.split(r"['-]", word) if part]


def find_mentions(known: Names, text: str) -> Mentions:
    """What `text` names out of `known`, the longest names first."""
    found = Mentions()
    found.years = _YEAR.findall(text)
    text = _YEAR.sub(" ", text)
    places: list[tuple[int, str]] = []
    text = _codes(known, text, places)
    folded = " ".join(words_of(text))
    folded = _pillars(known, folded, found)
    unmarked = folded
    folded = _countries(known, folded, places)
    found.by_type["country"] = list(dict.fromkeys(code for _, code in sorted(places, key=lambda entry: entry[0])))
    _actors(known, unmarked, found)
    _kinds(known, folded, found)
    _indicators(known, folded, found)
    _details(known, folded, found)
    found.rest = [word for word in folded.split() if not word.startswith("@")]
    return found


def _codes(known: Names, text: str, places: list[tuple[int, str]]) -> str:
    def taken(match: re.Match[str]) -> str:
        code = known.codes.get(match.group())
        if code is None:
            return match.group()
        places.append((len(words_of(text[: match.start()])), code))
        return " @ "

    return re.sub(r"\b[A-Z]{2}\b", taken, text)


def _countries(known: Names, folded: str, places: list[tuple[int, str]]) -> str:
    words = folded.split()
    taken: set[int] = set()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            span = range(at, at + size)
            phrase = " ".join(words[at : at + size])
            code = known.countries.get(phrase)
            if code is not None and not taken & set(span):
                places.append((at, code))
                taken |= set(span)
    for at, word in enumerate(words):
        if at not in taken and len(word) >= _FUZZY_LENGTH and word not in NOT_COUNTRIES:
            hit = process.extractOne(word, known.countries.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_NAME)
            if hit is not None and hit[0][0] == word[0]:
                places.append((at, known.countries[hit[0]]))
                taken.add(at)
    return " ".join("@" if at in taken else word for at, word in enumerate(words))


def _pillars(known: Names, folded: str, found: Mentions) -> str:
    def numbered(match: re.Match[str]) -> str:
        number = ORDINALS.get(match.group("after") or match.group("before") or "")
        if number is None:
            return match.group()
        found.by_type["pillar"].append(str(number))
        return " @ "

    words = "|".join(ORDINALS)
    folded = re.sub(
        rf"\b(?:(?P<before>first|second|third|fourth|fifth) )?pil+[ae]rs?\b(?: (?P<after>{words})\b)?", numbered, folded
    )
    if not found.by_type["pillar"]:
        for name, number in known.pillars.items():
            telling = [word for word in re.findall(r"[a-z]{4,}", name) if word not in COMMON_IN_PILLARS]
            named = [word for word in telling if re.search(rf"\b{word[:5]}", folded)]
            if len(set(named)) >= 2 and len(set(named)) >= len(set(telling)) / 2:
                found.by_type["pillar"].append(number)
                found.marked.setdefault("pillar", set()).update(
                    word for word in folded.split() if any(word.startswith(n[:5]) for n in named)
                )
        found.by_type["pillar"] = list(dict.fromkeys(found.by_type["pillar"]))[:1]
    return folded


def _actors(known: Names, folded: str, found: Mentions) -> None:
    words = folded.split()
    best: tuple[float, int, str, tuple[int, int]] | None = None
    for size in range(min(8, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            phrase = " ".join(words[at : at + size])
            slug, score = _the_one(known.actors.get(phrase, set()), found.by_type["country"]), 100.0
            if slug is None and len(phrase) > _FUZZY_LENGTH and phrase not in known.actors:
                hit = process.extractOne(phrase, known.actors.keys(), scorer=fuzz.ratio, score_cutoff=92.0)
                slug, score = (
                    (_the_one(known.actors[hit[0]], found.by_type["country"]), hit[1])
                    if hit is not None
                    else (None, 0.0)
                )
            if slug is not None and (best is None or (score, size) > best[:2]):
                best = (score, size, slug, (at, at + size))
        if best is not None and best[1] == size:
            break
    if best is not None:
        found.by_type["actor"].append(best[2])
        found.marked["actor"] = set(words[best[3][0] : best[3][1]])


def _the_one(slugs: set[str], countries: list[str]) -> str | None:
    """The only actor of that name, or the only one in a country that is named: many ministries have one name."""
    if len(slugs) > 1 and countries:
        slugs = {slug for slug in slugs if slug[:3] in {f"{code.lower()}-" for code in countries}}
    return next(iter(slugs)) if len(slugs) == 1 else None


def _details(known: Names, folded: str, found: Mentions) -> None:
    """Topics and functions by the longest of their names that the words hold; not those in the name of a ministry."""
    words = folded.split()
    for kind, codes in known.details.items():
        for size in range(min(_LONGEST_DETAIL, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                phrase = " ".join(words[at : at + size])
                code = codes.get(phrase) or codes.get(phrase.removesuffix("s"))
                if (
                    code is not None
                    and code not in _WHOLE_SUBJECT
                    and not _OF_A_BODY.intersection(words[max(at - 2, 0) : at])
                ):
                    found.by_type[kind].append(code)
                    found.marked.setdefault(kind, set()).update(words[at : at + size])
            if found.by_type[kind]:
                break
        found.by_type[kind] = list(dict.fromkeys(found.by_type[kind]))


def _kinds(known: Names, folded: str, found: Mentions) -> None:
    text = re.sub(r"\bmous?\b", "memorandum of understanding", folded)
    text = (
        re.sub(r"\bmemorand(?:a|ums)\b", "memorandum", text)
        .replace("co operation", "cooperation")
        .replace("self regulation", "self regulatory")
    )
    for name, code in known.kinds.items():
        if fuzz.partial_ratio(name, text) >= 90.0 or (code == "memorandum-of-understanding" and "memorandum" in text):
            found.by_type["agreement-kind"].append(code)
            found.marked.setdefault("agreement-kind", set()).update(
                word
                for word in folded.split()
                if word[:5] in {part[:5] for part in name.split()}
                or word in ("mou", "mous", "co", "operation", "codes")
            )
    found.by_type["agreement-kind"] = list(dict.fromkeys(found.by_type["agreement-kind"]))[:1]


def _indicators(known: Names, folded: str, found: Mentions) -> None:
    text = {word[:5] for word in folded.split() if word not in COMMON_IN_INDICATORS}
    best: tuple[float, float, str, str] | None = None
    for name, value in known.indicators.items():
        stems = {word[:5] for word in name.split() if word not in COMMON_IN_INDICATORS}
        shared = stems & text
        if not shared:
            continue
        coverage = len(shared) / len(stems)
        if coverage >= (0.99 if len(stems) == 1 else 0.6) or (len(shared) >= 2 and coverage >= 0.5):
            rank = (len(shared) * coverage, coverage)
            if best is None or rank > best[:2]:
                best = (*rank, value, " ".join(shared))
    if best is not None:
        found.by_type["indicator"].append(best[2])
        stems = set(best[3].split())
        found.marked["indicator"] = {word for word in folded.split() if word[:5] in stems}
