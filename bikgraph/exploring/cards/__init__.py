"""Cards: what is known of one thing, on a screen."""

from bikgraph.exploring.cards.build import card
from bikgraph.exploring.cards.card import Card

__all__ = ["Card", "card"]
