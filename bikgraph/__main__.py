"""`python -m bikgraph`: the command line."""

from bikgraph.cli import main

if __name__ == "__main__":
    main()
