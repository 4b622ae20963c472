"""The processes that make reports side by side: each has one task at a time, and is replaced if it dies."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final, Protocol

from sheetgen.errors import WorkerError
from sheetgen.interrupts import uninterrupted
from sheetgen.many.task import Outcome, Task
from sheetgen.many.worker import work
from sheetgen.output import remove_leftovers

HEARTBEAT: Final = 0.5
"""Seconds after which waiting is taken up again, so that Ctrl-C is heard on every system."""

GRACE: Final = 10.0
"""Seconds that a process has to remove what it has half-written."""

IDLE: Final = -1
"""The place of no task."""


class Watcher(Protocol):
    """Who is told of tasks, by their place."""

    def progressed(self, place: int, done: float) -> None:
        """So much of the task is done, 0 to 1."""

    def finished(self, place: int, outcome: Outcome) -> None:
        """The task has come to its end, a good one or not."""


@dataclass
class _Member:
    """A process, the pipe to it, the place of the task that it has, and whether it has said that it began."""

    process: SpawnProcess
    pipe: Connection
    place: int = IDLE
    has_begun: bool = False


def run_tasks(tasks: Sequence[Task], jobs: int, scratch: Path, watcher: Watcher) -> None:
    """Make all reports, so many at a time; a process that dies costs the report that it was making, no other."""
    waiting = iter(range(len(tasks)))
    with _crew(min(jobs, len(tasks)), scratch) as crew:
        for member in list(crew):
            _give(member, tasks, waiting)
        while any(member.place != IDLE for member in crew):
            busy = {member.pipe: member for member in crew if member.place != IDLE}
            for pipe in wait(list(busy), HEARTBEAT):
                member = next(member for key, member in busy.items() if key is pipe)
                if not _hear(member, tasks, watcher):
                    crew.remove(member)
                    member = _hired(crew, scratch)
                if member.place == IDLE:
                    _give(member, tasks, waiting)


def _give(member: _Member, tasks: Sequence[Task], waiting: Iterator[int]) -> None:
    place = next(waiting, None)
    if place is not None:
        member.place = place
        # A process that has just died says so when it is listened to.
        with suppress(OSError):
            member.pipe.send(tasks[place])


def _hear(member: _Member, tasks: Sequence[Task], watcher: Watcher) -> bool:
    """Pass on what a member says; false if it died."""
    place, task = member.place, tasks[member.place]
    try:
        told = member.pipe.recv()
        member.has_begun = True
    except (EOFError, OSError):
        member.process.join()
        path = task.options.output
        remove_leftovers(path, member.process.pid or 0)
        problem = WorkerError(path=path, code=member.process.exitcode)
        watcher.finished(place, Outcome(task.value, path, problem=problem))
        return False
    if isinstance(told, Outcome):
        member.place = IDLE
        watcher.finished(place, told)
    else:
        watcher.progressed(place, told)
    return True


@contextmanager
def _crew(size: int, scratch: Path) -> Iterator[list[_Member]]:
    """Processes at work; those still busy when the block ends are told to leave, and ended if they do not."""
    crew: list[_Member] = []
    try:
        for _ in range(size):
            _hired(crew, scratch)
        yield crew
    finally:
        with uninterrupted():
            _dismiss(crew)


def _hired(crew: list[_Member], scratch: Path) -> _Member:
    context = multiprocessing.get_context("spawn")
    if os.name == "posix":
        # Python starts its tracker beside the first process, and lets Ctrl-C through again as it does.
        resource_tracker.ensure_running()
    # What is interrupted between the start of a process and the note of it would leave it behind.
    with uninterrupted():
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, scratch), daemon=True)
        process.start()
        theirs.close()
        crew.append(_Member(process, ours))
    return crew[-1]


def _dismiss(crew: Sequence[_Member]) -> None:
    for member in crew:
        if member.process.is_alive() and not (member.has_begun or member.pipe.poll()):
            # It is still starting: there is nothing that it would have to remove.
            member.process.kill()
        elif member.place != IDLE:
            member.process.terminate()
        member.pipe.close()
    for member in crew:
        member.process.join(GRACE)
        if member.process.is_alive():
            member.process.kill()
            member.process.join()
