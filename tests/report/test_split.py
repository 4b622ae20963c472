"""Budget and revenue split into parts: the pie with its key, and the waterfall that ends in the total."""

from __future__ import annotations

import pytest

from sheetgen.dataset import Dataset
from sheetgen.report.blocks.waterfall import (
    BASE,
    GAIN_ABOVE,
    GAIN_BELOW,
    LABEL,
    LOSS_ABOVE,
    LOSS_BELOW,
    STEP,
    TOTAL_ABOVE,
)
from sheetgen.report.model import Block
from sheetgen.values import Value

from .built import built, dataset, rows_of


def campaign(name: str, platform: str, kind: str, budget: float | None, revenue: float | None) -> dict[str, object]:
    return {
        "Campaign Name": name,
        "Platform": platform,
        "Campaign Type": kind,
        "Budget": budget,
        "Revenue": revenue,
        "Clicks": 10.0,
    }


FOUR = dataset(
    [
        campaign("Spring", "Facebook", "Awareness", 100, 300),
        campaign("Summer", "Instagram", "Conversion", 500, 1_000),
        campaign("Autumn", "Facebook", "Conversion", 300, 500),
        campaign("Winter", "TikTok", "Conversion", 100, 200),
    ]
)


def key_of(data: Dataset, **inputs: Value) -> list[list[Value]]:
    """Share and name of each row of the pie's key."""
    return [row for row in rows_of(built("budget_pie", data, **inputs)) if len(row) == 2 and isinstance(row[0], float)]


def column(block: Block, number: int, rows: int) -> list[Value]:
    cells = {cell.row: cell.value for cell in block.cells if cell.column == number}
    return [cells.get(row) for row in range(rows)]


@pytest.mark.parametrize(
    ("split", "key"),
    [
        ("Platform", [[0.5, "Instagram"], [0.4, "Facebook"], [0.1, "TikTok"]]),
        ("campaign type", [[0.9, "Conversion"], [0.1, "Awareness"]]),
        ("Campaign", [[0.5, "Summer"], [0.3, "Autumn"], [0.1, "Spring"], [0.1, "Winter"]]),
        ("something else", [[0.5, "Instagram"], [0.4, "Facebook"], [0.1, "TikTok"]]),
    ],
)
def test_the_pie_splits_by_what_is_picked(split: str, key: list[list[Value]]) -> None:
    assert key_of(FOUR, pie_by=split) == key


def test_a_platform_keeps_its_row_under_a_filter() -> None:
    places = {cell.row for cell in built("budget_pie", FOUR).cells if cell.value == "Facebook"}
    filtered = built("budget_pie", FOUR, filter_platform="Facebook")
    assert {cell.row for cell in filtered.cells if cell.value == "Facebook"} == places
    assert key_of(FOUR, filter_platform="Facebook") == [[1.0, "Facebook"]]


def test_many_campaigns_end_in_other() -> None:
    data = dataset([campaign(f"No. {i}", "Facebook", "Awareness", 20.0 - i, None) for i in range(12)])
    *named, other = key_of(data, pie_by="Campaign")
    assert [name for _, name in named] == ["No. 0", "No. 1", "No. 2", "No. 3", "No. 4", "No. 5"]
    # 20 + 19 + ... + 9 = 174, of which the first six are 105.
    assert other == [pytest.approx(69 / 174), "Other"]


def test_fewer_campaigns_are_named_where_settings_say_so() -> None:
    assert key_of(FOUR, pie_by="Campaign", set_top_n=3.0)[-1] == [pytest.approx(0.1), "Other"]


def test_a_part_without_a_budget_is_no_slice() -> None:
    data = dataset([campaign("Spring", "Facebook", "A", 100, 1), campaign("Summer", "Instagram", "A", 0, 1)])
    assert key_of(data) == [[1.0, "Facebook"]]


def test_no_budget_is_said_in_words() -> None:
    found = rows_of(built("budget_pie", dataset([campaign("Spring", "Facebook", "A", None, 1)])))
    assert found[-1] == ["No budget under these filters: there is nothing to split."]


