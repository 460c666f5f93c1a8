"""What can be asked of a release besides saved questions: things, cards, statements, chains, proofs, any SPARQL."""

from bikgraph.exploring.cards import WIDTH as CARD_WIDTH
from bikgraph.exploring.cards import Card
from bikgraph.exploring.chains import as_text as chains_as_text
from bikgraph.exploring.describe import as_text as description_as_text
from bikgraph.exploring.query_guard import refuse
from bikgraph.exploring.question_meant import as_written, question_meant
from bikgraph.exploring.sparql import DEFAULT_TIMEOUT
from bikgraph.exploring.things import called, languages_of, things_beginning
from bikgraph.exploring.why import as_text as explanation_as_text
from bikgraph.exploring.why_as_data import as_json as explanation_as_json
from bikgraph.exploring.why_as_data import as_table as explanation_as_table

__all__ = [
    "CARD_WIDTH",
    "DEFAULT_TIMEOUT",
    "Card",
    "as_written",
    "called",
    "chains_as_text",
    "description_as_text",
    "explanation_as_json",
    "explanation_as_table",
    "explanation_as_text",
    "languages_of",
    "question_meant",
    "refuse",
    "things_beginning",
]
