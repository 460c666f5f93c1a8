"""The program `bikgraph`, also as `python -m bikgraph`: the command line, quiet when it is interrupted."""

import os
import signal
import sys


def main() -> None:
    """Run the command line and exit."""
    can_be_interrupted = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if can_be_interrupted:
        # Until the command line is there to answer Ctrl-C in a sentence, it ends the process without a traceback.
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from bikgraph.cli.main import run

    if can_be_interrupted:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    status = run()
    if can_be_interrupted:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: nothing is left to interrupt
    sys.exit(status)


if __name__ == "__main__":
    main()
