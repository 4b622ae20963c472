"""The period that the cards compare with the one before it, and what both hold.

With a date filter it is the filter's days within the data, against as many days just before them;
without, the last calendar month that the data cover to its end, against the month before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.groups import flights_between, measures_in, totals
from sheetgen.analysis.live import Live
from sheetgen.analysis.rounding import rounded
from sheetgen.analysis.serials import add_months, month_starts


@dataclass(frozen=True)
class Windows:
    """First and last days of the period and of the one before; None where the data have no dates.

    `data_first` and `data_last` are the ends of the data.
    """

    data_first: float | None
    data_last: float | None
    first: float | None = None
    last: float | None = None
    before_first: float | None = None
    before_last: float | None = None

    @property
    def bounds(self) -> tuple[float | None, ...]:
        """The ends of the data, of the period and of the one before."""
        return self.data_first, self.data_last, self.first, self.last, self.before_first, self.before_last

    @property
    def comparable(self) -> bool:
        """Whether there is a period, and the data reach back over the whole one before it."""
        if self.data_first is None or self.first is None or self.last is None or self.before_first is None:
            return False
        return self.last >= self.first and self.before_first >= self.data_first


def windows(live: Live) -> Windows:
    """The two periods under the filters."""
    if live.daily is not None:
        starts = ends = live.daily["Date"]
    else:
        starts, ends = live.campaigns["Start Date"], live.campaigns["End Date"]
    if starts.isna().all() or ends.isna().all():
        return Windows(_day(starts.min()), _day(ends.max()))
    begin, end = float(np.floor(starts.min())), float(np.floor(ends.max()))
    if live.scope.dated:
        first, last = max(live.scope.first, begin), min(live.scope.last, end)
        return Windows(begin, end, first, last, first - (last - first + 1), first - 1)
    first = add_months(float(month_starts(np.array([end + 1]))[0]), -1)
    return Windows(begin, end, first, add_months(first, 1) - 1, add_months(first, -1), first - 1)


def _day(serial: float) -> float | None:
    return None if np.isnan(serial) else float(np.floor(serial))


def window_sums(live: Live, first: float | None, last: float | None) -> dict[str, float | None]:
    """The measures of the selected platform and type from the first to the last day; all blank without days.

    Days are those of the daily data. Without, a date filter counts campaigns by their start date; else each
    campaign's numbers are spread evenly over the days of its flight.
    """
    rows = live.campaigns if live.daily is None else live.daily
    if first is None or last is None:
        return dict.fromkeys(measures_in(rows))
    rows = rows[rows["Selected"] == 1]
    if live.daily is not None:
        return _sums(rows, rows["Date"].between(first, last))
    if live.scope.dated:
        return _sums(rows, rows["Start Date"].between(first, last))
    return flights_between(rows, totals(rows), first, last)


def _sums(rows: pd.DataFrame, chosen: pd.Series) -> dict[str, float | None]:
    return totals(rows[chosen])


def points(now: float | None, before: float | None, digits: int) -> float | None:
    """The change of a ratio in percentage points."""
    return None if now is None or before is None else rounded((now - before) * 100, digits)


def growth(now: float | None, before: float | None) -> float | None:
    """The change in percent with one decimal, blank where there was nothing or less before."""
    if now is None or before is None or before <= 0:
        return None
    return rounded((now - before) / before * 100, 1)
