"""The optimiser by hand: who may move, what is recommended and what is said, worked out outside the code."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from sheetgen.dataset import Dataset
from sheetgen.fields import LOCK, SCENARIO_BUDGET
from sheetgen.report.blocks.optimiser_plan import plan_of, segments_of
from sheetgen.report.model import Block
from sheetgen.values import Value

from .built import Row, built, context, dataset, row_starting, rows_of

FREE = {"set_bound_down": 0.99, "set_bound_up": 99.0, "set_exponent": 0.5}
"""Bounds that stop nobody, and square roots for curves."""


def campaign(name: str, budget: float, revenue: float | None, **more: object) -> Row:
    return {
        "Campaign Name": name,
        "Campaign Type": "Sales",
        "Budget": budget,
        "Conversions": 10.0,
        "Revenue": revenue,
        **more,
    }


TWO = dataset([campaign("Strong", 50, 200), campaign("Weak", 50, 100)])
"""Revenues are k times the root of the budget, and k is twice as large: the best budgets are as 4 to 1, 80 and 20."""

BEST = 200 * math.sqrt(80 / 50) + 100 * math.sqrt(20 / 50)


def texts(block: Block) -> list[str]:
    return [value for row in rows_of(block) for value in row if isinstance(value, str)]


def test_two_campaigns_get_what_their_curves_deserve() -> None:
    plan = plan_of(context(TWO, **FREE))
    assert plan.bounded.budgets.tolist() == [80.0, 20.0]
    summary = built("allocation_summary", TWO, **FREE)
    assert row_starting(summary, "Budget") == [100.0, 100.0, 100.0]
    assert row_starting(summary, "Change in budget") == [0.0, 0.0]
    assert row_starting(summary, "Expected revenue")[:2] == [300.0, pytest.approx(BEST, abs=0.005)]
    assert row_starting(summary, "ROI")[:2] == [2.0, pytest.approx(BEST / 100 - 1, abs=1e-4)]


def test_bounds_stop_the_money() -> None:
    plan = plan_of(context(TWO, set_exponent=0.5))
    assert plan.bounded.budgets.tolist() == [65.0, 35.0]
    assert plan.wide.budgets.tolist() == [80.0, 20.0]
    table = built("allocation_table", TWO, set_exponent=0.5)
    assert row_starting(table, "Strong") == [
        *(50.0, 65.0, 15.0, 80.0),
        pytest.approx(200 * math.sqrt(1.3) - 200, abs=0.005),
        *(pytest.approx(2.0), pytest.approx(2 / math.sqrt(1.3))),
        "upper bound",
    ]


def test_another_total_is_shared_out() -> None:
    plan = plan_of(context(TWO, **FREE, optimiser_total=200.0))
    assert plan.bounded.budgets.tolist() == [160.0, 40.0]


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (100.0, "Bounded: the whole total is placed within the bounds."),
        (
            150.0,
            "Bounded: 20.00 of the total cannot be placed within the bounds: every campaign is at its upper bound.",
        ),
        (60.0, "Bounded: the total cannot be placed within the bounds: the lower bounds alone need 10.00 more."),
    ],
)
def test_whether_the_total_fits_is_said(total: float, sentence: str) -> None:
    assert sentence in texts(built("allocation_summary", TWO, optimiser_total=total))


def held(*rows: Row, **inputs: Value) -> list[int]:
    return [int(reason) for reason in plan_of(context(dataset(rows), **inputs)).held]


def test_who_is_held() -> None:
    rows = [
        campaign("free", 50, 200),
        campaign("no budget", 0, 200),
        campaign("no revenue", 50, None),
        campaign("seen", 50, 200, **{"Campaign Type": "Brand Awareness"}),
        campaign("no conversions", 50, 200, Conversions=0.0),
        campaign("elsewhere", 50, 200, Platform="Else"),
    ]
    # The numbers stand in the sheet: 0 free, 1 outside, 3 no budget, 4 no revenue, 5 awareness, 6 no conversions.
    assert held(*rows) == [0, 3, 4, 5, 6, 0]
    assert held(*rows, filter_platform="Else") == [1, 1, 1, 1, 1, 0]
    table = built("held_campaigns", dataset(rows))
    assert row_starting(table, "May move") == [2.0, 100.0]
    assert row_starting(table, "Kept: seeks awareness, not revenue") == [1.0, 50.0]


def test_conversions_that_nobody_counts_hold_nobody() -> None:
    assert held(campaign("a", 50, 200, Conversions=None), campaign("b", 50, 100, Conversions=None)) == [0, 0]


def test_a_lock_keeps_a_budget() -> None:
    rows = TWO.campaigns.copy()
    rows[LOCK.header] = ["Yes", None]
    plan = plan_of(context(Dataset(rows), **FREE))
    assert plan.held.tolist() == [2, 0]
    assert plan.bounded.budgets.tolist() == [50.0, 50.0]


def test_without_revenue_nobody_moves_and_it_is_said() -> None:
    data = dataset([campaign("a", 50, None), campaign("b", 30, None)])
    summary = built("allocation_summary", data)
    assert row_starting(summary, "Budget") == [80.0, 80.0, 80.0]
    nobody = "Bounded: no campaign may move. Each is locked, seeks awareness, or lacks budget, revenue or conversions."
    assert nobody in texts(summary)
    assert rows_of(built("allocation_table", data))[3:] == []
    (told, *_) = texts(built("potential", data))[1:]
    assert told.startswith("No campaign may move")


def test_own_budgets_take_the_place_of_recommended_ones() -> None:
    rows = TWO.campaigns.copy()
    rows[SCENARIO_BUDGET.header] = [np.nan, 0.0]
    table = built("what_if", Dataset(rows), **FREE)
    assert row_starting(table, "Budget") == [100.0, 100.0, 80.0]
    own = 200 * math.sqrt(80 / 50)
    assert row_starting(table, "Expected revenue")[2] == pytest.approx(own, abs=0.005)
    # Conversions follow the same curves: 10 at a budget of 50.
    assert row_starting(table, "Expected conversions")[2] == pytest.approx(10 * math.sqrt(80 / 50), abs=0.005)
    assert row_starting(table, "Cost Per Conversion")[2] == pytest.approx(80 / (10 * math.sqrt(80 / 50)), rel=1e-3)


def test_the_potential_spells_out_its_arithmetic() -> None:
    told = texts(built("potential", TWO, **FREE, set_roi_stop=2.0))
    gain = BEST - 300
    assert told[1] == (
        "Within the bounds, 30 of 100 (30.0%) moves to other campaigns. "
        f"Expected revenue goes from 300 to {BEST:.0f}: a change of {gain:.0f} or {gain / 3:.1f}%."
    )
    assert told[4] == (
        "Campaigns that seek conversions with an ROI below 200%: 1. They cost 50, brought 100: "
        "stopping them would lose 50 net, so rather cut or fix them."
    )
    assert told[-1].startswith("All of this reallocates the period in the filters: a scenario, not a forecast")


@pytest.mark.parametrize("choice", ["", "weak", "C2"])
def test_the_curve_of_the_picked_campaign(choice: str) -> None:
    told = texts(built("response_curve", TWO, **FREE, curve_campaign=choice))
    if choice:
        assert "Weak: a budget of 50 brought 100; 20 is expected to bring 63." in told
    else:
        assert "Strong: a budget of 50 brought 200; 80 is expected to bring 253." in told


def weekly(weeks: int, exponent: float) -> Dataset:
    """A campaign whose weekly revenue follows its weekly budget along a curve exactly."""
    monday = date(2025, 1, 6)
    budgets = [70 * (1 + week % 5) for week in range(weeks)]
    days = [
        {"Date": monday + timedelta(days=7 * week + day), "Budget": budget / 7, "Revenue": 9 * budget**exponent / 7}
        for week, budget in enumerate(budgets)
        for day in range(7)
    ]
    total = campaign("One", sum(budgets), sum(9 * budget**exponent for budget in budgets))
    return dataset([total], [{"Campaign ID": "C1", **day} for day in days])


def test_the_exponent_is_estimated_from_whole_weeks() -> None:
    (segment,) = segments_of(context(weekly(10, 0.6), segment_1="Sales"))
    assert segment.fit.periods == 10
    assert segment.exponent == pytest.approx(0.6, abs=1e-4)
    table = built("exponents", weekly(10, 0.6), segment_1="Sales")
    assert row_starting(table, "Sales") == [0.6, 0.0, 1.0, 10.0, 0.6, "Estimated from the weeks."]


@pytest.mark.parametrize(
    ("weeks", "inputs", "exponent", "why"),
    [
        (7, {}, 0.75, "Too few whole weeks: assumed."),
        (10, {"exponent_1": 0.3}, 0.3, "Your own."),
        (10, {"exponent_1": 3.0}, 0.95, "Your own."),
        (10, {"filter_to": 45700.0}, 0.75, "Too few whole weeks: assumed."),
    ],
)
def test_when_the_estimate_is_not_used(weeks: int, inputs: dict[str, Value], exponent: float, why: str) -> None:
    row = row_starting(built("exponents", weekly(weeks, 0.6), segment_1="Sales", **inputs), "Sales")
    assert row[-2:] == [exponent, why]


def test_a_week_cut_short_does_not_count() -> None:
    (segment,) = segments_of(context(weekly(10, 0.6), segment_1="Sales", filter_from=45665.0))
    # 45665 is Thursday 2025-01-09, inside the first week.
    assert segment.fit.periods == 9
