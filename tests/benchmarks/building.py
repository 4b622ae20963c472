"""Building: `sheetgen build` of a file of campaigns, whole: every tab, chart and check, by the number of campaigns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.exports import written
from tests.benchmarks.processes import take_turns

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PATIENCE = 10_000
"""Campaigns that are built more than once at most."""

KIND = "distinct campaigns"
MIB = 1 << 20

_BUILD = """
import sys, time
from sheetgen.cli import main
started = time.perf_counter()
try:
    main(["build", sys.argv[1], "--output", sys.argv[2], "--quiet"])
except SystemExit as end:
    if end.code: raise
print(time.perf_counter() - started)
"""


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the table."""
    yield "Building the whole report of a file of campaigns, one row a campaign and a day; whole processes, medians"
    yield f"{'campaigns':>12}{'s':>10}{'CPU s':>10}{'CPU µs/row':>12}{'peak MiB':>10}{'file MiB':>10}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (max(1, int(size * scale)) for size in SIZES):
            source, target = written(folder, KIND, rows), folder / "report.xlsx"
            command = {"": ["-c", _BUILD, str(source), str(target)]}
            cost = take_turns(command, runs if rows <= PATIENCE else 1)[""]
            time = f"{cost.wall:10.1f}{cost.cpu:10.1f}{cost.cpu / rows * 1e6:12.0f}"
            yield f"{rows:12,}{time}{cost.peak:10.0f}{target.stat().st_size / MIB:10.1f}"
