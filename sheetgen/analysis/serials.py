"""Dates as spreadsheet serial numbers: days since 1899-12-30."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

EPOCH = np.datetime64("1899-12-30")
LAST_SERIAL = 2958465.0
"""9999-12-31, the last date a spreadsheet knows."""

Floats = NDArray[np.float64]


def to_serials(dates: pd.Series) -> Floats:
    """Serial numbers of a datetime column, NaN for NaT."""
    stamps = pd.to_datetime(dates).to_numpy(dtype="datetime64[s]")
    return np.where(np.isnat(stamps), np.nan, (stamps - EPOCH) / np.timedelta64(1, "D"))


def from_serials(serials: Floats) -> pd.Series:
    """Datetimes of serial numbers, NaT for NaN."""
    seconds = np.round(np.nan_to_num(serials) * 86400).astype("timedelta64[s]")
    stamps = np.where(np.isnan(serials), np.datetime64("NaT"), EPOCH.astype("datetime64[s]") + seconds)
    return pd.Series(stamps.astype("datetime64[s]"))


def to_serial(day: date) -> float:
    """The serial number of one date."""
    return float((np.datetime64(day) - EPOCH) / np.timedelta64(1, "D"))


def _months(serials: Floats) -> NDArray[np.datetime64]:
    days = np.floor(np.nan_to_num(serials)).astype("timedelta64[D]")
    return (EPOCH + days).astype("datetime64[M]")


def month_starts(serials: Floats) -> Floats:
    """The serial of the first day of each date's month, NaN for NaN."""
    starts = (_months(serials).astype("datetime64[D]") - EPOCH) / np.timedelta64(1, "D")
    return np.where(np.isnan(serials), np.nan, starts)


def add_months(serial: float, months: int) -> float:
    """The serial of the same first of month, some months later."""
    start = _months(np.array([serial]))[0] + np.timedelta64(months, "M")
    return float((start.astype("datetime64[D]") - EPOCH) / np.timedelta64(1, "D"))


def months_between(first: float, last: float) -> int:
    """How many months lie from the first serial's month to the last's, both counted."""
    months = _months(np.array([first, last]))
    return int((months[1] - months[0]).astype(int)) + 1


def weekdays(serials: Floats) -> Floats:
    """ISO weekdays: 1 is Monday, 7 is Sunday; NaN for NaN."""
    return (np.floor(serials) - 2) % 7 + 1


def week_starts(serials: Floats) -> Floats:
    """The serial of the Monday of each date's week, NaN for NaN."""
    return np.floor(serials) - weekdays(serials) + 1
