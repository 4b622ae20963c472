"""Response curves: what a campaign would have brought with another budget, revenue = k * budget ^ b.

One campaign is one point of its curve: k comes from that point, and the exponent b, which says how
fast returns diminish, is an assumption or is estimated over a segment's periods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheetgen.analysis.serials import Floats

LOWEST_EXPONENT, HIGHEST_EXPONENT = 0.2, 0.95
"""Below, a campaign would hardly react to money; above, its returns would hardly diminish."""

ASSUMED_EXPONENT = 0.75
"""What stands in where the report has no other assumption."""


@dataclass(frozen=True, eq=False)
class Curves:
    """The curves of some campaigns through their points: budgets and results above zero, exponents b below one."""

    budget: Floats
    result: Floats
    exponent: Floats

    @property
    def marginal(self) -> Floats:
        """What the last unit of money brings at each campaign's own point."""
        return np.asarray(self.exponent * self.result / self.budget)

    def marginal_at(self, share: Floats | float) -> Floats:
        """What the last unit of money brings at a share of each campaign's budget."""
        return np.asarray(self.marginal * np.power(share, self.exponent - 1))

    def budget_at(self, marginal: Floats | float) -> Floats:
        """The budget at which the last unit of money brings that much."""
        return np.asarray(self.budget * np.power(self.marginal / marginal, 1 / (1 - self.exponent)))


def scale_of(budget: Floats, result: Floats, exponent: Floats) -> Floats:
    """The factor k of each campaign's curve; 0 where it has no budget or no result, and so no curve."""
    known = (budget > 0) & (result > 0)
    power = np.power(budget, exponent, out=np.ones(len(budget)), where=known)
    return np.where(known, result / power, 0.0)


def result_at(scale: Floats, exponent: Floats, budget: Floats) -> Floats:
    """What each curve brings at a budget."""
    return np.asarray(scale * np.power(budget, exponent))


def within_exponents(exponent: float) -> float:
    """The exponent, moved to the nearest limit where it lies outside."""
    return min(HIGHEST_EXPONENT, max(LOWEST_EXPONENT, exponent))
