"""The outlook: a straight line through past periods, with a prediction interval and, where known, the season.

The interval is that of a new observation of a simple linear regression: t * s * sqrt(1 + 1/n + (x - mean)^2 / Sxx).
With a season, the line goes through the values divided by their month's index; the index is the mean ratio of the
month's values to a first line through all of them, scaled so that the twelve average 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.serials import Floats
from sheetgen.analysis.student import t_quantile

FEWEST = 8
"""Periods that a line needs."""

FEWEST_FOR_SEASON = 24
"""Months that a season needs, each month of the year at least `EACH_MONTH` times."""

EACH_MONTH = 2
AHEAD = 3
"""Periods that the outlook reaches ahead of the last complete one."""

STEADY = 1e-12
"""Values whose squared deviations are below this share of their squared sum do not vary."""

EXACT = 1e-7
"""A line that leaves less than this share of the variance unexplained goes through all points."""

OUTSIDE = 0.05
"""A trend is clear where its slope would come about by chance in fewer cases than this."""


@dataclass(frozen=True, eq=False)
class Season:
    """How the months of the year differ; per period the first line and the ratio to it, NaN where there is none.

    `counts` and `means` are of the ratios of each month of the year; `indices` are all 1 where `is_known` is false.
    """

    line: Floats
    ratios: Floats
    counts: Floats
    means: Floats
    indices: Floats
    is_known: bool


@dataclass(frozen=True, eq=False)
class Fit:
    """The line and what it is worth: periods, R² (None where values do not vary), standard error, mean and Sxx of x.

    `adjusted` are the values over their month's index.
    """

    n: int
    r_squared: float | None
    error: float
    mean: float
    spread: float
    season: Season
    is_clear: bool
    x: Floats
    adjusted: Floats

    def at(self, x: float, month: int, outside: float) -> tuple[float, float]:
        """The outlook at a period and half of its prediction interval, of which a share `outside` misses."""
        index = float(self.season.indices[month - 1])
        centre = float(np.mean(self.adjusted)) if self.r_squared is None else _line(self.x, self.adjusted, x)
        width = float(np.sqrt(1 + 1 / self.n + (x - self.mean) ** 2 / self.spread))
        return centre * index, t_quantile(outside, self.n - 2) * self.error * width * index


def fit(values: Floats, season: Season, months: Sequence[int]) -> Fit | None:
    """The line through the values of consecutive periods, NaN for those left out; None for fewer than `FEWEST`."""
    known = ~np.isnan(values)
    n = int(known.sum())
    if n < FEWEST:
        return None
    x = _places(values)[known]
    adjusted = values[known] / season.indices[np.array(months)[known] - 1]
    r_squared, error = _goodness(x, adjusted)
    critical = t_quantile(OUTSIDE, n - 2)
    is_clear = r_squared is not None and (n - 2) * r_squared > critical**2 * (1 - r_squared)
    spread = float(np.sum((x - x.mean()) ** 2))
    return Fit(n, r_squared, error, float(x.mean()), spread, season, is_clear, x, adjusted)


def find_season(values: Floats, months: Sequence[int], *, monthly: bool) -> Season:
    """The season of monthly values, NaN for those left out; unknown where they are too few or fall to zero."""
    known, calendar = ~np.isnan(values), np.array(months)
    line = np.full(len(values), np.nan)
    if monthly and known.sum() >= FEWEST_FOR_SEASON:
        x = _places(values)
        line[known] = [_line(x[known], values[known], float(at)) for at in x[known]]
    ratios: Floats = np.divide(values, line, out=np.full(len(values), np.nan), where=line > 0)
    told = ~np.isnan(ratios)
    counts = np.array([np.sum(told & (calendar == month)) for month in range(1, 13)], dtype=np.float64)
    means = np.array([np.mean(ratios[told & (calendar == k + 1)]) if counts[k] else np.nan for k in range(12)])
    is_known = bool(told.any() and told.sum() == known.sum() and counts.min() >= EACH_MONTH and means.min() > 0)
    indices = means / means.mean() if is_known else np.ones(12)
    return Season(line, ratios, counts, means, indices, is_known)


def _places(values: Floats) -> Floats:
    return np.arange(1.0, len(values) + 1)


def _line(x: Floats, y: Floats, at: float) -> float:
    slope = np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)
    return float(y.mean() + slope * (at - x.mean()))


def _goodness(x: Floats, y: Floats) -> tuple[float | None, float]:
    """R² and the standard error of the line."""
    varied = float(np.sum((y - y.mean()) ** 2))
    if varied <= STEADY * float(y.sum()) ** 2:
        return None, 0.0
    together = float(np.sum((x - x.mean()) * (y - y.mean())))
    explained = together**2 / float(np.sum((x - x.mean()) ** 2))
    r_squared = explained / varied
    if 1 - r_squared < EXACT:
        return r_squared, 0.0
    return r_squared, float(np.sqrt((varied - explained) / (len(x) - 2)))
