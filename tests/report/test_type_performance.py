"""Performance by campaign type: the KPI of each goal against all campaigns, and shares of the totals."""

from __future__ import annotations

import pytest

from sheetgen.analysis.split import apart
from sheetgen.report.blocks.type_scores import FIRST_SHARE
from sheetgen.values import Value

from .built import built, dataset, row_starting


def campaign(
    kind: str | None, budget: float, revenue: float | None, impressions: float, engagement: float
) -> dict[str, object]:
    return {
        "Campaign Type": kind,
        "Budget": budget,
        "Revenue": revenue,
        "Impressions": impressions,
        "Engagement": engagement,
        "Conversions": 10.0,
    }


# All: 1,000 for 2,500 revenue (ROI 150%), 500,000 impressions (CPM 2), 4,000 engagements (0.25 each).
FOUR = dataset(
    [
        campaign("Awareness", 400, 500, 250_000, 500),
        campaign("Engagement", 300, 400, 150_000, 3_000),
        campaign("Conversion", 200, 1_500, 80_000, 400),
        campaign(None, 100, 100, 20_000, 100),
    ]
)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        # 400 / 250,000 * 1,000 = 1.60 against 2.00; 300 / 3,000 = 0.10 against 0.25; 650% against 150%; 0% as well.
        ("Awareness", [0.25, "CPM", 1.6, "▲ 20% cheaper"]),
        ("Engagement", [1 / 3, "Cost Per Engagement", 0.1, "▲ 60% cheaper"]),
        ("Conversion", [6.5, "ROI", 6.5, "▲ 500 points higher"]),
        ("(not set)", [0.0, "ROI", 0.0, "▼ 150 points lower"]),
    ],
)
def test_each_type_is_judged_by_the_kpi_of_its_goal(kind: str, row: list[Value]) -> None:
    roi, judge, value, verdict = row_starting(built("type_performance", FOUR), kind)
    assert [roi, judge, value, verdict] == [pytest.approx(row[0]), row[1], pytest.approx(row[2]), row[3]]


def test_a_dear_type_is_called_so() -> None:
    found = built(
        "type_performance", dataset([campaign("Awareness", 3, 1, 1_000, 1), campaign("Reach", 1, 1, 1_000, 1)])
    )
    assert row_starting(found, "Awareness")[-1] == "▼ 50% dearer"


def test_a_lone_type_is_like_all_campaigns() -> None:
    found = built("type_performance", dataset([campaign("Conversion", 10, 30, 1_000, 1)]))
    assert row_starting(found, "Conversion")[-1] == "● like all campaigns"


def test_what_cannot_be_judged_stays_blank() -> None:
    found = built("type_performance", dataset([campaign("Conversion", 10, None, 1_000, 1)]))
    assert row_starting(found, "Conversion") == ["ROI"]


def test_shares_of_budget_conversions_and_revenue() -> None:
    cells = {(cell.row, cell.column): cell.value for cell in built("type_scores", FOUR).cells}
    assert [cells[0, FIRST_SHARE + i] for i in range(3)] == pytest.approx([0.4, 0.25, 0.2])


@pytest.mark.parametrize(
    ("value", "whole", "is_cost", "expected"),
    [
        (3.0, 2.0, True, 0.5),
        (3.0, 2.0, False, 1.0),
        (3.0, 0.0, True, None),
        (3.0, 0.0, False, 3.0),
        (None, 2.0, True, None),
    ],
)
def test_costs_differ_in_shares_and_rates_in_points(
    value: float | None, whole: float, is_cost: bool, expected: float | None
) -> None:
    assert apart(value, whole, is_cost=is_cost) == expected
