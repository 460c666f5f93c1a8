"""Texts about a release: the quality report and the methodology."""
