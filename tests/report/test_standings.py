"""KPIs against their benchmarks: standing, and how many campaigns lie below, in and above the range."""

from __future__ import annotations

import numpy as np
import pytest

from sheetgen.analysis.benchmark import spread, standing
from sheetgen.values import Value

from .built import built, dataset, row_starting

RATES = dataset(
    [
        {"Platform": "Facebook", "Impressions": 1_000, "Clicks": clicks, "Budget": 100, "Revenue": revenue}
        for clicks, revenue in ((2, 100), (5, 300), (20, 310), (21, 90), (30, 700))
    ]
)


@pytest.mark.parametrize(
    ("low", "high", "counts"),
    [
        pytest.param(0.005, 0.02, (1, 2, 2), id="a value at an end is in the range"),
        pytest.param(0.005, None, (1, 1, 3), id="below, at and above a lone target"),
        pytest.param(None, 0.02, (2, 1, 2), id="a lone upper end"),
        pytest.param(None, None, None, id="no benchmark"),
        pytest.param(0.02, 0.005, None, id="a range that ends before it begins"),
    ],
)
def test_campaigns_below_in_and_above(
    low: float | None, high: float | None, counts: tuple[int, int, int] | None
) -> None:
    assert spread(np.array([0.002, 0.005, 0.02, np.nan, 0.021, 0.03]), low, high) == counts


@pytest.mark.parametrize(
    ("value", "low", "high", "better", "brief"),
    [
        (0.03, 0.005, 0.02, "higher", "beats range"),
        (0.03, 0.005, 0.02, "lower", "misses range"),
        (0.01, 0.005, 0.02, "lower", "in range"),
        (2.1, 2.0, None, "higher", "beats target"),
        (2.0, 2.0, None, "higher", "misses target"),
        (None, 2.0, None, "higher", ""),
        (2.1, 2.0, None, "none", ""),
    ],
)
def test_standing_in_brief(value: float | None, low: float | None, high: float | None, better: str, brief: str) -> None:
    assert standing(value, low, high, better).brief == brief


def test_a_row_of_the_table() -> None:
    table = built("benchmark_table", RATES)
    source = "Your target: 0.5 to 2% (2026)"
    assert row_starting(table, "CTR") == [78 / 5_000, 0.005, 0.02, "● in range", 1, 2, 2, source]
    assert row_starting(table, "ROI")[:6] == [2.0, 2.0, "▼ under target", 2, 1, 2]
    assert row_starting(table, "ROAS") == [3.0]


def test_the_readers_benchmark_is_the_one_that_counts() -> None:
    table = built("benchmark_table", RATES, bench_roas_low=1.0, bench_roas_high=3.05)
    assert row_starting(table, "ROAS") == [3.0, 1.0, 3.05, "● in range", 1, 2, 2]


def test_campaigns_outside_the_filters_do_not_count() -> None:
    table = built("benchmark_table", RATES, filter_platform="Instagram")
    counts: list[Value] = [0, 0, 0]
    assert row_starting(table, "CTR")[2:5] == counts
