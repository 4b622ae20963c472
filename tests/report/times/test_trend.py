"""Weeks and months: what falls into each, which ones a chart shows, and both sides' agreement."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetgen.dataset import Dataset
from sheetgen.values import NOT_AVAILABLE

from ..conftest import assert_agrees
from .handmade import campaigns, column, context, finer, shown

EPOCH = date(1899, 12, 30)


def serial(day: str) -> float:
    return float((date.fromisoformat(day) - EPOCH).days)


def one_campaign(*days: tuple[str, float, float]) -> Dataset:
    """A campaign with a budget and a revenue on each day."""
    budget, revenue = sum(day[1] for day in days), sum(day[2] for day in days)
    rows = [{"Campaign ID": "a", "Date": day, "Budget": spent, "Revenue": earned} for day, spent, earned in days]
    whole = {"Campaign ID": "a", "Start Date": days[0][0], "End Date": days[-1][0]}
    return Dataset(campaigns({**whole, "Budget": budget, "Revenue": revenue}), finer(["Date"], *rows))


def test_weeks_begin_on_monday() -> None:
    # 2025-03-02 is a Sunday, 2025-03-03 a Monday.
    data = one_campaign(("2025-03-01", 10, 15), ("2025-03-02", 30, 45), ("2025-03-03", 20, 10))
    points = shown(context(data), "week_points")
    assert column(points, 0, 1) == [serial("2025-02-24"), serial("2025-03-03")]
    assert column(points, 1, 1) == [40, 20]
    assert column(points, 2, 1) == [60, 10]
    assert column(points, 3, 1) == [0.5, -0.5]


def test_a_week_without_budget_is_left_out_of_the_line() -> None:
    data = one_campaign(("2025-03-01", 10, 15), ("2025-03-17", 20, 10))
    points = shown(context(data), "week_points")
    assert column(points, 1, 1) == [10, None, None, 20]
    assert column(points, 4, 1) == [0.5, NOT_AVAILABLE, NOT_AVAILABLE, -0.5]


def test_flights_are_spread_over_their_months() -> None:
    # 10 days: 4 in March, 6 in April.
    flight = {"Campaign ID": "a", "Start Date": "2025-03-28", "End Date": "2025-04-06"}
    points = shown(context(Dataset(campaigns({**flight, "Budget": 100, "Revenue": 250}))), "month_points")
    assert column(points, 0, 1) == [serial("2025-03-01"), serial("2025-04-01")]
    assert column(points, 1, 1) == pytest.approx([40, 60])
    assert column(points, 2, 1) == pytest.approx([100, 150])
    assert column(points, 3, 1) == pytest.approx([1.5, 1.5])


def long_data() -> Dataset:
    """One day in each of 70 weeks, whose budget is the number of the week."""
    first = date(2024, 1, 1)
    return one_campaign(*(((first + timedelta(weeks=k)).isoformat(), k + 1.0, 1.0) for k in range(70)))


def test_of_many_weeks_the_latest_sixty_are_shown() -> None:
    points = shown(context(long_data()), "week_points")
    assert column(points, 1, 1) == pytest.approx([float(week) for week in range(11, 71)])


def test_a_date_filter_moves_the_weeks_that_are_shown() -> None:
    points = shown(context(long_data(), filter_to=serial("2024-12-31")), "week_points")
    assert column(points, 0, 1)[0] == serial("2024-01-01")
    assert column(points, 1, 1)[:3] == pytest.approx([1, 2, 3])


def test_weeks_need_daily_data() -> None:
    flight = {"Campaign ID": "a", "Start Date": "2025-03-28", "End Date": "2025-04-06", "Budget": 100}
    words = shown(context(Dataset(campaigns(flight))), "weekly_trend")
    assert words[1, 0] == "No weeks to show: this needs daily data, and the source has one row per campaign."


def test_a_chart_without_revenue_says_so() -> None:
    flight = {"Campaign ID": "a", "Start Date": "2025-03-28", "End Date": "2025-04-06", "Budget": 100}
    words = shown(context(Dataset(campaigns(flight))), "monthly_trend")
    assert list(words.values()) == ["No ROI to show: what the filters select has no revenue or no budget."]


@pytest.mark.parametrize(
    "edits",
    [
        ["filter_from=2025-02-03", "filter_to=2025-02-20", "Campaigns!G2=5000"],
        ["Daily!B3=2025-06-30", "Daily!J4=", "filter_platform=Instagram"],
    ],
)
def test_both_sides_agree_with_daily_data(time_book: Path, edits: list[str]) -> None:
    assert_agrees(time_book, *edits)


@pytest.mark.parametrize("edits", [["Campaigns!E3=2024-12-02", "Campaigns!F4=2025-08-01"], ["filter_to=2025-02-01"]])
def test_both_sides_agree_without_daily_data(plain_time_book: Path, edits: list[str]) -> None:
    assert_agrees(plain_time_book, *edits)
