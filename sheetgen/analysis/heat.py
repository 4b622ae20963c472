"""A metric by weekday and hour, in pandas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.rounding import rounded
from sheetgen.fields import MEASURES, Field
from sheetgen.formula.to_pandas import evaluate
from sheetgen.kpis import Kpi

Grid = Sequence[Sequence[float | None]]
"""Values by weekday from Monday, then by hour from midnight; None is blank."""

HEAT_DIGITS = 9
"""Digits that are kept, so that the last bits of a sum do not decide where the peak is."""


def slot(weekday: int, hour: int) -> int:
    """The number of an hour of the week, as hourly rows carry it: weekday 1 is Monday."""
    return weekday * 100 + hour


HOURS_IN_DAY = 24
SLOTS = tuple(slot(weekday, hour) for weekday in range(1, 8) for hour in range(HOURS_IN_DAY))


def known_measures(hours: pd.DataFrame) -> dict[str, int]:
    """For each measure how many of the rows with a slot have a number for it, by key."""
    rows = hours[hours["Slot"] > 0]
    return {field.key: int(rows[field.header].count()) for field in MEASURES}


def heat_grid(hours: pd.DataFrame, what: Field | Kpi) -> Grid:
    """A measure or KPI of each hour of the week.

    It is blank everywhere where no row has a number for a measure that it needs; where only some rows
    of an hour lack one, they count as zero.
    """
    sums = hours.groupby("Slot")[[field.header for field in MEASURES]].sum().reindex(SLOTS, fill_value=0.0)
    counts = known_measures(hours)
    sums_by_key = {field.key: sums[field.header].to_numpy() for field in MEASURES if counts[field.key]}
    found = sums_by_key.get(what.key, np.nan) if isinstance(what, Field) else evaluate(what.expr, sums_by_key)
    values = [None if np.isnan(value) else rounded(value, HEAT_DIGITS) for value in np.broadcast_to(found, len(SLOTS))]
    return [values[start : start + HOURS_IN_DAY] for start in range(0, len(values), HOURS_IN_DAY)]


@dataclass(frozen=True)
class Peak:
    """The largest value of some hours of the week; `day` and `hour` are places from 1, Monday's and midnight's."""

    value: float
    day: int
    hour: int


def day_peaks(grid: Grid) -> list[Peak | None]:
    """The peak of each weekday, its first hour of equals; None where all hours are blank."""
    return [_day_peak(day, values) for day, values in enumerate(grid, start=1)]


def _day_peak(day: int, values: Sequence[float | None]) -> Peak | None:
    largest = max((value for value in values if value is not None), default=None)
    return None if largest is None else Peak(largest, day, values.index(largest) + 1)


def week_peak(grid: Grid) -> Peak | None:
    """The peak of the week, the first weekday's of equals."""
    known = [peak for peak in day_peaks(grid) if peak is not None]
    return max(known, key=lambda peak: peak.value, default=None)


def slot_share(hours: pd.DataFrame, header: str, peak: Peak) -> float | None:
    """What part of a measure of all hours of the week falls on the peak; None where there is none of it."""
    sums = hours[hours["Slot"] > 0].groupby("Slot")[header].sum()
    total = sums.sum()
    return float(sums.get(slot(peak.day, peak.hour - 1), 0.0) / total) if total else None
