"""Side-by-side measurements of bikgraph's speed; README.md has the results."""
