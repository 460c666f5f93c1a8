"""The program `bikgraph`, also as `python -m bikgraph`: the command line, quiet when it is interrupted.

Ctrl-C ends it with status 130 and without a traceback at any moment, also while it is still being imported.
"""

try:
    import gc
    import io
    import os
    import signal
    import sys
except KeyboardInterrupt:
    raise SystemExit(130) from None


def _write_utf8() -> None:
    """Write UTF-8 whatever the console's code page is: on Windows cp1252 has neither ─ nor most names."""
    for stream in (sys.stdout, sys.stderr):
        # A program that embeds ours may have put something else in their place.
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8", errors=stream.errors)


def main() -> None:
    """Run the command line and exit."""
    _write_utf8()
    can_be_interrupted = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if can_be_interrupted:
        # Until the command line is there to answer Ctrl-C in a sentence, it ends the process.
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    # Imports make tens of thousands of objects that all stay: to look for garbage among them takes a tenth of a
    # question's time.
    gc.set_threshold(50_000, 20, 20)
    from bikgraph.cli.main import run

    try:
        if can_be_interrupted:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        status = run()
        if can_be_interrupted:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: nothing is left to interrupt
    except KeyboardInterrupt:
        os._exit(130)
    sys.exit(status)


if __name__ == "__main__":
    main()
