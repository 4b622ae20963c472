"""A process that makes reports, one after the other, as long as it is given tasks."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from sheetgen.api import Summary, build, build_part
from sheetgen.errors import SheetgenError, UnexpectedError
from sheetgen.many.task import Outcome, Task

STEP: Final = 0.01
"""Progress is told in steps of this share of a report."""

COLLECT_AFTER: Final = 200_000
"""New objects before Python looks for cycles: a report makes many trees and next to no cycles."""


def work(pipe: Connection, scratch: Path) -> None:
    """Take tasks from the pipe and answer each with its progress (a number) and its outcome, until the pipe is closed.

    What is written temporarily goes to the folder `scratch`.
    """
    # The one who started this process hears Ctrl-C too, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    tempfile.tempdir = str(scratch)
    gc.set_threshold(COLLECT_AFTER)
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, OSError):
            break
        _send(pipe, 0.0)
        _send(pipe, _outcome(task, lambda done: _send(pipe, done)))
    gc.freeze()


def _leave(_signal: int, _frame: object) -> None:
    # As an exception, so that what is half-written is removed.
    raise SystemExit


def _send(pipe: Connection, told: float | Outcome) -> None:
    try:
        pipe.send(told)
    except OSError as error:
        raise SystemExit from error


def _outcome(task: Task, told: Callable[[float], None]) -> Outcome:
    path = task.options.output
    try:
        return Outcome(task.value, path, _made(task, told))
    except SheetgenError as problem:
        return Outcome(task.value, path, problem=problem)
    except Exception as fault:
        if os.environ.get("SHEETGEN_DEBUG"):
            traceback.print_exc()
        detail = " ".join(str(fault).split())
        return Outcome(task.value, path, problem=UnexpectedError(kind=type(fault).__name__, detail=detail))


def _made(task: Task, told: Callable[[float], None]) -> Summary:
    last = 0.0

    def progress(_step: str, done: float) -> None:
        nonlocal last
        if done - last >= STEP:
            last = done
            told(done)

    if task.is_part:
        return build_part(task.source, task.options, progress).summary
    return build([task.source], task.options, progress).summary
