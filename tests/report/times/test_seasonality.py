"""The seasonality index: value per day of a month of the year against the average day."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.dataset import Dataset

from ..conftest import assert_agrees
from .handmade import campaigns, column, context, shown

INDEX, LABEL = 3, 5


def flights(*rows: tuple[str, str, float]) -> Dataset:
    """Campaigns with first day, last day and revenue."""
    return Dataset(
        campaigns(
            *(
                {"Campaign ID": str(k), "Start Date": start, "End Date": end, "Budget": 1.0, "Revenue": revenue}
                for k, (start, end, revenue) in enumerate(rows)
            )
        )
    )


def words(data: Dataset) -> object:
    return next(iter(shown(context(data), "seasonality").values()))


def test_index_is_the_value_per_day_against_the_average_day() -> None:
    # January 31 days at 10, February 28 days at 30: the average day is 1150 / 59.
    data = flights(("2023-01-01", "2023-01-31", 310), ("2023-02-01", "2023-02-28", 840))
    points = shown(context(data), "season_points")
    assert column(points, INDEX)[:2] == pytest.approx([10 / (1150 / 59) * 100, 30 / (1150 / 59) * 100], abs=1e-6)
    assert column(points, INDEX)[2:] == [None] * 10
    assert column(points, LABEL)[:2] == ["51", "154"]


def test_fewer_than_twelve_months_are_no_season() -> None:
    data = flights(("2023-01-01", "2023-01-31", 310), ("2023-02-01", "2023-02-28", 840))
    assert words(data) == (
        "The data cover 59 days, and less than twelve months cannot show a season: read it as how these months "
        "compare. Revenue per day, 100 is the average day."
    )


def test_a_year_shows_a_season_and_its_limit() -> None:
    data = flights(("2023-01-01", "2023-12-31", 36500), ("2023-11-01", "2023-11-30", 3000))
    # 100 a day, 200 in November; the average day is 39500 / 365.
    assert words(data) == (
        "Revenue per day is highest in Nov (185) and lowest in Jan (92), by 12 months of data. "
        "Under two years, growth and season cannot be told apart."
    )


def test_the_same_month_of_two_years_counts_together() -> None:
    data = flights(("2022-01-01", "2023-12-31", 730), ("2023-07-01", "2023-07-31", 62))
    points = shown(context(data), "season_points")
    # July: 62 days, 62 + 62; every other day 1; the average day 792 / 730.
    assert column(points, INDEX)[6] == pytest.approx(2 / (792 / 730) * 100, abs=1e-6)
    assert str(words(data)).endswith("by 24 months of data. ")


def test_months_in_which_nothing_ran_do_not_count() -> None:
    data = flights(("2023-01-01", "2023-01-31", 310), ("2023-03-01", "2023-03-31", 310))
    assert column(shown(context(data), "season_points"), INDEX)[:3] == [100, None, 100]


def test_without_revenue_conversions_tell_the_season() -> None:
    flight = {"Campaign ID": "a", "Start Date": "2023-01-01", "End Date": "2023-01-31", "Conversions": 5.0}
    assert "Conversions per day" in str(words(Dataset(campaigns(flight))))


def test_without_results_there_are_words() -> None:
    flight = {"Campaign ID": "a", "Start Date": "2023-01-01", "End Date": "2023-01-31", "Budget": 5.0}
    assert words(Dataset(campaigns(flight))) == (
        "No season to show: what the filters select has no revenue, conversions or clicks by date."
    )


@pytest.mark.parametrize(
    "edits", [[], ["filter_from=2025-02-10", "filter_platform=Facebook"], ["Campaigns!E4=2023-11-20"]]
)
def test_both_sides_agree(plain_time_book: Path, edits: list[str]) -> None:
    assert_agrees(plain_time_book, *edits)


def test_both_sides_agree_without_revenue(plain_time_book: Path) -> None:
    assert_agrees(plain_time_book, *(f"Campaigns!M{row}=" for row in range(2, 6)))
