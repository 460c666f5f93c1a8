"""The words that questions in plain words are made of: those that say little, and those that are no name of a thing."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say little in any question.
LITTLE_WORDS = _words(
    "a an and are as at by do does edition for from has have in is it of on or please the there to with"
)
# Words around a question that none of the templates needs.
FILLERS = LITTLE_WORDS | _words(
    "about according be can could dear did editions exactly find get give had hello help hi i its kindly know like "
    "list looking lot map may me monitor my need ok our overview pls see show so some table team tell than thank "
    "thanks that them then these they this those us want was we were will would you your yours"
)
# What turns a question into another one: without such a word it is not the same.
NEGATIONS = _words("not no never without except nobody none neither nor isn aren don doesn didn hasn haven")
# Words that a question may have beside its own without asking for anything else.
SAY_LITTLE_BESIDE = _words(
    "adopted after against already also any been before concerning country currently dealing each every existing in "
    "into issued made national new now online passed present since so such through today under until year years"
)
# Words near one of the templates' words that mean something else.
NO_SLIPS = _words("minister ministers match report commission")
# Words near the name of a country, in some language, that mean none.
NOT_COUNTRIES = _words("spend there where policy police polce polices policies marked australia")
# Words of pillars' titles that tell no pillar from another.
COMMON_IN_PILLARS = _words("online people young children child creating stepping against fighting strategy with")
# Words of many indicators' wordings, which tell none from another.
COMMON_IN_INDICATORS = LITTLE_WORDS | _words(
    "activities all any bik children countries country data efforts how initiatives level measures national online "
    "other policies policy relevant support their what which who"
)
# The numbers of pillars as people write them.
ORDINALS = {
    **{str(number): number for number in range(1, 6)},
    **{word: number for number, word in enumerate(["one", "two", "three", "four", "five"], 1)},
    **{word: number for number, word in enumerate(["first", "second", "third", "fourth", "fifth"], 1)},
}
