"""Pivot tables and merged cells: names on the first row of their group, and subtotals that name a campaign."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Load, said

META = "Campaign name,Day,Amount spent (USD),Impressions\n"


def days(load: Load, content: str) -> list[tuple[str, str, float]]:
    """Campaign, day and budget of the days, in their order."""
    data = load(content)
    assert data.daily is not None
    names = data.campaigns.set_index("Campaign ID")["Campaign Name"]
    told = zip(data.daily["Campaign ID"], data.daily["Date"].dt.strftime("%d"), data.daily["Budget"], strict=True)
    return sorted((names[campaign], day, budget) for campaign, day, budget in told if budget > 0)


WANTED = [("A", "01", 1.0), ("A", "02", 2.0), ("B", "01", 3.0), ("B", "02", 4.0)]


@pytest.mark.parametrize(
    "rows",
    [
        "A,2025-03-01,1,10\n,2025-03-02,2,20\nB,2025-03-01,3,30\n,2025-03-02,4,40\n",
        ",,10,100\nA,2025-03-01,1,10\n,2025-03-02,2,20\nB,2025-03-01,3,30\n,2025-03-02,4,40\n",
        "A,,3,30\n,2025-03-01,1,10\n,2025-03-02,2,20\nB,,7,70\n,2025-03-01,3,30\n,2025-03-02,4,40\n",
        "A,,,\n,2025-03-01,1,10\n,2025-03-02,2,20\nB,,,\n,2025-03-01,3,30\n,2025-03-02,4,40\n",
        "A,2025-03-01,1,10\n,2025-03-02,2,20\nA Total,,3,30\nB,2025-03-01,3,30\n,2025-03-02,4,40\nB Total,,7,70\n",
    ],
    ids=["names first", "total above", "subtotals first", "names alone", "subtotals below"],
)
def test_a_name_on_the_first_row_of_its_group_is_that_of_all_its_days(load: Load, rows: str) -> None:
    assert days(load, META + rows) == WANTED


def test_a_platform_on_the_first_row_of_its_campaigns(load: Load) -> None:
    data = load("Platform,Campaign,Cost\nFacebook,A,1\n,B,2\nTikTok,C,3\n,D,4\n")
    assert data.campaigns["Platform"].tolist() == ["Facebook", "Facebook", "TikTok", "TikTok"]
    assert said(data, "filled_down") == [(0, "Platform", "", "2 rows")]


@pytest.mark.parametrize(
    "rows",
    [
        "A,2025-03-01,1,10\nA,2025-03-02,2,20\n,2025-03-02,4,40\nB,2025-03-01,8,80\n",
        "A,,1,10\n,,2,20\nB,,4,40\n",
        "A,2025-03-01,1,10\nB,2025-03-01,2,20\n,2025-03-01,3,30\n",
    ],
    ids=["names repeat", "nothing finer", "a total of the day"],
)
def test_a_missing_name_is_no_outline(load: Load, rows: str) -> None:
    assert said(load(META.replace("Amount spent (USD)", "Cost") + rows), "filled_down") == []


def test_a_note_under_an_outline_belongs_to_no_group(load: Load) -> None:
    data = load("Platform,Campaign,Cost\nFacebook,A,1\n,B,2\n,Data of the account team,\n")
    assert [row for row, *_ in said(data, "note_row")] == [4]


def test_the_row_for_a_period_among_its_days_is_a_subtotal(load: Load) -> None:
    content = (
        "Campaign name,Reporting starts,Reporting ends,Amount spent (USD),Impressions\n"
        "A,2025-03-01,2025-03-02,3,30\nA,2025-03-01,2025-03-01,1,10\nA,2025-03-02,2025-03-02,2,20\n"
        "B,2025-03-01,2025-03-01,3,30\nB,2025-03-02,2025-03-02,4,40\n"
    )
    assert days(load, content) == WANTED


def test_the_row_for_a_period_that_is_not_the_sum_of_its_days_stays_with_a_warning(load: Load) -> None:
    data = load(
        "Campaign name,Reporting starts,Reporting ends,Amount spent (USD),Impressions\n"
        "A,2025-03-01,2025-03-31,50,500\nA,2025-03-01,2025-03-01,1,10\nA,2025-03-02,2025-03-02,2,20\n"
    )
    assert data.campaigns["Budget"].tolist() == [53]
    assert said(data, "all_row") == [(2, "", "A", "")]


def test_a_row_without_an_age_that_adds_up_the_ages_is_a_subtotal(load: Load) -> None:
    data = load("Campaign,Age,Clicks,Cost\nA,,3,30\nA,18-24,1,10\nA,25-34,2,20\nB,,5,50\n")
    assert data.campaigns["Budget"].tolist() == [30, 50]
    assert [row for row, *_ in said(data, "total_row")] == [2]


@pytest.mark.parametrize("label", ["{} Total", "Total {}", "Sous-total : {}", "{} Gesamt"])
def test_a_total_named_after_its_campaign(load: Load, label: str) -> None:
    rows = "Campaign,Day,Clicks,Cost\nA,2025-03-01,1,10\nA,2025-03-02,2,20\nTOTAL,,3,30\nB,2025-03-01,5,50\nSUM,,5,50\n"
    data = load(rows.replace("TOTAL", label.format("A")).replace("SUM", label.format("B")))
    assert data.campaigns["Budget"].tolist() == [30, 50]


def test_a_campaign_named_like_the_total_of_another_stays(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nShoes,1,10\nShoes Total,7,70\n")
    assert data.campaigns["Budget"].tolist() == [10, 70]
