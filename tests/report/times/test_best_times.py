"""The best and the worst weekday and hour, among those with enough behind them."""

from __future__ import annotations

from pathlib import Path

from sheetgen.dataset import Dataset
from sheetgen.values import Value

from ..conftest import assert_agrees
from .handmade import campaigns, column, context, finer, shown

NOTHING = "{} by {}: the numbers for it are missing, or all {} one {}."


def hourly(*rows: tuple[int, int, float, float, float, float]) -> Dataset:
    """A campaign with weekday, hour, impressions, clicks, conversions and revenue; its budget is 100 a row."""
    headers = ("Weekday", "Hour", "Impressions", "Clicks", "Conversions", "Revenue")
    listed = [{"Campaign ID": "a", "Budget": 100.0} | dict(zip(headers, row, strict=True)) for row in rows]
    totals = {header: sum(row[i] for row in rows) for i, header in enumerate(headers) if i > 1}
    return Dataset(
        campaigns({"Campaign ID": "a", "Budget": 100.0 * len(rows), **totals}),
        hours=finer(["Weekday", "Hour"], *listed),
    )


def sentences(data: Dataset) -> list[Value]:
    return column(shown(context(data), "best_times"), 0, 1, 6)


def test_best_and_worst_with_what_is_behind_them() -> None:
    data = hourly((1, 9, 1000, 50, 4, 250), (1, 10, 1000, 30, 3, 150), (6, 20, 2000, 40, 1, 50))
    assert sentences(data) == [
        "Best weekday for ROI: Monday (100.0%, 67% of budget). Worst: Saturday (-50.0%, 33% of budget).",
        "Best weekday for Conversion Rate: Monday (8.75%, 67% of clicks). Worst: Saturday (2.50%, 33% of clicks).",
        "Best weekday for CTR: Monday (4.00%, 50% of impressions). Worst: Saturday (2.00%, 50% of impressions).",
        "Best hour for ROI: 9:00 (150.0%, 33% of budget). Worst: 20:00 (-50.0%, 33% of budget).",
        "Best hour for Conversion Rate: 10:00 (10.00%, 25% of clicks). Worst: 20:00 (2.50%, 33% of clicks).",
        "Best hour for CTR: 9:00 (5.00%, 25% of impressions). Worst: 20:00 (2.00%, 50% of impressions).",
    ]


def test_an_hour_with_little_behind_it_is_not_the_best() -> None:
    # Half an equal share is a 48th: 3 of 1,003 impressions are less.
    data = hourly((1, 3, 3, 3, 0, 0), (1, 9, 500, 5, 0, 0), (1, 10, 500, 10, 0, 0))
    assert sentences(data)[5] == (
        "Best hour for CTR: 10:00 (2.00%, 50% of impressions). Worst: 9:00 (1.00%, 50% of impressions)."
    )


def test_equals_do_not_stand_out() -> None:
    data = hourly((2, 9, 300, 1, 1, 100.1), (3, 9, 300, 1, 1, 100.1))
    assert sentences(data)[0] == "No weekday stands out for ROI."


def test_one_time_alone_is_not_compared() -> None:
    assert sentences(hourly((2, 9, 300, 1, 1, 100))) == [
        NOTHING.format(kpi, times, word, times)
        for times, word in (("weekday", "on"), ("hour", "at"))
        for kpi in ("ROI", "Conversion Rate", "CTR")
    ]


def test_without_times_there_are_words() -> None:
    words = shown(context(Dataset(campaigns({"Campaign ID": "a", "Budget": 1.0}))), "best_times")
    assert words[1, 0] == (
        "No weekdays to show: this needs daily or hourly data, and the source has one row per campaign."
    )


def test_both_sides_agree(time_book: Path) -> None:
    assert_agrees(time_book, "filter_type=Conversion", "filter_from=2025-02-10", "Hours!H5=100000")


def test_both_sides_agree_without_revenue(time_book: Path) -> None:
    assert_agrees(time_book, *(f"Campaigns!M{row}=" for row in range(2, 6)), "filter_platform=Nowhere")
