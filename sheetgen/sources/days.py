"""The dates, hours and weekdays of a table; a time in the date column gives the hour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from sheetgen.fields import DATE, END_DATE, HOUR, START_DATE, WEEKDAY, Field, Kind
from sheetgen.sources.calendar import scan_hours, scan_weekdays
from sheetgen.sources.dates import DateMarks, DateOrder, scan_dates, whole_days
from sheetgen.sources.findings import Findings
from sheetgen.sources.platforms import PERIOD_END, PERIOD_START
from sheetgen.sources.recognition import Match
from sheetgen.sources.remarks import NOT_A_DATE, NOT_A_WEEKDAY, NOT_AN_HOUR, WEEKDAY_UNCLEAR
from sheetgen.sources.settle import DateColumn, Habit, Place, settle_date_order
from sheetgen.sources.table import (
    FEW_ROWS,
    DateArray,
    FloatArray,
    RawColumn,
    RawTable,
    blank_dates,
    blank_numbers,
)

FIELDS = {
    **{field.key: field for field in (START_DATE, END_DATE, DATE)},
    PERIOD_START: Field(PERIOD_START, START_DATE.header, Kind.DATE),
    PERIOD_END: Field(PERIOD_END, END_DATE.header, Kind.DATE),
}


def with_weekdays(table: RawTable, mapping: Sequence[Match], marks: DateMarks) -> tuple[Match, ...]:
    """The mapping, with a `Day` column that holds names of weekdays feeding Weekday."""
    keys = {match.field for match in mapping}
    return tuple(
        Match(WEEKDAY.key, match.headers, match.positions)
        if match.field == DATE.key and WEEKDAY.key not in keys and _names_days(table.columns[match.positions[0]], marks)
        else match
        for match in mapping
    )


def read_dates(
    place: Place,
    table: RawTable,
    mapping: Sequence[Match],
    marks: DateMarks,
    option: DateOrder | None,
    findings: Findings,
    habit: Habit,
) -> dict[str, DateArray]:
    """The moments of each date field, NaT where blank.

    Raises `AmbiguousDatesError` for a column whose order of day and month nothing settles.
    """
    columns = _scanned([match for match in mapping if match.field in FIELDS], table, marks)
    moments = dict.fromkeys(FIELDS, blank_dates(len(table.lines)))
    for dated in columns:
        others = [other for other in columns if other is not dated]
        order, lines = settle_date_order(place, dated, option, others, habit)
        findings.lines += lines
        findings.mention(NOT_A_DATE, dated.column, dated.scan.bad)
        moments[dated.field.key] = dated.scan.settled(order)
    return moments


def _scanned(matches: Sequence[Match], table: RawTable, marks: DateMarks) -> list[DateColumn]:
    """The columns of dates; where one repeats another, as of a report by day, it is read once."""
    columns: list[DateColumn] = []
    for match in matches:
        column = table.columns[match.positions[0]]
        scan = next((known.scan for known in columns if known.column.repeats(column)), None)
        columns.append(DateColumn(FIELDS[match.field], column, scan or scan_dates(column, marks)))
    return columns


def read_clock(
    place: Place,
    table: RawTable,
    mapping: Sequence[Match],
    marks: DateMarks,
    moments: DateArray,
    findings: Findings,
) -> dict[str, FloatArray]:
    """Hour and weekday, NaN where blank; without an hour column, the hours of the moments, if any is not midnight."""
    columns = {match.field: table.columns[match.positions[0]] for match in mapping}
    return {
        HOUR.key: _hours(columns.get(HOUR.key), marks, moments, findings),
        WEEKDAY.key: _weekdays(place, columns.get(WEEKDAY.key), marks, len(table.lines), findings),
    }


def _hours(column: RawColumn | None, marks: DateMarks, moments: DateArray, findings: Findings) -> FloatArray:
    if column is not None:
        scan = scan_hours(column, marks.nulls)
        findings.mention(NOT_AN_HOUR, column, scan.bad)
        return scan.values
    midnights = whole_days(moments)
    if midnights is moments:
        return blank_numbers(len(moments))
    hours = (moments - midnights).astype("timedelta64[h]").astype(np.float64)
    return np.where(np.isnat(moments), np.nan, hours)


def _weekdays(place: Place, column: RawColumn | None, marks: DateMarks, size: int, findings: Findings) -> FloatArray:
    if column is None:
        return blank_numbers(size)
    scan = scan_weekdays(column, marks.nulls, marks.weekdays)
    if (scan.values == 0).any():
        findings.lines.append(WEEKDAY_UNCLEAR.line(place.file, field=column.header))
        return np.full(size, np.nan)
    findings.mention(NOT_A_WEEKDAY, column, scan.bad)
    return scan.values


def _names_days(column: RawColumn, marks: DateMarks) -> bool:
    """Whether every cell is the name of a weekday; numbers may be days of a month."""
    for part in (column.cells.slice(0, FEW_ROWS), column.cells):
        if pc.any(pc.match_substring_regex(part, r"\d")).as_py():
            return False
    scan = scan_weekdays(column, marks.nulls, marks.weekdays)
    return bool(np.isfinite(scan.values).any() and not scan.bad.any())
