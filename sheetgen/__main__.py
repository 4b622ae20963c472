"""`sheetgen`, and `python -m sheetgen`."""

from __future__ import annotations

import signal


def start() -> None:
    """Run the command line; Ctrl-C before it can answer ends the process without a word, for nothing is begun."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from sheetgen.cli import main

    try:
        main(prog_name="sheetgen")
    finally:
        # All is done or undone: what is left is to end, with the exit code that stands.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    start()
