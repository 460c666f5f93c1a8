"""Sentences that every format of a brief ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bikgraph.briefs.content import Brief, Source


def sources_lead(brief: Brief) -> str:
    """What the list of sources holds."""
    if not brief.sources:
        return "The graph names no source for this country."
    return (
        "All pages that what the graph holds on this country comes from: first those that the rows above name, in "
        "their order, then the rest. The day is the one on which the page was read; what is wrong with a page is said "
        "behind it."
    )


def footer(brief: Brief) -> str:
    """Where the brief comes from, and under which licence."""
    return f"bikgraph, {brief.address}, as of {brief.day or 'an unknown day'}. Data: CC BY 4.0."


def source_words(source: Source) -> tuple[str, str]:
    """What stands before and behind a source's address."""
    section = f", section “{source.section}”" if source.section else ""
    read = f"Read on {source.retrieved}." if source.retrieved else "The day of reading is not known."
    told = "; ".join(source.flags)
    flags = f" {told[:1].upper()}{told[1:]}." if told else ""
    return f"{source.title}{section}.", read + flags


def is_web(address: str) -> bool:
    """Whether an address may be a link: one that a browser opens as a page."""
    return address.startswith(("http://", "https://"))
