"""What is pasted at the terminal while a program waits for something else too."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Final

CHUNK: Final = 65_536


def read_pasted(take: Callable[[str], bool]) -> None:
    """Hand each line that is typed from now on to `take`, until it says that this was the right one."""
    threading.Thread(target=_read, args=(take,), daemon=True).start()


def _read(take: Callable[[str], bool]) -> None:
    rest = b""
    while chunk := _typed():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in filter(None, (line.strip() for line in lines)):
            if take(line.decode(errors="replace")):
                return


def _typed() -> bytes:
    """What is typed next; nothing where there is no terminal, or its end."""
    try:
        # Not through sys.stdin: a thread that waits there hinders Python from ending.
        return os.read(sys.stdin.fileno(), CHUNK)
    except (OSError, ValueError, AttributeError):
        return b""
