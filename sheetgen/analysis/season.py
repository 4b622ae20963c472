"""The season in pandas: each calendar month's value per day against the average day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.groups import Numbers
from sheetgen.analysis.live import Live
from sheetgen.analysis.periods import FIRST_SERIAL
from sheetgen.analysis.rounding import rounded
from sheetgen.analysis.serials import add_months, from_serials

SEASON_MEASURES = ("Revenue", "Conversions", "Clicks")
"""What a season is judged by: the first of them that the filters leave something of."""

SEASON_MONTHS = 12
"""Months of data that it takes to see every month of the year once."""

DAYS_IN_YEAR = 365.25

INDEX_DIGITS = 6
"""Digits of an index that are kept, so that the last bits of a sum do not decide which month is highest."""


@dataclass(frozen=True)
class Season:
    """What a season is made of: the place (from 0) of its measure in `SEASON_MEASURES`, the bounds of the data.

    `calendar` (1 to 12), `days` of data and `values` of the measure are by listed month; `calendar_days`,
    `calendar_values` and `indexes` by month of the year. An index of 100 is the average day, None a month without one.
    """

    measure: int
    first: float
    last: float
    calendar: tuple[int, ...]
    days: tuple[float, ...]
    values: tuple[float | None, ...]
    calendar_days: tuple[float, ...]
    calendar_values: tuple[float, ...]
    indexes: tuple[float | None, ...]

    @property
    def all_days(self) -> float:
        """The days of data that count."""
        return sum(self.days)

    @property
    def all_values(self) -> float:
        """The measure on all of them."""
        return sum(value or 0.0 for value in self.values)

    @property
    def months(self) -> float:
        """The days of data as a whole number of months."""
        return rounded(self.all_days * 12 / DAYS_IN_YEAR, 0)


def season_of(live: Live, totals: Numbers, starts: Sequence[float], sums: Sequence[Numbers]) -> Season:
    """The season told by the measures `sums` of the months from `starts`; months in which nothing ran do not count."""
    measure = next((k for k, header in enumerate(SEASON_MEASURES[:-1]) if (totals[header] or 0.0) > 0), 2)
    first, last = data_bounds(live)
    days = tuple(
        max(0.0, min(add_months(start, 1) - 1, last) - max(start, first) + 1) if _ran(numbers) else 0.0
        for start, numbers in zip(starts, sums, strict=True)
    )
    values = tuple(numbers[SEASON_MEASURES[measure]] for numbers in sums)
    calendar = tuple(int(month) for month in from_serials(np.array(starts)).dt.month)
    calendar_days, calendar_values = _by_month(calendar, days), _by_month(calendar, values)
    average = sum(calendar_values) / sum(calendar_days) if any(calendar_days) else 0.0
    indexes = tuple(
        rounded(value / day / average * 100, INDEX_DIGITS) if day and average else None
        for day, value in zip(calendar_days, calendar_values, strict=True)
    )
    return Season(measure, first, last, calendar, days, values, calendar_days, calendar_values, indexes)


def _ran(numbers: Numbers) -> bool:
    return sum(number or 0.0 for number in numbers.values()) > 0


def _by_month(calendar: Sequence[int], numbers: Sequence[float | None]) -> tuple[float, ...]:
    pairs = list(zip(calendar, numbers, strict=True))
    return tuple(sum(number or 0.0 for of, number in pairs if of == month) for month in range(1, 13))


def data_bounds(live: Live) -> tuple[float, float]:
    """The first and the last day of the data that the date filter leaves; flights may end after it."""
    if live.daily is not None:
        first, last = live.daily["Date"].min(), live.daily["Date"].max()
        return max(_known(first), live.scope.first), min(_known(last), live.scope.last)
    first, last = live.campaigns["Start Date"].min(), live.campaigns["End Date"].max()
    return max(_known(first), live.scope.first), _known(last)


def _known(serial: float) -> float:
    return FIRST_SERIAL if np.isnan(serial) else float(serial)
