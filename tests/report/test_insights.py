"""What stands out in sentences, and the campaigns at both ends of the ranking by ROI."""

from __future__ import annotations

import pytest

from sheetgen.dataset import Dataset
from sheetgen.values import Value

from .built import built, dataset, row_starting, rows_of


def campaign(
    name: str, platform: str, kind: str, budget: float, revenue: float | None, **more: float
) -> dict[str, object]:
    return {
        "Campaign Name": name,
        "Platform": platform,
        "Campaign Type": kind,
        "Budget": budget,
        "Revenue": revenue,
        **more,
    }


THREE = dataset(
    [
        campaign("Spring", "Facebook", "Awareness", 1_000, 1_500, Clicks=1_000, Conversions=31),
        campaign("Summer", "Instagram", "Conversion", 2_000, 9_000, Clicks=1_000, Conversions=20),
        campaign("Autumn", "Facebook", "Conversion", 1_000, 750.5, Clicks=1_000, Conversions=10),
    ]
)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("Best campaign", "Summer: ROI 350.0% on 2,000 EUR."),
        ("Worst campaign", "Autumn: ROI -25.0% on 1,000 EUR."),
        ("Platform by ROI", "Instagram wins on ROI: 350.0% against 181.3% overall."),
        ("Platform by conversion", "Facebook converts best: 2.05% of clicks against 2.03% overall."),
        ("Campaign type by ROI", "Conversion campaigns lead on ROI: 225.0% against 181.3% overall."),
        ("Largest budget", "Summer takes 50.0% of the budget, 2,000 EUR."),
    ],
)
def test_sentences(head: str, sentence: str) -> None:
    assert row_starting(built("insights", THREE), head) == [sentence]


def test_sentences_follow_the_filters() -> None:
    found = built("insights", THREE, filter_platform="Facebook")
    assert row_starting(found, "Best campaign") == ["Spring: ROI 50.0% on 1,000 EUR."]
    assert row_starting(found, "Platform by ROI") == ["Facebook is the only platform with an ROI: 12.5%."]


def test_a_platform_without_a_name_wins_nothing() -> None:
    nameless = dataset([{"Budget": 10, "Revenue": 30}])
    assert row_starting(built("insights", nameless), "Platform by ROI") == ["The data name no platform to compare."]


def test_blank_data_are_said_in_words() -> None:
    bare = dataset([{"Platform": "Facebook", "Impressions": 10}])
    assert [row[-1] for row in rows_of(built("insights", bare))[1:]] == [
        "No campaign has both a budget and revenue.",
        "No campaign has both a budget and revenue.",
        "No platform has both a budget and revenue.",
        "No platform has both clicks and conversions.",
        "No campaign type has both a budget and revenue.",
        "No campaign has a budget.",
    ]


def test_a_lone_campaign_is_not_its_own_worst() -> None:
    alone = dataset([campaign("Spring", "Facebook", "Awareness", 1_000, 1_500)])
    assert row_starting(built("insights", alone), "Worst campaign") == ["There is no other campaign to compare."]


def ends(data: Dataset, **inputs: Value) -> tuple[list[str], list[str]]:
    """The names of the best and of the worst campaigns."""
    names = [cell for cell in built("winners_losers", data, **inputs).cells if cell.columns == 6 and cell.row > 2]
    best, worst = ([str(cell.value) for cell in names if cell.column == left and cell.value] for left in (0, 6))
    return best, worst


def test_no_campaign_is_at_both_ends() -> None:
    assert ends(THREE) == (["Summer", "Spring"], ["Autumn"])


def test_five_at_each_end_and_earlier_rows_first_among_equals() -> None:
    equal = [campaign(f"N{k}", "Facebook", "Awareness", 100, 200) for k in range(1, 12)]
    last = campaign("Last", "Facebook", "Awareness", 100, 50)
    best, worst = ends(dataset([*equal, last]))
    assert best == ["N1", "N2", "N3", "N4", "N5"]
    assert worst == ["Last", "N11", "N10", "N9", "N8"]


def test_without_a_budget_or_revenue_a_campaign_is_not_ranked() -> None:
    free = campaign("Free", "Facebook", "Awareness", 0, 900)
    unknown = campaign("Unknown", "Facebook", "Awareness", 10, None)
    sold = campaign("Sold", "Facebook", "Awareness", 10, 30)
    assert ends(dataset([free, unknown, sold])) == (["Sold"], [])


def test_what_a_campaign_made_and_how_many_lost() -> None:
    block = built("winners_losers", THREE)
    assert rows_of(block)[1] == ["2 of 3 campaigns made money.", "1 of 3 campaigns lost money."]
    assert rows_of(block)[4] == ["Instagram", 2_000, 9_000, 3.5, 7_000, "Facebook", 1_000, 750.5, -0.2495, -249.5]
