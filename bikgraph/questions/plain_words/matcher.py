"""A question in plain words becomes a saved question with parameters: by the questions' own templates, without a model.

Each saved question lists in its header (`asks`) how people ask it. The words of a question, less what they name, are
compared with those: rare words count more than common ones, typing errors are forgiven by rapidfuzz, words that no
question knows speak against any answer. Below `LEAST`, or with two questions nearly alike, nothing is answered.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from bikgraph.errors import NotUnderstood
from bikgraph.questions.parameters import TYPES
from bikgraph.questions.plain_words.mentions import DETAILS, Mentions, Names, find_mentions, words_of
from bikgraph.questions.plain_words.words import FILLERS, NEGATIONS, NO_SLIPS, SAY_LITTLE_BESIDE

if TYPE_CHECKING:
    from pyoxigraph import Store

    from bikgraph.questions.question import Question

# Tuned on tests/phrasings.yaml: none of its entries is answered wrongly at this confidence.
LEAST = 0.67
MARGIN = 0.03
NEAREST = 3
_LEAST_WORD = 80.0
_MOST_NAME_IT = 0.7
_ADD_NOTHING = {"@edition", *(f"@{kind}" for kind in DETAILS)}
_MARK = re.compile(r"\{(\w+)\}")


class Understood(NamedTuple):
    """A saved question with the parameters that words name, how sure it is (0 to 1), and whether it lacks none."""

    question: str
    given: dict[str, str]
    confidence: float
    is_complete: bool = True
    unused: tuple[str, ...] = ()
    """The telling words that neither name something that the question takes nor are words of how it is asked."""

    def command(self, question: Question | None = None) -> str:
        """The command that asks the same, with a gap for each parameter that `question` needs and words do not name.

        >>> Understood("gaps", {"country": "BE"}, 0.9).command()
        'bikgraph ask gaps --country BE'
        """
        missing = (
            [
                parameter.name
                for parameter in question.parameters.values()
                if (parameter.required or (parameter.type == "country" and names_a_country(question)))
                and parameter.name not in self.given
            ]
            if question is not None
            else []
        )
        return " ".join(
            [
                "bikgraph ask",
                self.question,
                *(f"--{name} {value}" for name, value in self.given.items()),
                *(f"--{name} …" for name in missing),
            ]
        )


def understand(store: Store, questions: Mapping[str, Question], words: str) -> Understood:
    """The saved question, out of `questions`, that a question in plain words means, with its parameters.

    Raises NotUnderstood, which offers the nearest questions, if it is not sure.
    """
    return Asker(store, questions).meant(words)


class Asker:
    """The saved questions' templates, weighed once."""

    def __init__(self, store: Store, questions: Mapping[str, Question]) -> None:
        """Read the names out of `store` and the templates out of `questions`."""
        self.questions = questions
        self.names = Names(store)
        self._templates = {
            name: [_template(text) for text in (*question.asks, question.question)]
            for name, question in questions.items()
        }
        spread = Counter(
            word
            for templates in self._templates.values()
            for word in {word for template in templates for word in template}
        )
        self._weights = {word: 0.25 + math.log(1 + len(questions) / count) for word, count in spread.items()}
        self._unknown = 1.3 * max(self._weights.values())
        self._weights["@elsewhere"] = 1.5

    def meant(self, words: str) -> Understood:
        """What the words mean; raises NotUnderstood, which offers the nearest questions, if it is not sure."""
        ranked = self.understand(words)
        answer = self.answerable(ranked)
        if answer is None:
            near = [(entry.command(self.questions[entry.question]), entry.question) for entry in ranked[:NEAREST]]
            raise NotUnderstood(words, [(command, self.questions[name].question) for command, name in near])
        return answer

    def understand(self, text: str) -> list[Understood]:
        """All questions in the order in which `text` may mean them, those too that lack a parameter.

        Of the first, which alone may be answered, the words that are not used are told.
        """
        mentions = find_mentions(self.names, text)
        found = []
        for name, question in self.questions.items():
            given, is_complete = _given(question, mentions, text, self.names)
            words, templates = self._words(question, mentions, given if is_complete else {}), self._templates[name]
            if not is_complete:  # by its words alone, it may be what is meant all the same
                templates = [{word for word in template if not word.startswith("@")} for template in templates]
            score = max((self._alike(words, template) for template in templates), default=0.0)
            found.append(Understood(name, given, score, is_complete))
        found.sort(key=lambda entry: (-entry.confidence, entry.question))
        return [entry._replace(unused=self._unused(entry, mentions)) for entry in found[:1]] + found[1:]

    def answerable(self, found: list[Understood]) -> Understood | None:
        """The first of `found` if it is sure enough, surer than the next, and lacks nothing that its question needs."""
        if (
            not found
            or not found[0].is_complete
            or found[0].confidence < LEAST
            or NEGATIONS.intersection(found[0].unused)
            or (len(found) > 1 and found[0].confidence - found[1].confidence < MARGIN)
        ):
            return None
        return found[0]

    def _words(self, question: Question, mentions: Mentions, given: Mapping[str, str]) -> set[str]:
        """The words to compare: marks for what the question takes, and all words that named nothing that it takes."""
        marks = set[str]()
        for parameter in question.parameters.values():
            if parameter.name in given:
                several = parameter.type == "country" and compares_countries(question)
                marks.add("@countries" if several else f"@{parameter.type}")
        if {"from", "to"} & set(given):
            marks = (marks - {"@edition", "@year"}) | (
                {"@editions"} if question.parameters["from"].type == "edition" else {"@years"}
            )
        if mentions.by_type["country"] and not {"@country", "@countries"} & marks:
            marks.add("@elsewhere")  # a country is named, and the question is on all
        words = (self._known(word) for word in _left(question, mentions, given))
        # These are details of many questions: their marks tell none apart.
        return {word for word in words if word} | (marks - _ADD_NOTHING)

    def _unused(self, meant: Understood, mentions: Mentions) -> tuple[str, ...]:
        asked = {word for template in self._templates[meant.question] for word in template}
        left = _left(self.questions[meant.question], mentions, meant.given)
        telling = (word for word in left if word not in SAY_LITTLE_BESIDE)
        return tuple(dict.fromkeys(word for word in telling if (known := self._known(word)) and known not in asked))

    def _known(self, word: str) -> str:
        if word in FILLERS or (word.isdigit() and len(word) < 3):
            return ""
        stem = _stem(word)
        if stem in self._weights or len(stem) < 4 or word in NO_SLIPS:
            return stem
        hit = process.extractOne(stem, self._weights.keys(), scorer=fuzz.ratio, score_cutoff=_LEAST_WORD)
        return hit[0] if hit is not None else stem

    def _alike(self, words: set[str], template: set[str]) -> float:
        if not words or not template:
            return 0.0
        shared = self._weigh(words & template)
        if not any(not word.startswith("@") for word in words & template) and words != template:
            return 0.0
        return 0.5 * shared / self._weigh(words) + 0.5 * shared / self._weigh(template)

    def _weigh(self, words: Iterable[str]) -> float:
        # The same sum in whatever order a set gives its words: two questions may be nearly alike.
        return math.fsum(self._weights.get(word, self._unknown) for word in words)


