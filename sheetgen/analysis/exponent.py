"""The exponent of a response curve, estimated from periods: ln revenue = ln k + b * ln budget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sheetgen.analysis.response import HIGHEST_EXPONENT, LOWEST_EXPONENT
from sheetgen.analysis.rounding import rounded
from sheetgen.analysis.serials import Floats
from sheetgen.analysis.student import t_quantile

FEWEST_TO_FIT = 3
"""A line through fewer points says nothing about its own error."""

LEAST_VARIATION = 0.05
"""The least standard deviation of ln budget, about 5 %, from which the slope means something."""

OUTSIDE = 0.05
"""The share of intervals that may miss the true exponent."""

DIGITS = 4
"""Decimals of an estimate and its margin: fewer than could be computed, more than could be known."""


class Verdict(IntEnum):
    """What became of a segment's estimate."""

    USED = 1
    TYPED = 2
    FEW_PERIODS = 3
    STEADY_BUDGET = 4
    UNCERTAIN = 5
    OUT_OF_LIMITS = 6


@dataclass(frozen=True)
class Trust:
    """What an estimate needs to be used: enough periods, and a margin (half of its 95 % interval) small enough."""

    periods: float
    margin: float


@dataclass(frozen=True)
class Fit:
    """A regression over the periods with budget and revenue; blank where they are too few or their budget is steady."""

    periods: int
    variation: float | None
    slope: float | None
    margin: float | None
    r_squared: float | None

    def verdict(self, trust: Trust) -> Verdict:
        """Whether the estimate may be used, and if not, why."""
        if self.periods < trust.periods or self.variation is None:
            return Verdict.FEW_PERIODS
        if self.slope is None or self.margin is None:
            return Verdict.STEADY_BUDGET
        if self.margin > trust.margin:
            return Verdict.UNCERTAIN
        return Verdict.USED if LOWEST_EXPONENT <= self.slope <= HIGHEST_EXPONENT else Verdict.OUT_OF_LIMITS


def logarithms(budget: Floats, revenue: Floats) -> tuple[Floats, Floats]:
    """The logarithms of the periods' budgets and revenues, both NaN where either is not above zero."""
    known = (np.nan_to_num(budget) > 0) & (np.nan_to_num(revenue) > 0)
    blank = np.full(len(budget), np.nan)
    return np.log(budget, out=blank.copy(), where=known), np.log(revenue, out=blank, where=known)


def fit_exponent(ln_budget: Floats, ln_revenue: Floats) -> Fit:
    """The least-squares line through the periods that have both logarithms."""
    known = ~np.isnan(ln_budget)
    x, y = ln_budget[known], ln_revenue[known]
    count = len(x)
    if count < FEWEST_TO_FIT:
        return Fit(count, None, None, None, None)
    x, y = x - np.mean(x), y - np.mean(y)
    squares = float(np.sum(x**2))
    variation = rounded(float(np.sqrt(squares / (count - 1))), DIGITS)
    if variation < LEAST_VARIATION:
        return Fit(count, variation, None, None, None)
    slope = float(np.sum(x * y)) / squares
    error = float(np.sqrt(np.sum((y - slope * x) ** 2) / (count - 2) / squares))
    margin = rounded(t_quantile(OUTSIDE, count - 2) * error, DIGITS)
    total = float(np.sum(y**2))
    r_squared = None if rounded(total, 2 * DIGITS) == 0 else rounded(slope**2 * squares / total, DIGITS)
    return Fit(count, variation, rounded(slope, DIGITS), margin, r_squared)
