"""Language tags: whether each part of one is registered (BCP 47), and how the registry writes it.

The grammar alone lets `klingon` and `zz` pass. What is registered is known by langcodes, which carries IANA's registry.
"""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import Literal

from bikgraph.nearest import fold

# What editors write: a language of two or three letters, then script, region and variants.
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Registered for agreements between two parties: nobody else knows what they stand for.
_PRIVATE = re.compile(r"q[a-t][a-z]")
# The codes of countries, and old habits, that stand for no language or for another one.
_MEANT = {
    "cz": "cs (Czech)",
    "dk": "da (Danish)",
    "gr": "el (Greek)",
    "eng": "en (English)",
    "jp": "ja (Japanese)",
    "cn": "zh (Chinese)",
    "ua": "uk (Ukrainian)",
    "english": "en (English)",
    "french": "fr (French)",
    "german": "de (German)",
    "dutch": "nl (Dutch)",
}
_EXAMPLES = "A language is a BCP 47 tag, such as en, fr or nl-BE."


@cache
def language_fault(tag: str) -> str:
    """What is wrong with a language tag and how to mend it, as a sentence; empty if nothing is.

    >>> language_fault("nl-BE")
    ''
    >>> language_fault("cz")
    'No language has the tag cz. Did you mean cs (Czech)? A language is a BCP 47 tag, such as en, fr or nl-BE.'
    """
    if not _is_well_formed(tag):
        meant = f" Did you mean {_MEANT[fold(tag)]}?" if fold(tag) in _MEANT else ""
        return f"{_EXAMPLES}{meant}"
    import langcodes  # what is listed of the world's languages is only read where a file has a tag

    language = tag.split("-", maxsplit=1)[0]
    if _PRIVATE.fullmatch(language):
        return f"The tag {language} is for private use: readers cannot know what it stands for. {_EXAMPLES}"
    if not langcodes.tag_is_valid(language):
        meant = f" Did you mean {_MEANT[language]}?" if language in _MEANT else ""
        return f"No language has the tag {language}.{meant} {_EXAMPLES}"
    if not langcodes.tag_is_valid(tag):
        return (
            f"No script, region or variant is registered as {tag[len(language) + 1 :]}, or it stands in the wrong "
            f"place. Write {language} alone, or mend what follows it. {_EXAMPLES}"
        )
    if langcodes.Language.get(tag, normalize=False).extlangs:
        return f"Two languages stand in the tag {tag}. Write the narrower one alone, or mend the region. {_EXAMPLES}"
    standard = langcodes.standardize_tag(language)
    if language != standard and len(standard) == 2:
        return f"The registry writes the language {language} as {standard}. Write {standard}."
    region = langcodes.Language.get(tag, normalize=False).territory
    standard_region = langcodes.Language.get(tag).territory
    if region and standard_region and region != standard_region:
        return f"The registry writes the region {region} as {standard_region}. Write {language}-{standard_region}."
    return ""


def _is_well_formed(tag: str) -> bool:
    # The pattern keeps to what editors write; the library knows the grammar of BCP 47, and drops a text whose tag
    # breaks it.
    try:
        return LANGUAGE.fullmatch(tag) is not None and Literal("", language=tag) is not None
    except ValueError:
        return False
