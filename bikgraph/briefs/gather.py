"""The content of a brief, from the graph: all parts, made to fit two pages if all is not asked for, with sources."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bikgraph.briefs.content import Brief, Picture
from bikgraph.briefs.facts import Facts
from bikgraph.briefs.fit import fitted
from bikgraph.briefs.numbered_sources import with_sources
from bikgraph.briefs.parts.agreements import agreements
from bikgraph.briefs.parts.answers import answers
from bikgraph.briefs.parts.bodies import bodies
from bikgraph.briefs.parts.changes import changes
from bikgraph.briefs.parts.gaps import gaps
from bikgraph.briefs.parts.laws import laws
from bikgraph.briefs.parts.standing import freshness, network
from bikgraph.errors import RequestError

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from bikgraph.knowledge_graph import KnowledgeGraph

_PARTS = (bodies, laws, agreements, answers, gaps, changes, freshness, network)
_MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def gathered(
    graph: KnowledgeGraph, country: NamedNode, language: str = "en", *, picture: str | None = ".svg", full: bool = False
) -> Brief:
    """The brief on `country` with labels in `language` and a `picture` of that ending, if any; all rows if `full`."""
    facts = Facts(graph, country, language)
    name = facts.name(country)
    shown, reason = (None, "") if picture is None else _picture(graph, facts, picture)
    brief = Brief(
        title=f"{name}: policy for children's internet use",
        lead=f"What bikgraph, a knowledge graph, holds on {name}, read up to {facts.day or 'an unknown day'}. "
        "It repeats what public pages say, in few words, and names the page for each row; numbers lead to the sources, "
        f"which follow these pages{', and a picture of the network' if shown else ''}. It is no assessment.",
        address=country.value,
        day=facts.day,
        parts=tuple(part(facts) for part in _PARTS),
        picture=shown,
        no_picture=reason,
    )
    return with_sources(brief if full else fitted(brief), facts)


def _picture(graph: KnowledgeGraph, facts: Facts, ending: str) -> tuple[Picture | None, str]:
    """The picture of the country's network, or the reason why there is none."""
    name = facts.name(facts.country)
    with tempfile.TemporaryDirectory(prefix="bikgraph-brief-") as folder:
        path = Path(folder) / f"network{ending}"
        try:
            graph.draw_network(facts.country.value, path, lang=facts.language)
        except RequestError as error:
            return None, f"There is no picture of the network: {error}"
        image = path.read_bytes()
    return Picture(
        image,
        _MEDIA_TYPES[ending],
        f"The network of {name}",
        f"Diagram: the bodies of {name} in the middle, joined by lines to the pillars under which they have roles, and "
        "to the agreements and consortia that they are part of. The parts on bodies and agreements say it in words.",
    ), ""
