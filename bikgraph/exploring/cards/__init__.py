"""Cards: what is known of one thing, on a screen."""

from bikgraph.exploring.cards.build import card
from bikgraph.exploring.cards.card import WIDTH, Card

__all__ = ["WIDTH", "Card", "card"]
