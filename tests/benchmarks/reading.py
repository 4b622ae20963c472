"""Reading: `load_files` with all its cleaning, beside a bare reader of pandas with its fastest engine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.exports import KINDS, written
from tests.benchmarks.processes import Cost, take_turns

ROWS = 1_000_000
WORKBOOK_ROWS = 100_000
SMALL = 10
"""Rows of a file that is read once beforehand, so that every module is compiled."""

CURVE = (1_000, 10_000, 100_000, 1_000_000)
OURS = "sheetgen"

_BARE = """
import sys, time
import pandas
started = time.perf_counter()
pandas.read_csv(sys.argv[1], sep=sys.argv[2], {options})
print(time.perf_counter() - started)
"""
_BARE_WORKBOOK = """
import sys, time
import pandas
started = time.perf_counter()
pandas.read_excel(sys.argv[1], engine='calamine')
print(time.perf_counter() - started)
"""
_LOAD = """
import sys, time
from pathlib import Path
from sheetgen.sources.load import ReadOptions, load_files
started = time.perf_counter()
load_files([Path(sys.argv[1])], ReadOptions())
print(time.perf_counter() - started)
"""
_COLUMNS = {"process s": 10, "CPU s": 8, "reading s": 11, "peak MiB": 10}
_HEADER = f"{'':30}" + "".join(f"{title:>{width}}{'ratio':>7}" for title, width in _COLUMNS.items())
ENGINES = {
    "pandas c": "engine='c'",
    "pandas pyarrow": "engine='pyarrow'",
    "pandas pyarrow, Arrow types": "engine='pyarrow', dtype_backend='pyarrow'",
}
"""The bare readers, by the options of `read_csv`."""


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the tables and of the curve; compiled modules are kept, as installed programs have them.

    A ratio is to the best of the bare readers in that column: the ones with threads take less time, not less CPU.
    """
    rows, workbook_rows = int(ROWS * scale), int(WORKBOOK_ROWS * scale)
    with tempfile.TemporaryDirectory() as name, patch.dict(os.environ, PYTHONPYCACHEPREFIX=name):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        folder = Path(name)
        take_turns(_commands(written(folder, "campaign × day", SMALL), "campaign × day"), 1)
        yield f"Reading {rows:,} rows of CSV, medians of {runs} runs"
        yield _HEADER
        for kind in KINDS:
            yield from _table(kind, take_turns(_commands(written(folder, kind, rows), kind), runs))
        path = written(folder, "workbook", workbook_rows)
        bare = {"pandas calamine": _command(_BARE_WORKBOOK, path)}
        yield from _table(
            f"workbook of {workbook_rows:,} rows", take_turns({**bare, OURS: _command(_LOAD, path)}, runs)
        )
        yield from _curve(folder, runs, [int(rows * scale) for rows in CURVE])


def _table(title: str, costs: Mapping[str, Cost]) -> Iterator[str]:
    bare = [cost for name, cost in costs.items() if name != OURS]
    best = [min(values) for values in zip(*map(astuple, bare), strict=True)]
    yield title
    for name, cost in costs.items():
        wall, cpu, work, peak = (value / least for value, least in zip(astuple(cost), best, strict=True))
        whole = f"{cost.wall:10.2f}{wall:7.2f}{cost.cpu:8.2f}{cpu:7.2f}"
        yield f"  {name:28}{whole}{cost.work:11.2f}{work:7.2f}{cost.peak:10.0f}{peak:7.2f}"


def _curve(folder: Path, runs: int, sizes: list[int]) -> Iterator[str]:
    yield "Microseconds per row, of reading alone"
    yield f"{'':30}" + "".join(f"{rows:>12,}" for rows in sizes)
    for kind in KINDS:
        costs = [take_turns({OURS: _command(_LOAD, written(folder, kind, rows))}, runs)[OURS] for rows in sizes]
        yield f"  {kind:28}" + "".join(f"{_per_row(cost, rows):12.2f}" for cost, rows in zip(costs, sizes, strict=True))


def _per_row(cost: Cost, rows: int) -> float:
    return cost.work / rows * 1e6


def _commands(path: Path, kind: str) -> dict[str, list[str]]:
    delimiter = ";" if kind == "untidy" else ","
    bare = {name: _command(_BARE.format(options=options), path, delimiter) for name, options in ENGINES.items()}
    return {**bare, OURS: _command(_LOAD, path)}


def _command(code: str, path: Path, *more: str) -> list[str]:
    return ["-c", code, str(path), *more]
