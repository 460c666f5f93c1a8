"""A country on two printed pages, then its sources: for a minister, in HTML, Markdown, Word or PDF."""

from bikgraph.briefs.brief import ENDINGS, Brief, brief, brief_bytes, check_format

__all__ = ["ENDINGS", "Brief", "brief", "brief_bytes", "check_format"]
