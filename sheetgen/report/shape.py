"""The sizes of a report's live lists, fixed when it is built so that an edited workbook keeps its layout."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from sheetgen.analysis.live import first_rows
from sheetgen.analysis.serials import months_between, to_serials
from sheetgen.dataset import Dataset

MOST_LABELS = 20
MOST_PERIODS = 120
DAYS_SHOWN_SINGLY = 31
DAYS_SHOWN_IN_WEEKS = 250


@dataclass(frozen=True)
class Shape:
    """How many platforms, types, months and trend periods the report lists, and the weeks of its daily data.

    `grain` is the trend's period: `day`, `week` or `month`; the counts are 0 where there are no dates.
    """

    platforms: int
    types: int
    months: int
    weeks: int
    periods: int
    grain: str
    daily: bool
    hours: bool
    campaigns: int

    def as_dict(self) -> dict[str, object]:
        """The sizes as plain values, to be stored with the workbook."""
        return asdict(self)


def shape_of(data: Dataset) -> Shape:
    """The sizes that a dataset asks for, within what a page can show."""
    dates = _dates(data)
    months = min(months_between(*dates), MOST_PERIODS) if dates else 0
    weeks = _weeks(*dates) if dates and data.daily is not None else 0
    grain, periods = _trend(dates, weeks, months)
    return Shape(
        platforms=_labels(data.campaigns["Platform"]),
        types=_labels(data.campaigns["Campaign Type"]),
        months=months,
        weeks=weeks,
        periods=periods,
        grain=grain,
        daily=data.daily is not None,
        hours=data.hours is not None,
        campaigns=len(data.campaigns),
    )


def _labels(labels: pd.Series) -> int:
    return min(len(np.unique(first_rows(labels))), MOST_LABELS)


def _dates(data: Dataset) -> tuple[float, float] | None:
    if data.daily is not None:
        days = to_serials(data.daily["Date"])
        return float(np.min(days)), float(np.max(days))
    start, end = to_serials(data.campaigns["Start Date"]), to_serials(data.campaigns["End Date"])
    flown = end >= start
    return (float(np.nanmin(start)), float(end[flown].max())) if flown.any() else None


def _weeks(first: float, last: float) -> int:
    monday = first - (first - 2) % 7
    return int((last - monday) // 7) + 1


def _trend(dates: tuple[float, float] | None, weeks: int, months: int) -> tuple[str, int]:
    if dates is None:
        return "month", 0
    days = int(dates[1] - dates[0]) + 1
    if weeks and days <= DAYS_SHOWN_SINGLY:
        return "day", days
    if weeks and days <= DAYS_SHOWN_IN_WEEKS:
        return "week", weeks
    return "month", months