def steps(data: Dataset, **inputs: Value) -> list[tuple[Value, ...]]:
    """The waterfall's bars from left to right: label, amount, unseen base, and what is drawn above it."""
    block = built("waterfall_steps", data, **inputs)
    drawn = (LABEL, STEP, BASE, GAIN_ABOVE, TOTAL_ABOVE)
    bars = zip(*(column(block, number, block.height - 1) for number in drawn), strict=True)
    return [bar for bar in bars if bar[0] is not None]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    assert steps(FOUR, waterfall_by="Campaign") == [
        ("1,000\nSummer", 1000.0, 0.0, 1000.0, None),
        ("500\nAutumn", 500.0, 1000.0, 500.0, None),
        ("300\nSpring", 300.0, 1500.0, 300.0, None),
        ("200\nWinter", 200.0, 1800.0, 200.0, None),
        ("2,000\nTotal", 2000.0, 0.0, None, 2000.0),
    ]


def test_segments_stand_in_the_order_of_their_budgets() -> None:
    found = steps(FOUR, waterfall_by="Platform")
    assert [bar[0] for bar in found] == ["1,000\nInstagram", "800\nFacebook", "200\nTikTok", "2,000\nTotal"]


def test_fewer_bars_than_slots_stand_in_the_middle() -> None:
    block = built("waterfall_steps", FOUR, waterfall_by="Campaign Type")
    labels = column(block, LABEL, block.height - 1)
    assert labels == [None, "1,700\nConversion", "300\nAwareness", "2,000\nTotal", None, None]


def test_the_rest_is_other_and_the_bars_add_up() -> None:
    data = dataset([campaign(f"No. {i}", "Facebook", "Awareness", 1.0, 0.1 + i) for i in range(30)])
    *parts, other, total = steps(data, waterfall_by="Campaign")
    # 0.1 + 1.1 + ... + 29.1 = 438, of which the ten largest are 246.
    assert len(parts) == 10
    assert other[1] == pytest.approx(192.0)
    assert total[1] == pytest.approx(438.0)
    found = rows_of(built("waterfall", data, waterfall_by="Campaign"))
    assert found[-1] == ["The bars add up to the total revenue of 438 EUR."]


def test_refunds_fall_and_may_cross_zero() -> None:
    revenues = {"Facebook": 100.0, "Instagram": -250.0, "TikTok": 50.0, "LinkedIn": -30.0}
    budgets = (4.0, 3.0, 2.0, 1.0)
    data = dataset(
        [
            campaign(name, name, "A", budget, revenue)
            for (name, revenue), budget in zip(revenues.items(), budgets, strict=True)
        ]
    )
    block = built("waterfall_steps", data, waterfall_by="Platform")
    first = next(row for row, label in enumerate(column(block, LABEL, block.height - 1)) if label)

    def pieces(bar: int, *numbers: int) -> list[Value]:
        return [column(block, number, block.height)[first + bar] for number in numbers]

    # From 0 to 100; from 100 down over zero to -150; back up to -100; down to -130; the total from 0 to -130.
    assert pieces(0, BASE, GAIN_ABOVE, GAIN_BELOW) == [0, 100, 0]
    assert pieces(1, BASE, LOSS_ABOVE, LOSS_BELOW) == [0, 100, -150]
    assert pieces(2, BASE, GAIN_ABOVE, GAIN_BELOW) == [-100, 0, -50]
    assert pieces(3, BASE, LOSS_ABOVE, LOSS_BELOW) == [-100, 0, -30]
    assert pieces(4, STEP, BASE) == [-130, 0]


def test_no_revenue_is_said_in_words() -> None:
    data = dataset([campaign("Spring", "Facebook", "A", 10, None)])
    assert steps(data) == []
    assert rows_of(built("waterfall", data))[-1] == ["No revenue under these filters: there is nothing to split."]


def test_long_names_are_cut() -> None:
    name = "Brand – theme – format – audience – and all that one can say of a campaign"
    assert steps(dataset([campaign(name, "Facebook", "A", 1, 1)]), waterfall_by="Campaign")[0][0] == (
        "1\nBrand – theme – format – audience – and all tha…"
    )
