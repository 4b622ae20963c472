"""Rows of any grain added up by campaign, by day and by hour of the week; nothing counts twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sheetgen.fields import CAMPAIGN_ID, DATE, HOUR, MEASURES, WEEKDAY
from sheetgen.sources.dates import DAY
from sheetgen.sources.grain import Grain
from sheetgen.sources.keys import Keys
from sheetgen.sources.rows import Rows
from sheetgen.sources.table import DATE_TYPE, BoolArray, DateArray, FloatArray, IntArray

Column = pd.Series | FloatArray | IntArray | DateArray

HOURS_PER_DAY = 24
MONDAY_OFFSET = 3
"""Day 0 of the calendar, 1970-01-01, was a Thursday."""


@dataclass(frozen=True)
class Grouped:
    """Rows with their campaign and grain; `weights` is how many rows of the source each stands for, None for one."""

    rows: Rows
    keys: Keys
    grain: IntArray
    weights: IntArray | None = None

    @property
    def size(self) -> int:
        """The number of campaigns."""
        return len(self.keys.ids)

    @cached_property
    def grains(self) -> tuple[Grain, ...]:
        """The grains that the rows have."""
        return tuple(Grain(value) for value in np.flatnonzero(np.bincount(self.grain)).tolist())

    @cached_property
    def by_grain(self) -> dict[Grain, Grouped]:
        """The rows of each grain."""
        return {grain: self.where(self.grain == grain) for grain in self.grains}

    def where(self, mask: BoolArray) -> Grouped:
        """The rows of a mask."""
        if mask.all():
            return self
        weights = None if self.weights is None else self.weights[mask]
        return Grouped(self.rows.where(mask), Keys(self.keys.codes[mask], self.keys.ids), self.grain[mask], weights)

    def weights_at(self, places: IntArray) -> IntArray:
        """How many rows of the source the rows at these places stand for."""
        return np.ones(len(places), dtype=np.int64) if self.weights is None else self.weights[places]

    def campaigns_with(self, grain: Grain) -> BoolArray:
        """By campaign, whether it has rows of this grain."""
        found = np.zeros(self.size, dtype=np.bool_)
        found[self.keys.codes[self.grain == grain]] = True
        return found

    def rows_beside(self, grain: Grain, better: Grain) -> BoolArray:
        """Rows of a grain whose campaign also has rows of a better one."""
        beside: BoolArray = (self.grain == grain) & self.campaigns_with(better)[self.keys.codes]
        return beside


def sum_by(codes: IntArray, size: int, values: FloatArray) -> FloatArray:
    """Sums by code; the sum of blanks alone is blank."""
    blank = np.isnan(values)
    if blank.all():
        return np.full(size, np.nan)
    if blank.any():
        codes, values = codes[~blank], values[~blank]
    sums: FloatArray = np.bincount(codes, weights=values, minlength=size).astype(np.float64, copy=False)
    if not sums.all():
        sums[np.bincount(codes, minlength=size) == 0] = np.nan
    return sums


def roll_up_days(group: Grouped) -> pd.DataFrame | None:
    """Measures by campaign and date; hours add up to days where a campaign has no days of its own."""
    dates = group.rows.dates[DATE.key]
    dated = np.isin(group.grain, (Grain.DAY, Grain.HOUR)) & ~np.isnat(dates)
    chosen = group.where(dated & ~group.rows_beside(Grain.HOUR, Grain.DAY))
    if not len(chosen.rows):
        return None
    days = chosen.rows.dates[DATE.key].view(np.int64) // DAY
    first = int(days.min())
    campaign, offset, sums = _sum_pairs(chosen, days - first)
    places = {DATE.header: ((offset + first) * DAY).view(DATE_TYPE)}
    return frame_of({CAMPAIGN_ID.header: group.keys.named(campaign), **places, **sums})


def roll_up_hours(group: Grouped) -> pd.DataFrame | None:
    """Measures by campaign, weekday and hour."""
    timed = np.isfinite(group.rows.numbers[HOUR.key])
    if not timed.any():
        return None
    timed &= np.isfinite(_weekdays(group.rows))
    chosen = group.where(timed & np.isin(group.grain, (Grain.HOUR, Grain.WEEKDAY_HOUR)))
    if not len(chosen.rows):
        return None
    weekday, hour = _weekdays(chosen.rows), chosen.rows.numbers[HOUR.key]
    campaign, slot, sums = _sum_pairs(chosen, ((weekday - 1) * HOURS_PER_DAY + hour).astype(np.int64))
    places = {WEEKDAY.header: slot // HOURS_PER_DAY + 1, HOUR.header: slot % HOURS_PER_DAY}
    return frame_of({CAMPAIGN_ID.header: group.keys.named(campaign), **places, **sums})


def frame_of(columns: Mapping[str, Column]) -> pd.DataFrame:
    """A table of these columns as they are: pandas would copy each one into a block."""
    return pd.DataFrame(columns, copy=False)


def _weekdays(rows: Rows) -> FloatArray:
    """ISO weekdays: of the date, or else as the column says."""
    dates = rows.dates[DATE.key]
    days = dates.astype("datetime64[D]").astype(np.int64)
    return np.where(np.isnat(dates), rows.numbers[WEEKDAY.key], (days + MONDAY_OFFSET) % 7 + 1)


def _sum_pairs(group: Grouped, part: IntArray) -> tuple[IntArray, IntArray, dict[str, FloatArray]]:
    """Campaign, part and measures of each pair that occurs, sorted by ID and part."""
    order = group.keys.by_id
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    width = int(part.max()) + 1
    pairs = rank[group.keys.codes] * width + part
    rows = None if (pairs[1:] > pairs[:-1]).all() else np.argsort(pairs)
    if rows is not None:
        pairs = pairs[rows]
    is_new = np.append(True, pairs[1:] != pairs[:-1])
    measures = (group.rows.numbers[field.key] for field in MEASURES)
    if not is_new.all():
        codes = np.empty_like(pairs)
        codes[rows] = np.cumsum(is_new) - 1
        pairs = pairs[is_new]
        measures = (sum_by(codes, len(pairs), values) for values in measures)
    elif rows is not None:
        measures = (values[rows] for values in measures)
    sums = {field.header: values for field, values in zip(MEASURES, measures, strict=True)}
    return order[pairs // width], pairs % width, sums
