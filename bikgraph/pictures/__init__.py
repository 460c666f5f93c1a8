"""Pictures of the graph, .svg and .png files: a country's actors (`draw_network`) and a map of answers (`draw_map`)."""

from bikgraph.pictures.answer_map import AnswerMap, answer_map, one_question
from bikgraph.pictures.canvas import ENDINGS, check_ending
from bikgraph.pictures.europe_map import draw_map
from bikgraph.pictures.network import draw_network
from bikgraph.pictures.shades import Shade

__all__ = [
    "ENDINGS",
    "AnswerMap",
    "Shade",
    "answer_map",
    "check_ending",
    "draw_map",
    "draw_network",
    "one_question",
]
