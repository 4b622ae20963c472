"""Names on the first row of their group alone, as in a pivot table or in merged cells, written on every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.clause import Clause
from sheetgen.fields import CAMPAIGN_ID, CAMPAIGN_NAME, CAMPAIGN_TYPE, DATE, HOUR, MEASURES, PLATFORM, WEEKDAY
from sheetgen.ledger import LedgerLine
from sheetgen.sources.glance import is_word
from sheetgen.sources.platforms import PERIOD_END, PERIOD_START
from sheetgen.sources.recognition import Recognition
from sheetgen.sources.remarks import FILLED_DOWN
from sheetgen.sources.table import BoolArray, IntArray, RawColumn, RawTable

NAMES = (CAMPAIGN_ID.key, CAMPAIGN_NAME.key)
GROUPING = (*NAMES, PLATFORM.key, CAMPAIGN_TYPE.key, DATE.key)
"""What may stand on the first row of a group only."""
FINER = (*GROUPING, HOUR.key, WEEKDAY.key)
MEASURED = tuple(field.key for field in MEASURES)
NOTHING = pa.array([""])
LEAST_SHARE = 0.5
"""A name missing here and there makes no outline: there are at least half as many blanks below names as names."""


def fill_down(table: RawTable, recognition: Recognition) -> tuple[RawTable, list[LedgerLine]]:
    """The table with each name of an outline on all rows of its group, and a line for each column filled.

    Left alone are blanks on rows that tell nothing finer, such as totals, and columns whose filling would tell the
    same thing twice.
    """
    lines = []
    for place in sorted(_places(recognition, GROUPING)):
        blank = is_blank(table.columns[place])
        sources = _first_rows(table, recognition, place, blank) if blank.any() else None
        if sources is not None:
            columns = list(table.columns)
            columns[place] = _taken(columns[place], sources)
            table = replace(table, columns=tuple(columns))
            count = Clause("{count} rows", count=np.count_nonzero(sources != np.arange(len(sources))))
            lines.append(FILLED_DOWN.line(table.file, field=columns[place].header, after=count))
    return table, lines


def _places(recognition: Recognition, keys: tuple[str, ...]) -> list[int]:
    return [match.positions[0] for key in keys if (match := recognition.match(key))]


def is_blank(column: RawColumn) -> BoolArray:
    """Where the cell holds nothing at all: a dash is a mark of its own."""
    encoded = column.compact
    blank = is_word(encoded.dictionary, NOTHING)
    if not blank.any():
        return np.zeros(len(encoded), dtype=np.bool_)
    by_row: BoolArray = blank[encoded.indices.to_numpy()]
    return by_row


def _first_rows(table: RawTable, recognition: Recognition, place: int, blank: BoolArray) -> IntArray | None:
    """For each row the row whose cell it takes; None where the column is no outline."""
    finer, coarser = _beside(table, recognition, place)
    telling = _telling(recognition, finer, place)
    if not _told(_rows_of(table, np.flatnonzero(blank)), recognition, telling).any():
        return None
    told = _told(table, recognition, telling)
    below = blank & told
    if blank[: int(np.argmax(below)) + 1].all():
        return None
    rows = np.arange(len(blank), dtype=np.int64)
    above = np.maximum.accumulate(np.where(blank, -1, rows))
    heads = np.unique(np.concatenate([above[below], np.flatnonzero(~blank & told)]))
    if np.count_nonzero(below) < LEAST_SHARE * len(heads):
        return None
    sources = np.where(below, above, rows)
    column = table.columns[place]
    used = np.flatnonzero(told)
    groups = [_codes(table.columns[at]) for at in coarser]
    details = [_codes(one)[used] for one in (*(table.columns[at] for at in finer), *_periods(table, recognition))]
    is_outline = _all_differ([codes[heads] for codes in groups] + [_codes(column)[heads]]) and _all_differ(
        [codes[used] for codes in groups] + [_codes(column)[sources][used]] + details
    )
    return sources if is_outline else None


def _told(table: RawTable, recognition: Recognition, telling: Iterable[int]) -> BoolArray:
    """The rows that tell something finer than a group, and have a measure."""
    told = _filled([table.columns[at] for at in telling], len(table.lines)) | _is_one_day(table, recognition)
    return told & _filled([table.columns[at] for at in _places(recognition, MEASURED)], len(table.lines))


def _rows_of(table: RawTable, rows: IntArray) -> RawTable:
    columns = tuple(_taken(column, rows) for column in table.columns)
    return RawTable(table.file, columns, table.lines[rows])


def _beside(table: RawTable, recognition: Recognition, place: int) -> tuple[list[int], list[int]]:
    """The columns that part the rows of a group, right of it, and those of the groups that it is in, left of it."""
    parting = set(_places(recognition, FINER))
    parting |= {at for at, column in enumerate(table.columns) if column.header in recognition.breakdowns}
    return sorted(at for at in parting if at > place), sorted(at for at in parting if at < place)


def _telling(recognition: Recognition, finer: Iterable[int], place: int) -> list[int]:
    """The finer columns that tell a row of a group from a total; names do not, below an ID."""
    names = _places(recognition, NAMES)
    return [at for at in finer if place not in names or at not in names]


def _filled(columns: Iterable[RawColumn], size: int) -> BoolArray:
    """Where one of the columns has a cell with something in it."""
    filled = np.zeros(size, dtype=np.bool_)
    for column in columns:
        filled |= ~is_blank(column)
    return filled


def _periods(table: RawTable, recognition: Recognition) -> list[RawColumn]:
    return [table.columns[at] for at in _places(recognition, (PERIOD_START, PERIOD_END))]


def _is_one_day(table: RawTable, recognition: Recognition) -> BoolArray:
    """Where the row reports on one day: a total reports on more."""
    periods = _periods(table, recognition)
    if len(periods) < 2:
        return np.zeros(len(table.lines), dtype=np.bool_)
    first, last = (column.text for column in periods)
    same: BoolArray = pc.and_(pc.equal(first, last), pc.not_equal(first, "")).to_numpy(zero_copy_only=False)
    return same


def _codes(column: RawColumn) -> IntArray:
    codes: IntArray = column.distinct.indices.to_numpy().astype(np.int64)
    return codes


def _all_differ(columns: list[IntArray]) -> bool:
    return not pd.DataFrame(dict(enumerate(columns))).duplicated().any()


def _taken(column: RawColumn, rows: IntArray) -> RawColumn:
    return RawColumn(
        column.header,
        column.cells.take(pa.array(rows)),
        None if column.numbers is None else column.numbers[rows],
        None if column.dates is None else column.dates[rows],
    )
