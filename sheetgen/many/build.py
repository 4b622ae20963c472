"""Many reports from one command: one for each value of a column, or one for each file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sheetgen.api import BuildOptions, Progress, require_design, require_output
from sheetgen.clause import Clause
from sheetgen.errors import OptionError
from sheetgen.ledger import Ledger
from sheetgen.many.capacity import job_count
from sheetgen.many.crew import run_tasks
from sheetgen.many.names import VALUE, Places, slugs_of
from sheetgen.many.task import Outcome, Task
from sheetgen.sources.division import Part, divide_files
from sheetgen.sources.files import find_files

REPORT, LEDGER, EDITS = "report.xlsx", "ledger.csv", "edits.csv"
LIMIT: Final = 200
READING: Final = 0.1
"""The share of the whole that reading takes."""

BYTES_PER_ROW: Final = 60
"""Of a file whose rows are not counted yet; packed formats have more rows, and take no more memory for each."""


@dataclass(frozen=True)
class ManyOptions:
    """How many reports are made.

    `report` is what each is like: its output, ledger, edits and title may have `{value}`. They are made of the values
    of the column `split_by`, at most `limit` of them, or of each file where it is None; `jobs` is how many at a time,
    None for as many as the machine can.
    """

    report: BuildOptions = field(default_factory=BuildOptions)
    split_by: str | None = None
    jobs: int | None = None
    limit: int = LIMIT


@dataclass(frozen=True)
class Many:
    """What became of each report, in the order of their values, and the ledger of rows that are in none of them."""

    outcomes: tuple[Outcome, ...]
    left: Ledger


@dataclass(frozen=True)
class _Piece:
    """What one report is made of: a file, or a part of divided files."""

    value: str
    source: Path
    rows: int
    is_part: bool


class _Watch:
    """Adds up what is told of each report, and keeps what became of it."""

    def __init__(self, count: int, progress: Progress, finished: Callable[[Outcome], None]) -> None:
        self.outcomes: dict[int, Outcome] = {}
        self._done = [0.0] * count
        self.progress = progress
        self._tell = finished

    def progressed(self, place: int, done: float) -> None:
        """So much of a report is done."""
        self._done[place] = max(self._done[place], done)
        self.progress("Making reports", READING + (1 - READING) * sum(self._done) / len(self._done))

    def finished(self, place: int, outcome: Outcome) -> None:
        """A report is finished, or failed."""
        self.outcomes[place] = outcome
        self.progressed(place, 1.0)
        self._tell(outcome)


def build_many(
    inputs: Sequence[Path],
    options: ManyOptions,
    progress: Progress = lambda _step, _done: None,
    finished: Callable[[Outcome], None] = lambda _outcome: None,
) -> Many:
    """Make the reports in processes side by side; one that fails leaves the others as they are.

    `finished` is told of each when it comes to its end. Raises a `SheetgenError` for what keeps all from being made.
    On systems that start processes anew, a script that calls this has it under `if __name__ == "__main__":`.
    """
    _require_counts(options)
    places = _places(options.report)
    require_design(options.report)
    with tempfile.TemporaryDirectory(prefix="sheetgen-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        pieces, left = _pieces(inputs, options, scratch, progress)
        tasks = _tasks(pieces, options.report, places, find_files(inputs))
        watch = _Watch(len(tasks), progress, finished)
        jobs = options.jobs or job_count(max(piece.rows for piece in pieces))
        run_tasks(tasks, jobs, scratch, watch)
    return Many(tuple(outcome for _, outcome in sorted(watch.outcomes.items())), left)


def _require_counts(options: ManyOptions) -> None:
    for option, count in (("--jobs", options.jobs), ("--limit", options.limit)):
        if count is not None and count < 1:
            raise OptionError(option=option, found=str(count), allowed=Clause("a whole number from 1"))


def _places(report: BuildOptions) -> dict[str, Places]:
    """Where the files of the reports are, by what they are."""
    if report.edits and VALUE not in str(report.edits):
        allowed = Clause("a path with {value}, since each report has edits of its own", value=VALUE)
        raise OptionError(option="--edits", found=str(report.edits), allowed=allowed)
    given = {
        REPORT: ("--output", report.output),
        LEDGER: ("--ledger", report.ledger),
        EDITS: ("--edits", report.edits),
    }
    return {name: Places.of_option(option, path, name) for name, (option, path) in given.items() if path}


def _pieces(
    inputs: Sequence[Path], options: ManyOptions, scratch: Path, progress: Progress
) -> tuple[tuple[_Piece, ...], Ledger]:
    if options.split_by is None:
        files = find_files(inputs)
        return tuple(_Piece(path.stem, path, _size(path) // BYTES_PER_ROW, is_part=False) for path in files), Ledger()

    def told(done: float) -> None:
        progress("Reading", READING * done)

    told(0.0)
    division = divide_files(inputs, options.report.read, options.split_by, options.limit, scratch, told)
    return tuple(map(_piece, division.parts)), division.left


def _piece(part: Part) -> _Piece:
    return _Piece(part.value, part.path, part.rows, is_part=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _tasks(
    pieces: Sequence[_Piece], report: BuildOptions, places: dict[str, Places], files: Sequence[Path]
) -> list[Task]:
    """A task for each piece.

    Raises `OptionError` or `OutputError` for a place that no report can have.
    """
    tasks = []
    for piece, slug in zip(pieces, slugs_of(piece.value for piece in pieces), strict=True):
        paths = {name: place.of_slug(slug) for name, place in places.items()}
        require_output(paths[REPORT], files)
        edits = paths.get(EDITS)
        title = report.title.replace(VALUE, piece.value) if report.title else None
        own = replace(
            report,
            output=paths[REPORT],
            ledger=paths.get(LEDGER),
            edits=edits if edits and edits.exists() else None,
            title=title,
        )
        tasks.append(Task(piece.value, own, piece.source, piece.is_part))
    if EDITS in places and not any(task.options.edits for task in tasks):
        allowed = Clause("a path with {value} of which at least one file is there", value=VALUE)
        raise OptionError(option="--edits", found=str(report.edits), allowed=allowed)
    return tasks
