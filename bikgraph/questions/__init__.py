"""The saved questions: their files, parameters and answers."""

from bikgraph.questions.ask import ask, check_names
from bikgraph.questions.parameters import TYPES
from bikgraph.questions.question import Parameter, Question, find_question, load_all, load_question
from bikgraph.questions.standalone import standalone

__all__ = [
    "TYPES",
    "Parameter",
    "Question",
    "ask",
    "check_names",
    "find_question",
    "load_all",
    "load_question",
    "standalone",
]
