"""The slugs that a file names: each has to be described, in the file or in those that it may refer to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bikgraph.nearest import did_you_mean
from bikgraph.reading.told import Completed

# The fields that may name another country's body, if their record says why (crossBorder).
MAY_BE_FOREIGN = ("parties", "by")
_FOREIGN = re.compile(r"[a-z]{2}-")


def check_references(completed: Completed, known: Mapping[str, Iterable[str]], group: str = "") -> list[str]:
    """Report each slug that neither the file nor `known` (slug to classes) describes, with the nearest one.

    Returns the slugs that may stand in another country's register than that of `group`.
    """
    abroad = []
    for reference in completed.references:
        slug = reference.slug
        if slug in known or slug in completed.declared:
            continue
        if reference.may_be_foreign:
            abroad.append(slug)
            continue
        if reference.key in MAY_BE_FOREIGN and group and _FOREIGN.match(slug) and not slug.startswith(f"{group}-"):
            message = (
                f"{slug} is none of this country's bodies. If it stands in another country's register, "
                "say why it takes part: crossBorder: {en: …}."
            )
            completed.source.report(reference.place, "foreign-actor", message, slug)
            continue
        described = {**known, **completed.declared}
        fitting = [
            other
            for other, classes in described.items()
            if not reference.classes or reference.classes.intersection(classes)
        ]
        hint = did_you_mean(slug, sorted(fitting)) or " Add it to data/actors, or mend the name."
        completed.source.report(reference.place, "unknown-slug", f"Nothing has the slug {slug}.{hint}", slug)
    return sorted(set(abroad))
