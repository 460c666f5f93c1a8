"""Addresses: what no pattern can tell of them."""

from __future__ import annotations

import pytest

from bikgraph.reading.addresses import address_fault

PASSES = (
    "https://www.childfocus.be/nl",
    "http://a.b.europa.eu:8080/x?y=z#w",
    "https://säker.se/å",
    "https://web.archive.org/web/2020/https://www.childfocus.be/",
    "https://example.org/share?u=https://www.childfocus.be/",
    "https://fr.wikipedia.org/wiki/Child_(Focus)",
    "https://deploy.doczz.net/doc/1270339/annual-public-report---saf...",
)
FAULTY = {
    "https://www.childfocus.bee/": "No domain ends in .bee.",
    "https://intranet.local/": "No domain ends in .local.",
    "https://childfocus.be/,https://mediawijs.be/": "two addresses",
    "https://childfocus.be/;www.mediawijs.be": "two addresses",
    "https://childfocus.be/https://mediawijs.be/": "two addresses",
    "https://web.archive.org/a,https://mediawijs.be/": "two addresses",
    "https://childfocus.be/nl,": "belongs to no address",
    "https://childfocus.be/>": "belongs to no address",
}


@pytest.mark.parametrize("address", PASSES)
def test_address_of_a_public_site_passes(address: str) -> None:
    """An archive may name the page that it keeps, and signs of an address may end it."""
    assert address_fault(address) == ""


@pytest.mark.parametrize("address", FAULTY)
def test_other_address_is_told_with_the_remedy(address: str) -> None:
    """An unknown domain, a second address, and a sign of the sentence around it are told."""
    assert FAULTY[address] in address_fault(address)
