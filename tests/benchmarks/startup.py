"""Start-up: help beside a bare click program's, and a small report beside the import of pandas and XlsxWriter."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from sheetgen.api import generate
from sheetgen.sources.sample import SampleOptions
from tests.benchmarks.processes import Cost, take_turns

CAMPAIGNS = 120

_TIMED = "import time; started = time.perf_counter()\n{code}\nprint(time.perf_counter() - started)"
_CLICK = """
import click
@click.group()
def main(): "A program."
@main.command()
@click.option("--text", help="A text.")
def write(text): "Write a text."
main(["--help"], standalone_mode=False)
"""
_HELP = "from sheetgen.cli import main; main(['--help'], standalone_mode=False)"
_IMPORT = "import pandas, xlsxwriter"
_BUILD = """
import sys
from sheetgen.cli import main
try:
    main(["build", {source!r}, "--output", {target!r}, "--quiet"])
except SystemExit as end:
    if end.code: raise
"""


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the table; compiled modules are kept, as an installed program has them."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, PYTHONPYCACHEPREFIX=folder):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        source = Path(folder) / "campaigns.csv"
        campaigns = max(1, int(CAMPAIGNS * scale))
        generate(source, SampleOptions(campaigns=campaigns))
        build = _BUILD.format(source=str(source), target=str(Path(folder) / "report.xlsx"))
        take_turns({code: _command(code) for code in (_CLICK, _HELP, _IMPORT, build)}, 1)
        yield f"Start-up, whole processes, medians of {runs} runs"
        yield f"{'':40}{'ms':>8}{'ratio':>8}{'CPU ms':>8}{'ratio':>8}"
        yield from _pair(runs, {"a click program --help": _CLICK, "sheetgen --help": _HELP})
        yield from _pair(runs, {"import pandas, xlsxwriter": _IMPORT, f"sheetgen build, {campaigns} campaigns": build})


def _pair(runs: int, codes: dict[str, str]) -> Iterator[str]:
    costs = take_turns({name: _command(code) for name, code in codes.items()}, runs)
    first = next(iter(costs.values()))
    yield from (_line(name, cost, first) for name, cost in costs.items())


def _line(name: str, cost: Cost, baseline: Cost) -> str:
    wall = f"{cost.wall * 1000:8.0f}{cost.wall / baseline.wall:8.2f}"
    return f"  {name:38}{wall}{cost.cpu * 1000:8.0f}{cost.cpu / baseline.cpu:8.2f}"


def _command(code: str) -> list[str]:
    return ["-c", _TIMED.format(code=code)]
