"""Questions in plain words: which saved question is meant, and what the words name."""

from bikgraph.questions.plain_words.matcher import NEAREST, Asker, Understood

__all__ = ["NEAREST", "Asker", "Understood"]
