"""What can be asked of a release besides saved questions: things, their cards and statements, chains, proofs, SPARQL."""

from bikgraph.exploring.cards import WIDTH as CARD_WIDTH
from bikgraph.exploring.cards import Card
from bikgraph.exploring.chains import as_text as chains_as_text
from bikgraph.exploring.describe import as_text as description_as_text
from bikgraph.exploring.query_guard import refuse
from bikgraph.exploring.sparql import DEFAULT_TIMEOUT
from bikgraph.exploring.things import called
from bikgraph.exploring.why import as_text as explanation_as_text

__all__ = [
    "CARD_WIDTH",
    "DEFAULT_TIMEOUT",
    "Card",
    "called",
    "chains_as_text",
    "description_as_text",
    "explanation_as_text",
    "refuse",
]
