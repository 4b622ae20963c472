"""The cleaned data that a report is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from sheetgen.ledger import Ledger

MAX_ROWS = 1_048_575
"""Data rows that fit a sheet under a header."""


@dataclass(frozen=True)
class ColumnSource:
    """Which header of which file fed a canonical column."""

    file: str
    header: str
    column: str


@dataclass(frozen=True)
class Dataset:
    """Campaigns, and their days and hours as far as the input has them.

    `campaigns`: one row per campaign, the 13 canonical headers (and `Planned Budget` where the
    source has it); text columns hold str or None, dates datetime64 or NaT, measures float64 with
    NaN for blank; `Campaign ID` is filled and unique. A measure that the source lacks is all NaN.
    `daily`: `Campaign ID`, `Date` and the seven measures, one row per campaign and date, sorted.
    `hours`: `Campaign ID`, `Weekday` (1 = Monday), `Hour` (0-23) and the measures, one row each, sorted.
    Both are None where the input has no such grain, and add up to `campaigns` where they exist.
    """

    campaigns: pd.DataFrame
    daily: pd.DataFrame | None = None
    hours: pd.DataFrame | None = None
    ledger: Ledger = Ledger()
    sources: tuple[ColumnSource, ...] = ()
    currency: str | None = None
    files: tuple[str, ...] = field(default=())
