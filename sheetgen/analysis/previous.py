"""The period that the cards compare with the one before it, and what both hold.

With a date filter it is the filter's days within the data, against as many days just before them; without,
the last calendar month in the data, against the same days of the month before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.groups import flights_between, measures_in, totals
from sheetgen.analysis.live import Live
from sheetgen.analysis.rounding import rounded
from sheetgen.analysis.serials import add_months, month_starts

LEAST_DAYS = 7
"""A month with fewer days of data is not compared."""

LEAST_SHARE = 0.75
"""How much of the days that are compared the days before must be, where the data begin late."""


@dataclass(frozen=True)
class Windows:
    """First and last days of the data, the period and the one before, as the helper cells list them; None: no dates.

    `month` is the first day of the period's month where there is no date filter.
    """

    data_first: float | None
    data_last: float | None
    last: float | None = None
    month: float | None = None
    first: float | None = None
    before_first: float | None = None
    before_last: float | None = None

    @property
    def comparable(self) -> bool:
        """Whether both periods are long enough to say something."""
        if self.first is None or self.last is None or self.before_first is None or self.before_last is None:
            return False
        days, before = self.last - self.first + 1, self.before_last - self.before_first + 1
        return days >= (1 if self.month is None else LEAST_DAYS) and before >= days * LEAST_SHARE


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
        return Windows(begin, end, last, None, first, max(first - (last - first + 1), begin), first - 1)
    return _months(begin, end)


def _months(begin: float, end: float) -> Windows:
    day = end - _month_start(end) + 1
    last = end - day if day < LEAST_DAYS else end
    month = _month_start(last)
    before = add_months(month, -1)
    late = max(0.0, begin - before)
    is_whole = last + 1 == add_months(month, 1)
    before_last = month - 1 if is_whole else min(before + (last - month), month - 1)
    return Windows(begin, end, last, month, month + late, before + late, before_last)


def _month_start(serial: float) -> float:
    return float(month_starts(np.array([serial]))[0])


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
