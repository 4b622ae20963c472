"""Days, weeks and months in pandas: where each period begins, and what falls into it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sheetgen.analysis.groups import Numbers, flights_by_month, sums_by
from sheetgen.analysis.live import Live
from sheetgen.analysis.serials import add_months, month_starts, week_starts

FIRST_SERIAL = 61.0
"""1900-03-01, from which on all spreadsheets number days alike; stands in where no date is known."""

GRAIN_COLUMNS = {"day": "Date", "week": "Week", "month": "Month"}
"""The column of the daily rows that says which period of a grain a row falls into."""

STEPS = {"day": 1, "week": 7}
"""Days from one period to the next, for the grains that have a fixed length."""


def period_starts(live: Live, grain: str, count: int, *, latest: bool) -> list[float]:
    """The first days of `count` periods: from the first in the data on, or, `latest`, up to the last in the filters."""
    first, last = _ends(live, grain)
    start = max(first, _moved(last, grain, 1 - count)) if latest else first
    return [_moved(start, grain, k) for k in range(count)]


def period_sums(
    days: pd.DataFrame | None, campaigns: pd.DataFrame, total: Numbers, grain: str, starts: Sequence[float]
) -> list[dict[str, float | None]]:
    """The measures of each period: of the daily rows, or else of the campaigns' flights, by month."""
    if days is not None:
        return sums_by(days, GRAIN_COLUMNS[grain], starts)
    return flights_by_month(campaigns, total, starts[0], len(starts))


def _ends(live: Live, grain: str) -> tuple[float, float]:
    """The first day of the first period in the data, and of the last that the filters reach."""
    if live.daily is None:
        first, last = live.campaigns["Start Date"].min(), live.campaigns["End Date"].max()
        return _begin(_known(first), "month"), _begin(_known(last), "month")
    column = live.daily[GRAIN_COLUMNS[grain]]
    return _known(column.min()), min(_known(column.max()), _begin(live.scope.last, grain))


def _known(serial: float) -> float:
    return FIRST_SERIAL if np.isnan(serial) else max(float(serial), FIRST_SERIAL)


def _begin(serial: float, grain: str) -> float:
    """The first day of the period of a day."""
    days = np.floor(np.array([serial]))
    if grain == "month":
        return float(month_starts(days)[0])
    return float(week_starts(days)[0] if grain == "week" else days[0])


def _moved(start: float, grain: str, periods: int) -> float:
    return add_months(start, periods) if grain == "month" else start + STEPS[grain] * periods
