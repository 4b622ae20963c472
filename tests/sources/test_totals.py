"""Total rows are dropped, by name or by what they add up to, and reconciled."""

from __future__ import annotations

import pytest

from tests.sources.conftest import Load, said


@pytest.mark.parametrize(
    "label",
    [
        "Total",
        "TOTALS",
        " Grand total ",
        "Total: Account",
        "Total of 2 results",
        "Total général",
        "Gesamt",
        "合計",
        "Итого",
    ],
)
def test_a_row_named_total(load: Load, label: str) -> None:
    data = load(f"Campaign,Clicks,Cost\nA,1,5\nB,2,6\n{label},3,11\n")
    assert data.campaigns["Budget"].sum() == 11
    assert said(data, "total_row") == [(4, "", label.strip(), "")]
    assert said(data, "total_differs") == []


def test_a_campaign_of_that_name_with_an_id_stays(load: Load) -> None:
    data = load("Campaign ID,Campaign,Cost\n1,A,5\n2,Total,6\n3,Total Energy,7\n")
    assert data.campaigns["Campaign Name"].tolist() == ["A", "Total", "Total Energy"]


def test_a_total_in_the_first_column_of_an_export_with_status(load: Load) -> None:
    data = load(
        "Campaign status,Campaign,Campaign type,Cost\n"
        "Enabled,A,Search,5\n"
        "Enabled,B,Video,6\n"
        "Total: Campaigns, --, --,11\n"
        "Total: Search,,Search,5\n"
    )
    assert data.campaigns["Campaign Name"].tolist() == ["A", "B"]
    assert [row for row, *_ in said(data, "total_row")] == [4, 5]


