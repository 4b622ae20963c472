"""Reads a report's inputs back from its workbook, as they are now: data, filters, settings and recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sheetgen.analysis.serials import from_serials
from sheetgen.clause import Clause
from sheetgen.dataset import ColumnSource, Dataset
from sheetgen.errors import NotAReportError, SheetgenError
from sheetgen.fields import (
    CAMPAIGN_FIELDS,
    CAMPAIGN_ID,
    DATE,
    HOUR,
    LOCK,
    MEASURES,
    PLANNED_BUDGET,
    SCENARIO_BUDGET,
    WEEKDAY,
    Field,
    Kind,
)
from sheetgen.inputs import Inputs, default_inputs
from sheetgen.ledger import Ledger, LedgerLine, Severity
from sheetgen.report.blocks.finer import SHARE
from sheetgen.report.blocks.issues import LEDGER
from sheetgen.report.build import build_report
from sheetgen.report.model import Report
from sheetgen.report.recipe import Recipe, RecordedLedger, from_record
from sheetgen.report.record import TITLE, parse_record
from sheetgen.report.sums import CAMPAIGNS, DAILY, HOURS
from sheetgen.values import Value
from sheetgen.workbook.cells import Book
from sheetgen.workbook.edit import Edit


@dataclass(frozen=True, eq=False)
class ReadBack:
    """A report's ingredients as its workbook holds them."""

    data: Dataset
    inputs: Inputs
    recipe: Recipe

    def report(self) -> Report:
        """The report that pandas makes of them."""
        return build_report(self.data, self.inputs, self.recipe)


def read_back(book: Book, edits: Sequence[Edit] = (), templates: Path | None = None) -> ReadBack:
    """The ingredients of a workbook's report after some edits.

    Raises `NotAReportError` where the workbook lacks the record or a table.
    """
    recipe, recorded = _recipe(book, templates)
    cells = _Cells(book, {(edit.tab, edit.row, edit.column): edit.value for edit in edits})
    campaigns = _frame(cells, CAMPAIGNS, (*CAMPAIGN_FIELDS, *_optional(book)))
    data = Dataset(
        campaigns=campaigns,
        daily=_frame(cells, DAILY, (CAMPAIGN_ID, DATE, *MEASURES), SHARE) if recipe.shape.daily else None,
        hours=_frame(cells, HOURS, (CAMPAIGN_ID, WEEKDAY, HOUR, *MEASURES), SHARE) if recipe.shape.hours else None,
        ledger=_ledger(cells, recorded),
        sources=_unnamed_sources(recorded),
    )
    names = default_inputs(recipe.settings, recipe.kpis, "", "").values
    values = {name: cells.at(*book.names[name]) for name in names if name in book.names}
    return ReadBack(data, Inputs(values), recipe)


@dataclass(frozen=True, eq=False)
class _Cells:
    """The workbook's cells with the edits on top."""

    book: Book
    edited: dict[tuple[str, int, int], float | str | None]

    def at(self, tab: str, row: int, column: int) -> Value:
        if (tab, row, column) in self.edited:
            return self.edited[tab, row, column]
        sheet = self.book.sheet(tab)
        return sheet.value(row, column) if sheet else None

    def column(self, table: str, header: str) -> list[Value]:
        place = self.book.tables[table]
        column = place.column + place.headers.index(header)
        return [self.at(place.tab, row, column) for row in range(place.first_row, place.last_row + 1)]


def read_record(book: Book) -> dict[str, Any]:
    """What the workbook's record tab remembers of how it was made.

    Raises `NotAReportError` where it has no such tab, or one that cannot be read.
    """
    sheet = book.sheet(TITLE)
    if sheet is None:
        problem = Clause("it has no {tab} tab, which says how it was made.", tab=TITLE)
        raise NotAReportError(path=book.path, problem=problem)
    rows = sorted(row for row, column in sheet.cells if column == 0)
    try:
        return parse_record(str(sheet.value(row, 0)) for row in rows)
    except ValueError as error:
        raise unreadable_record(book, error) from error


def unreadable_record(book: Book, reason: Exception) -> NotAReportError:
    """The problem of a record tab that holds what cannot be used."""
    problem = Clause("its {tab} tab cannot be read ({reason}).", tab=TITLE, reason=reason)
    return NotAReportError(path=book.path, problem=problem)


def _recipe(book: Book, templates: Path | None) -> tuple[Recipe, RecordedLedger]:
    record = read_record(book)
    try:
        return from_record(record, templates)
    except (KeyError, TypeError, ValueError, SheetgenError) as error:
        raise unreadable_record(book, error) from error


def _optional(book: Book) -> tuple[Field, ...]:
    headers = book.tables[CAMPAIGNS].headers if CAMPAIGNS in book.tables else ()
    return tuple(field for field in (PLANNED_BUDGET, LOCK, SCENARIO_BUDGET) if field.header in headers)


def _frame(cells: _Cells, table: str, fields: tuple[Field, ...], *extra: str) -> pd.DataFrame:
    try:
        columns: dict[str, object] = {
            field.header: _values(field, cells.column(table, field.header)) for field in fields
        }
        columns |= {header: _numbers(cells.column(table, header)) for header in extra}
    except (KeyError, ValueError) as error:
        problem = Clause("its {table} table or one of the table's columns is missing.", table=table)
        raise NotAReportError(path=cells.book.path, problem=problem) from error
    return pd.DataFrame(columns)


def _values(field: Field, values: list[Value]) -> object:
    if field.kind is Kind.TEXT:
        return pd.Series([_text(value) for value in values], dtype=object)
    numbers = _numbers(values)
    return from_serials(numbers) if field.kind is Kind.DATE else numbers


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) and value else None


def _numbers(values: list[Value]) -> np.ndarray:
    return np.array([float(v) if isinstance(v, float | int) and not isinstance(v, bool) else np.nan for v in values])


def _ledger(cells: _Cells, recorded: RecordedLedger) -> Ledger:
    """The ledger's shown lines, and stand-ins for those that the workbook only counts."""
    is_shown = LEDGER in cells.book.tables
    codes = [str(code) for code in (cells.column(LEDGER, "Code") if is_shown else ())]
    spend = _numbers(cells.column(LEDGER, "Spend") if is_shown else []).tolist()
    shown = {
        issue.code: [money for code, money in zip(codes, spend, strict=True) if code == issue.code]
        for issue in recorded.issues
    }
    for issue in recorded.issues:
        missing = max(issue.count - len(shown[issue.code]), 0)
        rest = (issue.spend or 0.0) - float(np.nansum(shown[issue.code]))
        codes += [issue.code] * missing
        spend += [rest if issue.spend is not None else np.nan, *[np.nan] * missing][:missing]
    severities = {issue.code: Severity(issue.severity) for issue in recorded.issues}
    lines = tuple(_line(code, severities.get(code, Severity.INFO)) for code in codes)
    return Ledger(lines, recorded.rows_in, recorded.rows_used, np.array(spend, dtype=np.float64))


def _line(code: str, severity: Severity) -> LedgerLine:
    return LedgerLine(code, severity, "", 0, "", "", "", "")


def _unnamed_sources(recorded: RecordedLedger) -> tuple[ColumnSource, ...]:
    """Stand-ins for the column sources: no formula reads them, but they take rows on the page."""
    return (ColumnSource("", "", ""),) * recorded.sources
