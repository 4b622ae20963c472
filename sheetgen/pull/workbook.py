"""The edits of a workbook, as Excel, LibreOffice or a library saved it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheetgen.clause import Clause
from sheetgen.errors import NotAReportError
from sheetgen.pull.differences import differences
from sheetgen.pull.edit import Pulled
from sheetgen.pull.held import Held, held_in
from sheetgen.pull.typed_over import campaigns_by_row, typed_over
from sheetgen.readback import read_back, read_record, unreadable_record
from sheetgen.report.baseline import ENTRY, Baseline, unpack_baseline
from sheetgen.report.sums import CAMPAIGNS
from sheetgen.workbook.cells import Book, read_book


def pull_workbook(
    path: Path, templates: Path | None = None, told: Callable[[float], None] = lambda _done: None
) -> Pulled:
    """The edits of a workbook since it was made.

    Raises `NotAReportError` for a workbook that lost its record or its campaigns, or was made before it remembered
    what it was made with; and what `read_book` raises.
    """
    book = read_book(path)
    told(0.3)
    baseline = _baseline(book)
    found = read_back(book, (), templates)
    held = _held(book, baseline)
    edited = differences(baseline, held, found.recipe.settings)
    told(0.6)
    over = typed_over(book, found.report(), campaigns_by_row(baseline, held))
    return Pulled((*edited.edits, *over.edits), (*edited.notices, *over.notices))


def _baseline(book: Book) -> Baseline:
    record = read_record(book)
    if ENTRY not in record:
        problem = Clause("it does not remember what it was made with: an earlier sheetgen made it.")
        raise NotAReportError(path=book.path, problem=problem)
    try:
        return unpack_baseline(record[ENTRY])
    except ValueError as error:
        raise unreadable_record(book, error) from error


def _held(book: Book, baseline: Baseline) -> Held:
    try:
        return held_in(book, baseline)
    except KeyError as error:
        problem = Clause("its {table} table or one of the table's columns is missing.", table=CAMPAIGNS)
        raise NotAReportError(path=book.path, problem=problem) from error
