"""The measures of a table: each in its column's own decimal style, text that is no number left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from sheetgen.fields import FIELDS_BY_KEY, MEASURES, PLANNED_BUDGET
from sheetgen.sources.findings import Findings
from sheetgen.sources.numbers import Decimal, NumberMarks, NumberScan, scan_numbers
from sheetgen.sources.recognition import Match
from sheetgen.sources.remarks import ABBREVIATED, BUDGET_IN_WORDS, NOT_A_NUMBER, PERCENT
from sheetgen.sources.settle import Habit, NumberColumn, Place, settle_decimal
from sheetgen.sources.table import FloatArray, RawTable, blank_numbers

KEYS = tuple(field.key for field in (*MEASURES, PLANNED_BUDGET))


def read_measures(
    place: Place,
    table: RawTable,
    mapping: Sequence[Match],
    marks: NumberMarks,
    option: Decimal | None,
    findings: Findings,
    habit: Habit,
) -> dict[str, FloatArray]:
    """The values of each measure, NaN where blank; a field fed by several columns is their sum.

    Raises `AmbiguousNumbersError` for a column whose decimal sign nothing settles.
    """
    used = [
        (FIELDS_BY_KEY[match.field], table.columns[position])
        for match in mapping
        if match.field in KEYS
        for position in match.positions
    ]
    with ThreadPoolExecutor() as threads:
        scans = threads.map(partial(scan_numbers, marks=marks), (column for _, column in used))
        columns = [NumberColumn(field, column, scan) for (field, column), scan in zip(used, scans, strict=True)]
    values: dict[str, FloatArray] = {}
    for number in columns:
        others = partial(_others, table, columns, number, marks)
        sign, lines = settle_decimal(place, number, option, others, habit)
        findings.lines += lines
        findings.signs |= number.scan.signs
        is_plan = number.field is PLANNED_BUDGET
        findings.mention(BUDGET_IN_WORDS if is_plan else NOT_A_NUMBER, number.column, number.scan.bad)
        findings.mention(PERCENT, number.column, number.scan.percent)
        findings.mention(ABBREVIATED, number.column, number.scan.abbreviated)
        key, settled = number.field.key, number.scan.settled(sign)
        values[key] = _sum(values[key], settled) if key in values else settled
    return {**dict.fromkeys(KEYS, blank_numbers(len(table.lines))), **values}


def _others(
    table: RawTable, columns: Sequence[NumberColumn], number: NumberColumn, marks: NumberMarks
) -> Iterator[list[NumberScan]]:
    """The other measures; then every other column, such as rates."""
    yield [other.scan for other in columns if other is not number]
    used = {id(one.column) for one in columns}
    yield [scan_numbers(column, marks) for column in table.columns if id(column) not in used]


def _sum(first: FloatArray, second: FloatArray) -> FloatArray:
    """The sum, blank only where both are."""
    return np.where(np.isnan(first), second, np.where(np.isnan(second), first, first + second))
