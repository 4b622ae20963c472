"""Campaigns as points: budget against ROI in bands of action, and numbered bubbles."""

from __future__ import annotations

import pytest

from sheetgen.analysis.bands import Band, band
from sheetgen.report.blocks import bubble, scatter
from sheetgen.report.model import NOT_AVAILABLE, Block
from sheetgen.values import Value

from .built import built, dataset, rows_of


def campaign(name: str, budget: float | None, revenue: float | None, **more: float) -> dict[str, object]:
    return {"Campaign Name": name, "Platform": "Facebook", "Budget": budget, "Revenue": revenue, **more}


# ROI: 300%, 100%, 20%, unknown, unknown.
FIVE = dataset(
    [
        campaign("Spring", 100, 400, Engagement=10, Conversions=5),
        campaign("Summer", 300, 600, Engagement=30, Conversions=0),
        campaign("Autumn", 200, 240, Engagement=20, Conversions=7),
        campaign("Winter", 50, None, Engagement=40, Conversions=1),
        campaign("Sale", None, 90, Engagement=50, Conversions=2),
    ]
)


def column(block: Block, number: int, rows: int) -> list[Value]:
    cells = {cell.row: cell.value for cell in block.cells if cell.column == number}
    return [cells.get(row) for row in range(rows)]


@pytest.mark.parametrize(
    ("roi", "scale", "stop", "expected"),
    [
        (2.01, 2.0, 0.5, Band.SCALE),
        (2.0, 2.0, 0.5, Band.HOLD),
        (0.5, 2.0, 0.5, Band.HOLD),
        (0.49, 2.0, 0.5, Band.STOP),
        (-1.0, 2.0, None, Band.HOLD),
        (9.0, None, 0.5, Band.HOLD),
        (None, 2.0, 0.5, Band.NONE),
    ],
)
def test_bands_lie_beyond_the_thresholds(
    roi: float | None, scale: float | None, stop: float | None, expected: Band
) -> None:
    assert band(roi, scale, stop) is expected


def test_points_come_with_the_largest_budget_first_each_in_its_band() -> None:
    block = built("roi_points", FIVE)
    assert column(block, scatter.BUDGET, 5) == [300, 200, 100, 50, 0]
    bands = [column(block, scatter.BAND + i, 5) for i in (1, 2, 3)]
    gap = NOT_AVAILABLE
    assert bands == [[gap, gap, 3, gap, gap], [1, gap, gap, gap, gap], [gap, pytest.approx(0.2), gap, gap, gap]]


def test_there_is_room_for_campaigns_to_come() -> None:
    assert built("roi_points", FIVE).height == 20
    assert built("roi_points", dataset([campaign(f"No. {i}", i, i) for i in range(150)])).height == 100


def test_the_scatter_says_what_it_shows() -> None:
    (*_, said) = rows_of(built("budget_roi_scatter", FIVE))
    assert said == ["3 of 4 campaigns shown, the largest budgets: 1 to scale up, 1 to stop or cut."]


def test_the_scatter_says_why_it_is_empty() -> None:
    (*_, said) = rows_of(built("budget_roi_scatter", dataset([campaign("Spring", 100, None)])))
    assert said == ["No ROI to show: what the filters select has no revenue or no budget."]


def test_thresholds_are_lines_as_long_as_the_largest_budget() -> None:
    block = built("roi_points", FIVE, set_roi_stop=None)
    assert column(block, scatter.LINE_X, 2) == [0, 300]
    assert column(block, scatter.SCALE_LINE, 2) == [2, 2]
    assert column(block, scatter.STOP_LINE, 2) == [NOT_AVAILABLE, NOT_AVAILABLE]
    assert column(block, scatter.FACT, 3)[1:] == ["Scale up above 200%", "No threshold"]


def test_bubbles_have_budget_engagement_and_conversions() -> None:
    block = built("bubble_points", FIVE)
    drawn = [column(block, number, 5) for number in (bubble.X, bubble.Y, bubble.SIZE)]
    # The campaign without a budget comes in no order by budget, and what is not there is not drawn.
    assert drawn == [[300, 200, 100, 50, 0], [30, 20, 10, 40, NOT_AVAILABLE], [0, 7, 5, 1, 0]]


def test_the_key_numbers_the_largest_campaigns() -> None:
    head, *rows, said = rows_of(built("bubble", FIVE))
    assert head == ["Campaign", "Budget", "Engagement", "Conversions"]
    assert rows[:2] == [["1  Summer", 300, 30, 0], ["2  Autumn", 200, 20, 7]]
    assert said == ["The 4 largest budgets, numbered; the larger the bubble, the more conversions."]


def test_revenue_takes_the_place_of_engagement_that_is_not_known() -> None:
    data = dataset([campaign("Spring", 100, 400, Conversions=5)])
    head, row, said = rows_of(built("bubble", data))
    assert head == ["Campaign", "Budget", "Revenue", "Conversions"]
    assert row == ["1  Spring", 100, 400, 5]
    assert said == ["No engagement known: the 1 largest budgets by revenue and conversions."]


def test_bubbles_that_cannot_be_drawn_are_said_in_words() -> None:
    (*_, said) = rows_of(built("bubble", dataset([campaign("Spring", 100, 400)])))
    assert said == ["Nothing to draw: budget and conversions, with engagement or revenue, are not all known."]
