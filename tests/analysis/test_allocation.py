"""The allocation is the best one: against SciPy's root finder and its general optimiser, and on hand-worked cases."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq, minimize

from sheetgen.analysis.allocation import Allocation, Bounds, allocate
from sheetgen.analysis.response import Curves, result_at, scale_of
from sheetgen.analysis.serials import Floats

BOUNDS = Bounds(0.3, 0.3)


def revenue(curves: Curves, budgets: Floats) -> float:
    scale = scale_of(curves.budget, curves.result, curves.exponent)
    return float(np.sum(result_at(scale, curves.exponent, budgets)))


def best_by_root(curves: Curves, bounds: Bounds, total: float) -> Floats:
    """The optimum by SciPy: the price of money at which the clamped budgets add up to the total."""
    scale = curves.result / curves.budget**curves.exponent
    low, high = curves.budget * bounds.lowest, curves.budget * bounds.highest

    def budgets(log_price: float) -> Floats:
        free = (np.log(curves.exponent * scale) - log_price) / (1 - curves.exponent)
        return np.asarray(np.exp(np.clip(free, np.log(low), np.log(high))))

    if total <= low.sum() or total >= high.sum():
        return low if total <= low.sum() else high
    return budgets(brentq(lambda price: budgets(price).sum() - total, -80, 80, xtol=1e-14, rtol=1e-14))


def random_case(seed: int) -> tuple[Curves, Bounds, float]:
    """A random problem; every fifth one is degenerate."""
    rng = np.random.default_rng(seed)
    count = 1 if seed % 10 == 1 else int(rng.integers(2, 13))
    budget = np.round(rng.lognormal(8, 1.2, count) + 50, 2)
    roas = rng.lognormal(0.7, 1.0, count)
    exponent = rng.uniform(0.2, 0.95, count)
    if seed % 10 == 3:
        budget, roas, exponent = np.full(count, 800.0), np.full(count, 2.5), np.full(count, 0.75)
    if seed % 10 == 5:
        exponent = rng.choice([0.2, 0.95], count)
    bounds = Bounds(float(rng.choice([0.0, 0.1, 0.3, 0.99])), float(rng.choice([0.0, 0.3, 2.0, 99.0])))
    share = float(rng.choice([0.05, 1.0, 5.0])) if seed % 10 == 7 else float(rng.uniform(0.8, 1.2))
    return Curves(budget, roas * budget, exponent), bounds, round(float(budget.sum()) * share, 2)


def assert_within(found: Allocation, curves: Curves, bounds: Bounds) -> None:
    spare = 0.01 * len(curves.budget)
    assert (found.budgets >= curves.budget * bounds.lowest - spare).all()
    assert (found.budgets <= curves.budget * bounds.highest + spare).all()


@pytest.mark.parametrize("seed", range(1000))
def test_no_allocation_brings_more(seed: int) -> None:
    curves, bounds, total = random_case(seed)
    found = allocate(curves, bounds, total)
    best = revenue(curves, best_by_root(curves, bounds, total))
    rounding = 0.01 * len(curves.budget) * float(np.max(curves.marginal_at(bounds.lowest)))
    assert revenue(curves, found.budgets) >= best * (1 - 1e-6) - rounding
    assert_within(found, curves, bounds)
    if found.excess:
        assert not curves.budget.sum() * bounds.lowest < total < curves.budget.sum() * bounds.highest
    else:
        assert round(float(found.budgets.sum()), 2) == total


@pytest.mark.parametrize("seed", range(1000))
def test_the_price_is_exact_before_cents_are_rounded(seed: int) -> None:
    curves, bounds, total = random_case(seed)
    found = allocate(curves, bounds, total)
    if found.excess or found.price != found.search.price:
        return
    budgets = curves.budget_at(np.clip(found.search.price, found.at_high, found.at_low))
    assert float(budgets.sum()) == pytest.approx(total, rel=1e-7)
    best = revenue(curves, best_by_root(curves, bounds, float(budgets.sum())))
    assert revenue(curves, budgets) == pytest.approx(best, rel=1e-9)


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_a_general_optimiser_agrees(seed: int) -> None:
    curves, bounds, total = random_case(seed)
    scale = curves.result / curves.budget**curves.exponent
    unit = total / len(curves.budget)
    worth = float(curves.result.sum())
    solved = minimize(
        lambda shares: -float(np.sum(scale * np.abs(shares * unit) ** curves.exponent)) / worth,
        np.full(len(curves.budget), 1.0) * curves.budget / unit * total / curves.budget.sum(),
        bounds=list(zip(curves.budget * bounds.lowest / unit, curves.budget * bounds.highest / unit, strict=True)),
        constraints={"type": "eq", "fun": lambda shares: shares.sum() - len(shares)},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    found = allocate(curves, bounds, total)
    if solved.success and not found.excess:
        assert revenue(curves, found.budgets) >= -solved.fun * worth * (1 - 1e-6)


def test_two_campaigns_by_hand() -> None:
    """With b = 0.5, revenue = k * sqrt(x): budgets go as the squares of k, here 2 : 1, so 80 and 20 of 100."""
    curves = Curves(np.array([50.0, 50.0]), np.array([2.0, 1.0]) * np.sqrt(50), np.array([0.5, 0.5]))
    assert allocate(curves, Bounds(0.99, 99.0), 100.0).budgets.tolist() == [80.0, 20.0]
    assert allocate(curves, BOUNDS, 100.0).budgets.tolist() == [65.0, 35.0]


def test_equal_campaigns_keep_their_budgets() -> None:
    curves = Curves(np.full(3, 33.33), np.full(3, 80.0), np.full(3, 0.75))
    assert allocate(curves, BOUNDS, 99.99).budgets.tolist() == [33.33, 33.33, 33.33]


def test_cents_left_by_rounding_go_to_the_largest() -> None:
    curves = Curves(np.full(3, 100.0), np.array([300.0, 300.0, 300.0]), np.full(3, 0.75))
    found = allocate(curves, BOUNDS, 310.0)
    assert found.rounded.tolist() == [103.33, 103.33, 103.33]
    assert found.budgets.tolist() == pytest.approx([103.34, 103.33, 103.33])


@pytest.mark.parametrize(("total", "budgets", "excess"), [(100.0, [70.0, 105.0], -75.0), (400.0, [130.0, 195.0], 75.0)])
def test_a_total_outside_the_bounds(total: float, budgets: list[float], excess: float) -> None:
    curves = Curves(np.array([100.0, 150.0]), np.array([300.0, 300.0]), np.array([0.75, 0.5]))
    found = allocate(curves, BOUNDS, total)
    assert found.budgets.tolist() == budgets
    assert found.excess == pytest.approx(excess)


def test_no_campaign_can_move() -> None:
    nothing = np.array([])
    found = allocate(Curves(nothing, nothing, nothing), BOUNDS, 0.0)
    assert found.budgets.tolist() == []
    assert found.carrier is None


def test_a_campaign_without_budget_or_result_has_no_curve() -> None:
    scale = scale_of(np.array([0.0, 10.0, 16.0]), np.array([5.0, 0.0, 8.0]), np.full(3, 0.5))
    assert scale.tolist() == [0.0, 0.0, 2.0]
    assert result_at(scale, np.full(3, 0.5), np.array([4.0, 4.0, 4.0])).tolist() == [0.0, 0.0, 4.0]


def test_marginal_revenue_is_the_slope_of_the_curve() -> None:
    curves = Curves(np.array([200.0]), np.array([900.0]), np.array([0.75]))
    scale = scale_of(curves.budget, curves.result, curves.exponent)
    step = 1e-4
    rise = result_at(scale, curves.exponent, np.array([200.0 + step])) - result_at(
        scale, curves.exponent, np.array([200.0 - step])
    )
    assert curves.marginal[0] == pytest.approx(rise[0] / (2 * step), rel=1e-8)
    assert curves.marginal[0] == pytest.approx(0.75 * 900 / 200)