def _left(question: Question, mentions: Mentions, given: Mapping[str, str]) -> list[str]:
    """The words that are left, but for those that named what the question is given."""
    types = [parameter.type for parameter in question.parameters.values() if parameter.name in given]
    taken = {word for kind in types for word in mentions.marked.get(kind, ())}
    return [word for word in mentions.rest if word not in taken]


def _template(text: str) -> set[str]:
    types = {parameter_type.mark: name for name, parameter_type in TYPES.items() if parameter_type.mark}
    marks = {f"@{types.get(mark, mark)}" for mark in _MARK.findall(text)} - {"@edition"}
    plain = _MARK.sub(" ", text)
    return {_stem(word) for word in words_of(plain) if word not in FILLERS} | marks


def compares_countries(question: Question) -> bool:
    """Whether a question is asked of several countries together, by its phrases."""
    return any("{countries}" in phrase for phrase in question.asks)


def names_a_country(question: Question) -> bool:
    """Whether whoever asks a question names a country, by most of its phrases: without one, words may mean another."""
    naming = sum("{country}" in phrase or "{countries}" in phrase for phrase in question.asks)
    return naming > _MOST_NAME_IT * len(question.asks)


def _stem(word: str) -> str:
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + ("y" if ending == "ies" else "")
    return word


