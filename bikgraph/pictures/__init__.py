"""Pictures of the graph, as .svg, .png and .pdf files and in notebooks.

Of one country: who does what (network), bodies by function, a timeline of laws and agreements. Of all countries: a map
and a ranking of the answers to one question, and a matrix of those to all questions of an edition. Data and drawing are
apart where they are long: `network`, `matrix` and `answer_map` know the graph; `network_layout`, `network_picture`,
`matrix_picture` and `europe_map` the page, which `sheet` lays out and `canvas` gives to matplotlib.
"""

from bikgraph.pictures.answer_map import AnswerMap, answer_map, draw_answer_map, one_question
from bikgraph.pictures.bodies import draw_bodies
from bikgraph.pictures.europe_map import europe_map
from bikgraph.pictures.matrix_picture import draw_matrix
from bikgraph.pictures.network_picture import draw_network
from bikgraph.pictures.picture import ENDINGS, SIZES, Look, Picture, check_ending, look
from bikgraph.pictures.ranking import draw_ranking
from bikgraph.pictures.shades import Shade
from bikgraph.pictures.timeline import draw_timeline

__all__ = [
    "ENDINGS",
    "SIZES",
    "AnswerMap",
    "Look",
    "Picture",
    "Shade",
    "answer_map",
    "check_ending",
    "draw_answer_map",
    "draw_bodies",
    "draw_matrix",
    "draw_network",
    "draw_ranking",
    "draw_timeline",
    "europe_map",
    "look",
    "one_question",
]
