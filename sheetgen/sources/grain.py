"""What one row of a file is: a campaign, or a campaign's day, hour of a day, or hour of a weekday."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sheetgen.clause import Clause
from sheetgen.fields import DATE, END_DATE, HOUR, START_DATE, WEEKDAY
from sheetgen.ledger import LedgerLine
from sheetgen.sources.remarks import GRAIN, HOUR_ALONE, UNDATED, UNTIMED
from sheetgen.sources.rows import Rows


class Grain(IntEnum):
    """From the row that says most about a campaign's totals to the one that says least."""

    CAMPAIGN = 0
    DAY = 1
    HOUR = 2
    WEEKDAY_HOUR = 3

    @property
    def sentence(self) -> Clause:
        """What one row is, in words."""
        return (
            Clause("campaigns (or parts of them)"),
            Clause("campaigns by day"),
            Clause("campaigns by day and hour"),
            Clause("campaigns by day of the week and hour"),
        )[self]


def find_grain(rows: Rows) -> tuple[Rows, Grain, list[LedgerLine]]:
    """The rows of one file with their grain; a file whose flights all last one day has days.

    A date makes a day, unless flights that are longer are all there is.
    """
    file = rows.files[0]
    dates, hours = rows.dates[DATE.key], np.isfinite(rows.numbers[HOUR.key])
    if np.isnat(dates).all():
        dates = _single_days(rows)
        rows = rows.replaced(dates={DATE.key: dates})
    dated, weekdays = ~np.isnat(dates), np.isfinite(rows.numbers[WEEKDAY.key])
    if dated.any():
        grain = Grain.HOUR if hours.any() else Grain.DAY
    else:
        grain = Grain.WEEKDAY_HOUR if (weekdays & hours).any() else Grain.CAMPAIGN
    lines = [GRAIN.line(file, after=grain.sentence)]
    if grain is Grain.CAMPAIGN and hours.any():
        lines.append(HOUR_ALONE.line(file))
    return rows, grain, lines + _incomplete(rows, grain)


def _single_days(rows: Rows) -> np.ndarray:
    """The day of each row, if no row has a start and an end that differ."""
    start, end = rows.dates[START_DATE.key], rows.dates[END_DATE.key]
    both = ~np.isnat(start) & ~np.isnat(end)
    is_daily = both.any() and np.array_equal(both, ~np.isnat(start) | ~np.isnat(end)) and (start == end)[both].all()
    return np.where(both, start, np.datetime64("NaT", "us")) if is_daily else rows.dates[DATE.key]


def _incomplete(rows: Rows, grain: Grain) -> list[LedgerLine]:
    """A line for each row without the date or hour that the others have."""
    undated = np.isnat(rows.dates[DATE.key]) & (grain in (Grain.DAY, Grain.HOUR))
    weekless = np.isnan(rows.numbers[WEEKDAY.key]) & (grain is Grain.WEEKDAY_HOUR)
    untimed = (np.isnan(rows.numbers[HOUR.key]) & (grain in (Grain.HOUR, Grain.WEEKDAY_HOUR))) | weekless
    lines = []
    for where, remark, field in ((undated, UNDATED, DATE), (untimed & ~undated, UNTIMED, HOUR)):
        places = rows.places(where)
        lines += remark.lines(places, field.header, [""] * len(places), [""] * len(places))
    return lines