def _given(question: Question, mentions: Mentions, text: str, names: Names) -> tuple[dict[str, str], bool]:
    """The parameters that the words name, and whether the question can mean them: none is missing or out of place."""
    given: dict[str, str] = {}
    fits = True
    country = next((p for p in question.parameters.values() if p.type == "country"), None)
    if country is not None and not any(p.type == "actor" for p in question.parameters.values()):
        several = compares_countries(question)
        fits &= len(mentions.by_type["country"]) > 1 if several else len(mentions.by_type["country"]) < 2
        if mentions.by_type["country"]:
            given[country.name] = ",".join(mentions.by_type["country"][: None if several else 1])
        elif names_a_country(question):
            fits = False
    if country is None and mentions.by_type["actor"]:
        # The ministry of another country than the one that is named is not meant.
        fits &= _is_of(mentions.by_type["actor"][0], mentions.by_type["country"], names)
    # Of several parameters of one type, the first is meant.
    first = {p.type: p for p in reversed(question.parameters.values()) if p.type != "country"}
    given |= {p.name: ",".join(mentions.by_type[kind]) for kind, p in first.items() if mentions.by_type[kind]}
    # A pillar's number has no other meaning; the words of its title may.
    fits &= (
        not mentions.by_type["pillar"]
        or bool(mentions.marked.get("pillar"))
        or any(p.type == "pillar" for p in question.parameters.values())
    )
    times = _times(question, mentions.years, text, names)
    given |= times or {}
    return given, fits and times is not None and all(
        p.name in given for p in question.parameters.values() if p.required
    )


def _is_of(actor: str, countries: list[str], names: Names) -> bool:
    """Whether an actor may belong to one of the countries that are named, if any is: international bodies may."""
    own = actor[:2].upper() if actor[2:3] == "-" else ""
    return not countries or own in countries or own not in names.codes.values()


def _times(question: Question, years: list[str], text: str, names: Names) -> dict[str, str] | None:
    """The years as the question takes them: one edition, two editions, the span of a timeline, or a day in time."""
    types = {name: parameter.type for name, parameter in question.parameters.items()}
    if types.get("from") == "edition":
        ordered = sorted(years) if len(years) == 2 else []
        return (
            {"from": ordered[0], "to": ordered[1]}
            if ordered and ordered[0] != ordered[1] and set(years) <= names.editions
            else None
        )
    if types.get("from") == "year" and len(years) == 2:
        return {"from": min(years), "to": max(years)}
    bound = _bound(years[0], text) if len(years) == 1 else {}
    if bound:
        # "Since 2018" is no question on an edition: a question that has no beginning and end is not meant.
        return bound if types.get("from") == "year" else None
    if "edition" in types and len(years) == 1 and years[0] in names.editions:
        return {"edition": years[0]}
    if types.get("from") == "year" and years:
        return {"from": years[0], "to": years[0]} if len(years) == 1 else None
    if "year" in types and years:
        return {"year": years[0]} if len(years) == 1 else None
    return None if years else {}


def _bound(year: str, text: str) -> dict[str, str]:
    """The first or last year that words set, both as `from` and `to` take them; none for "in 2018"."""
    for words, name, shift in (
        ("since|from|starting in", "from", 0),
        ("after|later than|newer than", "from", 1),
        ("until|till|to|up to|by", "to", 0),
        ("before|earlier than|older than", "to", -1),
    ):
        if re.search(rf"\b(?:{words})\s+(?:the\s+)?(?:year\s+|end of\s+)?{year}\b", text, re.IGNORECASE):
            return {name: str(int(year) + shift)}
    return {}
