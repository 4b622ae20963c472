"""Calls that are tried again: how often, how long, and who hears of each wait."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from sheetgen.errors import SheetsServiceError

TIMEOUT: Final = (10.0, 200.0)
"""Seconds to connect, and to wait for an answer: Google itself stops after 180."""

TRIES: Final = 5
LONGEST: Final = 300.0
"""Seconds that all tries of a call may take."""

Answer = TypeVar("Answer")


def _unseen(_seconds: float, _reason: str) -> None:
    return None


@dataclass(frozen=True)
class Pace:
    """How a client waits: `told` hears of each wait before it starts, in seconds and with the reason."""

    told: Callable[[float, str], None] = _unseen
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.random


class PassingFailure(Exception):  # noqa: N818
    """A failure that may be over soon: what it was, and how long Google asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


def keep_trying(call: Callable[[], Answer], pace: Pace, known: Callable[[], Answer | None] = lambda: None) -> Answer:
    """The answer to a call, which raises `PassingFailure` where another try may help.

    After each such failure `known` may give the answer in its place. Raises `SheetsServiceError` when it keeps
    failing.
    """
    started = pace.clock()
    for tries in range(1, TRIES + 1):
        try:
            return call()
        except PassingFailure as failure:
            wait = _wait(failure, tries, pace)
            is_last = tries == TRIES or pace.clock() - started + wait > LONGEST
            if not is_last:
                pace.told(wait, failure.reason)
                pace.sleep(wait)
            answer = known()
            if answer is not None:
                return answer
            if is_last:
                raise SheetsServiceError(reason=failure.reason, tries=tries) from failure
    raise AssertionError("the last try returns or raises")


def _wait(failure: PassingFailure, tries: int, pace: Pace) -> float:
    asked = 2.0 ** (tries - 1) if failure.wait is None else failure.wait
    return asked + pace.jitter()
