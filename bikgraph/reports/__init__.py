"""Texts about the graph: its quality report and its methodology, as Markdown or as a web page."""

from bikgraph.reports.methodology import methodology
from bikgraph.reports.quality import report
from bikgraph.reports.web_page import ENDINGS, Format, renamed, web_page

__all__ = ["ENDINGS", "Format", "methodology", "renamed", "report", "web_page"]
