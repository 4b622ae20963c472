"""The estimated exponent: against SciPy, and how often its own interval holds the true one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sheetgen.analysis.exponent import Trust, Verdict, fit_exponent, logarithms
from sheetgen.analysis.serials import Floats
from sheetgen.analysis.student import t_quantile

TRUST = Trust(periods=8, margin=0.25)


def simulated(seed: int, exponent: float, periods: int, noise: float = 0.1) -> tuple[Floats, Floats]:
    """Budgets that vary by 40 % and revenues along a curve with lognormal noise."""
    rng = np.random.default_rng(seed)
    budget = 1000 * rng.lognormal(0, 0.4, periods)
    return budget, 5 * budget**exponent * rng.lognormal(0, noise, periods)


def test_the_interval_holds_the_true_exponent_in_95_of_100_runs() -> None:
    held = 0
    for seed in range(1000):
        exponent = 0.3 + 0.6 * seed / 1000
        found = fit_exponent(*logarithms(*simulated(seed, exponent, periods=8 + seed % 20)))
        assert found.slope is not None
        assert found.margin is not None
        held += abs(found.slope - exponent) <= found.margin
    # Two standard deviations of a count with a chance of 0.95 are 14 of 1,000.
    assert 936 <= held <= 964


def test_the_line_is_scipys() -> None:
    x, y = logarithms(*simulated(7, 0.6, periods=12))
    line = stats.linregress(x, y)
    found = fit_exponent(x, y)
    assert found.slope == pytest.approx(line.slope, abs=5e-5)
    assert found.r_squared == pytest.approx(line.rvalue**2, abs=5e-5)
    assert found.margin == pytest.approx(stats.t.ppf(0.975, 10) * line.stderr, abs=5e-5)
    assert found.verdict(TRUST) is Verdict.USED


def test_periods_without_budget_or_revenue_are_left_out() -> None:
    budget, revenue = simulated(3, 0.7, periods=10)
    with_gaps = np.append(budget, [0.0, np.nan, 500.0]), np.append(revenue, [10.0, 10.0, 0.0])
    assert fit_exponent(*logarithms(*with_gaps)) == fit_exponent(*logarithms(budget, revenue))


@pytest.mark.parametrize(
    ("budget", "revenue", "verdict"),
    [
        (np.arange(1.0, 8.0), np.arange(1.0, 8.0) ** 0.7, Verdict.FEW_PERIODS),
        (np.full(20, 500.0), np.arange(1.0, 21.0), Verdict.STEADY_BUDGET),
        (np.arange(1.0, 21.0), np.arange(1.0, 21.0) ** 1.4, Verdict.OUT_OF_LIMITS),
        (np.arange(1.0, 21.0), np.full(20, 7.0), Verdict.OUT_OF_LIMITS),
        (*simulated(1, 0.6, periods=9, noise=1.5), Verdict.UNCERTAIN),
        (np.arange(1.0, 21.0), np.arange(1.0, 21.0) ** 0.7, Verdict.USED),
    ],
)
def test_what_is_refused(budget: Floats, revenue: Floats, verdict: Verdict) -> None:
    assert fit_exponent(*logarithms(budget, revenue)).verdict(TRUST) is verdict


@pytest.mark.parametrize("freedom", [1, 2, 3, 6, 7, 24, 101])
def test_student(freedom: int) -> None:
    for outside in (0.05, 0.2, 0.001):
        assert t_quantile(outside, freedom) == pytest.approx(stats.t.isf(outside / 2, freedom), rel=1e-11)
