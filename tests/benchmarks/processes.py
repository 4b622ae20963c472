"""Whole processes, timed side by side: the candidates take turns, so that a slow minute slows all of them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Cost:
    """Medians over the runs: of the whole process seconds, seconds of all processors, and peak memory in MiB.

    `work` is the seconds that it says its work alone took.
    """

    wall: float
    cpu: float
    work: float
    peak: float


def take_turns(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Cost]:
    """The cost of each Python command, by name; its last printed line is the seconds of its work alone."""
    rounds = [{name: _run(command) for name, command in commands.items()} for _ in range(runs)]
    return {name: _median([done[name] for done in rounds]) for name in commands}


def _run(command: Sequence[str]) -> Cost:
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args, printed)
    return Cost(wall, used.ru_utime + used.ru_stime, float(printed.split()[-1]), used.ru_maxrss / KIB_PER_MIB)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.work for cost in costs),
        statistics.median(cost.peak for cost in costs),
    )
