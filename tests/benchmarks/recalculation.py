"""Recalculation: an edit until LibreOffice has recalculated the whole workbook, by the number of campaigns."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sheetgen.api import BuildOptions, build
from sheetgen.engines.libreoffice import find_soffice
from sheetgen.workbook.cells import read_book
from tests.benchmarks.exports import written

SIZES = (1_000, 20_000, 100_000)
SCRIPT = Path(__file__).with_name("office.py")
BUDGET = "Campaigns!G5=1234"
FILTERED = "Meta"
"""The platform of the files that are built."""

PYTHONS = (sys.executable, "/usr/bin/python3")
"""Where `uno` may be found: LibreOffice's bindings belong to the system's Python."""


def report(runs: int, scale: float) -> Iterator[str]:
    """The lines of the table, or one that says what is missing."""
    soffice, python = find_soffice(), _python_with_uno()
    if soffice is None or python is None:
        yield "Recalculation: left out, for LibreOffice or its Python bindings (python3-uno) are not installed"
        return
    yield f"Recalculation in LibreOffice, seconds, medians of {runs} edits"
    yield f"{'campaigns':>12}{'load':>10}{'whole':>10}{'a budget':>10}{'ms/1,000':>10}{'a filter':>10}{'ms/1,000':>10}"
    with tempfile.TemporaryDirectory() as folder:
        for rows in (max(10, int(size * scale)) for size in SIZES):
            source = written(Path(folder), "distinct campaigns", rows)
            book = build([source], BuildOptions(output=Path(folder) / "report.xlsx")).path
            yield _line(rows, _times(python, soffice, book, runs))


def _times(python: str, soffice: Path, book: Path, runs: int) -> tuple[float, ...]:
    """Seconds of loading, of recalculating everything, of a budget's edit and of a filter's."""
    command = [python, str(SCRIPT), str(soffice), str(book), str(runs), BUDGET, f"{_filter_cell(book)}={FILTERED}"]
    found = json.loads(subprocess.run(command, env=_plain_environment(), capture_output=True, check=True).stdout)
    return found["load"], found["whole"], *(statistics.median(edit) for edit in found["edits"])


def _line(rows: int, times: tuple[float, ...]) -> str:
    load, whole, budget, chosen = times
    edits = "".join(f"{seconds:10.2f}{seconds / rows * 1e6:10.1f}" for seconds in (budget, chosen))
    return f"{rows:12,}{load:10.1f}{whole:10.1f}{edits}"


def _filter_cell(book: Path) -> str:
    place = read_book(book).names["filter_platform"]
    return str(place).replace("'", "")


def _python_with_uno() -> str | None:
    found = (path for path in PYTHONS if shutil.which(path))
    return next((path for path in found if _has_uno(path)), None)


def _has_uno(python: str) -> bool:
    done = subprocess.run([python, "-c", "import uno"], env=_plain_environment(), capture_output=True, check=False)
    return done.returncode == 0


def _plain_environment() -> dict[str, str]:
    """Without this Python's own paths, which another one stumbles over."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
