"""`python -m bikgraph`: the command line."""

from bikgraph.cli.main import main

if __name__ == "__main__":
    main()
