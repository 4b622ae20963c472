"""The heatmap: a picked metric by weekday and hour, its peak, and what dates mean for hours."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetgen.dataset import Dataset
from sheetgen.values import Value

from ..conftest import assert_agrees
from .handmade import campaigns, context, finer, shown

PEAK_ROW, NOTE_ROW, FIRST_ROW = 1, 2, 4


def two_campaigns() -> Dataset:
    """On Monday at 9 and 10 a Facebook campaign of January, at 9 an Instagram campaign of June."""
    return Dataset(
        campaigns(
            {"Campaign ID": "a", "Platform": "Facebook", "Budget": 40.0, "Clicks": 30.0, "Impressions": 1100.0},
            {"Campaign ID": "b", "Platform": "Instagram", "Budget": 10.0, "Clicks": 5.0, "Impressions": 900.0},
        ),
        daily=finer(
            ["Date"],
            {"Campaign ID": "a", "Date": "2025-01-06", "Budget": 40.0, "Clicks": 30.0, "Impressions": 1100.0},
            {"Campaign ID": "b", "Date": "2025-06-02", "Budget": 10.0, "Clicks": 5.0, "Impressions": 900.0},
        ),
        hours=finer(
            ["Weekday", "Hour"],
            {"Campaign ID": "a", "Weekday": 1, "Hour": 9, "Budget": 30.0, "Clicks": 5.0, "Impressions": 100.0},
            {"Campaign ID": "a", "Weekday": 1, "Hour": 10, "Budget": 10.0, "Clicks": 25.0, "Impressions": 1000.0},
            {"Campaign ID": "b", "Weekday": 1, "Hour": 9, "Budget": 10.0, "Clicks": 5.0, "Impressions": 900.0},
        ),
    )


def monday(data: Dataset, **inputs: Value) -> list[object]:
    """The metric at 8:00, 9:00 and 10:00."""
    values = shown(context(data, **inputs), "heatmap")
    return [values[FIRST_ROW + hour, 1] for hour in (8, 9, 10)]


def test_ratios_are_of_sums() -> None:
    # (5 + 5) / (100 + 900), not the mean of 5% and 0.56%.
    assert monday(two_campaigns(), heat_metric="CTR") == [None, pytest.approx(0.01), pytest.approx(0.025)]


def test_counts_are_zero_where_nothing_was_delivered() -> None:
    assert monday(two_campaigns(), heat_metric="clicks") == [0, 10, 25]


def test_a_metric_without_its_measure_is_blank() -> None:
    values = shown(context(two_campaigns(), heat_metric="Conversion Rate"), "heatmap")
    assert {values[row, column] for row in range(FIRST_ROW, FIRST_ROW + 24) for column in range(1, 8)} == {None}
    assert values[PEAK_ROW, 0] == (
        "No peak to show: the hours that the filters select lack the numbers for this metric."
    )


def test_the_peak_is_named_with_what_is_behind_it() -> None:
    values = shown(context(two_campaigns(), heat_metric="CTR"), "heatmap")
    assert values[PEAK_ROW, 0] == "Peak: Monday 10:00, CTR 2.50%, with 50.0% of impressions."


def test_the_first_of_equal_peaks_is_named() -> None:
    data = two_campaigns()
    assert data.hours is not None
    data.hours["Clicks"] = data.hours["Impressions"] / 100
    values = shown(context(data, heat_metric="CTR"), "heatmap")
    assert str(values[PEAK_ROW, 0]).startswith("Peak: Monday 9:00, CTR 1.00%")


def test_filters_select_the_hours_of_their_campaigns() -> None:
    assert monday(two_campaigns(), filter_platform="Instagram", heat_metric="Clicks") == [0, 5, 0]


def test_dates_select_all_hours_of_campaigns_with_a_day_in_them() -> None:
    march = 45717.0
    assert monday(two_campaigns(), filter_to=march, heat_metric="Clicks") == [0, 5, 25]
    values = shown(context(two_campaigns()), "heatmap")
    assert values[NOTE_ROW, 0] == (
        "Hours have no dates: a date filter takes all hours of the campaigns that ran in the period."
    )


def test_a_word_that_is_no_metric_asks_for_one() -> None:
    values = shown(context(two_campaigns(), heat_metric="*"), "heatmap")
    assert values[PEAK_ROW, 0] == "Choose a metric from the list."


def test_without_hours_there_are_words() -> None:
    values = shown(context(Dataset(campaigns({"Campaign ID": "a"}))), "heatmap")
    assert values[1, 0] == "No hours to show: this needs hourly data, and the source has none."


@pytest.mark.parametrize("metric", ["CTR", "Engagement Rate", "Conversions", "ROI", "*"])
def test_both_sides_agree_on_the_picked_metric(time_book: Path, metric: str) -> None:
    assert_agrees(time_book, f"heat_metric={metric}", "filter_from=2025-02-10", "filter_to=2025-02-16")


def test_both_sides_agree_on_hours_that_are_out_of_place(time_book: Path) -> None:
    assert_agrees(time_book, "Hours!B5=", "Hours!C7=99", "Hours!A9=unknown", "Hours!E12=", "heat_metric=Clicks")
