"""Whole processes, timed side by side: the candidates take turns, so that a slow minute slows all of them.

As a program it runs one Python command and prints what that cost: a process that does nothing else, for the peak
memory of a child begins at that of its parent.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

KIB_PER_MIB = 1024


@dataclass(frozen=True)
class Cost:
    """Medians over the runs.

    `wall` and `cpu` are seconds of the whole process, by the clock and of all processors; `work` those that it says
    its work took; `peak` its memory in MiB.
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
    launch = [sys.executable, "-m", __name__, *command]
    printed = subprocess.run(launch, stdout=subprocess.PIPE, text=True, check=True).stdout
    return Cost(*json.loads(printed))


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(each) for each in zip(*map(astuple, costs), strict=True)))


def measured(command: Sequence[str]) -> Cost:
    """What a Python command costs."""
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


if __name__ == "__main__":
    print(json.dumps(astuple(measured(sys.argv[1:]))))
