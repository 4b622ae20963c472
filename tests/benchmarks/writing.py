"""Writing: a table of 13 inputs and 11 KPI formulas with their results, by sheetgen and by others, a process each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.processes import Cost, take_turns
from tests.benchmarks.writers import FLOOR, NEEDS, OURS, WRITERS

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BASELINE = "XlsxWriter"
PATIENCE = 100_000
"""Rows that the others are asked for at most: a million take them minutes and gigabytes."""

MIB = 1 << 20


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the table; of the largest sizes each process runs once."""
    yield "Writing a table of 24 columns; seconds of writing alone, medians"
    yield f"{'':30}{'s':>10}{'of ' + BASELINE:>16}{'peak MiB':>10}{'file MiB':>10}"
    with tempfile.TemporaryDirectory() as folder:
        for rows in (int(size * scale) for size in SIZES):
            yield f"{rows:,} rows"
            yield from _rows(Path(folder), rows, runs if rows < PATIENCE else 1)


def _rows(folder: Path, rows: int, runs: int) -> Iterator[str]:
    known = [name for name in (*WRITERS, FLOOR) if find_spec(NEEDS.get(name, "sheetgen")) is not None]
    yield from (f"  {name:28}left out: {NEEDS[name]} is not installed" for name in WRITERS if name not in known)
    chosen = [name for name in known if rows <= PATIENCE or name not in NEEDS]
    files = {name: folder / f"{name}.xlsx" for name in chosen}
    commands = {
        name: ["-m", "tests.benchmarks.writers", name, str(rows), str(path), str(files[OURS])]
        for name, path in files.items()
    }
    costs = take_turns(commands, runs)
    for name, cost in costs.items():
        size = files[name].stat().st_size / MIB if files[name].exists() else None
        yield f"  {name:28}{cost.work:10.2f}{_ratio(cost, costs.get(BASELINE)):>16}{cost.peak:10.0f}{_mib(size):>10}"


def _ratio(cost: Cost, baseline: Cost | None) -> str:
    return "" if baseline is None else f"1/{baseline.work / cost.work:.1f}"


def _mib(size: float | None) -> str:
    return "" if size is None else f"{size:.1f}"
