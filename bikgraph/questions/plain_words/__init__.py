"""Questions in plain words become saved questions with parameters."""

from bikgraph.questions.plain_words.matcher import Asker, Understood, understand

__all__ = ["Asker", "Understood", "understand"]
