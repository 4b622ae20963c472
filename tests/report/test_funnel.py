"""The conversion funnel: its steps, their rates, and what is said where a step is missing."""

from __future__ import annotations

import pytest

from sheetgen.report.blocks.funnel import CAPTION, SIDE, VALUE
from sheetgen.values import Value

from .built import built, dataset, row_starting, rows_of

FULL = dataset(
    [
        {"Platform": "Facebook", "Impressions": 600, "Reach": 300, "Clicks": 30, "Conversions": 3},
        {"Platform": "Instagram", "Impressions": 400, "Reach": 200, "Clicks": 20, "Conversions": 0},
    ]
)
NO_REACH = dataset([{"Impressions": 1_000, "Clicks": 50, "Conversions": 0}])


@pytest.mark.parametrize(
    ("step", "numbers"),
    [
        ("Impressions", [1000.0, 1.0]),
        ("Reach (sum of rows)", [500.0, 0.5, 0.5]),
        ("Clicks", [50.0, 0.1, 0.05]),
        ("Conversions", [3.0, 0.06, 0.003]),
    ],
)
def test_volume_and_share_of_the_step_before_and_of_the_first(step: str, numbers: list[Value]) -> None:
    assert row_starting(built("funnel", FULL), step) == pytest.approx(numbers)


def test_steps_follow_the_filters() -> None:
    assert row_starting(built("funnel", FULL, filter_platform="Instagram"), "Conversions") == [0.0, 0.0, 0.0]


def test_a_missing_step_is_skipped_and_said() -> None:
    found = rows_of(built("funnel", NO_REACH))
    assert found[1:] == [
        ["Impressions", 1000.0, 1.0],
        ["Clicks", 50.0, 0.05, 0.05],
        ["Conversions", 0.0, 0.0, 0.0],
        ["No Reach in what the filters select: step left out. "],
    ]


def test_nothing_follows_a_step_of_zero() -> None:
    data = dataset([{"Impressions": 0, "Reach": 0, "Clicks": 0, "Conversions": 5}])
    assert row_starting(built("funnel", data), "Conversions") == [5.0]


def test_bars_are_centred_and_labelled() -> None:
    cells = {(cell.row, cell.column): cell.value for cell in built("funnel_steps", FULL).cells}
    assert [(cells[row, SIDE], cells[row, VALUE]) for row in range(4)] == [(0, 1000), (250, 500), (475, 50), (498.5, 3)]
    assert cells[0, CAPTION] == "Impressions\n1,000"