def test_a_total_that_does_not_agree_is_dropped_with_the_difference(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,1,5\nB,2,6\nTotal,3,20\n")
    assert data.campaigns["Budget"].sum() == 11
    assert said(data, "total_differs") == [(4, "Budget", "20", "11")]


def test_subtotals_of_a_pivot_table(load: Load) -> None:
    data = load(
        "Platform,Campaign,Cost\n"
        "Facebook,A,1\nFacebook,B,2\nFacebook Total,,3\n"
        "TikTok,C,4\nTikTok Total,,4\n"
        "Grand Total,,7\n"
    )
    assert data.campaigns["Budget"].sum() == 7
    assert [before for _, _, before, _ in said(data, "total_row")] == ["Facebook Total", "TikTok Total", "Grand Total"]


@pytest.mark.parametrize("rows", [",300,30\nA,100,10\nB,200,20\n", "A,100,10\nB,200,20\n-,300,30\n"])
def test_a_row_without_a_name_that_adds_up_is_a_total(load: Load, rows: str) -> None:
    data = load(f"Campaign name,Impressions,Cost\n{rows}")
    assert data.campaigns["Impressions"].sum() == 300
    assert len(said(data, "total_row")) == 1


def test_a_row_without_a_name_that_adds_up_by_day(load: Load) -> None:
    data = load(
        "Campaign,Date,Cost\nA,2024-01-01,1\nB,2024-01-01,2\n,2024-01-01,3\nA,2024-01-02,4\nB,2024-01-02,5\n,2024-01-02,9\n"
    )
    assert data.campaigns["Budget"].tolist() == [5.0, 7.0]
    assert [row for row, *_ in said(data, "total_row")] == [4, 7]


def test_a_row_without_a_name_that_adds_up_to_nothing_is_kept_with_a_warning(load: Load) -> None:
    data = load("Campaign name,Impressions,Cost\nA,100,10\n,7,3\nB,200,20\n")
    assert data.campaigns["Budget"].sum() == 33
    assert said(data, "nameless_row") == [(3, "", "", "")]


def test_a_last_row_without_a_name_that_exceeds_every_row_is_a_total_that_differs(load: Load) -> None:
    data = load("Campaign name,Impressions,Cost\nA,100,10\nB,200,20\n,400,40\n")
    assert data.campaigns["Budget"].sum() == 30
    assert said(data, "total_differs") == [(4, "Budget", "40", "30"), (4, "Impressions", "400", "300")]


def test_cents_of_rounding_and_reach_do_not_make_a_total_differ(load: Load) -> None:
    data = load("Campaign name,Reach,Cost\nA,100,10.005\nB,200,20.004\nTotal,250,30.01\n")
    assert said(data, "total_differs") == []
    assert data.campaigns["Reach"].sum() == 300


def test_a_row_of_zeros_without_a_name_is_the_sum_of_nothing(load: Load) -> None:
    data = load("Campaign name,Impressions,Cost\nA,0,0\nB,0,0\nC,0,0\n,0,0\nD,0,0\n")
    assert said(data, "total_row") == []
    assert [row for row, *_ in said(data, "nameless_row")] == [5]


def test_subtotals_of_a_pivot_that_say_all(load: Load) -> None:
    data = load(
        "Campaign name,Age,Gender,Amount spent (EUR),Clicks (all)\n"
        "All,All,All,10,20\nA,All,All,7,14\nA,18-24,All,3,6\nA,18-24,male,1,2\nA,18-24,female,2,4\n"
        "A,25-34,All,4,8\nA,25-34,male,4,8\nB,All,All,3,6\nB,18-24,All,3,6\nB,18-24,female,3,6\n"
    )
    assert data.campaigns["Budget"].tolist() == [7, 3]
    assert len(said(data, "total_row")) == 6


def test_an_audience_of_all_is_no_subtotal(load: Load) -> None:
    data = load("Campaign,Gender,Cost,Clicks\nA,All,5,1\nB,Male,6,2\nC,All,7,3\n")
    assert data.campaigns["Budget"].sum() == 18
    assert said(data, "all_row") == []


def test_a_row_for_all_that_does_not_add_up_is_kept_with_a_warning(load: Load) -> None:
    data = load("Campaign,Gender,Cost,Clicks\nA,All,5,1\nA,Male,6,2\nA,Female,7,3\n")
    assert data.campaigns["Budget"].sum() == 18
    assert [row for row, *_ in said(data, "all_row")] == [2]


def test_rows_alike_count_each_where_only_so_the_total_of_the_file_agrees(load: Load) -> None:
    rows = "Campaign,Clicks,Cost\nA,1,0.50\nA,1,0.50\nB,2,6\n"
    told = load(f"{rows}Total,4,7\n")
    assert told.campaigns["Budget"].sum() == 7
    assert said(told, "duplicates_counted") == [(0, "", "1 rows", "")]
    assert load(f"{rows}Total,3,6.50\n").campaigns["Budget"].sum() == 6.5
    assert load(rows).campaigns["Budget"].sum() == 6.5


def test_totals_of_two_files_that_share_rows(load: Load) -> None:
    first = "Campaign,Day,Cost,Clicks\nA,2025-03-01,5,1\nB,2025-03-01,6,2\n,,11,3\n"
    data = load(first, first.replace("A,2025-03-01,5,1", "C,2025-03-01,7,4").replace(",,11,3", ",,13,6"))
    assert data.campaigns["Budget"].sum() == 18
    assert len(said(data, "total_row")) == 2


def test_a_total_that_only_has_people_goes_with_the_others(load: Load) -> None:
    data = load(
        "Campaign,Date,Reach,Clicks\nA,2025-01-01,5,\nA,2025-01-02,6,2\nB,2025-01-02,7,3\n,2025-01-02,13,5\n,2025-01-01,5,\n"
    )
    assert data.campaigns["Reach"].sum() == 18
    assert [row for row, *_ in said(data, "total_row")] == [5, 6]


def test_a_campaign_named_like_a_total_stays_if_it_does_not_add_the_others_up(load: Load) -> None:
    data = load("Campaign,Clicks,Cost\nA,1,5\nB,2,6\nTotal Energies,3,10\n")
    assert data.campaigns["Budget"].sum() == 21


def test_rows_for_all_days_of_a_pivot_are_subtotals(load: Load) -> None:
    data = load(
        "Campaign name,Day,Amount spent (USD),Impressions\n"
        "A,All,100,1000\nA,2025-03-01,40,400\nA,2025-03-02,60,600\nB,All,50,500\nB,2025-03-01,50,500\n"
    )
    assert data.campaigns["Budget"].tolist() == [100, 50]
    assert data.daily is not None
    assert data.daily["Budget"].sum() == 150


def test_rows_without_a_name_that_may_be_totals_are_kept_with_a_warning_where_most_have_none(load: Load) -> None:
    data = load("Campaign,Date,Clicks\nA,2025-06-16,86\n,2025-06-16,86\n,,86\n")
    assert data.campaigns["Clicks"].sum() == 258
    assert [row for row, *_ in said(data, "nameless_row")] == [3, 4]


@pytest.mark.parametrize("label", ["Average", "Moyenne", "Median", "Mittelwert"])
def test_a_row_of_averages_is_no_data(load: Load, label: str) -> None:
    data = load(f"Campaign,Clicks,Cost\nA,10,5\nB,20,7\n{label},15,6\nTotal 2 campaigns,30,12\n")
    assert data.campaigns["Budget"].sum() == 12
    assert [row for row, *_ in said(data, "average_row")] == [4]
    assert said(data, "total_differs") == []


def test_a_campaign_called_average_that_is_none_stays(load: Load) -> None:
    assert load("Campaign,Clicks,Cost\nA,10,5\nB,20,7\nAverage,12,6.9\n").campaigns["Budget"].sum() == 18.9


@pytest.mark.parametrize("label", ["Facebook subtotal", "Sous-total Facebook", "Total Facebook", "Subtotal: Facebook"])
def test_subtotals_of_a_platform_without_a_campaign(load: Load, label: str) -> None:
    rows = f"Platform,Campaign,Clicks,Cost\n{label},,3,11\nFacebook,A,1,5\nFacebook,B,2,6\nTikTok,C,4,7\n"
    data = load(rows)
    assert data.campaigns["Budget"].sum() == 18
    assert [row for row, *_ in said(data, "total_row")] == [2]


def test_a_campaign_with_an_id_that_adds_up_the_others_by_chance_stays(load: Load) -> None:
    data = load("Campaign ID,Campaign,Clicks\n1,A,1\n2,B,2\n3,Total recall,3\n")
    assert data.campaigns["Clicks"].sum() == 6
