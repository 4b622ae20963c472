"""What an engine answered to the rollup, as a table that is read like that of a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sheetgen.clause import Clause
from sheetgen.dataset import MAX_ROWS
from sheetgen.errors import LimitError
from sheetgen.events.layout import Layout
from sheetgen.events.rollup import DAY, DAYS, EVENTS, FLAGS, HOUR, HOURS, MIDNIGHT, PART, WEEKDAY
from sheetgen.sources.parquet import read_cells
from sheetgen.sources.table import FloatArray, IntArray, RawTable

DECIMALS = 6
"""Engines add up in no fixed order: what that changes is far behind these decimals."""

WHAT = {DAYS: Clause("campaigns by day"), HOURS: Clause("campaigns by day of the week and hour")}


@dataclass(frozen=True)
class Rolled:
    """The rollup: the first `days` rows are campaigns by day, the others campaigns by weekday and hour.

    `events` is how many events each row stands for, `flags` what was wrong with them; `sums` has the measures by key.
    `weekday` and `hour` are NaN where the engine told none.
    """

    table: RawTable
    days: int
    events: IntArray
    flags: IntArray
    sums: dict[str, FloatArray]
    weekday: FloatArray
    hour: FloatArray

    @property
    def rows_in(self) -> int:
        """How many events there are."""
        return int(self.events[: self.days].sum())


def read_answer(answer: pa.Table, layout: Layout, name: str) -> Rolled:
    """The rollup, its rows in an order that does not depend on the engine.

    Raises `LimitError` for more rows than fit a sheet.
    """
    _require_room(answer, layout, name)
    keys = [f"key_{place}" for place in range(len(layout.keys))]
    rows = answer
    if HOUR in rows.column_names and not layout.clock and _is_all_midnight(rows[HOUR]):
        rows = rows.filter(pc.field(PART) == DAYS)
    by = [name for name in (PART, *keys, DAY, WEEKDAY, HOUR, FLAGS) if name in rows.column_names]
    rows = rows.sort_by([(name, "ascending") for name in by]).combine_chunks()
    columns = dict(zip(layout.keys, (rows[name] for name in keys), strict=True))
    columns |= {header: rows[name] for header, name in ((layout.day, DAY), (layout.clock, HOUR)) if header}
    lines = np.arange(len(rows), dtype=np.int64) + 1
    cells = tuple(read_cells(header, column.combine_chunks()) for header, column in columns.items())
    hour = np.full(len(rows), np.nan) if layout.clock else _numbers(rows, HOUR)
    return Rolled(
        table=RawTable(name, cells, lines),
        days=pc.sum(pc.equal(rows[PART], DAYS)).as_py() or 0,
        events=_numbers(rows, EVENTS).astype(np.int64),
        flags=_numbers(rows, FLAGS).astype(np.int64),
        sums={one.field.key: np.round(_numbers(rows, one.field.key), DECIMALS) for one in layout.measures},
        weekday=_numbers(rows, WEEKDAY),
        hour=np.where(hour == MIDNIGHT, 0.0, hour),
    )


def _require_room(answer: pa.Table, layout: Layout, name: str) -> None:
    for part, what in WHAT.items():
        if (pc.sum(pc.equal(answer[PART], part)).as_py() or 0) > MAX_ROWS:
            raise LimitError(
                what=Clause("{source}: {what}", source=name, what=what),
                found=Clause("more than {count:,} rows", count=MAX_ROWS),
                allowed=Clause("{count:,} rows of a sheet", count=MAX_ROWS),
                remedy=_remedy(layout),
            )


def _remedy(layout: Layout) -> Clause:
    if layout.day is None and layout.moments:
        return Clause(
            "Give the date as a date or as YYYY-MM-DD, so that the engine can tell days, or a shorter period."
        )
    return Clause("Choose a shorter period or fewer campaigns with --query.")


def _is_all_midnight(hours: pa.ChunkedArray) -> bool:
    return bool(pc.all(pc.equal(hours, MIDNIGHT)).as_py() is not False)


def _numbers(rows: pa.Table, name: str) -> FloatArray:
    if name not in rows.column_names:
        return np.full(len(rows), np.nan)
    values: FloatArray = pc.cast(rows[name], pa.float64()).fill_null(np.nan).to_numpy()
    return values
