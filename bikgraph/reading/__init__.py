"""Data files become triples: parsed with positions, checked, completed, expanded."""
